#include "ui/live/livefilter.h"

#include <QStringList>
#include <algorithm>

namespace hookscope {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool holds(std::string_view text, const std::string &lowerWord)
{
    return std::search(text.begin(), text.end(), lowerWord.begin(), lowerWord.end(),
                       [](char a, char b) { return lower(a) == b; })
        != text.end();
}

bool holdsWord(const Record &record, const Strings &strings, const std::string &word)
{
    for (const StringId id :
         {record.host, record.path, record.origin, record.model, record.provider, record.sandbox,
          record.method, record.error, record.process, record.session, record.comment}) {
        if (id != 0 && holds(strings.text(id), word))
            return true;
    }
    return (record.status > 0 && holds(std::to_string(record.status), word))
        || (record.pid > 0 && std::to_string(record.pid) == word);
}

} // namespace

LiveFilter::LiveFilter(bool llmOnly, const QString &text)
    : m_llmOnly(llmOnly)
{
    for (const QString &word : text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        std::string bytes = word.toStdString();
        std::transform(bytes.begin(), bytes.end(), bytes.begin(), lower);
        m_words.push_back(std::move(bytes));
    }
}

bool LiveFilter::matches(const Record &record, const Strings &strings) const
{
    if (m_llmOnly && !record.isCall)
        return false;
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const std::string &word) { return holdsWord(record, strings, word); });
}

} // namespace hookscope
