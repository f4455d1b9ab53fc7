#include "ui/hooks/hookeditor.h"

#include "ui/hooks/hooktexts.h"
#include "ui/hooks/sendingeditor.h"
#include "ui/text/visible.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

enum Kind { Webhook, File, Audit, Program, Notification, Collector };

constexpr int countDelayMs = 200; // after the last key
constexpr EventLog::Sequence mostCounted =
    5'000; // newest requests: an event is looked at in some microseconds

QLabel *noteLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

// As QProcess::splitCommand() reads it back.
QString commandLine(const QStringList &command)
{
    QStringList words;
    for (QString word : command) {
        word.replace(QLatin1Char('"'), QStringLiteral("\"\"\""));
        const bool isPlain =
            !word.isEmpty() && !word.contains(QLatin1Char(' ')) && !word.contains(QLatin1Char('"'));
        words << (isPlain ? word : QLatin1Char('"') + word + QLatin1Char('"'));
    }
    return words.join(QLatin1Char(' '));
}

} // namespace

HookEditor::HookEditor(Purpose purpose, const Hook &hook, const QStringList &takenNames, const EventLog &log,
                       QWidget *parent)
    : QDialog(parent)
    , m_initial(hook)
    , m_takenNames(takenNames)
    , m_log(log)
    , m_name(new QLineEdit)
    , m_event(new QComboBox)
    , m_kind(new QComboBox)
    , m_targets(new QStackedWidget)
    , m_url(new QLineEdit)
    , m_delivery(new QComboBox)
    , m_path(new QLineEdit)
    , m_command(new QLineEdit)
    , m_collector(new QLineEdit)
    , m_sending(new SendingEditor)
    , m_more(new QToolButton)
    , m_isLimited(new QCheckBox(tr("At m&ost")))
    , m_limitEvents(new QSpinBox)
    , m_limitS(new QSpinBox)
    , m_when(new QLineEdit)
    , m_matches(noteLabel())
    , m_enabled(new QCheckBox(tr("&Enabled")))
    , m_problem(noteLabel())
    , m_answer(noteLabel())
    , m_test(new QPushButton(tr("Send &Test Event")))
{
    setWindowTitle(purpose == Purpose::Add ? tr("Add Hook") : tr("Edit Hook"));
    setupForm(purpose);
    fill(hook);
    check();
    resize(520, sizeHint().height());
}

