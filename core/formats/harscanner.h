#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope {

// Finds the entries of a HAR file while its bytes come by, so that the file's size does not matter: of the
// whole only brackets and strings are looked at, each entry is given out as text. Any order of keys, any
// layout. Feed it all bytes, then ask for problem(). One thread.
class HarScanner {
public:
    enum class Problem {
        None,
        NotJson, // at offset()
        TooDeep, // more than maxDepth brackets
        Truncated, // the end is missing; what was whole was given out
        NoEntries, // JSON, but there is no log.entries
    };

    static constexpr std::size_t maxDepth = 200;
    static constexpr std::size_t maxEntryBytes = 64U << 20U; // longer ones are counted and left out

    // Appends the entries that end in `bytes`. False after a problem: nothing more is read then.
    bool feed(std::string_view bytes, std::vector<std::string> &entries);
    void finish();

    Problem problem() const { return m_problem; }
    std::uint64_t offset() const { return m_offset; } // bytes read, up to the problem if there is one
    std::uint64_t oddEntries() const { return m_oddEntries; } // too long, or no object

    // As JSON; empty if it is not there (or has not come yet).
    const std::string &version() const { return m_version; }
    const std::string &creator() const { return m_creator; }
    const std::string &browser() const { return m_browser; }

private:
    void takeStructure(char c, std::vector<std::string> &entries);
    void open(char c);
    void close(char c, std::vector<std::string> &entries);
    void beginValue(char c);
    void endCapture(std::vector<std::string> &entries);
    void takeStringByte(char c, std::vector<std::string> &entries);
    bool isInLog(std::size_t depth) const { return m_depth == depth && m_keys[1] == "log"; }
    void fail(Problem problem);

    Problem m_problem = Problem::None;
    std::uint64_t m_offset = 0;
    std::uint64_t m_oddEntries = 0;
    std::size_t m_depth = 0;
    char m_open[maxDepth + 1] = {}; // the bracket of each depth
    std::string m_keys[3]; // of the objects at depth 1 and 2, as they are written
    bool m_isKeyNext = false; // a string that begins now is a key
    bool m_isValueNext = true;
    bool m_isInString = false;
    bool m_isInKey = false;
    bool m_isEscaped = false;
    bool m_hasEntries = false;
    bool m_isAtEnd = false; // the outermost value is whole
    std::string *m_target = nullptr; // where a captured value goes
    std::size_t m_captureDepth = 0;
    bool m_isTooLong = false;
    std::string m_entry;
    std::string m_version;
    std::string m_creator;
    std::string m_browser;
};

} // namespace hookscope
