#include "ui/usage/celltablemodel.h"

#include <algorithm>

namespace hookscope {

namespace {

bool isBefore(const CellTableModel::Row &left, const CellTableModel::Row &right)
{
    return left.key < right.key;
}

} // namespace

CellTableModel::CellTableModel(std::vector<Column> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

void CellTableModel::setTitle(int column, const QString &title)
{
    QString &old = m_columns[static_cast<std::size_t>(column)].title;
    if (old == title)
        return;
    old = title;
    emit headerDataChanged(Qt::Horizontal, column, column);
}

void CellTableModel::removeMissing(const std::vector<Row> &rows)
{
    for (int last = rowCount() - 1; last >= 0; --last) {
        const auto isMissing = [&](int row) {
            return !std::binary_search(rows.begin(), rows.end(), m_rows[static_cast<std::size_t>(row)],
                                       isBefore);
        };
        if (!isMissing(last))
            continue;
        int first = last;
        while (first > 0 && isMissing(first - 1))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

void CellTableModel::setRows(std::vector<Row> rows)
{
    std::sort(rows.begin(), rows.end(), isBefore);
    removeMissing(rows);
    // What is left is in `rows` too, in the same order: what lies between is new.
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i < m_rows.size() && m_rows[i].key == rows[i].key)
            continue;
        std::size_t end = i + 1;
        while (end < rows.size() && (i >= m_rows.size() || rows[end].key != m_rows[i].key))
            ++end;
        const auto first = static_cast<std::ptrdiff_t>(i);
        const auto last = static_cast<std::ptrdiff_t>(end);
        beginInsertRows({}, int(first), int(last - 1));
        m_rows.insert(m_rows.begin() + first, rows.begin() + first, rows.begin() + last);
        endInsertRows();
    }
    int firstChanged = -1;
    int lastChanged = -1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (m_rows[i] == rows[i])
            continue;
        m_rows[i] = std::move(rows[i]);
        firstChanged = firstChanged < 0 ? int(i) : firstChanged;
        lastChanged = int(i);
    }
    if (firstChanged >= 0)
        emit dataChanged(index(firstChanged, 0), index(lastChanged, columnCount() - 1));
}

int CellTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant CellTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const Cell &cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case sortRole:
        return cell.sortKey;
    case filterRole:
        return row.filter;
    case Qt::ToolTipRole:
        return (cell.toolTip.isEmpty() ? cell.text : cell.toolTip).toHtmlEscaped();
    case Qt::DecorationRole:
        return index.column() == 0 && row.colour.isValid() ? QVariant(row.colour) : QVariant();
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    default:
        return {};
    }
}

QVariant CellTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column &column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return column.toolTip.isEmpty() ? QVariant() : column.toolTip.toHtmlEscaped();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace hookscope
