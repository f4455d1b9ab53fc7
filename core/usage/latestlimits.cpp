#include "core/usage/latestlimits.h"

#include <QDateTime>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace hookscope {

namespace {

constexpr double usPerSecond = 1e6;
constexpr double leastEpochSeconds = 1e9; // of 2001; no limit takes decades to be whole again
constexpr double leastEpochMs = 1e12;
constexpr double most = 9e15; // microseconds that are still dates

std::optional<std::int64_t> rounded(double us)
{
    return us >= 0 && us <= most ? std::optional(std::llround(us)) : std::nullopt;
}

std::optional<std::int64_t> ofNumber(double number, std::int64_t toldAtUs)
{
    if (number >= leastEpochMs)
        return rounded(number * 1000);
    if (number >= leastEpochSeconds)
        return rounded(number * usPerSecond);
    return rounded(static_cast<double>(toldAtUs) + number * usPerSecond);
}

// Go's durations, as OpenAI and Groq write them: "1h2m3.5s", "120ms".
std::optional<double> durationUs(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(
        R"(^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9}(?:\.\d{1,9})?)s)?(?:(\d{1,9}(?:\.\d{1,9})?)ms)?$)"));
    const auto match = form.match(text);
    if (!match.hasMatch() || text.isEmpty())
        return std::nullopt;
    constexpr double units[] = {86'400 * usPerSecond, 3600 * usPerSecond, 60 * usPerSecond, usPerSecond,
                                1000};
    double us = 0;
    for (int i = 0; i < 5; ++i)
        us += match.captured(i + 1).toDouble() * units[i];
    return us;
}

} // namespace

std::optional<std::int64_t> resetTimeUs(const std::string &text, std::int64_t toldAtUs)
{
    const QString value = QString::fromStdString(text).trimmed();
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (isNumber)
        return number >= 0 ? ofNumber(number, toldAtUs) : std::nullopt;
    if (const auto duration = durationUs(value))
        return rounded(static_cast<double>(toldAtUs) + *duration);
    for (const Qt::DateFormat form : {Qt::ISODateWithMs, Qt::RFC2822Date}) {
        // HTTP's form of a date is that of mail with a name for its zone, which Qt does not read.
        const QDateTime time = QDateTime::fromString(
            QString(value).replace(QStringLiteral(" GMT"), QStringLiteral(" +0000")), form);
        if (time.isValid() && time.timeSpec() != Qt::LocalTime) // without a zone it is nobody's time
            return time.toMSecsSinceEpoch() * 1000;
    }
    return std::nullopt;
}

bool LatestLimits::add(const LlmEvent &call)
{
    const std::string model = call.model.value_or(std::string());
    for (const RateLimit &said : call.details.rateLimits) {
        const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
            return entry.provider == call.provider && entry.model == model && entry.said.name == said.name;
        });
        if (known != m_entries.end()) {
            if (call.timestampUs >= known->toldAtUs) {
                known->said = said;
                known->toldAtUs = call.timestampUs;
            }
            continue;
        }
        if (m_entries.size() >= limit) {
            m_entries.erase(std::min_element(
                m_entries.begin(), m_entries.end(),
                [](const Entry &left, const Entry &right) { return left.toldAtUs < right.toldAtUs; }));
        }
        m_entries.push_back({call.provider, model, said, call.timestampUs});
    }
    return !call.details.rateLimits.empty();
}

} // namespace hookscope
