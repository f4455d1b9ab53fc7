#include "ui/live/exchangedetail.h"

#include "ui/live/bodypage.h"
#include "core/formats/curlcommand.h"
#include "ui/live/factlist.h"
#include "ui/live/findbar.h"
#include "ui/live/hookoutcomespage.h"
#include "ui/live/livemodel.h"
#include "ui/live/messagespage.h"
#include "ui/live/offthread.h"
#include "ui/live/phasebar.h"
#include "ui/live/rowfacts.h"
#include "ui/live/tokenbar.h"
#include "ui/live/toolspage.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

QPlainTextEdit *textPage(const QString &accessibleName, const QString &placeholder)
{
    auto *page = new QPlainTextEdit;
    page->setReadOnly(true);
    page->setUndoRedoEnabled(false);
    page->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    page->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    page->setFrameShape(QFrame::NoFrame);
    page->setTabChangesFocus(true);
    page->setAccessibleName(accessibleName);
    page->setPlaceholderText(placeholder);
    return page;
}

// The same text again would throw away the selection and the place in it.
void setText(QPlainTextEdit &page, const QString &text)
{
    if (page.toPlainText() == text)
        return;
    const int place = page.verticalScrollBar()->value();
    page.setPlainText(text);
    page.verticalScrollBar()->setValue(place);
}

QWidget *hostRow(QToolButton *button)
{
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setObjectName(QStringLiteral("openHostButton"));
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(10, 6, 10, 0);
    layout->addWidget(button);
    layout->addStretch(1);
    return row;
}

std::optional<std::uint64_t> sizeOf(const std::optional<ProxyEvent> &event,
                                    std::optional<std::uint64_t> ProxyEvent::*member)
{
    return event ? (*event).*member : std::nullopt;
}

} // namespace

// ExchangeDetail:: before tr() is for lupdate, which loses the class in a list of initializers with braces.
ExchangeDetail::ExchangeDetail(LiveModel &model, QWidget *parent)
    : QWidget(parent)
    , m_log(model.log())
    , m_model(model)
    , m_stack(new QStackedWidget(this))
    , m_tabs(new QTabWidget)
    , m_curl(new QToolButton)
    , m_host(new QToolButton)
    , m_gone(new QLabel(ExchangeDetail::tr(
          "Heads and bodies of this request are no longer kept; this is what its row says.")))
    , m_tokenBar(new TokenBar)
    , m_overviewPhases(new PhaseBar)
    , m_overview(new FactList)
    , m_overviewPage(makePage({m_gone, hostRow(m_host), m_tokenBar, m_overviewPhases, m_overview}))
    , m_messages(new MessagesPage)
    , m_tools(new ToolsPage)
    , m_heads(textPage(ExchangeDetail::tr("Heads of request and answer"),
                       ExchangeDetail::tr("No heads are kept of this request.")))
    , m_requestBody(new BodyPage(ExchangeDetail::tr("Request body")))
    , m_answerBody(new BodyPage(ExchangeDetail::tr("Answer body")))
    , m_phases(new PhaseBar)
    , m_times(new FactList)
    , m_tokens(new FactList)
    , m_events(textPage(ExchangeDetail::tr("Events"),
                        ExchangeDetail::tr("No event yet: the request is still being read.")))
    , m_hooks(new HookOutcomesPage)
{
    m_timing = makePage({m_phases, m_times});
    m_gone->setTextFormat(Qt::PlainText);
    m_gone->setWordWrap(true);
    m_gone->setContentsMargins(10, 6, 10, 0);
    m_gone->setForegroundRole(QPalette::PlaceholderText);
    setupTabs();
    auto *nothing = new QLabel(ExchangeDetail::tr("Select a request to see all of it."));
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(nothing);
    m_stack->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(&m_model, &LiveModel::exchangesChanged, this, &ExchangeDetail::noteChanges);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ExchangeDetail::refresh);
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &ExchangeDetail::refresh);
}

