#include "core/events/event.h"

namespace hookscope {

bool operator==(const BodyKept &left, const BodyKept &right)
{
    const bool isSameText =
        left.text == right.text || (left.text && right.text && *left.text == *right.text);
    return isSameText && left.id == right.id && left.side == right.side
        && left.isTruncated == right.isTruncated && left.fullSize == right.fullSize
        && left.contentType == right.contentType && left.note == right.note;
}

ExchangeId exchangeOf(const Event &event)
{
    return std::visit([](const auto &value) { return value.id; }, event);
}

} // namespace hookscope
