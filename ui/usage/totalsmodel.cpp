#include "ui/usage/totalsmodel.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace hookscope {

namespace {

struct Sums {
    Q_DECLARE_TR_FUNCTIONS(Sums)
};

} // namespace

QString tokenSumText(qint64 tokens, const UsageSums &sums)
{
    return sums.withoutUsage > 0 ? atLeastText(tokensText(tokens)) : tokensText(tokens);
}

QString costSumText(const UsageSums &sums)
{
    if (sums.withoutCost == 0)
        return moneyText(sums.cost);
    return sums.cost > 0 ? atLeastMoneyText(sums.cost) : absentText();
}

QString tokenGapText(const UsageSums &sums)
{
    if (sums.withoutUsage == 0)
        return {};
    return sums.withoutUsage == 1
        ? Sums::tr("1 call reported no tokens, or not all of them: at least this many.")
        : Sums::tr("%1 calls reported no tokens, or not all of them: at least this many.")
              .arg(countText(sums.withoutUsage));
}

QString costGapText(const UsageSums &sums)
{
    if (sums.withoutCost == 0)
        return {};
    const QString calls = sums.withoutCost == 1
        ? Sums::tr("1 call has no known price, or was cut short")
        : Sums::tr("%1 calls have no known price, or were cut short").arg(countText(sums.withoutCost));
    return sums.cost > 0 ? Sums::tr("%1: at least this much.").arg(calls) : calls + QLatin1Char('.');
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
        emit dataChanged(index(0, Calls), index(rowCount() - 1, columns - 1));
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
        return QVariant::fromValue((index.column() >= Calls ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return toolTip(row, index.column()).toHtmlEscaped();
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
    case Calls:
        return countText(entry.calls);
    case Streaming:
        return countText(entry.streaming);
    case Input:
        return tokenSumText(entry.inputTokens, entry);
    case Output:
        return tokenSumText(entry.outputTokens, entry);
    case Total:
        return tokenSumText(entry.totalTokens, entry);
    case Cost:
        return costSumText(entry);
    case Last:
        return clockText(entry.lastRequestUs).left(8);
    default:
        return {};
    }
}

QString TotalsModel::toolTip(const Row &row, int column) const
{
    const UsageTotals::Entry &entry = row.entry;
    QStringList sentences;
    switch (column) {
    case Input:
        sentences.append(tr("Of these, %1 were read from a cache and %2 written to one.")
                             .arg(tokensText(entry.cacheReadTokens), tokensText(entry.cacheWriteTokens)));
        sentences.append(tokenGapText(entry));
        break;
    case Output:
        sentences.append(tr("Of these, %1 were spent on reasoning.").arg(tokensText(entry.reasoningTokens)));
        sentences.append(tokenGapText(entry));
        break;
    case Total:
        sentences.append(tokenGapText(entry));
        break;
    case Cost:
        if (entry.cost != 0)
            sentences.append(exactMoneyText(entry.cost) + QLatin1Char('.'));
        sentences.append(costGapText(entry));
        break;
    default:
        break;
    }
    sentences.removeAll(QString());
    return sentences.isEmpty() ? text(row, column) : sentences.join(QLatin1Char(' '));
}

QVariant TotalsModel::sortValue(const Row &row, int column) const
{
    const UsageTotals::Entry &entry = row.entry;
    switch (column) {
    case Calls:
        return entry.calls;
    case Streaming:
        return entry.streaming;
    case Input:
        return entry.inputTokens;
    case Output:
        return entry.outputTokens;
    case Total:
        return entry.totalTokens;
    case Cost:
        // What is unknown is less than what is free.
        return entry.withoutCost > 0 && entry.cost == 0 ? qint64(-1) : qint64(entry.cost);
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
        return QVariant::fromValue((section >= Calls ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Sandbox:
        return tr("Sandbox");
    case Provider:
        return tr("Provider");
    case Model:
        return tr("Model");
    case Calls:
        return tr("Calls");
    case Streaming:
        return tr("Streamed");
    case Input:
        return tr("Input");
    case Output:
        return tr("Output");
    case Total:
        return tr("Total");
    case Cost:
        return tr("Cost");
    case Last:
        return tr("Last");
    default:
        return {};
    }
}

} // namespace hookscope
