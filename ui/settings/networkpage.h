#pragma once

#include "core/settings/settings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace hookscope {

// The settings' page about where requests may go and whose HTTPS is opened: blocked and allowed hosts, picked from those seen if one
// likes, and the upstream proxy, with an offer of the environment's. Main thread.
class NetworkPage final : public QWidget {
    Q_OBJECT
public:
    // `offeredProxy`: as the settings have it; empty: nothing is offered.
    NetworkPage(const QStringList &seenHosts, const QString &offeredProxy, QWidget *parent = nullptr);

    void fill(const Settings &settings);
    void apply(Settings &settings) const;
    void forgetIntercept(); // empties that field

signals:
    void changed();

private:
    QWidget *hostGroup(const QStringList &seenHosts);
    QWidget *proxyGroup(const QString &offeredProxy);
    QWidget *seenRow(const QStringList &seenHosts);

    QWidget *interceptGroup();

    QPlainTextEdit *m_intercept;
    QPlainTextEdit *m_blocked;
    QPlainTextEdit *m_allowed;
    QCheckBox *m_allowlistOnly;
    QLineEdit *m_proxy;
    QPlainTextEdit *m_exceptions;
};

} // namespace hookscope
