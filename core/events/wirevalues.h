#pragma once

#include "core/events/event.h"

#include <optional>
#include <string_view>

namespace hookscope {

// A time of RFC 3339 in microseconds since the Unix epoch; what is finer is cut off. None for anything
// else, days that do not exist included. Any thread, as all here.
std::optional<std::int64_t> parseRfc3339(std::string_view text);

// Whether a JSON number names an amount of US dollars, and which: never through a floating point number.
struct DecimalUsd {
    bool isNumber = false;
    std::optional<PicoUsd> amount; // none: not a whole number of picodollars, or beyond what fits
};
DecimalUsd parseDecimalUsd(std::string_view text);

// The id of that canonical form (ExchangeId::text(); capitals are read too); none for anything else.
std::optional<ExchangeId> parseExchangeId(std::string_view text);

} // namespace hookscope
