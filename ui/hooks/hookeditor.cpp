#include "ui/hooks/hookeditor.h"

#include "ui/hooks/dueevents.h"
#include "ui/hooks/hookpreview.h"
#include "ui/hooks/hooktexts.h"
#include "ui/hooks/quantityedit.h"
#include "ui/hooks/sendingeditor.h"
#include "ui/hooks/targeteditor.h"
#include "ui/text/visible.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int lookDelayMs = 200; // after the last key
constexpr QSize usualSize(640, 680); // of the form; of more height, the rest is scrolled to
constexpr int previewWidth = 520;

QLabel *noteLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

HookEditor::HookEditor(Purpose purpose, const Hook &hook, const QStringList &takenNames, const EventLog &log,
                       const PreviewMaker &previewMaker, QWidget *parent)
    : QDialog(parent)
    , m_initial(hook)
    , m_takenNames(takenNames)
    , m_log(log)
    , m_name(new QLineEdit)
    , m_event(new QComboBox)
    , m_when(new QLineEdit)
    , m_target(new TargetEditor)
    , m_more(new QToolButton)
    , m_sending(new SendingEditor)
    , m_isLimited(new QCheckBox(tr("At m&ost")))
    , m_limitEvents(new QSpinBox)
    , m_limitS(new QuantityEdit(QuantityEdit::seconds(), 1, FiringLimit::mostS, tr("Time")))
    , m_limit(makeLimit())
    , m_matches(noteLabel())
    , m_enabled(new QCheckBox(tr("&Enabled")))
    , m_problem(noteLabel())
    , m_answer(noteLabel())
    , m_test(new QPushButton(tr("Send &Test Event")))
{
    setWindowTitle(purpose == Purpose::Add ? tr("Add Hook") : tr("Edit Hook"));
    setupFields();
    makeForm();
    auto *split = new QSplitter;
    split->addWidget(m_scroll);
    if (previewMaker) {
        m_preview = new HookPreview(previewMaker);
        split->addWidget(m_preview);
        split->setStretchFactor(1, 1);
    }
    split->setChildrenCollapsible(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    setupButtons(purpose, *buttons);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(split, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_answer);
    layout->addWidget(buttons);
    fill(hook);
    connectFields();
    check();
    lookAtLog();
    const int formWidth = std::max(usualSize.width(), m_scroll->minimumWidth());
    resize(formWidth + (m_preview ? previewWidth : 0), usualSize.height());
    split->setSizes({formWidth, previewWidth});
}

void HookEditor::setupFields()
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
    m_when->setObjectName(QStringLiteral("hookWhen"));
    m_when->setPlaceholderText(tr("Always, or a filter: cost>0.5 model:opus*"));
    m_when->setToolTip(
        tr("The same language as the filter of the requests. Tokens and cost are known of the answers "
           "of LLM calls only"));
    m_matches->setObjectName(QStringLiteral("hookMatches"));
    m_matches->setWordWrap(false);
    m_matches->setForegroundRole(QPalette::PlaceholderText);
    m_more->setObjectName(QStringLiteral("hookMore"));
    m_more->setText(tr("&More: headers, signature, body"));
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(lookDelayMs);
    m_problem->setObjectName(QStringLiteral("hookProblem"));
    m_answer->setObjectName(QStringLiteral("hookAnswer"));
}

