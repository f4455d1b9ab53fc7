#include "ui/connect/connectpage.h"

#include "ui/connect/connectcard.h"
#include "ui/connect/trustlist.h"
#include "ui/text/visible.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace hookscope {

namespace {

QLabel *plainLabel(double size = 1.0, bool bold = false)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * size);
    font.setBold(bold);
    label->setFont(font);
    return label;
}

QLabel *buddyLabel(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text);
    label->setBuddy(buddy);
    return label;
}

// As a shell finds it: by its name if that leads to this program.
QString ownProgram()
{
    const QString path = QCoreApplication::applicationFilePath();
    const QString name = QFileInfo(path).fileName();
    const QString found = QStandardPaths::findExecutable(name);
    return !found.isEmpty() && QFileInfo(found).canonicalFilePath() == QFileInfo(path).canonicalFilePath()
        ? name
        : path;
}

} // namespace

ConnectPage::ConnectPage(QWidget *parent)
    : QWidget(parent)
    , m_terminal(findTerminal(currentEnvironment(),
                              [](const QString &name) { return QStandardPaths::findExecutable(name); }))
    , m_heading(plainLabel(1.5, true))
    , m_explanation(plainLabel())
    , m_checked(plainLabel())
    , m_trusted(new TrustList)
    , m_search(new QLineEdit)
    , m_shell(new QComboBox)
    , m_sandbox(new QLineEdit)
    , m_test(new QPushButton(tr("Test the Connection")))
    , m_trust(new QPushButton(tr("Check Trust")))
    , m_back(new QPushButton(tr("Back to &Requests")))
    , m_nothingFound(plainLabel())
    , m_cardArea(new QWidget)
{
    m_heading->setObjectName(QStringLiteral("connectHeading"));
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_explanation->setWordWrap(true);
    m_checked->setObjectName(QStringLiteral("checked"));
    m_checked->setWordWrap(true);
    m_checked->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_checked->hide();
    m_trusted->hide();
    m_nothingFound->setText(tr("No client is called like that. The last two cards lead any program here."));
    m_nothingFound->hide();

    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(8);
    layout->addWidget(makeTop());
    layout->addWidget(m_explanation);
    layout->addWidget(m_checked);
    layout->addWidget(m_trusted);
    layout->addWidget(m_nothingFound);
    layout->addWidget(m_cardArea);
    layout->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setBackgroundRole(QPalette::Base);
    scroll->setWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    setupCards();
    refresh();
}

QWidget *ConnectPage::makeTop()
{
    m_search->setObjectName(QStringLiteral("clientSearch"));
    m_search->setPlaceholderText(tr("Search clients"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    connect(m_search, &QLineEdit::textChanged, this, &ConnectPage::search);
    m_shell->setObjectName(QStringLiteral("shell"));
    m_shell->addItem(QStringLiteral("sh, bash, zsh"), int(Shell::Sh));
    m_shell->addItem(QStringLiteral("fish"), int(Shell::Fish));
    m_shell->addItem(QStringLiteral("PowerShell"), int(Shell::PowerShell));
    m_shell->setCurrentIndex(m_shell->findData(int(shellOfUser(qEnvironmentVariable("SHELL")))));
    connect(m_shell, &QComboBox::currentIndexChanged, this, &ConnectPage::refresh);
    m_sandbox->setObjectName(QStringLiteral("sandbox"));
    m_sandbox->setPlaceholderText(tr("by client"));
    m_sandbox->setMaximumWidth(140);
    m_sandbox->setToolTip(
        tr("A label of your own, to tell clients apart in the table: it goes into the address"));
    m_sandbox->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[A-Za-z0-9._-]{0,64}")), m_sandbox));
    connect(m_sandbox, &QLineEdit::textChanged, this, &ConnectPage::refresh);
    m_test->setObjectName(QStringLiteral("test"));
    m_test->setToolTip(
        tr("Sends a request by each way that a client has; both make a row, without a key or a network"));
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_test->setEnabled(false);
        emit testRequested();
    });
    m_trust->setObjectName(QStringLiteral("trust"));
    m_trust->setToolTip(tr("Has node, bun, python, curl, go and git, as far as they are installed, connect to a server on "
                           "this machine with a certificate of Hookscope's CA"));
    connect(m_trust, &QPushButton::clicked, this, [this] {
        m_trust->setEnabled(false);
        m_trusted->begin();
        m_trusted->show();
        emit trustRequested();
    });
    m_back->hide();
    connect(m_back, &QPushButton::clicked, this, &ConnectPage::backRequested);

    auto *first = new QHBoxLayout;
    first->addWidget(m_heading);
    first->addStretch(1);
    first->addWidget(m_test);
    first->addWidget(m_trust);
    first->addWidget(m_back);
    auto *second = new QHBoxLayout;
    second->addWidget(m_search);
    second->addStretch(1);
    second->addWidget(buddyLabel(tr("Shell:"), m_shell));
    second->addWidget(m_shell);
    second->addSpacing(12);
    second->addWidget(buddyLabel(tr("&Sandbox label:"), m_sandbox));
    second->addWidget(m_sandbox);
    auto *top = new QWidget;
    auto *rows = new QVBoxLayout(top);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(first);
    rows->addLayout(second);
    return top;
}