QWidget *ExchangeDetail::makePage(std::initializer_list<QWidget *> parts)
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    for (QWidget *part : parts)
        layout->addWidget(part, part == *(parts.end() - 1) ? 1 : 0);
    return page;
}

void ExchangeDetail::setupTabs()
{
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Details of the request"));
    const auto add = [this](QWidget *page, const QString &title, const QString &toolTip = {}) {
        m_tabs->setTabToolTip(m_tabs->addTab(page, title), toolTip);
    };
    add(m_overviewPage, tr("Overview"));
    add(m_messages, tr("Messages"), tr("The call as a conversation"));
    add(m_tools, tr("Tools"), tr("What the model may call"));
    add(makePage({m_heads, new FindBar(m_heads)}), tr("Heads"),
        tr("As client and upstream sent them; credentials are masked"));
    add(m_requestBody, tr("Request"), tr("The request's body, decoded and laid out; credentials are masked"));
    add(m_answerBody, tr("Answer"), tr("The answer's body, decoded and laid out; credentials are masked"));
    add(m_timing, tr("Timing"));
    add(m_tokens, tr("Tokens"), tr("Tokens and cost"));
    add(m_events, tr("Events"), tr("As sent to hooks"));
    add(m_hooks, tr("Hooks"), tr("What fired, and what came back"));
    m_curl->setText(tr("cURL")); // short, since the tabs need the room
    m_curl->setAccessibleName(tr("Copy as cURL"));
    m_curl->setObjectName(QStringLiteral("copyAsCurl"));
    m_curl->setAutoRaise(true);
    m_curl->setToolTip(
        tr("Copy the curl command that sends this request again, with variables for its credentials"));
    connect(m_curl, &QToolButton::clicked, this, &ExchangeDetail::copyAsCurl);
    m_tabs->setCornerWidget(m_curl);
}

void ExchangeDetail::show(std::optional<EventLog::Sequence> sequence)
{
    if (sequence != m_sequence) {
        m_exchange.reset();
        m_readTexts = {};
        ++m_readings;
    }
    m_sequence = sequence;
    m_stack->setCurrentIndex(sequence ? 1 : 0);
    refresh();
    m_curl->setEnabled(m_exchange && !curlCommand(*m_exchange).empty());
}

void ExchangeDetail::copyAsCurl() const
{
    if (m_exchange)
        QGuiApplication::clipboard()->setText(QString::fromStdString(curlCommand(*m_exchange)));
}

void ExchangeDetail::setKeepsBodies(bool keeps)
{
    m_keepsBodies = keeps;
    refresh();
}

void ExchangeDetail::setHostAction(QAction *action)
{
    m_hostAction = action;
    m_host->setDefaultAction(action);
    connect(action, &QAction::changed, this, &ExchangeDetail::updateHostButton);
    updateHostButton();
}

void ExchangeDetail::updateHostButton()
{
    m_host->parentWidget()->setVisible(m_hostAction && m_hostAction->isVisible() && m_exchange
                                       && m_exchange->started.isTunnel);
}

void ExchangeDetail::addHookOutcomes(const QList<HookOutcome> &outcomes)
{
    m_hooks->add(outcomes);
}

void ExchangeDetail::noteChanges(const std::vector<EventLog::Sequence> &sequences)
{
    if (m_sequence && std::binary_search(sequences.begin(), sequences.end(), *m_sequence))
        refresh();
}

// What was shown stays if the log lets go of it; its heads and bodies also if only the row is left.
bool ExchangeDetail::takeExchange()
{
    if (!m_sequence)
        return false;
    if (const Exchange *kept = m_log.exchange(*m_sequence)) {
        m_exchange = *kept;
        m_isDetailKept = true;
    } else if (!m_exchange) {
        m_exchange = m_log.detail(*m_sequence);
        m_isDetailKept = m_log.isDetailWhole(*m_sequence);
    }
    return m_exchange.has_value();
}

