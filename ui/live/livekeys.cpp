#include "ui/live/livekeys.h"

#include "ui/live/liveview.h"
#include "ui/live/rowpaint.h"

#include <QAction>
#include <QHeaderView>
#include <algorithm>

namespace hookscope {

namespace {

void moveTo(LiveView &view, int row)
{
    if (view.model()->rowCount() == 0)
        return;
    const QModelIndex current = view.currentIndex();
    int column = current.isValid() ? current.column() : view.horizontalHeader()->logicalIndex(0);
    while (view.isColumnHidden(column) && column + 1 < view.model()->columnCount())
        ++column; // a hidden cell cannot be scrolled to
    view.setCurrentIndex(view.model()->index(std::clamp(row, 0, view.model()->rowCount() - 1), column));
}

// Without a current row: to the first one, or the last one.
void moveBy(LiveView &view, int step)
{
    const QModelIndex current = view.currentIndex();
    moveTo(view, current.isValid() ? current.row() + step : step > 0 ? 0 : view.model()->rowCount() - 1);
}

// By the current cell's column, and the other way round if it is by that already.
void sortByCurrentColumn(LiveView &view)
{
    const QModelIndex current = view.currentIndex();
    if (!current.isValid())
        return;
    const QHeaderView *header = view.horizontalHeader();
    const bool isSame = header->sortIndicatorSection() == current.column();
    const bool isAscending = header->sortIndicatorOrder() == Qt::AscendingOrder;
    view.sortByColumn(current.column(), isSame && isAscending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

template <class Act> void addKey(LiveView &view, const QString &text, QList<QKeySequence> keys, Act act)
{
    auto *action = new QAction(text, &view);
    action->setShortcuts(std::move(keys));
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, &view, act);
    view.addAction(action);
}

void addMarkKeys(LiveView &view)
{
    for (int colour = 0; colour <= markCount; ++colour) {
        const QString text = colour == 0 ? LiveView::tr("Take the mark's colour away")
                                         : LiveView::tr("Mark: %1").arg(markName(colour));
        addKey(view, text, {QKeySequence(Qt::Key_0 + colour)},
               [&view, colour] { view.markSelection(colour); });
    }
    addKey(view, LiveView::tr("Pin or unpin"), {Qt::Key_P}, [&view] { view.togglePins(); });
    addKey(view, LiveView::tr("Next pinned request"), {Qt::Key_N}, [&view] { view.jumpToPinned(true); });
    addKey(view, LiveView::tr("Previous pinned request"), {QKeySequence(Qt::SHIFT | Qt::Key_N)},
           [&view] { view.jumpToPinned(false); });
    addKey(view, LiveView::tr("Comment on the request"), {QKeySequence(Qt::CTRL | Qt::Key_M)},
           [&view] { view.editComment(); });
}

} // namespace

void addLiveKeys(LiveView &view)
{
    addKey(view, LiveView::tr("Next request"), {Qt::Key_J}, [&view] { moveBy(view, 1); });
    addKey(view, LiveView::tr("Previous request"), {Qt::Key_K}, [&view] { moveBy(view, -1); });
    addKey(view, LiveView::tr("Open the request's details"), {Qt::Key_Return, Qt::Key_Enter}, [&view] {
        if (view.currentIndex().isValid())
            emit view.detailRequested();
    });
    addKey(view, LiveView::tr("Sort by the current column"), {Qt::Key_S},
           [&view] { sortByCurrentColumn(view); });
    addKey(view, LiveView::tr("First request"), {Qt::Key_Home}, [&view] { moveTo(view, 0); });
    addKey(view, LiveView::tr("Last request"), {Qt::Key_End},
           [&view] { moveTo(view, view.model()->rowCount() - 1); });
    addKey(view, LiveView::tr("New hook from the request"), {Qt::Key_H}, [&view] { view.requestHook(); });
    addMarkKeys(view);
}

} // namespace hookscope
