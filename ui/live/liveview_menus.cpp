#include "ui/live/livemodel.h"
#include "ui/live/liveview.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <algorithm>

// The menus of the live table, and what they do.
namespace hookscope {

namespace {

void putOnClipboard(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

void LiveView::copySelection()
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());

    QStringList lines;
    for (const int row : std::as_const(rows)) {
        QStringList cells;
        for (int place = 0; place < horizontalHeader()->count(); ++place) {
            const int section = horizontalHeader()->logicalIndex(place);
            if (!horizontalHeader()->isSectionHidden(section))
                cells.append(m_model.data(m_model.index(row, section), Qt::DisplayRole).toString());
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    if (!lines.isEmpty())
        putOnClipboard(lines.join(QLatin1Char('\n')));
}

void LiveView::contextMenuEvent(QContextMenuEvent *event)
{
    QModelIndex index = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid() || event->reason() == QContextMenuEvent::Keyboard)
        index = currentIndex();
    const Exchange *exchange = index.isValid() ? m_model.exchangeAt(index.row()) : nullptr;
    if (!exchange)
        return;
    const QString cell = index.data(Qt::DisplayRole).toString();
    const QString url = visible(exchange->started.url);

    QMenu menu(this);
    menu.addAction(tr("Copy &Rows"), this, &LiveView::copySelection)->setShortcut(QKeySequence::Copy);
    menu.addAction(tr("Copy &Cell"), this, [cell] { putOnClipboard(cell); });
    menu.addAction(tr("Copy &URL"), this, [url] { putOnClipboard(url); });
    const auto column = static_cast<Column>(index.column());
    const bool isFilterable = column == Column::Sandbox || column == Column::Method || column == Column::Host
        || column == Column::Path || column == Column::Provider || column == Column::Model
        || column == Column::Status;
    if (isFilterable && cell != absentText()) {
        menu.addSeparator();
        const QString shortened = fontMetrics().elidedText(cell, Qt::ElideMiddle, 240);
        menu.addAction(
            tr("&Filter by “%1”").arg(QString(shortened).replace(QLatin1Char('&'), QStringLiteral("&&"))),
            this, [this, cell] { emit filterRequested(cell); });
    }
    menu.exec(event->globalPos());
}

void LiveView::addColumnActions(QMenu &menu)
{
    QHeaderView *header = horizontalHeader();
    const int shown = header->count() - header->hiddenSectionCount();
    for (int section = 0; section < header->count(); ++section) {
        QAction *action = menu.addAction(infoOf(static_cast<Column>(section)).name);
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(section));
        action->setEnabled(shown > 1 || header->isSectionHidden(section)); // the last one stays
        connect(action, &QAction::toggled, this, [=, this](bool on) {
            const QScopedValueRollback<bool> guard(m_adjusting, true);
            header->setSectionHidden(section, !on);
            shareSpareWidth();
        });
    }
}

void LiveView::showHeaderMenu(const QPoint &position)
{
    QHeaderView *header = horizontalHeader();
    const int clicked = header->logicalIndexAt(position);
    QMenu menu(this);
    if (clicked >= 0) {
        const QString name = infoOf(static_cast<Column>(clicked)).name;
        menu.addAction(tr("Sort %1 &Ascending").arg(name), this,
                       [=, this] { sortByColumn(clicked, Qt::AscendingOrder); });
        menu.addAction(tr("Sort %1 &Descending").arg(name), this,
                       [=, this] { sortByColumn(clicked, Qt::DescendingOrder); });
        menu.addAction(tr("&Fit Width to Contents"), this, [=, this] { resizeColumnToContents(clicked); });
        menu.addSeparator();
    }
    addColumnActions(menu);
    menu.addSeparator();
    menu.addAction(tr("&Reset Columns"), this, &LiveView::resetColumns);
    menu.exec(header->viewport()->mapToGlobal(position));
}

} // namespace hookscope