void ExchangeDetail::refresh()
{
    const bool isThere = takeExchange();
    if (!isThere || !isRunning(*m_exchange))
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start();
    if (!isThere)
        return;

    const Exchange &exchange = *m_exchange;
    const std::int64_t nowUs = m_model.nowUs();
    const QWidget *page = m_tabs->currentWidget();
    if (page == m_overviewPage) {
        showOverview(nowUs);
    } else if (page == m_messages || page == m_tools) {
        showReading();
    } else if (page == m_requestBody) {
        m_requestBody->setBody(exchange.requestBody,
                               whyNoBody(sizeOf(exchange.request, &ProxyEvent::requestBytes),
                                         exchange.request || exchange.response));
    } else if (page == m_answerBody) {
        m_answerBody->setBody(
            exchange.answerBody,
            whyNoBody(sizeOf(exchange.response, &ProxyEvent::responseBytes), exchange.response.has_value()));
    } else if (page == m_timing) {
        showTiming(nowUs);
    } else if (page == m_tokens) {
        m_tokens->setFacts(tokenFacts(exchange));
    } else if (page == m_events) {
        setText(*m_events, eventsText(exchange));
    } else if (page == m_hooks) {
        m_hooks->show(exchange.id);
    } else {
        showHeads();
    }
}

void ExchangeDetail::showOverview(std::int64_t nowUs)
{
    const Exchange &exchange = *m_exchange;
    m_gone->setVisible(!m_isDetailKept);
    updateHostButton();
    const RowTokens tokens = tokensOf(exchange);
    m_tokenBar->setTokens(tokens.usage, tokens.isLowerBound);
    m_overviewPhases->setTimes(
        {latencyUsOf(exchange), ttftUsOf(exchange), elapsedUsOf(exchange, nowUs), isRunning(exchange)});
    m_overview->setFacts(overviewFacts(exchange, nowUs, m_model.thresholds()));
}

void ExchangeDetail::showTiming(std::int64_t nowUs)
{
    const Exchange &exchange = *m_exchange;
    m_phases->setTimes(
        {latencyUsOf(exchange), ttftUsOf(exchange), elapsedUsOf(exchange, nowUs), isRunning(exchange)});
    m_times->setFacts(timingFacts(exchange, nowUs));
}

void ExchangeDetail::showHeads()
{
    if (!m_isDetailKept)
        return setText(*m_heads, {});
    QString text = requestHeadText(*m_exchange);
    const QString answer = answerHeadText(*m_exchange);
    text += QStringLiteral("\n\n") + (answer.isEmpty() ? tr("No answer yet.") : answer);
    setText(*m_heads, text);
}

QString ExchangeDetail::whyNoBody(std::optional<std::uint64_t> size, bool isOver) const
{
    if (!isOver)
        return tr("It is shown when it has passed whole.");
    if (m_exchange->started.isTunnel)
        return tr("An opaque tunnel: its bytes are not read.");
    if (size == std::uint64_t(0))
        return tr("There is no body.");
    if (!m_isDetailKept)
        return tr("Heads and bodies of this request are no longer kept.");
    if (!m_keepsBodies)
        return tr("Bodies are not kept; View, Keep Bodies keeps those of the requests to come.");
    return tr("This body was not kept.");
}

void ExchangeDetail::showReading()
{
    const CallTexts texts = callTextsOf(*m_exchange);
    if (texts.isEmpty()) {
        const QString why = whyNoBody(sizeOf(m_exchange->request, &ProxyEvent::requestBytes),
                                      m_exchange->request.has_value());
        m_messages->showText(why);
        m_tools->showText(why);
        return;
    }
    if (texts != m_readTexts)
        readMessages();
}

void ExchangeDetail::readMessages()
{
    m_readTexts = callTextsOf(*m_exchange);
    const int reading = ++m_readings;
    runOffThread(
        this,
        [call = m_readTexts, previous = previousCallTexts(m_log, *m_sequence)] {
            return readCall(call, previous);
        },
        [this, reading](const CallReading &read) {
            if (reading != m_readings)
                return;
            m_messages->showReading(read);
            m_tools->showTools(read.conversation.tools);
        });
}

} // namespace hookscope
