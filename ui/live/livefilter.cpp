#include "ui/live/livefilter.h"

#include "ui/live/rowfacts.h"

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

bool holds(const std::string *text, const std::string &lowerWord)
{
    return text && holds(std::string_view(*text), lowerWord);
}

bool holdsWord(const Exchange &exchange, const std::string &word)
{
    const Started &started = exchange.started;
    if (holds(started.url, word) || holds(started.host, word) || holds(started.path, word)
        || holds(modelOf(exchange), word) || holds(providerOf(exchange), word) || holds(started.sandbox, word)
        || holds(started.method, word) || holds(errorOf(exchange), word))
        return true;
    if (const std::optional<int> status = statusOf(exchange); status && holds(std::to_string(*status), word))
        return true;
    const std::optional<Process> process = processOf(exchange);
    return process && (holds(process->name, word) || std::to_string(process->pid) == word);
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

bool LiveFilter::matches(const Exchange &exchange) const
{
    if (m_llmOnly && !exchange.isLlmCall())
        return false;
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const std::string &word) { return holdsWord(exchange, word); });
}

} // namespace hookscope
