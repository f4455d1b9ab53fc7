#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace hookscope::otlp {

// The attributes of a resource, span or data point in OTLP's JSON form, in the order of the calls; it holds
// the text under way, hence no function. 64-bit numbers are strings there.
class Attributes {
public:
    void add(const char *key, std::string_view text);
    void addFlag(const char *key, bool value);
    void addWhole(const char *key, std::int64_t number);
    void addDecimal(const char *key, std::string_view number); // a number in JSON's form
    void addSeconds(const char *key, std::int64_t us);
    void addOneOf(const char *key, std::string_view text); // a list with that one text

    // What is absent is not written at all.
    template <class Value> void addIf(const char *key, const std::optional<Value> &value)
    {
        if (!value)
            return;
        if constexpr (std::is_integral_v<Value>)
            addWhole(key, *value);
        else
            add(key, *value);
    }

    // A JSON array.
    std::string text() const { return '[' + m_text + ']'; }

private:
    void begin(const char *key, const char *type);

    std::string m_text;
};

// Microseconds as a decimal number of seconds, exact: "2.75".
std::string decimalSeconds(std::int64_t us);

} // namespace hookscope::otlp
