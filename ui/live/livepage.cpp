#include "ui/live/livepage.h"

#include "ui/live/filterbar.h"
#include "ui/live/grouppane.h"
#include "ui/live/liveview.h"
#include "ui/text/amounts.h"

#include <QAction>
#include <QSplitter>
#include <QVBoxLayout>

namespace hookscope {

LivePage::LivePage(EventLog &log, QWidget *parent)
    : QWidget(parent)
    , m_log(log)
    , m_model(log)
    , m_bar(new FilterBar(log, this))
    , m_groups(new GroupPane(log))
    , m_view(new LiveView(m_model))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_groups);
    splitter->addWidget(m_view);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({fontMetrics().horizontalAdvance(u'0') * 60, 1000});
    layout->addWidget(splitter, 1);
    setFocusProxy(m_view);

    connect(m_bar, &FilterBar::filterChanged, this, [this](const Filter &filter) {
        m_groups->setFilter(filter);
        applyFilter();
    });
    connect(m_bar, &FilterBar::groupByChanged, m_groups, &GroupPane::setGroupBy);
    connect(m_groups, &GroupPane::conditionChanged, this, &LivePage::applyFilter);
    connect(m_bar, &FilterBar::left, m_view, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    connect(m_bar->pauseAction(), &QAction::toggled, &m_model, &LiveModel::setPaused);
    connect(m_bar->clearAction(), &QAction::triggered, this, [this] {
        m_log.clear();
        emit m_view->exchangeSelected(std::nullopt);
    });
    connect(m_view, &LiveView::filterRequested, m_bar, &FilterBar::addCondition);
    connect(&m_model, &LiveModel::flushed, this, &LivePage::showCounts);
    connect(&m_model, &LiveModel::waitingChanged, this, &LivePage::showCounts);
    showCounts();
}

LivePage::~LivePage()
{
    delete m_view; // before its model, which is a member here
}

void LivePage::applyFilter()
{
    m_model.setFilter(combined(m_bar->filter(), m_groups->condition()));
}

void LivePage::showCounts()
{
    const auto shown = static_cast<quint64>(m_model.rowCount());
    const quint64 waiting = m_model.waiting();
    const quint64 all = m_log.end() - m_log.begin() - waiting;
    m_bar->showCounts(shown, all, waiting);
    m_view->setPlaceholder(
        all == 0
            ? tr("New requests appear here.")
            : tr("None of the %1 requests matches the filter. Press / to change it.").arg(countText(all)));
}

} // namespace hookscope
