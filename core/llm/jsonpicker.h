#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::llm {

// The members that a reader wants of a JSON document, as paths: "usage", "response.model",
// "choices[].finish_reason". A path's place in the list is its number. With a "?" behind it only the
// kind of value is noted, not its text; with a "+" numbers that occur again are added up. No path may
// continue another one, but for kinds ("choices?").
class JsonPaths {
public:
    JsonPaths(std::initializer_list<std::string_view> paths);

    // Those of `first` under their numbers, and behind them these.
    JsonPaths(const JsonPaths &first, std::initializer_list<std::string_view> further);

    std::size_t size() const { return m_size; }

private:
    friend class JsonPicker;

    static constexpr std::int16_t none = -1;

    struct Node {
        std::string key;
        std::int16_t firstMember = none;
        std::int16_t nextMember = none;
        std::int16_t element = none; // what an array's elements are
        std::int16_t wanted = none;
        bool isKindOnly = false;
        bool isSum = false;
    };

    std::int16_t memberNamed(std::int16_t parent, std::string_view key) const;
    std::int16_t child(std::int16_t parent, std::string_view step);
    void add(std::string_view path, std::int16_t number);

    std::vector<Node> m_nodes;
    std::size_t m_size = 0;
};

// Reads JSON in pieces of any size and keeps only the wanted members, in constant memory: everything
// else is passed over at the speed of a search. It checks no more of the grammar than it needs; what it
// picked is text still to be parsed. Of a path that occurs more than once the last value counts, and one
// that says something counts more than null or an empty one.
class JsonPicker {
public:
    enum class Kind : std::uint8_t {
        Absent,
        Null,
        EmptyString,
        EmptyArray,
        EmptyObject,
        False,
        True,
        Number,
        String,
        Array,
        Object,
    };

    // Longer values than this are noted, not kept.
    static constexpr std::size_t maximumValue = 64 * 1024;

    // `paths` must outlive the picker.
    explicit JsonPicker(const JsonPaths &paths);

    // Reads up to the end of the first value in `bytes` and says how many bytes that took: all of them,
    // unless the document ended (isComplete) or is no JSON (hasFailed).
    std::size_t feed(std::string_view bytes);

    // Forgets all; the next byte begins another document.
    void reset();

    bool isComplete() const { return m_state == State::Complete; }
    bool hasFailed() const { return m_state == State::Failed; }
    bool hasStarted() const { return m_hasStarted; }

    Kind kind(std::size_t wanted) const { return m_found[wanted].kind; }

    // Whether the value is there and not null, empty or false.
    bool holds(std::size_t wanted) const { return kind(wanted) >= Kind::True; }

    // The value as it was written; empty if it is absent, longer than the maximum, or of a kind-only path.
    std::string_view raw(std::size_t wanted) const;

    // Of a "+" path: the sum of the numbers there (none if there was none, if one is negative or not whole,
    // or if they do not fit).
    std::optional<std::int64_t> sum(std::size_t wanted) const { return m_found[wanted].sum; }

    // What stands between a string's quotes, if it holds no escape: enough for names and types.
    std::string_view word(std::size_t wanted) const;

private:
    enum class State : std::uint8_t {
        Value,
        FirstKey,
        FirstElement,
        Key,
        InKey,
        Colon,
        AfterValue,
        FirstSkipped,
        Skipping,
        InString,
        Scalar,
        Complete,
        Failed,
    };

    struct Found {
        Kind kind = Kind::Absent;
        std::uint32_t offset = 0;
        std::uint32_t size = 0;
        std::optional<std::int64_t> sum = {};
        bool hasNoSum = false; // one of the numbers cannot be added
    };

    struct Level {
        std::int16_t node;
        bool isArray;
    };

    const char *step(const char *p, const char *end);
    const char *beginValue(const char *p);
    const char *beginSkipped(const char *p, Kind kind);
    const char *readKey(const char *p, const char *end);
    const char *skip(const char *p, const char *end);
    const char *skipString(const char *p, const char *end);
    const char *skipScalar(const char *p, const char *end);
    const char *close(const char *p, bool isEmpty);
    void endValue();
    void note(std::int16_t wanted, Found value);
    void addUp(Found &found);
    void keep(const char *from, const char *to);
    void fail() { m_state = State::Failed; }

    const JsonPaths &m_paths;
    std::vector<Found> m_found;
    std::string m_text; // of the kept values
    std::string m_key; // as far as it came, if it was cut by a piece's end
    std::array<Level, 12> m_levels{};
    std::size_t m_depth = 0; // of levels that may hold something wanted
    std::uint64_t m_skipDepth = 0; // of brackets inside a value that is passed over
    std::int16_t m_node = 0; // of the value that comes next or is read; none if nothing in it is wanted
    State m_state = State::Value;
    Kind m_kind = Kind::Absent;
    std::size_t m_valueAt = 0; // where its text starts in m_text
    bool m_isKept = false;
    bool m_isTooLong = false;
    bool m_isEscaped = false; // the last byte of a string's piece was an open backslash
    bool m_hasStarted = false;
};

} // namespace hookscope::llm
