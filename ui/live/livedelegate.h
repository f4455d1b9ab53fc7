#pragma once

#include <QAbstractItemDelegate>

namespace hookscope {

// Paints the cells of the live table and nothing else: twice as fast as a styled delegate, which counts
// while rows stream in. Errors and slow rows differ by weight and symbol, and by colour besides.
class LiveDelegate final : public QAbstractItemDelegate {
    Q_OBJECT
public:
    using QAbstractItemDelegate::QAbstractItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace hookscope
