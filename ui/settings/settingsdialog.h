#pragma once

#include "core/settings/settings.h"
#include "core/tls/cafacts.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;
class QWidget;

namespace hookscope {

class BudgetEditor;
class CertificatePage;
class NetworkPage;
class PriceEditor;
class SecretsPage;

// Everything that a person sets. It says what is wrong as one types, and which values wait for the next
// start; it cannot be accepted with a wrong one.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    // What the dialog offers beside the settings.
    struct Surroundings {
        QStringList seenHosts; // the newest first
        QString offeredProxy;  // that the environment names; empty: none
    };

    explicit SettingsDialog(const Settings &settings, QWidget *parent = nullptr, const Surroundings &around = {});

    enum class Page { General, LlmCalls, Prices, Budgets, Network, Secrets, Certificate };
    void showPage(Page page);

    Settings settings() const; // with the values that the dialog does not show

public slots:
    void showSecretStored(const QString &fault); // empty: it is in the keyring
    void showCertificate(const std::optional<hookscope::CaFacts> &facts);
    void showCertificateNews(const QString &text);
    void forgetIntercept(); // no host is looked into any more, whatever the field says

signals:
    void certificateRenewRequested(); // the person has not been asked yet, as with the next
    void certificateRemoveRequested();
    void secretStoreRequested(const QString &name, const QString &value); // into the keyring, at once

private:
    void setupFields();
    void setupLayout();
    QWidget *generalPage();
    QWidget *llmPage();
    QWidget *pricePage();
    QWidget *budgetPage();
    void fill();
    void check();

    Settings m_initial;
    QTabWidget *m_tabs;
    QComboBox *m_palette;
    QComboBox *m_language;
    QCheckBox *m_trayIcon;
    QCheckBox *m_notifications;
    QDoubleSpinBox *m_slow;
    QCheckBox *m_keepHistory;
    QSpinBox *m_historyMb;
    QCheckBox *m_keepBodies;
    QSpinBox *m_bodyCap;
    QDoubleSpinBox *m_expensive;
    QSpinBox *m_rows;
    QSpinBox *m_memory;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_sandbox;
    QSpinBox *m_maxClients;
    QPlainTextEdit *m_llmDomains;
    QPlainTextEdit *m_origins;
    QCheckBox *m_addStreamUsage;
    NetworkPage *m_network;
    SecretsPage *m_secrets;
    CertificatePage *m_certificate;
    PriceEditor *m_prices;
    BudgetEditor *m_budgets;
    QLabel *m_problem;
    QPushButton *m_accept;
};

} // namespace hookscope
