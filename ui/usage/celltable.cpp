#include "ui/usage/celltable.h"

#include <QHeaderView>
#include <algorithm>

namespace hookscope {

CellTable::CellTable(std::vector<CellTableModel::Column> columns, int sortedColumn, QWidget *parent)
    : QTableView(parent)
    , m_cells(std::move(columns))
{
    m_sorted.setSourceModel(&m_cells);
    m_sorted.setSortRole(CellTableModel::sortRole);
    m_sorted.setDynamicSortFilter(true);
    setModel(&m_sorted);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
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
    for (int section = 0; section < m_cells.columnCount(); ++section) {
        const int width = m_cells.columns()[static_cast<std::size_t>(section)].digits * digit;
        setColumnWidth(section, std::max(width, horizontalHeader()->sectionSizeHint(section)));
    }
    setSortingEnabled(true);
    sortByColumn(sortedColumn, Qt::DescendingOrder);
    connect(this, &QTableView::clicked, this, &CellTable::ask);
    connect(this, &QTableView::activated, this, &CellTable::ask);
}

void CellTable::ask(const QModelIndex &index)
{
    const QString filter = index.data(CellTableModel::filterRole).toString();
    if (!filter.isEmpty())
        emit filterRequested(filter);
}

} // namespace hookscope
