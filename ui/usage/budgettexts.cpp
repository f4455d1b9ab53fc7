#include "ui/usage/budgettexts.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace hookscope {

namespace {

struct BudgetTexts {
    Q_DECLARE_TR_FUNCTIONS(BudgetTexts)
};

QString nameText(const BudgetEvent &event)
{
    return visible(std::string_view(event.budget));
}

QString limitText(const BudgetEvent &event)
{
    return event.unit == BudgetUnit::Money ? exactMoneyText(event.limit)
                                           : BudgetTexts::tr("%1 tokens").arg(tokensText(event.limit));
}

QString spentText(const BudgetEvent &event)
{
    if (event.unit == BudgetUnit::Tokens)
        return tokensText(event.spent);
    // What is above the limit must not look like it.
    return event.kind == BudgetCrossing::Exceeded ? exactMoneyText(event.spent) : moneyText(event.spent);
}

QString sumText(const BudgetEvent &event)
{
    const QString sum =
        event.isLowerBound ? BudgetTexts::tr("at least %1 of %2") : BudgetTexts::tr("%1 of %2");
    return sum.arg(spentText(event), limitText(event));
}

QString periodText(BudgetPeriod period)
{
    switch (period) {
    case BudgetPeriod::Day:
        return BudgetTexts::tr("today");
    case BudgetPeriod::Week:
        return BudgetTexts::tr("this week");
    case BudgetPeriod::Month:
        return BudgetTexts::tr("this month");
    }
    return {};
}

QString momentText(const BudgetEvent &event)
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(event.forecastAtUs.value_or(0) / 1000);
    if (event.period == BudgetPeriod::Day)
        return BudgetTexts::tr("at %1").arg(QLocale().toString(when.time(), QLocale::ShortFormat));
    return BudgetTexts::tr("on %1").arg(QLocale().toString(when.date(), QLocale::LongFormat));
}

} // namespace

QString budgetTitle(const BudgetEvent &event)
{
    switch (event.kind) {
    case BudgetCrossing::Threshold:
        return BudgetTexts::tr("Budget “%1” is nearly spent").arg(nameText(event));
    case BudgetCrossing::Forecast:
        return BudgetTexts::tr("Budget “%1” will not last").arg(nameText(event));
    case BudgetCrossing::Exceeded:
        return BudgetTexts::tr("Budget “%1” is exceeded").arg(nameText(event));
    }
    return {};
}

QString budgetText(const BudgetEvent &event)
{
    const QString spent = BudgetTexts::tr("Spent %1: %2.").arg(periodText(event.period), sumText(event));
    if (event.kind != BudgetCrossing::Forecast)
        return spent;
    const QString when = event.isLowerBound
        ? BudgetTexts::tr("At this rate it is used up %1 or earlier.").arg(momentText(event))
        : BudgetTexts::tr("At this rate it is used up %1.").arg(momentText(event));
    return spent + QLatin1Char(' ') + when;
}

} // namespace hookscope