void HookEditor::setupForm(Purpose purpose)
{
    m_name->setObjectName(QStringLiteral("hookName"));
    m_name->setPlaceholderText(tr("What it is for, e.g. “spend log”"));
    m_event->setObjectName(QStringLiteral("hookEvent"));
    for (const HookEvent event : {HookEvent::OnRequest, HookEvent::OnResponse, HookEvent::OnBudget})
        m_event->addItem(eventText(event), static_cast<int>(event));
    m_event->setToolTip(
        tr("On request: when a request was read whole. On response: when its answer ended; "
           "LLM calls with their tokens come here too. On budget: when a budget of the settings "
           "is crossed."));
    m_kind->setObjectName(QStringLiteral("hookKind"));
    m_kind->addItems({tr("Webhook"), tr("File"), tr("Audit log"), tr("Program"), tr("Desktop notification"),
                      tr("Collector (OpenTelemetry)")});
    m_url->setObjectName(QStringLiteral("hookUrl"));
    m_url->setPlaceholderText(QStringLiteral("https://example.com/hook"));
    m_url->setAccessibleName(tr("Webhook URL"));
    m_url->setToolTip(tr("Each event is sent there as one POST with a JSON body"));
    m_delivery->setObjectName(QStringLiteral("hookDelivery"));
    m_delivery->addItem(tr("Best effort"), static_cast<int>(DeliveryMode::BestEffort));
    m_delivery->addItem(tr("At least once"), static_cast<int>(DeliveryMode::AtLeastOnce));
    m_delivery->setAccessibleName(tr("Delivery"));
    m_delivery->setToolTip(tr("Best effort: from memory, three tries within seconds. At least once: kept on "
                              "disk and tried for up to three "
                              "days, over restarts too; it may arrive twice, with the same webhook-id"));
    m_path->setObjectName(QStringLiteral("hookPath"));
    m_path->setPlaceholderText(tr("Absolute path of the file"));
    m_path->setAccessibleName(tr("File path"));
    m_path->setToolTip(tr("Each event is appended as one line of JSON"));
    m_when->setObjectName(QStringLiteral("hookWhen"));
    m_when->setPlaceholderText(tr("Always, or a filter: cost>0.5 model:opus*"));
    m_when->setToolTip(
        tr("The same language as the filter of the requests. Tokens and cost are known of the answers "
           "of LLM calls only"));
    m_matches->setObjectName(QStringLiteral("hookMatches"));
    m_matches->setForegroundRole(QPalette::PlaceholderText);
    m_count.setSingleShot(true);
    m_count.setInterval(countDelayMs);
    m_problem->setObjectName(QStringLiteral("hookProblem"));
    m_answer->setObjectName(QStringLiteral("hookAnswer"));

    auto *form = new QFormLayout;
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("E&vent:"), m_event);
    form->addRow(tr("&When:"), m_when);
    form->addRow(QString(), m_matches);
    form->addRow(tr("&Deliver to:"), m_kind);
    form->addRow(QString(), makeTargets());
    form->addRow(QString(), m_more);
    form->addRow(m_sending);
    form->addRow(QString(), makeLimit());
    form->addRow(QString(), m_enabled);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    m_accept->setText(purpose == Purpose::Add ? tr("&Add") : tr("&Save"));
    buttons->addButton(m_test, QDialogButtonBox::ActionRole);
    m_test->setAutoDefault(false);
    m_test->setToolTip(tr("Sends one sample event to this target and shows the answer"));

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(m_answer);
    layout->addStretch(1);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &HookEditor::check);
    connect(m_url, &QLineEdit::textChanged, this, &HookEditor::check);
    connect(m_path, &QLineEdit::textChanged, this, &HookEditor::check);
    connect(m_delivery, &QComboBox::currentIndexChanged, this, &HookEditor::check);
    connect(m_event, &QComboBox::currentIndexChanged, this, &HookEditor::check);
    connect(m_when, &QLineEdit::textChanged, this, &HookEditor::check);
    connect(&m_count, &QTimer::timeout, this, &HookEditor::countMatches);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showKind();
        check();
    });
    connect(m_command, &QLineEdit::textChanged, this, &HookEditor::check);
    connect(m_collector, &QLineEdit::textChanged, this, &HookEditor::check);
    connect(m_sending, &SendingEditor::changed, this, &HookEditor::check);
    connect(m_more, &QToolButton::toggled, this, &HookEditor::showKind);
    connect(m_isLimited, &QCheckBox::toggled, this, &HookEditor::check);
    connect(m_limitEvents, &QSpinBox::valueChanged, this, &HookEditor::check);
    connect(m_limitS, &QSpinBox::valueChanged, this, &HookEditor::check);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_answer->setText(tr("Sending …"));
        emit testRequested(hook());
    });
}

