#pragma once

#include "ui/usage/celltablemodel.h"

#include <QSortFilterProxyModel>
#include <QTableView>

namespace hookscope {

// A sortable table of a CellTableModel. A click on a row, or Return, asks for the calls behind it.
class CellTable final : public QTableView {
    Q_OBJECT
public:
    CellTable(std::vector<CellTableModel::Column> columns, int sortedColumn, QWidget *parent = nullptr);

    CellTableModel &cells() { return m_cells; }

signals:
    void filterRequested(const QString &filter); // for the live table

private:
    void ask(const QModelIndex &index);

    CellTableModel m_cells;
    QSortFilterProxyModel m_sorted; // some hundreds of rows: here a proxy costs nothing
};

} // namespace hookscope
