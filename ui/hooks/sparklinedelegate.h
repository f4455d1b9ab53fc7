#pragma once

#include "ui/hooks/deliveryhistory.h"

#include <QStyledItemDelegate>

namespace hookscope {

// Draws an hour of deliveries (HookTableModel::HourRole): a bar a minute, upwards what was delivered,
// downwards and in another colour what failed, paler if it was tried again.
class SparklineDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

// The same within `area`.
void paintSparkline(QPainter &painter, const QRect &area, const DeliveryHistory::Hour &hour,
                    const QPalette &palette, bool isSelected);

} // namespace hookscope
