#include "core/events/filter.h"
#include "core/formats/curlcommand.h"
#include "ui/live/cellorder.h"
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

constexpr int mostCommands = 1000; // more are for a file

void putOnClipboard(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

// The filter language's name for that column; empty where a cell's value makes no condition.
QString filterFieldOf(Column column)
{
    switch (column) {
    case Column::Sandbox:
        return QStringLiteral("sandbox");
    case Column::Process:
        return QStringLiteral("process");
    case Column::Method:
        return QStringLiteral("method");
    case Column::Host:
        return QStringLiteral("host");
    case Column::Path:
        return QStringLiteral("path");
    case Column::Provider:
        return QStringLiteral("provider");
    case Column::Model:
        return QStringLiteral("model");
    case Column::Session:
        return QStringLiteral("session");
    case Column::Status:
        return QStringLiteral("status");
    default:
        return {};
    }
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

void LiveView::copyAsCurl()
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());

    QStringList commands;
    for (const int row : rows.mid(0, mostCommands)) {
        if (const auto exchange = m_model.log().detail(m_model.sequenceAt(row)))
            commands.append(QString::fromStdString(curlCommand(*exchange)));
    }
    commands.removeAll(QString());
    if (rows.size() > mostCommands)
        commands.append(tr("# Not all that was selected: export it to a file."));
    if (!commands.isEmpty())
        putOnClipboard(commands.join(QStringLiteral("\n\n")));
}

// A hook for what is like the current request: the same model, or the same place of the same host; and its
// status if it failed.
void LiveView::requestHook()
{
    const RecordView record =
        currentIndex().isValid() ? m_model.recordAt(currentIndex().row()) : RecordView();
    if (!record)
        return;
    const auto text = [&record](StringId id) {
        const std::string_view held = record.strings->text(id);
        return QString::fromUtf8(held.data(), static_cast<qsizetype>(held.size()));
    };
    const QString host = text(record->host);
    const QString model = text(record->model);
    QStringList conditions;
    if (!model.isEmpty())
        conditions.append(onlyThis(QStringLiteral("model"), model));
    else if (!host.isEmpty())
        conditions.append(onlyThis(QStringLiteral("host"), host));
    const QString path = text(record->path);
    if (model.isEmpty() && !path.isEmpty() && !path.contains(QLatin1Char('?')))
        conditions.append(onlyThis(QStringLiteral("path"), path));
    if (record->status >= 400)
        conditions.append(onlyThis(QStringLiteral("status"), QString::number(record->status)));
    emit hookRequested(visible(model.isEmpty() ? host : model), conditions.join(QLatin1Char(' ')));
}

void LiveView::contextMenuEvent(QContextMenuEvent *event)
{
    QModelIndex index = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid() || event->reason() == QContextMenuEvent::Keyboard)
        index = currentIndex();
    const RecordView record = index.isValid() ? m_model.recordAt(index.row()) : RecordView();
    if (!record)
        return;
    const QString cell = index.data(Qt::DisplayRole).toString();
    const QString url = visible(urlOf(*record.record, *record.strings));

    QMenu menu(this);
    menu.addAction(tr("Copy &Rows"), this, &LiveView::copySelection)->setShortcut(QKeySequence::Copy);
    menu.addAction(tr("Copy &Cell"), this, [cell] { putOnClipboard(cell); });
    menu.addAction(tr("Copy &URL"), this, [url] { putOnClipboard(url); });
    const auto exact = m_model.log().detail(m_model.sequenceAt(index.row()));
    QAction *curl = menu.addAction(tr("Copy as cUR&L"), this, &LiveView::copyAsCurl);
    curl->setEnabled(exact && !curlCommand(*exact).empty());
    curl->setShortcut(QKeySequence(Qt::Key_C));
    menu.addAction(tr("New &Hook from This Request…"), this, &LiveView::requestHook)
        ->setShortcut(QKeySequence(Qt::Key_H));
    for (QAction *action : actions()) { // what the window does with rows
        if (!action->objectName().isEmpty())
            menu.addAction(action);
    }
    addMarkMenu(menu);
    addFilterMenu(menu, index, cell);
    menu.exec(event->globalPos());
}

// "Only this" and "not this" of the cell's field, as conditions of the filter language.
void LiveView::addFilterMenu(QMenu &menu, const QModelIndex &index, const QString &cell)
{
    const auto column = static_cast<Column>(index.column());
    const QString field = filterFieldOf(column);
    const RecordView record = m_model.recordAt(index.row());
    if (field.isEmpty() || !record)
        return;
    const std::string_view text = record.strings->text(orderText(*record.record, column));
    const QString value = isOrderedByText(column)
        ? QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        : QString::number(record->status);
    menu.addSeparator();
    const QString shortened =
        fontMetrics().elidedText(cell, Qt::ElideMiddle, 240).replace(QLatin1Char('&'), QStringLiteral("&&"));
    menu.addAction(tr("&Only “%1”").arg(shortened), this,
                   [=, this] { emit filterRequested(onlyThis(field, value)); });
    menu.addAction(tr("&Not “%1”").arg(shortened), this,
                   [=, this] { emit filterRequested(notThis(field, value)); });
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