QWidget *HookEditor::makeTargets()
{
    auto *file = new QWidget;
    auto *fileLayout = new QHBoxLayout(file);
    fileLayout->setContentsMargins(0, 0, 0, 0);
    auto *browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    connect(browseButton, &QPushButton::clicked, this, &HookEditor::browse);
    fileLayout->addWidget(m_path, 1);
    fileLayout->addWidget(browseButton);
    auto *webhook = new QWidget;
    auto *webhookLayout = new QHBoxLayout(webhook);
    webhookLayout->setContentsMargins(0, 0, 0, 0);
    webhookLayout->addWidget(m_url, 1);
    webhookLayout->addWidget(m_delivery);
    m_command->setObjectName(QStringLiteral("hookCommand"));
    m_command->setPlaceholderText(tr("/absolute/path \"an argument\""));
    m_command->setAccessibleName(tr("Program and arguments"));
    m_command->setToolTip(
        tr("Gets each event as a line of JSON on its standard input. No shell is between: words are "
           "parted by spaces, and quotes keep them together"));
    m_collector->setObjectName(QStringLiteral("hookCollector"));
    m_collector->setPlaceholderText(QStringLiteral("http://127.0.0.1:4318"));
    m_collector->setAccessibleName(tr("Collector URL"));
    m_collector->setToolTip(tr("Gets each LLM call as a GenAI span, and metrics, by OTLP over HTTP"));
    m_targets->addWidget(webhook);
    m_targets->addWidget(file);
    m_targets->addWidget(new QLabel(tr("Written to the standard error of Hookscope, as always.")));
    m_targets->addWidget(m_command);
    m_targets->addWidget(new QLabel(tr("Shown by the desktop, in one line.")));
    m_targets->addWidget(m_collector);
    m_targets->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_more->setObjectName(QStringLiteral("hookMore"));
    m_more->setText(tr("&More: headers, signature, body"));
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return m_targets;
}

QWidget *HookEditor::makeLimit()
{
    m_isLimited->setObjectName(QStringLiteral("hookLimited"));
    m_isLimited->setToolTip(tr("What is beyond is counted, and told of by one event when the time is over"));
    m_limitEvents->setRange(1, 1000);
    m_limitEvents->setAccessibleName(tr("Events"));
    m_limitS->setRange(1, 7 * 24 * 3600);
    m_limitS->setAccessibleName(tr("Seconds"));
    m_limitS->setSuffix(tr(" s"));
    auto *limit = new QWidget;
    auto *layout = new QHBoxLayout(limit);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_isLimited);
    layout->addWidget(m_limitEvents);
    layout->addWidget(new QLabel(tr("events in")));
    layout->addWidget(m_limitS);
    layout->addStretch(1);
    return limit;
}

