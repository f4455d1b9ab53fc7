#pragma once

#include "core/events/filter.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hookscope {

// Evaluates one filter on the records of one Strings, which outlives it. Each distinct text is looked at
// once, and what came out of it is remembered for as long as its id means that text: a match allocates
// nothing but for texts that are new. One thread, that of the texts.
class FilterMatcher {
public:
    FilterMatcher(const Filter &filter, const Strings &strings, std::int64_t nowUs,
                  std::int64_t slowUs = 30'000'000);
    ~FilterMatcher();
    FilterMatcher(FilterMatcher &&) noexcept;
    FilterMatcher &operator=(FilterMatcher &&) noexcept;

    const Filter &filter() const { return m_filter; }

    // What "now" is: for since:10m, is:slow and the duration of what still runs.
    void setNow(std::int64_t nowUs);
    void setSlow(std::int64_t slowUs) { m_slowUs = slowUs; }

    bool matches(const Record &record);

private:
    struct Memory;

    bool holds(std::size_t condition, const Record &record);
    bool holdsText(std::size_t condition, const Record &record);
    bool holdsAnywhere(std::size_t condition, const Record &record);
    bool holdsUrl(std::size_t condition, const Record &record);
    std::uint8_t answerFor(std::size_t condition, StringId text);
    std::uint8_t newAnswerFor(std::size_t condition, StringId text);
    void forget();

    Filter m_filter;
    const FilterProgram *m_program;
    const Strings *m_strings;
    std::int64_t m_nowUs;
    std::int64_t m_slowUs;
    std::uint64_t m_generation;
    std::vector<Memory> m_memories; // one for each condition
    std::vector<std::int64_t> m_times; // of Since and Until
    std::string m_url; // room for one
};

// Whether the filter holds for an event that comes by itself, as hooks and budgets see them. What an event
// does not tell is absent.
bool matches(const Filter &filter, const LlmEvent &event, std::int64_t nowUs,
             std::int64_t slowUs = 30'000'000);
bool matches(const Filter &filter, const ProxyEvent &event, std::int64_t nowUs,
             std::int64_t slowUs = 30'000'000);

// A record with what that event alone tells. It holds texts in `strings`: see releaseTexts().
Record recordOf(const LlmEvent &event, Strings &strings);
Record recordOf(const ProxyEvent &event, Strings &strings);

} // namespace hookscope
