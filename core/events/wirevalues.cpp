#include "core/events/wirevalues.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>

namespace hookscope {

namespace {

constexpr int picoDecimals = 12;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Takes what it is asked for off the front of a text; one miss makes all that follows a miss.
class Taker {
public:
    explicit Taker(std::string_view text)
        : m_text(text)
    {
    }

    bool isGood() const { return m_isGood; }
    bool isAtEnd() const { return m_text.empty(); }
    bool startsWith(char c) const { return !m_text.empty() && m_text.front() == c; }

    // One of `any`; which one it was.
    char one(std::string_view any)
    {
        const char c = m_text.empty() ? '\0' : m_text.front();
        if (m_text.empty() || std::find(any.begin(), any.end(), c) == any.end()) {
            m_isGood = false;
            return '\0';
        }
        m_text.remove_prefix(1);
        return c;
    }

    std::string_view digits()
    {
        const auto end = std::find_if_not(m_text.begin(), m_text.end(), isDigit);
        const auto found = m_text.substr(0, static_cast<std::size_t>(end - m_text.begin()));
        m_isGood = m_isGood && !found.empty();
        m_text.remove_prefix(found.size());
        return found;
    }

    int number(std::size_t length)
    {
        int value = 0;
        const auto part = m_text.substr(0, length);
        m_isGood = m_isGood && part.size() == length;
        for (const char c : part) {
            m_isGood = m_isGood && isDigit(c);
            value = value * 10 + (c - '0');
        }
        m_text.remove_prefix(part.size());
        return m_isGood ? value : 0;
    }

private:
    std::string_view m_text;
    bool m_isGood = true;
};

std::int64_t microsecondsOf(std::string_view fraction)
{
    std::int64_t us = 0;
    for (std::size_t i = 0; i < 6; ++i)
        us = us * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return us;
}

// What is to be taken off the local time, in seconds.
std::int64_t takeOffset(Taker &taker)
{
    const char sign = taker.one("Zz+-");
    if (sign != '+' && sign != '-')
        return 0;
    const int hours = taker.number(2);
    taker.one(":");
    const int minutes = taker.number(2);
    const std::int64_t seconds = (hours * 60 + minutes) * 60;
    return sign == '-' ? -seconds : seconds;
}

} // namespace

std::optional<std::int64_t> parseRfc3339(std::string_view text)
{
    constexpr std::size_t toSeconds = 19; // 2026-01-31T12:00:00
    if (text.size() <= toSeconds)
        return std::nullopt;
    bool isGood = text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == 't' || text[10] == ' ')
        && text[13] == ':' && text[16] == ':';
    const auto two = [text, &isGood](std::size_t at) {
        isGood = isGood && isDigit(text[at]) && isDigit(text[at + 1]);
        return (text[at] - '0') * 10 + (text[at + 1] - '0');
    };
    const int year = two(0) * 100 + two(2);
    const int month = two(5);
    const int day = two(8);
    const int hour = two(11);
    const int minute = two(14);
    const int second = two(17);
    if (!isGood)
        return std::nullopt;
    Taker taker(text.substr(toSeconds));
    std::int64_t us = 0;
    if (taker.startsWith('.')) {
        taker.one(".");
        us = microsecondsOf(taker.digits());
    }
    const std::int64_t offset = takeOffset(taker);
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!taker.isGood() || !taker.isAtEnd() || !date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = days * 86'400 + hour * 3600 + minute * 60 + second - offset;
    return seconds * 1'000'000 + us;
}

DecimalUsd parseDecimalUsd(std::string_view text)
{
    Taker taker(text);
    const bool isNegative = taker.startsWith('-');
    if (isNegative)
        taker.one("-");
    std::string digits(taker.digits());
    int decimals = 0;
    if (taker.startsWith('.')) {
        taker.one(".");
        const auto fraction = taker.digits();
        digits += fraction;
        decimals = static_cast<int>(std::min<std::size_t>(fraction.size(), 1'000'000));
    }
    if (!taker.isAtEnd()) {
        taker.one("eE");
        const bool isSmall = taker.startsWith('-');
        if (isSmall || taker.startsWith('+'))
            taker.one("+-");
        const auto exponent = taker.digits();
        int value = 0;
        // Beyond four digits nothing but a zero would fit, and a zero of that form is not worth the care.
        if (exponent.size() > 4)
            return {taker.isGood() && taker.isAtEnd(), std::nullopt};
        std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
        decimals += isSmall ? value : -value;
    }
    if (!taker.isGood() || !taker.isAtEnd())
        return {};
    while (!digits.empty() && digits.back() == '0') {
        digits.pop_back();
        --decimals;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty())
        return {true, PicoUsd(0)};
    if (decimals > picoDecimals || digits.size() + static_cast<std::size_t>(picoDecimals - decimals) > 19)
        return {true, std::nullopt};
    digits.append(static_cast<std::size_t>(picoDecimals - decimals), '0');
    if (isNegative)
        digits.insert(0, 1, '-');
    PicoUsd amount = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), amount);
    return {true, read.ec == std::errc() ? std::optional(amount) : std::nullopt};
}

std::optional<ExchangeId> parseExchangeId(std::string_view text)
{
    if (text.size() != 36)
        return std::nullopt;
    ExchangeId id;
    int digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-')
                return std::nullopt;
            continue;
        }
        const int digit = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'             ? c - 'a' + 10
            : c >= 'A' && c <= 'F'             ? c - 'A' + 10
                                               : -1;
        if (digit < 0)
            return std::nullopt;
        std::uint64_t &half = digits++ < 16 ? id.high : id.low;
        half = half << 4 | static_cast<std::uint64_t>(digit);
    }
    return id;
}

} // namespace hookscope
