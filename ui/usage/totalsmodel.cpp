#include "ui/usage/totalsmodel.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <algorithm>

namespace hookscope {

QString sumText(qint64 tokens, quint64 withoutUsage)
{
    return (withoutUsage > 0 ? QStringLiteral("≥\u202f") : QString()) + tokensText(tokens);
}

TotalsModel::TotalsModel(UsageTotals &totals, QObject *parent)
    : QAbstractTableModel(parent)
    , m_totals(totals)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(200);
    connect(&m_timer, &QTimer::timeout, this, &TotalsModel::refresh);
    connect(&m_totals, &UsageTotals::changed, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
    refresh();
}

int TotalsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TotalsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

void TotalsModel::refresh()
{
    std::vector<Row> rows;
    rows.reserve(m_totals.entries().size());
    for (const auto &[key, entry] : m_totals.entries())
        rows.push_back({key, entry});
    const bool sameKeys = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                     [](const Row &a, const Row &b) { return a.key == b.key; });
    if (!sameKeys) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        emit dataChanged(index(0, Requests), index(rowCount() - 1, columns - 1));
}

QVariant TotalsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case sortRole:
        return sortValue(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((index.column() >= Requests ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (index.column() >= Input && index.column() <= Total && row.entry.withoutUsage > 0)
            return tr("%1 of these calls reported no usage, or not all of it: at least this many")
                .arg(countText(row.entry.withoutUsage));
        return text(row, index.column()).toHtmlEscaped();
    default:
        return {};
    }
}

QString TotalsModel::text(const Row &row, int column) const
{
    const UsageTotals::Entry &entry = row.entry;
    switch (column) {
    case Sandbox:
        return visible(row.key.sandbox);
    case Provider:
        return visible(row.key.provider);
    case Model:
        return visible(row.key.model);
    case Requests:
        return countText(entry.requests);
    case Streaming:
        return countText(entry.streaming);
    case Input:
        return sumText(entry.inputTokens, entry.withoutUsage);
    case Output:
        return sumText(entry.outputTokens, entry.withoutUsage);
    case Total:
        return sumText(entry.totalTokens, entry.withoutUsage);
    case Last:
        return clockText(entry.lastRequestUs).left(8);
    default:
        return {};
    }
}

QVariant TotalsModel::sortValue(const Row &row, int column) const
{
    const UsageTotals::Entry &entry = row.entry;
    switch (column) {
    case Requests:
        return entry.requests;
    case Streaming:
        return entry.streaming;
    case Input:
        return entry.inputTokens;
    case Output:
        return entry.outputTokens;
    case Total:
        return entry.totalTokens;
    case Last:
        return entry.lastRequestUs;
    default:
        return text(row, column);
    }
}

QVariant TotalsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section >= Requests ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Sandbox:
        return tr("Sandbox");
    case Provider:
        return tr("Provider");
    case Model:
        return tr("Model");
    case Requests:
        return tr("Calls");
    case Streaming:
        return tr("Streamed");
    case Input:
        return tr("Input");
    case Output:
        return tr("Output");
    case Total:
        return tr("Total");
    case Last:
        return tr("Last");
    default:
        return {};
    }
}

} // namespace hookscope
