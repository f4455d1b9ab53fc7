#include "ui/hooks/deliverytable.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QTableView>

namespace hookscope {

QTableView *makeDeliveryTable(QAbstractItemModel *model, const QString &name, const QList<int> &widths)
{
    auto *view = new QTableView;
    view->setModel(model);
    view->setAccessibleName(name);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setShowGrid(false);
    view->setAlternatingRowColors(true);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 6);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->setStretchLastSection(true);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 0; column < widths.size(); ++column)
        view->setColumnWidth(column, widths[column]);
    return view;
}

} // namespace hookscope