void HookEditor::makeForm()
{
    auto *form = new QWidget;
    m_form = new QFormLayout;
    m_form->addRow(tr("&Name:"), m_name);
    m_form->addRow(tr("E&vent:"), m_event);
    m_form->addRow(tr("&When:"), m_when);
    m_form->addRow(QString(), m_matches);
    m_form->addRow(tr("&Deliver to:"), m_target);
    m_form->addRow(QString(), m_more);
    m_form->addRow(m_sending);
    m_form->addRow(QString(), m_limit);
    m_form->addRow(QString(), m_enabled);
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->addLayout(m_form);
    layout->addStretch(1);
    m_scroll = new QScrollArea;
    m_scroll->setWidget(form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QWidget *HookEditor::makeLimit()
{
    m_isLimited->setObjectName(QStringLiteral("hookLimited"));
    m_isLimited->setToolTip(tr("What is beyond is counted, and told of by one event when the time is over"));
    m_limitEvents->setRange(1, FiringLimit::mostEvents);
    m_limitEvents->setAccessibleName(tr("Events"));
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

void HookEditor::setupButtons(Purpose purpose, QDialogButtonBox &buttons)
{
    m_accept = buttons.button(QDialogButtonBox::Ok);
    m_accept->setText(purpose == Purpose::Add ? tr("&Add") : tr("&Save"));
    buttons.addButton(m_test, QDialogButtonBox::ActionRole);
    m_test->setObjectName(QStringLiteral("hookTest"));
    m_test->setAutoDefault(false);
    m_test->setToolTip(tr("Sends one sample event to this target and shows the answer"));
    connect(&buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(&buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_answer->setText(tr("Sending …"));
        m_answer->show();
        emit testRequested(hook());
    });
}

void HookEditor::connectFields()
{
    const auto changed = [this] {
        showFields();
        check();
    };
    connect(m_name, &QLineEdit::textChanged, this, changed);
    connect(m_event, &QComboBox::currentIndexChanged, this, changed);
    connect(m_when, &QLineEdit::textChanged, this, changed);
    connect(m_target, &TargetEditor::changed, this, changed);
    connect(m_more, &QToolButton::toggled, this, changed);
    connect(m_sending, &SendingEditor::changed, this, changed);
    connect(m_isLimited, &QCheckBox::toggled, this, changed);
    connect(m_limitEvents, &QSpinBox::valueChanged, this, changed);
    connect(m_limitS, &QuantityEdit::changed, this, changed);
    connect(&m_lookSoon, &QTimer::timeout, this, &HookEditor::lookAtLog);
}

bool HookEditor::isSent() const
{
    return m_target->kind() == TargetEditor::Webhook || m_target->kind() == TargetEditor::Collector;
}

// What would mean nothing is not there: a collector gets answers alone, and a budget has a filter of its own.
void HookEditor::showFields()
{
    const bool isCollector = m_target->kind() == TargetEditor::Collector;
    const bool isOnBudget =
        !isCollector && m_event->currentData().toInt() == static_cast<int>(HookEvent::OnBudget);
    m_form->setRowVisible(m_event, !isCollector);
    m_form->setRowVisible(m_when, !isOnBudget);
    m_form->setRowVisible(m_matches, !isOnBudget);
    m_form->setRowVisible(m_limit, !isCollector);
    m_limitEvents->setEnabled(m_isLimited->isChecked());
    m_limitS->setEnabled(m_isLimited->isChecked());
    m_form->setRowVisible(m_more, isSent());
    m_more->setArrowType(m_more->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    m_sending->showForCollectors(isCollector);
    m_form->setRowVisible(m_sending, isSent() && m_more->isChecked());
    m_scroll->setMinimumWidth(m_scroll->widget()->minimumSizeHint().width()
                              + m_scroll->verticalScrollBar()->sizeHint().width());
}

void HookEditor::fill(const Hook &hook)
{
    m_name->setText(hook.name);
    m_event->setCurrentIndex(m_event->findData(static_cast<int>(hook.event)));
    m_enabled->setChecked(hook.enabled);
    m_when->setText(hook.when.text());
    m_target->setTarget(hook.target, hook.delivery);
    m_sending->setSending(hook.sending);
    m_more->setChecked(hook.sending != SendingPolicy());
    const FiringLimit limit = hook.limit.value_or(FiringLimit());
    m_isLimited->setChecked(hook.limit.has_value());
    m_limitEvents->setValue(limit.events);
    m_limitS->setValue(limit.perS);
    showFields();
}

Hook HookEditor::hook() const
{
    const bool isCollector = m_target->kind() == TargetEditor::Collector;
    Hook result = m_initial; // with the keys that no field shows
    result.name = m_name->text().trimmed();
    result.event =
        isCollector ? HookEvent::OnResponse : static_cast<HookEvent>(m_event->currentData().toInt());
    result.target = m_target->target();
    result.delivery = m_target->delivery();
    result.sending = isSent() ? m_sending->sending().value_or(SendingPolicy()) : SendingPolicy();
    result.limit.reset();
    if (m_isLimited->isChecked() && !isCollector)
        result.limit = FiringLimit{m_limitEvents->value(), static_cast<int>(m_limitS->value())};
    result.enabled = m_enabled->isChecked();
    result.when = Filter();
    if (result.event != HookEvent::OnBudget)
        result.when = Filter::compile(m_when->text()).value_or(Filter());
    return result;
}

QString HookEditor::problemOf(const Hook &hook) const
{
    if (const auto when = Filter::compile(m_when->text()); !when && hook.event != HookEvent::OnBudget)
        return when.error().sentence;
    if (const auto sending = m_sending->sending(); !sending && isSent())
        return sending.error().text;
    if (const Result<void> valid = validate(hook); !valid)
        return valid.error().text;
    if (m_takenNames.contains(hook.name))
        return tr("Another hook of this set is named “%1”").arg(visible(hook.name));
    return {};
}

void HookEditor::check()
{
    const QString problem = problemOf(hook());
    m_problem->setText(problem.isEmpty() ? QString() : QStringLiteral("⚠ ") + problem);
    m_problem->setVisible(!problem.isEmpty());
    m_accept->setEnabled(problem.isEmpty());
    m_test->setEnabled(problem.isEmpty());
    m_answer->clear();
    m_answer->hide();
    m_lookSoon.start();
}

void HookEditor::lookAtLog()
{
    Hook edited = hook();
    const bool isFilter = Filter::compile(m_when->text()) || edited.event == HookEvent::OnBudget;
    const DueEvents due =
        isFilter ? dueEvents(edited, m_log, QDateTime::currentMSecsSinceEpoch() * 1000) : DueEvents();
    m_matches->setText(
        due.captured == 0
            ? QString()
            : tr("Would have fired on %1 of the last %2 captured requests").arg(due.fired).arg(due.captured));
    if (!m_preview)
        return;
    // A name is not needed to see what would be sent.
    if (edited.name.isEmpty() || m_takenNames.contains(edited.name))
        edited.name = tr("New hook");
    const QString problem = problemOf(edited);
    if (problem.isEmpty())
        m_preview->showHook(edited, due.newest);
    else
        m_preview->showProblem(problem);
}

void HookEditor::showTestResult(const TestResult &result)
{
    if (result.hookName != hook().name)
        return;
    m_answer->show();
    m_answer->setText((result.delivered ? QStringLiteral("✓ ") : QStringLiteral("✕ "))
                      + visible(result.text));
}

} // namespace hookscope
