#include "ui/settings/settingsdialog.h"

#include "core/llm/provider.h"
#include "ui/settings/budgeteditor.h"
#include "ui/settings/certificatepage.h"
#include "ui/settings/listfields.h"
#include "ui/settings/networkpage.h"
#include "ui/settings/palettes.h"
#include "ui/settings/priceeditor.h"
#include "ui/settings/secretspage.h"
#include "ui/settings/settingsrules.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace hookscope {

namespace {

// Each language by the name that those who speak it look for.
QString languageText(const QString &name)
{
    if (name == QStringLiteral("de"))
        return QStringLiteral("Deutsch");
    if (name == QStringLiteral("en"))
        return QStringLiteral("English");
    return SettingsDialog::tr("As the system");
}

} // namespace

SettingsDialog::SettingsDialog(const Settings &settings, QWidget *parent, const Surroundings &around)
    : QDialog(parent)
    , m_initial(settings)
    , m_tabs(new QTabWidget)
    , m_palette(new QComboBox)
    , m_language(new QComboBox)
    , m_trayIcon(new QCheckBox(tr("Icon in the tra&y, where the desktop has one")))
    , m_notifications(new QCheckBox(tr("N&otify when a budget is crossed")))
    , m_slow(new QDoubleSpinBox)
    , m_keepHistory(new QCheckBox(tr("Keep the session on &disk")))
    , m_historyMb(new QSpinBox)
    , m_keepBodies(new QCheckBox(tr("Keep bodies i&n memory, without credentials")))
    , m_bodyCap(new QSpinBox)
    , m_expensive(new QDoubleSpinBox)
    , m_rows(new QSpinBox)
    , m_memory(new QSpinBox)
    , m_host(new QLineEdit)
    , m_port(new QSpinBox)
    , m_sandbox(new QLineEdit)
    , m_maxClients(new QSpinBox)
    , m_llmDomains(listEdit(QStringLiteral("llm.example.com=openai")))
    , m_origins(listEdit(QStringLiteral("http://localhost:3000")))
    , m_addStreamUsage(new QCheckBox(tr("&Ask for the usage of streams whose client does not")))
    , m_network(new NetworkPage(around.seenHosts, around.offeredProxy))
    , m_secrets(new SecretsPage)
    , m_certificate(new CertificatePage)
    , m_prices(new PriceEditor)
    , m_budgets(new BudgetEditor)
    , m_problem(new QLabel)
{
    setWindowTitle(tr("Settings"));
    setupFields();
    setupLayout();
    fill();
    check();
}

