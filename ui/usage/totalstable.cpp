#include "ui/usage/totalstable.h"

#include <QHeaderView>
#include <algorithm>

namespace hookscope {

TotalsTable::TotalsTable(UsageTotals &totals, QWidget *parent)
    : QTableView(parent)
    , m_model(totals)
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(TotalsModel::sortRole);
    m_sorted.setDynamicSortFilter(true);
    setAccessibleName(tr("Totals by sandbox, provider and model"));
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
    const int widths[] = {8, 10, 18, 7, 11, 11, 11, 11, 10, 10};
    for (int section = 0; section < TotalsModel::columns; ++section)
        setColumnWidth(section,
                       std::max(widths[section] * digit, horizontalHeader()->sectionSizeHint(section)));
    setSortingEnabled(true);
    sortByColumn(TotalsModel::Total, Qt::DescendingOrder);
}

} // namespace hookscope
