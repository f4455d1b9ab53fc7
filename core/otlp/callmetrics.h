#pragma once

#include "core/otlp/genaiconventions.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hookscope::otlp {

// The two metrics of the conventions for generative AI, as histograms with their advised bounds:
// gen_ai.client.token.usage and gen_ai.client.operation.duration. Cumulative from `startUs` on: what one
// export lost the next one holds, and Prometheus takes nothing else. Tokens count only of calls whose
// provider stated them whole. At most mostSeries combinations of attributes for each; others are one series
// that says otel.metric.overflow. One thread.
class CallMetrics {
public:
    static constexpr std::size_t mostSeries = 2000;

    explicit CallMetrics(std::int64_t startUs);

    void count(const LlmEvent &call, const CallPlace &place);
    bool isEmpty() const { return m_duration.series.empty() && m_tokens.series.empty(); }

    // A JSON array of metrics, as they are at `nowUs`.
    std::string text(std::int64_t nowUs) const;

private:
    struct Histogram {
        std::uint64_t count = 0;
        std::int64_t sum = 0; // tokens or microseconds
        std::vector<std::uint64_t> buckets;
    };
    struct Metric {
        std::map<std::string, Histogram> series; // by their attributes
        std::vector<std::int64_t> bounds; // in the unit of the sum, each is of the bucket below it
    };

    static void record(Metric &metric, const Attributes &attributes, std::int64_t value);
    std::string points(const Metric &metric, bool areSeconds, std::int64_t nowUs) const;

    std::int64_t m_startUs;
    Metric m_tokens;
    Metric m_duration;
};

} // namespace hookscope::otlp
