#include "core/otlp/callmetrics.h"

#include <algorithm>
#include <limits>

namespace hookscope::otlp {

namespace {

constexpr int cumulative = 2; // AGGREGATION_TEMPORALITY_CUMULATIVE

// 1, 4, 16, ..., 67108864.
std::vector<std::int64_t> tokenBounds()
{
    std::vector<std::int64_t> bounds;
    for (std::int64_t bound = 1; bound <= 67'108'864; bound *= 4)
        bounds.push_back(bound);
    return bounds;
}

// 0.01, 0.02, 0.04, ..., 81.92 s.
std::vector<std::int64_t> durationBounds()
{
    std::vector<std::int64_t> bounds;
    for (std::int64_t bound = 10'000; bound <= 81'920'000; bound *= 2)
        bounds.push_back(bound);
    return bounds;
}

template <class List, class Write> std::string listOf(const List &list, const Write &write)
{
    std::string text = "[";
    for (const auto &each : list) {
        if (text.size() > 1)
            text += ',';
        text += write(each);
    }
    return text + ']';
}

std::string quoted(std::uint64_t number)
{
    return '"' + std::to_string(number) + '"';
}

std::string metric(const char *name, const char *unit, const char *description, const std::string &points)
{
    return std::string(R"({"name":")") + name + R"(","unit":")" + unit + R"(","description":")" + description
        + R"(","histogram":{"aggregationTemporality":)" + std::to_string(cumulative) + R"(,"dataPoints":)"
        + points + "}}";
}

} // namespace

CallMetrics::CallMetrics(std::int64_t startUs)
    : m_startUs(startUs)
{
    m_tokens.bounds = tokenBounds();
    m_duration.bounds = durationBounds();
}

void CallMetrics::record(Metric &metric, const Attributes &attributes, std::int64_t value)
{
    std::string key = attributes.text();
    if (metric.series.size() >= mostSeries && !metric.series.contains(key)) {
        Attributes overflow;
        overflow.addFlag("otel.metric.overflow", true);
        key = overflow.text();
    }
    Histogram &histogram = metric.series[key];
    histogram.buckets.resize(metric.bounds.size() + 1);
    ++histogram.count;
    if (__builtin_add_overflow(histogram.sum, value, &histogram.sum))
        histogram.sum = std::numeric_limits<std::int64_t>::max();
    const auto bound = std::lower_bound(metric.bounds.begin(), metric.bounds.end(), value);
    ++histogram.buckets[static_cast<std::size_t>(bound - metric.bounds.begin())];
}

void CallMetrics::count(const LlmEvent &call, const CallPlace &place)
{
    const auto recordTokens = [&](const char *type, std::optional<std::int64_t> tokens) {
        if (!tokens || *tokens < 0)
            return;
        Attributes attributes;
        addCommon(attributes, call, place);
        attributes.add("gen_ai.token.type", type);
        record(m_tokens, attributes, *tokens);
    };
    if (call.usage == UsageState::Reported) {
        recordTokens("input", call.tokens.input);
        recordTokens("output", call.tokens.output);
    }
    if (call.durationUs && *call.durationUs >= 0) {
        Attributes attributes;
        addCommon(attributes, call, place);
        attributes.addIf("error.type", errorTypeOf(call));
        record(m_duration, attributes, *call.durationUs);
    }
}

std::string CallMetrics::points(const Metric &metric, bool areSeconds, std::int64_t nowUs) const
{
    const auto value = [areSeconds](std::int64_t number) {
        return areSeconds ? decimalSeconds(number) : std::to_string(number);
    };
    const std::string bounds = listOf(metric.bounds, value);
    return listOf(metric.series, [&](const auto &entry) {
        const auto &[attributes, histogram] = entry;
        return R"({"attributes":)" + attributes + R"(,"startTimeUnixNano":")" + std::to_string(m_startUs)
            + R"(000","timeUnixNano":")" + std::to_string(nowUs) + R"(000","count":)"
            + quoted(histogram.count) + R"(,"sum":)" + value(histogram.sum) + R"(,"bucketCounts":)"
            + listOf(histogram.buckets, quoted) + R"(,"explicitBounds":)" + bounds + '}';
    });
}

std::string CallMetrics::text(std::int64_t nowUs) const
{
    nowUs = std::max(nowUs, m_startUs); // the clock may have been set back
    std::vector<std::string> metrics;
    if (!m_tokens.series.empty())
        metrics.push_back(metric("gen_ai.client.token.usage", "{token}",
                                 "Number of input and output tokens used.", points(m_tokens, false, nowUs)));
    if (!m_duration.series.empty())
        metrics.push_back(metric("gen_ai.client.operation.duration", "s", "GenAI operation duration.",
                                 points(m_duration, true, nowUs)));
    return listOf(metrics, [](const std::string &text) { return text; });
}

} // namespace hookscope::otlp