void SettingsDialog::setupFields()
{
    for (const QString &name : paletteNames())
        m_palette->addItem(paletteText(name), name);
    for (const QString &name : languageNames())
        m_language->addItem(languageText(name), name);
    m_language->setObjectName(QStringLiteral("language"));
    m_notifications->setToolTip(tr("By the desktop; the window says it in any case"));
    m_slow->setRange(0.001, 86'400);
    m_slow->setDecimals(3);
    m_slow->setSuffix(tr(" s"));
    m_rows->setSuffix(tr(" requests"));
    m_slow->setToolTip(tr("Requests that take longer are marked with a clock"));
    m_keepHistory->setObjectName(QStringLiteral("keepHistory"));
    m_keepHistory->setToolTip(
        tr("It is shown again at the next start. Unticked, nothing is written, and what is on disk of "
           "this session is deleted; sessions that were saved under a name stay"));
    m_historyMb->setRange(16, 1024 * 1024);
    m_historyMb->setSuffix(tr(" MB"));
    m_historyMb->setToolTip(tr("Beyond it the oldest part is deleted"));
    m_historyMb->setObjectName(QStringLiteral("historyMb"));
    connect(m_keepHistory, &QCheckBox::toggled, m_historyMb, &QWidget::setEnabled);
    m_keepBodies->setToolTip(
        tr("To read messages and raw bodies; they are never written to a file, nor sent to hooks"));
    m_bodyCap->setRange(1, 8192);
    m_bodyCap->setSuffix(tr(" KiB"));
    m_bodyCap->setToolTip(
        tr("What a body has beyond it is not kept; takes effect at the next start of Hookscope"));
    m_expensive->setRange(0, Settings::mostExpensiveCents / 100.0);
    m_expensive->setDecimals(2);
    m_expensive->setPrefix(tr("$"));
    m_expensive->setToolTip(tr("Calls that cost more are marked with a triangle"));
    m_rows->setRange(Settings::leastRows, Settings::mostRows);
    m_rows->setSingleStep(10'000);
    m_rows->setGroupSeparatorShown(true);
    m_rows->setToolTip(tr("Beyond it, the oldest requests leave the table"));
    m_memory->setRange(Settings::leastMemoryMb, Settings::mostMemoryMb);
    m_memory->setSuffix(tr(" MB"));
    m_memory->setToolTip(tr("Beyond it, the details of the oldest requests go, and then their rows"));
    m_host->setToolTip(tr("An address of this machine; others are only for a start with --allow-remote"));
    m_port->setRange(0, 65'535);
    m_port->setSpecialValueText(tr("any free one"));
    m_sandbox->setToolTip(tr("The label of requests that carry none of their own"));
    m_maxClients->setRange(1, 65'535);
    m_maxClients->setToolTip(tr("Beyond it, new connections are answered with 503"));
    m_llmDomains->setObjectName(QStringLiteral("llmDomains"));
    m_llmDomains->setToolTip(
        tr("One HOST or HOST=DIALECT a line: servers whose calls are read as LLM calls. Dialects: %1")
            .arg(QString::fromStdString(llm::dialectNames())));
    m_origins->setToolTip(
        tr("One origin a line: web pages that may send requests through Hookscope. All others "
           "are refused"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("settingsProblem"));
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing() * 2);

    connect(m_host, &QLineEdit::textChanged, this, &SettingsDialog::check);
    connect(m_sandbox, &QLineEdit::textChanged, this, &SettingsDialog::check);
    connect(m_llmDomains, &QPlainTextEdit::textChanged, this, &SettingsDialog::check);
    connect(m_origins, &QPlainTextEdit::textChanged, this, &SettingsDialog::check);
    connect(m_network, &NetworkPage::changed, this, &SettingsDialog::check);
    connect(m_secrets, &SecretsPage::changed, this, &SettingsDialog::check);
    connect(m_certificate, &CertificatePage::renewRequested, this, &SettingsDialog::certificateRenewRequested);
    connect(m_certificate, &CertificatePage::removeRequested, this, &SettingsDialog::certificateRemoveRequested);
    connect(m_secrets, &SecretsPage::storeRequested, this, &SettingsDialog::secretStoreRequested);
    connect(&m_prices->model(), &PriceTableModel::changed, this, &SettingsDialog::check);
    connect(&m_budgets->model(), &BudgetTableModel::changed, this, &SettingsDialog::check);
}

void SettingsDialog::setupLayout()
{
    m_tabs->addTab(generalPage(), tr("&General"));
    m_tabs->addTab(llmPage(), tr("&LLM calls"));
    m_tabs->addTab(pricePage(), tr("P&rices"));
    m_tabs->addTab(budgetPage(), tr("Budge&ts"));
    m_tabs->addTab(m_network, tr("Network"));
    m_tabs->addTab(m_secrets, tr("Secrets"));
    m_tabs->addTab(m_certificate, tr("Certificate"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    resize(740, sizeHint().height());
}

void SettingsDialog::showPage(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

void SettingsDialog::showSecretStored(const QString &fault)
{
    m_secrets->showStored(fault);
}

void SettingsDialog::showCertificate(const std::optional<CaFacts> &facts)
{
    m_certificate->show(facts);
}

void SettingsDialog::showCertificateNews(const QString &text)
{
    m_certificate->showNews(text);
}

void SettingsDialog::forgetIntercept()
{
    m_initial.intercept.clear();
    m_network->forgetIntercept();
}

QWidget *SettingsDialog::generalPage()
{
    auto *atOnce = new QGroupBox(tr("Window"));
    auto *windowForm = new QFormLayout(atOnce);
    windowForm->addRow(tr("&Colours:"), m_palette);
    windowForm->addRow(tr("Lang&uage, from the next start on:"), m_language);
    windowForm->addRow(tr("Slow a&bove:"), m_slow);
    windowForm->addRow(QString(), m_trayIcon);
    windowForm->addRow(QString(), m_notifications);
    windowForm->addRow(m_keepBodies);
    windowForm->addRow(tr("At most o&f each body:"), m_bodyCap);
    windowForm->addRow(tr("&Expensive above:"), m_expensive);
    windowForm->addRow(tr("&Keep at most:"), m_rows);
    windowForm->addRow(tr("&Memory for them:"), m_memory);

    auto *atStart = new QGroupBox(tr("Proxy (takes effect at the next start of Hookscope)"));
    auto *proxyForm = new QFormLayout(atStart);
    proxyForm->addRow(tr("Listen on &address:"), m_host);
    proxyForm->addRow(tr("&Port:"), m_port);
    proxyForm->addRow(tr("&Sandbox label:"), m_sandbox);
    proxyForm->addRow(tr("Most c&lients at once:"), m_maxClients);
    proxyForm->addRow(tr("Allowed &web origins:"), m_origins);

    auto *session = new QGroupBox(tr("Session"));
    auto *sessionForm = new QFormLayout(session);
    sessionForm->addRow(m_keepHistory);
    sessionForm->addRow(tr("At mos&t:"), m_historyMb);

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(atOnce);
    layout->addWidget(session);
    layout->addWidget(atStart);
    layout->addStretch(1);
    return page;
}

QWidget *SettingsDialog::llmPage()
{
    auto *hosts = new QGroupBox(tr("More LLM hosts (takes effect at the next start of Hookscope)"));
    auto *hostLayout = new QVBoxLayout(hosts);
    hostLayout->addWidget(plainNote(tr("Known providers need nothing here. Name other servers, one a line: "
                                  "HOST, or HOST=DIALECT if it does not speak OpenAI's. Dialects: %1.")
                                   .arg(QString::fromStdString(llm::dialectNames()))));
    hostLayout->addWidget(m_llmDomains);

    auto *streams = new QGroupBox(tr("Streams (takes effect at the next start of Hookscope)"));
    auto *streamLayout = new QVBoxLayout(streams);
    streamLayout->addWidget(m_addStreamUsage);
    streamLayout->addWidget(plainNote(
        tr("OpenAI's chat streams tell their tokens only if asked. Hookscope then adds "
           "stream_options.include_usage to such requests, and takes the extra chunk out of the answer, so "
           "that the client does not see it. Otherwise requests pass unaltered.")));

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(hosts);
    layout->addWidget(streams);
    layout->addStretch(1);
    return page;
}

QWidget *SettingsDialog::pricePage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(plainNote(
        tr("Your own prices, in US dollars per million tokens. They come before what a provider states and "
           "before the price list; the first that matches counts. They take effect at the next start of "
           "Hookscope.")));
    layout->addWidget(m_prices, 1);
    return page;
}

QWidget *SettingsDialog::budgetPage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(plainNote(tr(
        "What LLM calls together may cost or use: all of them, or only those of a filter. You are warned at "
        "the share that you choose, when at the present rate the limit would be reached before the period "
        "ends, and when it is exceeded; "
        "each once a period. Nothing is ever held back. They take effect at once.")));
    layout->addWidget(m_budgets, 1);
    return page;
}

void SettingsDialog::fill()
{
    m_palette->setCurrentIndex(std::max(0, m_palette->findData(m_initial.palette)));
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_initial.language)));
    m_trayIcon->setChecked(m_initial.trayIcon);
    m_notifications->setChecked(m_initial.notifications);
    m_slow->setValue(m_initial.slowMs / 1000.0);
    m_keepHistory->setChecked(m_initial.keepHistory);
    m_historyMb->setValue(m_initial.historyMb);
    m_historyMb->setEnabled(m_initial.keepHistory);
    m_keepBodies->setChecked(m_initial.keepBodies);
    m_bodyCap->setValue(m_initial.bodyCapKb);
    m_expensive->setValue(m_initial.expensiveCents / 100.0);
    m_rows->setValue(m_initial.maxRows);
    m_memory->setValue(m_initial.maxMemoryMb);
    m_host->setText(m_initial.listenHost);
    m_port->setValue(m_initial.listenPort);
    m_sandbox->setText(m_initial.sandbox);
    m_maxClients->setValue(m_initial.maxClients);
    m_llmDomains->setPlainText(m_initial.llmDomains.join(QLatin1Char('\n')));
    m_origins->setPlainText(m_initial.allowedOrigins.join(QLatin1Char('\n')));
    m_addStreamUsage->setChecked(m_initial.addStreamUsage);
    m_network->fill(m_initial);
    m_secrets->fill(m_initial);
    m_prices->model().setPrices(m_initial.prices);
    m_budgets->model().setBudgets(m_initial.budgets);
}

Settings SettingsDialog::settings() const
{
    Settings result = m_initial;
    result.palette = m_palette->currentData().toString();
    result.language = m_language->currentData().toString();
    result.trayIcon = m_trayIcon->isChecked();
    result.notifications = m_notifications->isChecked();
    result.slowMs = static_cast<int>(std::lround(m_slow->value() * 1000));
    result.keepHistory = m_keepHistory->isChecked();
    result.historyMb = m_historyMb->value();
    result.keepBodies = m_keepBodies->isChecked();
    result.bodyCapKb = m_bodyCap->value();
    result.expensiveCents = static_cast<int>(std::lround(m_expensive->value() * 100));
    result.maxRows = m_rows->value();
    result.maxMemoryMb = m_memory->value();
    result.listenHost = m_host->text().trimmed();
    result.listenPort = static_cast<quint16>(m_port->value());
    result.sandbox = m_sandbox->text().trimmed();
    result.maxClients = m_maxClients->value();
    result.llmDomains = linesOf(*m_llmDomains);
    result.allowedOrigins = linesOf(*m_origins);
    result.addStreamUsage = m_addStreamUsage->isChecked();
    m_network->apply(result);
    m_secrets->apply(result);
    result.prices = m_prices->model().prices().value_or(m_initial.prices);
    result.budgets = m_budgets->model().budgets().value_or(m_initial.budgets);
    return result;
}

void SettingsDialog::check()
{
    std::optional<QString> problem = problemWith(settings());
    if (!problem)
        problem = m_prices->model().problem();
    if (!problem)
        problem = m_budgets->model().problem();
    m_problem->setText(problem ? QStringLiteral("⚠ ") + *problem : QString());
    m_accept->setEnabled(!problem);
}

} // namespace hookscope