void HookEditor::showKind()
{
    const int kind = m_kind->currentIndex();
    const bool isSent = kind == Webhook || kind == Collector;
    m_targets->setCurrentIndex(kind);
    m_more->setVisible(isSent);
    m_more->setArrowType(m_more->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    m_sending->showForCollectors(kind == Collector);
    m_sending->setVisible(isSent && m_more->isChecked());
}

void HookEditor::fill(const Hook &hook)
{
    m_name->setText(hook.name);
    m_event->setCurrentIndex(m_event->findData(static_cast<int>(hook.event)));
    m_enabled->setChecked(hook.enabled);
    m_when->setText(hook.when.text());
    m_delivery->setCurrentIndex(m_delivery->findData(static_cast<int>(hook.delivery.mode)));
    if (const auto *webhook = std::get_if<WebhookTarget>(&hook.target)) {
        m_kind->setCurrentIndex(Webhook);
        m_url->setText(webhook->url);
    } else if (const auto *file = std::get_if<FileTarget>(&hook.target)) {
        m_kind->setCurrentIndex(File);
        m_path->setText(file->path);
    } else if (const auto *exec = std::get_if<ExecTarget>(&hook.target)) {
        m_kind->setCurrentIndex(Program);
        m_command->setText(commandLine(exec->command));
    } else if (const auto *otlp = std::get_if<OtlpTarget>(&hook.target)) {
        m_kind->setCurrentIndex(Collector);
        m_collector->setText(otlp->url);
    } else {
        m_kind->setCurrentIndex(std::holds_alternative<NotifyTarget>(hook.target) ? Notification : Audit);
    }
    m_sending->setSending(hook.sending);
    m_more->setChecked(hook.sending != SendingPolicy());
    const FiringLimit limit = hook.limit.value_or(FiringLimit());
    m_isLimited->setChecked(hook.limit.has_value());
    m_limitEvents->setValue(limit.events);
    m_limitS->setValue(limit.perS);
    showKind();
}

// What the form does not show of a target stays.
HookTarget HookEditor::target() const
{
    switch (m_kind->currentIndex()) {
    case Webhook:
        return WebhookTarget{m_url->text().trimmed()};
    case File: {
        const auto *initial = std::get_if<FileTarget>(&m_initial.target);
        FileTarget file = initial ? *initial : FileTarget();
        file.path = m_path->text();
        return file;
    }
    case Program: {
        const auto *initial = std::get_if<ExecTarget>(&m_initial.target);
        ExecTarget exec = initial ? *initial : ExecTarget();
        if (m_command->text() != commandLine(exec.command)) // which cannot say all, such as an empty word
            exec.command = QProcess::splitCommand(m_command->text());
        return exec;
    }
    case Notification:
        return NotifyTarget{};
    case Collector:
        return OtlpTarget{m_collector->text().trimmed()};
    default:
        return AuditTarget{};
    }
}

// What the form does not show stays, where it means something.
DeliveryPolicy HookEditor::delivery() const
{
    if (m_kind->currentIndex() != Webhook)
        return {};
    DeliveryPolicy policy = m_initial.delivery;
    policy.mode = static_cast<DeliveryMode>(m_delivery->currentData().toInt());
    if (policy.mode != DeliveryMode::AtLeastOnce)
        policy.retryWaitsMs.clear();
    return policy;
}

Hook HookEditor::hook() const
{
    Hook result = m_initial;
    result.name = m_name->text().trimmed();
    result.event = static_cast<HookEvent>(m_event->currentData().toInt());
    result.target = target();
    result.delivery = delivery();
    const bool isSent = m_kind->currentIndex() == Webhook || m_kind->currentIndex() == Collector;
    result.sending = isSent ? m_sending->sending().value_or(SendingPolicy()) : SendingPolicy();
    result.limit.reset();
    if (m_isLimited->isChecked())
        result.limit = FiringLimit{m_limitEvents->value(), m_limitS->value()};
    result.enabled = m_enabled->isChecked();
    result.when = Filter::compile(m_when->text()).value_or(Filter());
    return result;
}

void HookEditor::check()
{
    const Hook edited = hook();
    QString problem;
    if (const auto when = Filter::compile(m_when->text()); !when)
        problem = when.error().sentence;
    else if (const auto sending = m_sending->sending(); !sending && m_more->isVisibleTo(this))
        problem = sending.error().text;
    else if (const Result<void> valid = validate(edited); !valid)
        problem = valid.error().text;
    else if (m_takenNames.contains(edited.name))
        problem = tr("Another hook of this set is named “%1”").arg(visible(edited.name));
    m_problem->setText(problem.isEmpty() ? QString() : QStringLiteral("⚠ ") + problem);
    m_accept->setEnabled(problem.isEmpty());
    m_test->setEnabled(problem.isEmpty());
    m_answer->clear();
    m_matches->clear();
    m_count.start();
}

void HookEditor::countMatches()
{
    const Hook edited = hook();
    if (edited.event == HookEvent::OnBudget || !Filter::compile(m_when->text()))
        return;
    const std::int64_t nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    const EventLog::Sequence oldest =
        std::max(m_log.begin(), m_log.end() - std::min(m_log.end(), mostCounted));
    int captured = 0;
    int fired = 0;
    for (EventLog::Sequence sequence = oldest; sequence < m_log.end(); ++sequence) {
        const Exchange *exchange = m_log.exchange(sequence);
        if (!exchange)
            continue;
        ++captured;
        fired += wouldFire(edited, *exchange, nowUs) ? 1 : 0;
    }
    if (captured > 0)
        m_matches->setText(
            tr("Would have fired on %1 of the last %2 captured requests").arg(fired).arg(captured));
}

void HookEditor::browse()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("File to Append Events To"), m_path->text(),
                                                      tr("JSON lines (*.jsonl);;All files (*)"), nullptr,
                                                      QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        m_path->setText(path);
}

void HookEditor::showTestResult(const TestResult &result)
{
    if (result.hookName == hook().name)
        m_answer->setText((result.delivered ? QStringLiteral("✓ ") : QStringLiteral("✕ "))
                          + visible(result.text));
}

} // namespace hookscope
