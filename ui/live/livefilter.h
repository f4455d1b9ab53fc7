#pragma once

#include "core/events/record.h"

#include <QString>
#include <string>
#include <vector>

namespace hookscope {

// Which exchanges the live table shows: LLM calls only or all, and those that hold every word of a
// text in some of sandbox, process, method, URL, host, path, provider, model, status or error. ASCII
// letters match in either case. A value; main thread.
class LiveFilter {
public:
    LiveFilter() = default;
    LiveFilter(bool llmOnly, const QString &text);

    bool isLlmOnly() const { return m_llmOnly; }
    bool isEmpty() const { return !m_llmOnly && m_words.empty(); }
    bool matches(const Record &record, const Strings &strings) const;

    friend bool operator==(const LiveFilter &, const LiveFilter &) = default;

private:
    bool m_llmOnly = false;
    std::vector<std::string> m_words; // lower case
};

} // namespace hookscope
