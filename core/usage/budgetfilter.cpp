#include "core/usage/budgetfilter.h"

#include "core/events/filter.h"
#include "core/events/filtermatcher.h"
#include "core/events/filterprogram.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace hookscope {

namespace {

struct BudgetFilterText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::BudgetFilter)
};

bool isKept(const FilterCondition &condition)
{
    static constexpr std::array kept{FilterFieldId::Sandbox, FilterFieldId::Provider, FilterFieldId::Model,
                                     FilterFieldId::Host,    FilterFieldId::Path,     FilterFieldId::Method,
                                     FilterFieldId::Session, FilterFieldId::Process,  FilterFieldId::Status};
    const bool hasField =
        condition.kind == FilterCondition::Kind::Text || condition.kind == FilterCondition::Kind::Number;
    return hasField && std::find(kept.begin(), kept.end(), condition.field) != kept.end();
}

} // namespace

tl::expected<BudgetWatch::Filter, QString> budgetFilter(const QString &text)
{
    const auto filter = Filter::compile(text);
    if (!filter)
        return tl::unexpected(filter.error().sentence);
    if (filter->isEmpty())
        return BudgetWatch::Filter();
    const auto &conditions = filter->program()->conditions;
    if (!std::all_of(conditions.begin(), conditions.end(), isKept)) {
        return tl::unexpected(BudgetFilterText::tr(
            "A budget can ask for sandbox, provider, model, host, path, method, session, process and status "
            "only, as in model:*opus*."));
    }
    return [compiled = *filter](const LlmEvent &call) {
        return matches(compiled, call, call.timestampUs);
    };
}

} // namespace hookscope
