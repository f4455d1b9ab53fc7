#pragma once

#include <QList>

class QAbstractItemModel;
class QString;
class QTableView;

namespace hookscope {

// A table as the pages on deliveries have them: whole rows of one height, the last column as wide as there is
// room. `name` is for those who hear it; `widths` are of the first columns.
QTableView *makeDeliveryTable(QAbstractItemModel *model, const QString &name, const QList<int> &widths);

} // namespace hookscope
