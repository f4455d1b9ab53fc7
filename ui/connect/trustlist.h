#pragma once

#include "core/launch/trustresult.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace hookscope {

// Which programs of this machine accept our certificates, as far as that is known by now: a line each, told
// apart by a sign and by colour, and one of those that are not installed. Main thread.
class TrustList final : public QWidget {
    Q_OBJECT
public:
    explicit TrustList(QWidget *parent = nullptr);

    void begin(); // nothing is known yet
    void add(const TrustResult &result);
    void finish(const TrustReport &report, const QString &caCertificate);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addRow(const TrustResult &result);
    void addAbsent(const QStringList &programs);
    void clearRows();
    void colour();

    QLabel *m_heading;
    QGridLayout *m_rows;
    QLabel *m_help;
    int m_rowCount = 0;
};

} // namespace hookscope
