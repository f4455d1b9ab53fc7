#include "core/settings/budgetjson.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <cmath>

namespace hookscope {

namespace {

constexpr double mostTokens = 1e15; // whole in a double
constexpr double mostUsd = 1e6;
constexpr qint64 picoPerMillionth = 1'000'000;

struct BudgetText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Settings)
};

const QStringList &knownKeys()
{
    static const QStringList keys{QStringLiteral("name"),      QStringLiteral("period"),
                                  QStringLiteral("usd"),       QStringLiteral("tokens"),
                                  QStringLiteral("threshold"), QStringLiteral("filter")};
    return keys;
}

// Sets the one limit of the two that is there; what is wrong otherwise.
QString readLimit(const QJsonObject &object, BudgetSetting &budget)
{
    const QJsonValue usd = object.value(QLatin1String("usd"));
    const QJsonValue tokens = object.value(QLatin1String("tokens"));
    if (usd.isUndefined() == tokens.isUndefined())
        return BudgetText::tr("needs either \"usd\" or \"tokens\"");
    if (!usd.isUndefined()) {
        const double scaled = usd.toDouble(-1) * 1e6;
        const double whole = std::round(scaled);
        if (!(whole >= 1) || whole > mostUsd * 1e6 || std::abs(scaled - whole) >= 1e-3) {
            return BudgetText::tr(
                "has a \"usd\" that is not a number of US dollars above 0 and up to 1000000, "
                "with at most six decimals");
        }
        budget.unit = BudgetSetting::Unit::Usd;
        budget.limit = static_cast<qint64>(whole) * picoPerMillionth;
        return {};
    }
    const double number = tokens.toDouble(-1);
    if (!(number >= 1) || number > mostTokens || number != std::floor(number))
        return BudgetText::tr("has a \"tokens\" that is not a whole number above 0");
    budget.unit = BudgetSetting::Unit::Tokens;
    budget.limit = static_cast<qint64>(number);
    return {};
}

} // namespace

QJsonArray budgetsToJson(const QList<BudgetSetting> &budgets)
{
    QJsonArray array;
    for (const BudgetSetting &budget : budgets) {
        QJsonObject object{{QStringLiteral("name"), budget.name},
                           {QStringLiteral("period"), budget.period},
                           {QStringLiteral("threshold"), budget.thresholdPercent}};
        if (budget.unit == BudgetSetting::Unit::Usd)
            object.insert(QStringLiteral("usd"), static_cast<double>(budget.limit / picoPerMillionth) / 1e6);
        else
            object.insert(QStringLiteral("tokens"), budget.limit);
        if (!budget.filter.isEmpty())
            object.insert(QStringLiteral("filter"), budget.filter);
        array.append(object);
    }
    return array;
}

QString readBudget(const QJsonValue &json, BudgetSetting &budget)
{
    const QJsonObject object = json.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!knownKeys().contains(it.key()))
            return BudgetText::tr("has an unknown \"%1\"; it can have %2")
                .arg(it.key(), knownKeys().join(u", "));
    }
    budget.name = object.value(QLatin1String("name")).toString();
    if (!isBudgetName(budget.name))
        return BudgetText::tr("needs a \"name\" of one line");
    budget.period = object.value(QLatin1String("period")).toString();
    if (!budgetPeriods().contains(budget.period))
        return BudgetText::tr("needs a \"period\" that is \"day\", \"week\" or \"month\"");
    if (const QString fault = readLimit(object, budget); !fault.isEmpty())
        return fault;
    const double threshold =
        object.value(QLatin1String("threshold"))
            .toDouble(object.contains(QLatin1String("threshold")) ? -1 : budget.thresholdPercent);
    if (!(threshold >= 1) || threshold > 100 || threshold != std::floor(threshold))
        return BudgetText::tr("has a \"threshold\" that is not a whole number of percent from 1 to 100");
    budget.thresholdPercent = static_cast<int>(threshold);
    const QJsonValue filter = object.value(QLatin1String("filter"));
    if (!filter.isUndefined() && !filter.isString())
        return BudgetText::tr("has a \"filter\" that is no text");
    budget.filter = filter.toString();
    return {};
}

} // namespace hookscope
