#include "ui/live/grouppane.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace hookscope {

GroupPane::GroupPane(const EventLog &log, QWidget *parent)
    : QWidget(parent)
    , m_model(log)
    , m_view(new QTableView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    setupView();
    hide();
}

GroupPane::~GroupPane()
{
    m_view->disconnect(this);
    delete m_view; // before its model, which is a member here
}

void GroupPane::setupView()
{
    m_view->setObjectName(QStringLiteral("groupView"));
    m_view->setAccessibleName(tr("Groups"));
    m_view->setModel(&m_model);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setAlternatingRowColors(true);
    m_view->setTabKeyNavigation(false);
    m_view->setCornerButtonEnabled(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    QHeaderView *header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    const int digit = fontMetrics().horizontalAdvance(u'0');
    for (const auto &[column, digits] : {std::pair(GroupModel::Name, 18), std::pair(GroupModel::Requests, 9),
                                         std::pair(GroupModel::Calls, 6), std::pair(GroupModel::Tokens, 10),
                                         std::pair(GroupModel::Cost, 9), std::pair(GroupModel::Errors, 7)})
        header->resizeSection(column, digits * digit);
    header->setSortIndicator(GroupModel::Cost, Qt::DescendingOrder);
    m_view->setSortingEnabled(true);
    m_view->installEventFilter(this);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &GroupPane::noteSelection);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &GroupPane::noteSelection);
}

void GroupPane::setGroupBy(GroupBy by)
{
    m_model.setGroupBy(by);
    setVisible(by != GroupBy::None);
}

void GroupPane::setFilter(const Filter &filter)
{
    m_model.setFilter(filter);
}

void GroupPane::noteSelection()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    const Filter wanted = rows.isEmpty()
        ? Filter()
        : Filter::compile(m_model.conditionAt(rows.first().row())).value_or(Filter());
    if (wanted == m_condition)
        return;
    m_condition = wanted;
    emit conditionChanged(m_condition);
}

void GroupPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
}

void GroupPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

bool GroupPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_view->clearSelection();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookscope
