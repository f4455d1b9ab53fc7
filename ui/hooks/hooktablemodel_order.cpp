#include "ui/hooks/hooktablemodel.h"

#include "ui/text/visible.h"

#include <QDataStream>
#include <QMimeData>
#include <algorithm>

// The order of the hooks: by the document, by drag and drop.
namespace hookscope {

bool HookTableModel::takeOrder(const HookSetDocument::Content &content)
{
    QHash<QString, int> rows;
    for (int row = 0; row < content.hooks.size(); ++row)
        rows.insert(content.hooks[row].name, row);
    QList<int> places; // where each row goes
    for (const Hook &hook : std::as_const(m_content.hooks))
        places << rows.value(hook.name, -1);
    if (content.bad != m_content.bad || places.size() != rows.size() || places.contains(-1)
        || std::is_sorted(places.begin(), places.end()))
        return false;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    m_content = content;
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex &each : from)
        to << index(each.row() < places.size() ? places[each.row()] : each.row(), each.column());
    changePersistentIndexList(from, to);
    emit layoutChanged({}, VerticalSortHint);
    return true;
}

bool HookTableModel::moveHooks(const QList<int> &rows, int before)
{
    HookSetDocument::Content after = m_content;
    after.hooks.clear();
    const int end = std::clamp(before, 0, static_cast<int>(m_content.hooks.size()));
    QList<Hook> moved;
    for (const int row : rows) {
        if (row < 0 || isBad(row))
            return false;
    }
    for (int row = 0; row < m_content.hooks.size(); ++row) {
        if (rows.contains(row))
            moved << m_content.hooks[row];
        else
            after.hooks << m_content.hooks[row];
    }
    const auto staying = std::count_if(rows.begin(), rows.end(), [end](int row) { return row < end; });
    for (qsizetype i = 0; i < moved.size(); ++i)
        after.hooks.insert(end - staying + i, moved[i]);
    const QString text = moved.size() == 1 ? tr("Move %1").arg(visible(moved.first().name))
                                           : tr("Move %1 hooks").arg(moved.size());
    return !moved.isEmpty() && m_document.edit(text, after).has_value();
}

QStringList HookTableModel::mimeTypes() const
{
    return {QStringLiteral("application/x-hookscope-hooks")};
}

// Rows, which mean something in this very view only: it takes drops from nowhere else.
QMimeData *HookTableModel::mimeData(const QModelIndexList &indexes) const
{
    QList<int> rows;
    for (const QModelIndex &each : indexes) {
        if (isBad(each.row()))
            return nullptr;
        if (!rows.contains(each.row()))
            rows << each.row();
    }
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << rows;
    auto *data = new QMimeData;
    data->setData(mimeTypes().first(), bytes);
    return data;
}

bool HookTableModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int,
                                  const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(mimeTypes().first()))
        return false;
    QList<int> rows;
    QDataStream stream(data->data(mimeTypes().first()));
    stream >> rows;
    const int at = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    return moveHooks(rows, at);
}

} // namespace hookscope
