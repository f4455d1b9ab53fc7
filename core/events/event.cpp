#include "core/events/event.h"

namespace hookscope {

ExchangeId exchangeOf(const Event &event)
{
    return std::visit([](const auto &value) { return value.id; }, event);
}

} // namespace hookscope
