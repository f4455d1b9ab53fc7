#pragma once

#include "core/events/event.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace hookscope {

// One JSON object of an event, key by key, in the order of the calls; it holds the text under way, hence no
// function. Control characters, and bytes that are not UTF-8, are escaped.
class ObjectWriter {
public:
    ObjectWriter();

    // Goes on with an object that was finished.
    explicit ObjectWriter(std::string object);

    void add(const char *key, std::string_view text);
    void addText(const char *key, const std::optional<std::string> &text); // null if absent, as all here
    void addFlag(const char *key, bool value);
    void addMs(const char *key, std::optional<std::int64_t> us); // rounded down
    void addMoney(const char *key, std::optional<PicoUsd> amount);
    void addProcess(const char *key, const std::optional<Process> &process);
    void addHead(const char *key, const http::FieldList &head); // [[name, value], ...]
    void addLimits(const char *key,
                   const std::vector<RateLimit> &limits); // [[name, limit, remaining, reset], ...]

    template <class Number> void addNumber(const char *key, std::optional<Number> number)
    {
        static_assert(std::is_integral_v<Number>);
        if (!number)
            return addNull(key);
        addKey(key);
        char digits[32];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), *number).ptr;
        m_text.append(digits, end);
    }

    // What is absent is not written at all.
    template <class Value> void addIf(const char *key, const std::optional<Value> &value)
    {
        if (!value)
            return;
        if constexpr (std::is_integral_v<Value>)
            addNumber(key, value);
        else
            add(key, *value);
    }

    std::string finished();

private:
    void addKey(const char *key);
    void addNull(const char *key);

    std::string m_text;
};

} // namespace hookscope
