#include "ui/live/exchangedetail.h"

#include "ui/live/factlist.h"
#include "ui/live/livemodel.h"
#include "ui/live/phasebar.h"
#include "ui/live/rowfacts.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabWidget>
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

} // namespace

ExchangeDetail::ExchangeDetail(LiveModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_stack(new QStackedWidget(this))
    , m_tabs(new QTabWidget)
    , m_overview(new FactList)
    , m_requestHead(textPage(tr("Request head"), {}))
    , m_answerHead(textPage(tr("Answer head"), tr("No answer yet.")))
    , m_timing(new QWidget)
    , m_phases(new PhaseBar)
    , m_times(new FactList)
    , m_tokens(new FactList)
    , m_events(textPage(tr("Events"), tr("No event yet: the request is still being read.")))
{
    setupTabs();
    auto *nothing = new QLabel(tr("Select a request to see all of it."));
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

void ExchangeDetail::setupTabs()
{
    auto *layout = new QVBoxLayout(m_timing);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_timing->setBackgroundRole(QPalette::Base);
    m_timing->setAutoFillBackground(true);
    layout->addWidget(m_phases);
    layout->addWidget(m_times, 1);

    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Details of the request"));
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_requestHead, tr("Request head"));
    m_tabs->addTab(m_answerHead, tr("Answer head"));
    m_tabs->addTab(m_timing, tr("Timing"));
    m_tabs->addTab(m_tokens, tr("Tokens and cost"));
    m_tabs->addTab(m_events, tr("Events"));
    m_tabs->setTabToolTip(1, tr("As the client sent it; credentials are masked"));
    m_tabs->setTabToolTip(2, tr("As the upstream sent it; credentials are masked"));
    m_tabs->setTabToolTip(5, tr("As sent to hooks"));
}

void ExchangeDetail::show(std::optional<EventLog::Sequence> sequence)
{
    m_sequence = sequence;
    m_stack->setCurrentIndex(sequence ? 1 : 0);
    refresh();
}

void ExchangeDetail::noteChanges(const std::vector<EventLog::Sequence> &sequences)
{
    if (m_sequence && std::binary_search(sequences.begin(), sequences.end(), *m_sequence))
        refresh();
}

void ExchangeDetail::refresh()
{
    const std::optional<Exchange> exchange = m_sequence ? m_model.log().detail(*m_sequence) : std::nullopt;
    if (!exchange || !isRunning(*exchange))
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start();
    if (!exchange)
        return;

    const std::int64_t nowUs = m_model.nowUs();
    const QWidget *page = m_tabs->currentWidget();
    if (page == m_overview) {
        m_overview->setFacts(overviewFacts(*exchange, nowUs, m_model.thresholds()));
    } else if (page == m_requestHead) {
        setText(*m_requestHead, requestHeadText(*exchange));
    } else if (page == m_answerHead) {
        setText(*m_answerHead, answerHeadText(*exchange));
    } else if (page == m_timing) {
        m_phases->setTimes({latencyUsOf(*exchange), ttftUsOf(*exchange), elapsedUsOf(*exchange, nowUs),
                            isRunning(*exchange)});
        m_times->setFacts(timingFacts(*exchange, nowUs));
    } else if (page == m_tokens) {
        m_tokens->setFacts(tokenFacts(*exchange));
    } else if (page == m_events) {
        setText(*m_events, eventsText(*exchange));
    }
}

} // namespace hookscope
