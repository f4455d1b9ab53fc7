#pragma once

#include "core/events/record.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <tl/expected.hpp>

namespace hookscope {

class FilterProgram;

// Where a filter is wrong, and what would fit. Positions count the UTF-16 units of the text given.
struct FilterError {
    int position = 0;
    int length = 0; // may be 0 at the text's end
    QString sentence; // for people, translated
    QStringList suggestions; // what could stand in that place instead, the likeliest first

    friend bool operator==(const FilterError &, const FilterError &) = default;
};

// The one filter language: which records are meant. An immutable value, cheap to copy; any thread. It is
// evaluated by a FilterMatcher (filtermatcher.h).
//
//     provider:anthropic model:opus* status>=400 -host:localhost "in quotes" (cost>0.5 OR is:slow) since:10m
//
//   filter    = [ any ]                        ; nothing: every record
//   any       = all { "OR" all }
//   all       = one { [ "AND" ] one }          ; AND binds closer than OR
//   one       = ( "-" | "NOT" ) one | "(" any ")" | condition | text
//   condition = field operator value           ; without spaces between
//   text      = value                          ; stands somewhere in the record
//   operator  = ":" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
//   value     = word | '"' { any character, \" for a quote } '"'
//
// A word ends at a space and at a parenthesis that it did not open. AND, OR and NOT are written large.
// Letters of ASCII match in either case everywhere. In a value "*" stands for anything; \* for itself.
//
// A text matches if it stands anywhere in sandbox, process, method, URL, host, path, provider, model,
// session, status, error or comment, or is the process's id.
// Fields of text (sandbox process method host path url provider model session error comment):
//   field:value, field=value   the whole of it: host:*.openai.com; model:* if there is one
//   field!=value  if there is one, and it is another
//   field~regex   holds a match of that expression (RE2's syntax; linear in time)
// Fields of numbers, with ":" as "=" and FROM..TO for a range that holds both ends:
//   status (also 4xx), pid, mark (1 to 6)
//   tokens input output cached cachewrite reasoning      10, 1.5k, 2M
//   cost                                                 0.5 or $0.5, to the picodollar
//   ttft latency duration                                250ms, 30s, 5m, 1h: the unit must be there
//   size (the answer's body) requestbytes                10, 10kB, 1.5MB, 4MiB
// since: and until: 90s, 10m, 2h, 3d (ago), today, yesterday, 14:30, 2025-01-31, 2025-01-31T14:30 (local
// time, with a Z UTC). since holds that time, until does not.
// is: one of filterFlags() in filterfields.h.
//
// What is not known, or is an empty text, makes every condition on it false, != too; "-" and NOT turn exactly
// that around, so -cost>1 is "not known to cost more than 1". A lower bound (of a cut answer, or the time
// that a running request has taken) makes only > and >= true, if it is above already: nothing else is known
// of it.
class Filter {
public:
    Filter(); // matches every record

    static tl::expected<Filter, FilterError> compile(const QString &text);

    static constexpr int longestText = 4096;
    static constexpr int mostConditions = 200;
    static constexpr int deepestNesting = 50;

    const QString &text() const { return m_text; } // as compiled, without spaces around it
    bool isEmpty() const { return m_program == nullptr; }

    // Whether the answer for a record may change by time alone (since:10m, is:slow, duration of what runs).
    bool dependsOnTime() const;

    const FilterProgram *program() const { return m_program.get(); } // null if empty

    // By their texts.
    friend bool operator==(const Filter &a, const Filter &b) { return a.m_text == b.m_text; }

private:
    QString m_text;
    std::shared_ptr<const FilterProgram> m_program;
};

// Both filters' conditions at once.
Filter combined(const Filter &left, const Filter &right);

// The condition that a field has just that value, as a person would type it: model:"a b". Characters that
// no line of text holds are left open by "*". An empty value stands for none: -session:*.
QString onlyThis(const QString &field, const QString &value);
QString notThis(const QString &field, const QString &value);

// The text that finds that value wherever it stands, in quotes.
QString anywhere(const QString &value);

} // namespace hookscope
