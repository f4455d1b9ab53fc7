#include "ui/settings/budgettablemodel.h"

#include "core/usage/budgetfilter.h"
#include "ui/settings/usdtext.h"

#include <QRegularExpression>
#include <algorithm>

namespace hookscope {

namespace {

constexpr qint64 picoPerMillionth = 1'000'000;
constexpr qint64 mostTokens = 1'000'000'000'000'000;

QString usdUnit()
{
    return QStringLiteral("usd");
}

QString tokensUnit()
{
    return QStringLiteral("tokens");
}

// A whole number, also in groups of three with the marks between them that people type.
std::optional<qint64> tokensOf(QString text)
{
    static const QRegularExpression form(
        QStringLiteral(R"(^(\d{1,16}|\d{1,3}(?<mark>[ ,._'])\d{3}(\k<mark>\d{3})*)$)"));
    if (!form.match(text).hasMatch())
        return std::nullopt;
    text.remove(QRegularExpression(QStringLiteral("[^0-9]")));
    const qint64 tokens = text.toLongLong();
    return tokens <= mostTokens ? std::optional(tokens) : std::nullopt;
}

std::optional<int> percentOf(QString text)
{
    if (text.endsWith(QLatin1Char('%')))
        text.chop(1);
    bool isNumber = false;
    const int percent = text.trimmed().toInt(&isNumber);
    return isNumber && percent >= 1 && percent <= 100 ? std::optional(percent) : std::nullopt;
}

} // namespace

BudgetTableModel::BudgetTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void BudgetTableModel::setBudgets(const QList<BudgetSetting> &budgets)
{
    beginResetModel();
    m_rows.clear();
    for (const BudgetSetting &budget : budgets) {
        const bool isMoney = budget.unit == BudgetSetting::Unit::Usd;
        m_rows.append(Row{{budget.name, budget.period,
                           isMoney ? usdText(budget.limit / picoPerMillionth) : QString::number(budget.limit),
                           isMoney ? usdUnit() : tokensUnit(), QString::number(budget.thresholdPercent),
                           budget.filter}});
    }
    endResetModel();
    emit changed();
}

std::optional<qint64> BudgetTableModel::limitOf(const Row &row)
{
    std::optional<qint64> limit;
    if (row.cells[Unit] == tokensUnit())
        limit = tokensOf(row.cells[Limit]);
    else if (const auto millionths = usdMillionths(row.cells[Limit]))
        limit = *millionths * picoPerMillionth;
    return limit && *limit > 0 ? limit : std::nullopt;
}

std::optional<QList<BudgetSetting>> BudgetTableModel::budgets() const
{
    if (problem())
        return std::nullopt;
    QList<BudgetSetting> result;
    for (const Row &row : m_rows) {
        BudgetSetting budget;
        budget.name = row.cells[Name];
        budget.period = row.cells[Period];
        budget.unit =
            row.cells[Unit] == tokensUnit() ? BudgetSetting::Unit::Tokens : BudgetSetting::Unit::Usd;
        budget.limit = limitOf(row).value_or(0);
        budget.thresholdPercent = percentOf(row.cells[Threshold]).value_or(budget.thresholdPercent);
        budget.filter = row.cells[Filter];
        result.append(budget);
    }
    return result;
}

std::optional<QString> BudgetTableModel::problem() const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (const auto problem = problemOf(row))
            return problem;
    }
    return std::nullopt;
}

std::optional<QString> BudgetTableModel::problemOf(qsizetype row) const
{
    const Row &given = m_rows[row];
    const QString &name = given.cells[Name];
    const QString number = QString::number(row + 1);
    if (!isBudgetName(name))
        return tr("Budget %1 needs a name, such as “all of a day”.").arg(number);
    const bool isTaken = std::any_of(m_rows.begin(), m_rows.begin() + row,
                                     [&name](const Row &before) { return before.cells[Name] == name; });
    if (isTaken)
        return tr("Budget %1 has the name of one above it: “%2”. Give it one of its own.").arg(number, name);
    if (!limitOf(given) && given.cells[Unit] == tokensUnit())
        return tr("Budget %1: “%2” is not a number of tokens above 0.").arg(number, given.cells[Limit]);
    if (!limitOf(given)) {
        return tr("Budget %1: “%2” is not a number of US dollars above 0 and up to 1000000, with at most six "
                  "decimals.")
            .arg(number, given.cells[Limit]);
    }
    if (!percentOf(given.cells[Threshold])) {
        return tr("Budget %1 warns at a whole number of percent from 1 to 100, not at “%2”.")
            .arg(number, given.cells[Threshold]);
    }
    if (const auto filter = budgetFilter(given.cells[Filter]); !filter)
        return tr("Budget %1, in its filter: %2").arg(number, filter.error());
    return std::nullopt;
}

void BudgetTableModel::appendRow()
{
    const BudgetSetting usual;
    beginInsertRows({}, rowCount(), rowCount());
    m_rows.append(Row{
        {QString(), usual.period, QString(), usdUnit(), QString::number(usual.thresholdPercent), QString()}});
    endInsertRows();
    emit changed();
}

void BudgetTableModel::removeRow(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    emit changed();
}

QList<std::pair<QString, QString>> BudgetTableModel::choices(int column)
{
    if (column == Period) {
        return {{QStringLiteral("day"), tr("Day")},
                {QStringLiteral("week"), tr("Week")},
                {QStringLiteral("month"), tr("Month")}};
    }
    if (column == Unit)
        return {{usdUnit(), tr("US dollars")}, {tokensUnit(), tr("tokens")}};
    return {};
}

int BudgetTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BudgetTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant BudgetTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool isNumber = index.column() == Limit || index.column() == Threshold;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const QString &cell = m_rows[index.row()].cells[static_cast<std::size_t>(index.column())];
    if (role == Qt::EditRole)
        return cell;
    if (role != Qt::DisplayRole)
        return {};
    for (const auto &[value, text] : choices(index.column())) {
        if (value == cell)
            return text;
    }
    return index.column() == Threshold && percentOf(cell) ? tr("%1 %").arg(*percentOf(cell)) : cell;
}

bool BudgetTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    m_rows[index.row()].cells[static_cast<std::size_t>(index.column())] = value.toString().trimmed();
    emit dataChanged(index, index);
    emit changed();
    return true;
}

QVariant BudgetTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case Name:
        return isTip ? tr("What warnings and hooks call it") : tr("Name");
    case Period:
        return isTip ? tr("Local days, weeks or months; each begins with nothing spent") : tr("Each");
    case Limit:
        return isTip ? tr("What may be spent in a period") : tr("Limit");
    case Unit:
        return isTip ? tr("Cost, or input and output tokens") : tr("Of");
    case Threshold:
        return isTip ? tr("Warns when that share of the limit is spent") : tr("Warn at");
    case Filter:
        return isTip
            ? tr("Which calls count, in the language of the table's filter: model:*opus*; empty: all")
            : tr("Only");
    default:
        return {};
    }
}

Qt::ItemFlags BudgetTableModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

} // namespace hookscope
