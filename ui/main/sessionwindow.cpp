#include "ui/main/sessionwindow.h"

#include "ui/live/exchangedetail.h"
#include "ui/live/filterbar.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookscope {

namespace {

constexpr int progressSteps = 1000;

// Actions that are about traffic that goes on.
void hideLiveActions(FilterBar &bar)
{
    for (QAction *action : {bar.pauseAction(), bar.clearAction()}) {
        action->setEnabled(false);
        const auto buttons = bar.findChildren<QToolButton *>();
        for (QToolButton *button : buttons) {
            if (button->defaultAction() == action)
                button->hide();
        }
    }
}

} // namespace

SessionWindow::SessionWindow(const QString &name, const LogCaps &caps)
    : m_log(caps)
    , m_page(new LivePage(m_log))
    , m_detail(new ExchangeDetail(m_page->model()))
    , m_progressRow(new QWidget)
    , m_progress(new QProgressBar)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_outcome(new QLabel)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("sessionWindow"));
    setWindowTitle(tr("%1 (read-only) — Hookscope").arg(visible(name)));
    setupProgress();
    hideLiveActions(m_page->filterBar());

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_page);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_progressRow);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_outcome);
    resize(1100, 700);

    connect(&m_page->view(), &LiveView::exchangeSelected, m_detail, &ExchangeDetail::show);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    const auto focusFilter = [this] {
        m_page->filterBar().focusText();
    };
    connect(new QShortcut(QKeySequence(Qt::Key_Slash), this), &QShortcut::activated, this, focusFilter);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, focusFilter);
}

SessionWindow::~SessionWindow()
{
    if (!m_isFinished)
        emit cancelled();
    delete m_detail; // both before the log, which is a member here
    delete m_page;
}

void SessionWindow::setupProgress()
{
    m_progress->setRange(0, 0);
    m_progress->setAccessibleName(tr("Reading the session"));
    m_cancel->setObjectName(QStringLiteral("cancelReading"));
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setMargin(4);
    m_outcome->hide();
    auto *row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins(6, 4, 6, 4);
    row->addWidget(new QLabel(tr("Reading …")));
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &SessionWindow::cancelled);
}

void SessionWindow::take(const EventBatch &batch)
{
    m_log.restore(batch);
    // By a timer, so that what else waits in the event loop comes first (one of 0 ms would not).
    QTimer::singleShot(1, this, &SessionWindow::batchTaken);
}

void SessionWindow::showProgress(qint64 bytes, qint64 all)
{
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(all > 0 ? static_cast<int>(bytes * progressSteps / all) : progressSteps);
}

void SessionWindow::showFinished(const ReadSummary &summary)
{
    m_isFinished = true;
    m_progressRow->hide();
    QString text = outcomeText(summary);
    if (summary.isCancelled)
        text += tr(" Reading was cancelled: there are more.");
    m_outcome->setText(text);
    m_outcome->show();
}

QString outcomeText(const ReadSummary &summary)
{
    QString text = summary.rows == 1 ? SessionWindow::tr("1 call.")
                                     : SessionWindow::tr("%1 calls.").arg(countText(summary.rows));
    if (summary.interrupted > 0)
        text += SessionWindow::tr(" %1 of them had not ended when Hookscope did.")
                    .arg(countText(summary.interrupted));
    if (summary.badLines > 0)
        text += SessionWindow::tr(" Lines that could not be read and were skipped: %1.")
                    .arg(countText(summary.badLines));
    if (summary.leftOut > 0)
        text += SessionWindow::tr(" Events that could not be stored when they happened: %1.")
                    .arg(countText(summary.leftOut));
    return text;
}

} // namespace hookscope
