#pragma once

#include "ui/usage/totalsmodel.h"

#include <QSortFilterProxyModel>
#include <QTableView>

namespace hookscope {

// Totals by sandbox, provider and model, sortable; the most tokens first.
class TotalsTable final : public QTableView {
    Q_OBJECT
public:
    explicit TotalsTable(UsageTotals &totals, QWidget *parent = nullptr);

private:
    TotalsModel m_model;
    QSortFilterProxyModel m_sorted; // a handful of rows: here a proxy costs nothing
};

} // namespace hookscope