void ConnectPage::setupCards()
{
    auto *columns = new QHBoxLayout(m_cardArea);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(14);
    QVBoxLayout *sides[] = {new QVBoxLayout, new QVBoxLayout};
    for (QVBoxLayout *column : sides) {
        column->setSpacing(8);
        columns->addLayout(column, 1);
    }
    const QList<Recipe> all = recipes({}, Shell::Sh, {});
    for (qsizetype i = 0; i < all.size(); ++i) {
        auto *card = new ConnectCard;
        card->setTerminalAvailable(m_terminal.has_value());
        connect(card, &ConnectCard::terminalRequested, this, &ConnectPage::openTerminalFor);
        sides[i % 2]->addWidget(card);
        m_cards.append(card);
    }
    for (QVBoxLayout *column : sides)
        column->addStretch(1);
}

void ConnectPage::showListening(const LaunchInputs &inputs)
{
    m_inputs = inputs;
    m_isListening = true;
    refresh();
}

void ConnectPage::setBackAvailable(bool available)
{
    m_back->setVisible(available);
}

void ConnectPage::setTerminal(const std::optional<Terminal> &terminal)
{
    m_terminal = terminal;
    for (ConnectCard *card : std::as_const(m_cards))
        card->setTerminalAvailable(terminal.has_value());
}

LaunchInputs ConnectPage::inputsFor(const QString &label) const
{
    LaunchInputs inputs = m_inputs;
    inputs.sandbox = label;
    return inputs;
}

void ConnectPage::refresh()
{
    m_cardArea->setVisible(m_isListening);
    m_test->setEnabled(m_isListening);
    m_trust->setEnabled(m_isListening);
    if (!m_isListening) {
        m_heading->setText(tr("Not listening yet"));
        m_explanation->clear();
        return;
    }
    m_heading->setText(tr("Connect an agent to %1").arg(clientUrl(m_inputs.host, m_inputs.port)));
    m_explanation->setText(tr("Start a client in one of these ways; its requests appear here as they are "
                              "made. Keys go to the provider as "
                              "always and are never shown or stored."));
    const QList<Recipe> all =
        recipes(inputsFor(m_sandbox->text()), Shell(m_shell->currentData().toInt()), ownProgram());
    for (qsizetype i = 0; i < all.size(); ++i)
        m_cards[i]->show(all[i]);
}

void ConnectPage::search()
{
    bool isAnyFound = false;
    for (ConnectCard *card : std::as_const(m_cards)) {
        const bool isWanted = isFound(card->recipe(), m_search->text());
        card->setVisible(isWanted);
        isAnyFound = isAnyFound || isWanted;
    }
    m_nothingFound->setVisible(!isAnyFound);
    if (isAnyFound)
        return;
    for (ConnectCard *card : m_cards.last(2))
        card->setVisible(true);
}

void ConnectPage::take(const EventBatch &batch)
{
    for (ConnectCard *card : std::as_const(m_cards)) {
        quint64 count = 0;
        QString sender;
        for (const RedactedEvent &redacted : *batch) {
            const auto *started = std::get_if<Started>(&redacted.event());
            if (!started || !isFrom(*started, card->recipe(), m_sandbox->text()))
                continue;
            ++count;
            sender = senderOf(*started);
        }
        if (count > 0)
            card->noteRequests(sender, count);
    }
}

void ConnectPage::openTerminalFor(const QString &label)
{
    const Environment current = currentEnvironment();
    const ClientEnvironment environment = clientEnvironment(inputsFor(label), current);
    const bool isOpen = m_terminal && openTerminal(*m_terminal, applied(current, environment.changes));
    const QString state = isOpen
        ? tr("A terminal opens (%1): start the client in it.").arg(m_terminal->program)
        : tr("The terminal %1 could not be started; use the lines instead.")
              .arg(m_terminal ? m_terminal->program : QString());
    m_checked->setText((QStringList{state} + environment.warnings).join(QLatin1Char('\n')));
    m_checked->show();
}

void ConnectPage::addTrust(const TrustResult &result)
{
    m_trusted->add(result);
}

void ConnectPage::showTrust(const TrustReport &report)
{
    m_trust->setEnabled(m_isListening);
    m_trusted->finish(report, m_inputs.caCertificate);
}

void ConnectPage::showCheck(const AttachCheck &check)
{
    m_test->setEnabled(true);
    const auto sentence = [](const std::optional<QString> &fault, const QString &works, const QString &fails,
                             const QString &help) {
        return fault ? fails.arg(visible(*fault)) + QLatin1Char(' ') + help : works;
    };
    const QString help = tr("Is another program in the way, or a rule of a firewall for loopback?");
    QStringList lines{
        sentence(check.baseUrlFault, tr("✓ Base URL: works."), tr("✗ Base URL: %1."), help),
        sentence(check.proxyFault, tr("✓ Proxy: works for plain HTTP."), tr("✗ Proxy: %1."), help)};
    if (!m_inputs.isIntercepting)
        lines.append(tr("– Certificate: none is needed, since HTTPS through the proxy is not opened."));
    else if (QFileInfo(m_inputs.caCertificate).isReadable())
        lines.append(tr("✓ Certificate: %1. Terminals opened here and --run tell clients to trust it.")
                         .arg(m_inputs.caCertificate));
    else
        lines.append(tr("✗ Certificate: %1 cannot be read, so that clients refuse opened hosts. Turn opening "
                        "hosts off "
                        "and on again to have it made anew.")
                         .arg(m_inputs.caCertificate));
    m_checked->setText((lines + check.warnings).join(QLatin1Char('\n')));
    m_checked->show();
}

} // namespace hookscope
