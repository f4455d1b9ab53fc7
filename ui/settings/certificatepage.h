#pragma once

#include "core/tls/cafacts.h"

#include <QWidget>
#include <optional>

class QLabel;
class QPlainTextEdit;

namespace hookscope {

// The settings' page about this installation's CA: what it is, and what can be done with it, which is done at
// once. Its key is never shown or exported. Main thread.
class CertificatePage final : public QWidget {
    Q_OBJECT
public:
    explicit CertificatePage(QWidget *parent = nullptr);

    void show(const std::optional<CaFacts> &facts); // none: there is no CA
    using QWidget::show;

    void showNews(const QString &text); // what became of what was asked for, until something else is

    // The certificate alone, as PEM; what became of it is shown.
    void exportTo(const QString &path);

signals:
    void renewRequested(); // the person has not been asked yet, as with the next
    void removeRequested();

private:
    QWidget *factsPage();
    QWidget *buttons();
    void exportFromDialog();
    void copyPath();

    std::optional<CaFacts> m_facts;
    QLabel *m_none;
    QWidget *m_there = nullptr; // what is shown of the CA, if there is one
    QLabel *m_name;
    QLabel *m_fingerprint;
    QLabel *m_validity;
    QLabel *m_path;
    QPlainTextEdit *m_hosts;
    QLabel *m_outcome;
};

} // namespace hookscope
