#include "ui/settings/pricetablemodel.h"

#include "ui/settings/usdtext.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr qint64 picoPerUnit = 1'000'000; // of what is priced by the piece

} // namespace

PriceTableModel::PriceTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void PriceTableModel::setPrices(const QList<PriceSetting> &prices)
{
    beginResetModel();
    m_rows.clear();
    for (const PriceSetting &price : prices) {
        m_rows.append({price.model, price.provider, usdText(price.input), usdText(price.output),
                       usdText(price.cacheRead), usdText(price.cacheWrite), usdText(price.cacheWrite1h),
                       price.webSearch == 0 ? QString() : usdText(price.webSearch / picoPerUnit)});
    }
    endResetModel();
    emit changed();
}

std::optional<QList<PriceSetting>> PriceTableModel::prices() const
{
    if (problem())
        return std::nullopt;
    QList<PriceSetting> result;
    std::transform(m_rows.begin(), m_rows.end(), std::back_inserter(result), priceOf);
    return result;
}

PriceSetting PriceTableModel::priceOf(const Row &row)
{
    PriceSetting price;
    price.model = row[Model];
    price.provider = row[Provider];
    price.input = usdMillionths(row[Input]).value_or(0);
    price.output = usdMillionths(row[Output]).value_or(0);
    price.cacheRead = usdMillionths(row[CacheRead]);
    price.cacheWrite = usdMillionths(row[CacheWrite]);
    price.cacheWrite1h = usdMillionths(row[CacheWrite1h]);
    price.webSearch = usdMillionths(row[WebSearch]).value_or(0) * picoPerUnit;
    return price;
}

std::optional<QString> PriceTableModel::problem() const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (const auto problem = problemOf(m_rows[row], static_cast<int>(row) + 1))
            return problem;
    }
    return std::nullopt;
}

std::optional<QString> PriceTableModel::problemOf(const Row &row, int number)
{
    if (!isWord(row[Model]))
        return tr("Price %1 needs a model: its name without spaces, such as gpt-5*, or * for all.")
            .arg(number);
    if (!row[Provider].isEmpty() && !isWord(row[Provider]))
        return tr("Price %1: a provider is one word, such as openai, or nothing for all.").arg(number);
    for (int column = Input; column < columns; ++column) {
        const QString &text = row[static_cast<std::size_t>(column)];
        if (text.isEmpty() && (column == Input || column == Output)) {
            return tr("Price %1 needs input and output, in US dollars per million tokens; 0 if it is free.")
                .arg(number);
        }
        if (!text.isEmpty() && !usdMillionths(text)) {
            return tr("Price %1, %2: “%3” is not a number of US dollars from 0 to 1000000 with at most six "
                      "decimals.")
                .arg(QString::number(number), nameOf(column), text);
        }
    }
    return std::nullopt;
}

void PriceTableModel::appendRow()
{
    beginInsertRows({}, rowCount(), rowCount());
    m_rows.append(Row());
    endInsertRows();
    emit changed();
}

void PriceTableModel::removeRow(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    emit changed();
}

void PriceTableModel::swapRows(int row, int other)
{
    if (std::min(row, other) < 0 || std::max(row, other) >= rowCount() || row == other)
        return;
    m_rows.swapItemsAt(row, other);
    emit dataChanged(index(std::min(row, other), 0), index(std::max(row, other), columns - 1));
    emit changed();
}

int PriceTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PriceTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant PriceTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() >= Input ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return m_rows[index.row()][static_cast<std::size_t>(index.column())];
    return {};
}

bool PriceTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    m_rows[index.row()][static_cast<std::size_t>(index.column())] = value.toString().trimmed();
    emit dataChanged(index, index);
    emit changed();
    return true;
}

QString PriceTableModel::nameOf(int column)
{
    switch (column) {
    case Model:
        return tr("Model");
    case Provider:
        return tr("Provider");
    case Input:
        return tr("Input");
    case Output:
        return tr("Output");
    case CacheRead:
        return tr("Cache read");
    case CacheWrite:
        return tr("Cache write");
    case CacheWrite1h:
        return tr("… for 1 h");
    case WebSearch:
        return tr("Web search");
    default:
        return {};
    }
}

QVariant PriceTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::DisplayRole)
        return nameOf(section);
    if (role != Qt::ToolTipRole)
        return {};
    switch (section) {
    case Model:
        return tr("The model's name; * stands for anything");
    case Provider:
        return tr("As in the table of requests; empty: every provider");
    case CacheRead:
    case CacheWrite:
        return tr("US dollars per million tokens; empty: as the input");
    case CacheWrite1h:
        return tr("What is written to the cache for an hour; empty: as other writes");
    case WebSearch:
        return tr("US dollars per search; empty: nothing");
    default:
        return tr("US dollars per million tokens");
    }
}

Qt::ItemFlags PriceTableModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

} // namespace hookscope
