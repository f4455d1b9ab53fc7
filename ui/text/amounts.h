#pragma once

#include "core/events/event.h"

#include <QString>
#include <cstdint>
#include <optional>

namespace hookscope {

// Numbers as people read them, in the user's locale with thousands separators. Any thread. What is
// absent is an em dash: never a zero, never an empty cell that could be one.

QString absentText();

QString countText(std::uint64_t count);
QString tokensText(std::optional<std::int64_t> tokens);
QString bytesText(std::optional<std::uint64_t> bytes);

// Microseconds as "0.4 ms", "412 ms", "3.42 s", "2 min 03 s" or "1 h 02 min".
QString durationText(std::optional<std::int64_t> durationUs);

// Whole seconds, for what is still running: "7 s", "2 min 03 s".
QString elapsedText(std::int64_t elapsedUs);

// US dollars with as many digits as a call's price needs: "$0.00042", "$1.25". What is not nothing is
// never written as nothing: "<$0.00001".
QString moneyText(std::optional<PicoUsd> amount);

// To the last digit: "$1.06376125".
QString exactMoneyText(PicoUsd amount);

// For sums with gaps in them: "≥ 12,000"; and "≥ $1.23", rounded down, so that it stays true.
QString atLeastText(const QString &amount);
QString atLeastMoneyText(PicoUsd amount);

QString statusText(std::optional<int> status);

// Local time of day, "14:03:07.125". 0 and below are absent.
QString clockText(std::int64_t timestampUs);

// Local date and time, "2025-01-31 14:03:07.125".
QString dateTimeText(std::int64_t timestampUs);

} // namespace hookscope
