#include "ui/live/cellorder.h"

#include <limits>

namespace hookscope {

namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

std::int64_t numberOf(std::optional<std::int64_t> value)
{
    return value.value_or(least);
}

std::int64_t rankOf(const Record &record)
{
    if (record.isRunning())
        return static_cast<std::int64_t>(record.state);
    return record.isError() ? 4 : record.isUnderstood ? 2 : 3;
}

} // namespace

bool isOrderedByText(Column column)
{
    switch (column) {
    case Column::Sandbox:
    case Column::Process:
    case Column::Method:
    case Column::Host:
    case Column::Path:
    case Column::Provider:
    case Column::Model:
    case Column::Session:
    case Column::Comment:
        return true;
    default:
        return false;
    }
}

StringId orderText(const Record &record, Column column)
{
    switch (column) {
    case Column::Sandbox:
        return record.sandbox;
    case Column::Process:
        return record.process;
    case Column::Method:
        return record.method;
    case Column::Host:
        return record.host;
    case Column::Path:
        return record.path;
    case Column::Provider:
        return record.provider;
    case Column::Model:
        return record.model;
    case Column::Session:
        return record.session;
    case Column::Comment:
        return record.comment;
    default:
        return 0;
    }
}

std::int64_t orderNumber(const Record &record, Column column)
{
    switch (column) {
    case Column::State:
        return rankOf(record);
    case Column::Time:
    case Column::Timeline:
        return record.timestampUs;
    case Column::Status:
        return record.status > 0 ? record.status : least;
    case Column::Input:
        return numberOf(record.input);
    case Column::Cached:
        return numberOf(record.cacheRead);
    case Column::Output:
        return numberOf(record.output);
    case Column::Reasoning:
        return numberOf(record.reasoning);
    case Column::Total:
        return numberOf(record.total());
    case Column::Ttft:
        return numberOf(record.ttftUs);
    case Column::Latency:
        return numberOf(record.latencyUs);
    case Column::Duration:
        return numberOf(record.durationUs);
    case Column::Cost:
        return numberOf(record.cost);
    case Column::Mark:
        return record.mark * 2 + (record.isPinned ? 1 : 0);
    case Column::Size:
        return numberOf(record.responseBytes);
    default:
        return least;
    }
}

std::weak_ordering compareCells(const Record &left, const Record &right, const Strings &strings,
                                Column column)
{
    if (!isOrderedByText(column))
        return orderNumber(left, column) <=> orderNumber(right, column);
    const StringId a = orderText(left, column);
    const StringId b = orderText(right, column);
    return a == b ? std::weak_ordering::equivalent : std::weak_ordering(strings.text(a) <=> strings.text(b));
}

bool canChange(Column column)
{
    switch (column) {
    case Column::Time:
    case Column::Timeline:
    case Column::Sandbox:
    case Column::Method:
    case Column::Host:
    case Column::Path:
        return false;
    default:
        return true;
    }
}

} // namespace hookscope
