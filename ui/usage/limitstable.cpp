#include "ui/usage/limitstable.h"

#include <QHeaderView>
#include <QPainter>
#include <algorithm>

namespace hookscope {

LimitsTable::LimitsTable(EventLog &log, QWidget *parent)
    : QTableView(parent)
    , m_model(log)
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(LimitsModel::sortRole);
    m_sorted.setDynamicSortFilter(true);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, &m_model, &LimitsModel::tick);
    setObjectName(QStringLiteral("limitsTable"));
    setAccessibleName(tr("Rate limits by provider and model"));
    setModel(&m_sorted);
    setSelectionBehavior(SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setHighlightSections(false);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {11, 20, 16, 12, 12, 24, 12};
    for (int section = 0; section < LimitsModel::columns; ++section)
        setColumnWidth(section,
                       std::max(widths[section] * digit, horizontalHeader()->sectionSizeHint(section)));
    setSortingEnabled(true);
    sortByColumn(LimitsModel::Provider, Qt::AscendingOrder);
}

void LimitsTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    m_second.start();
    m_model.tick();
}

void LimitsTable::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    m_second.stop();
}

void LimitsTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("No provider has told of its rate limits yet."));
}

} // namespace hookscope
