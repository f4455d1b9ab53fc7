#pragma once

#include <string>
#include <vector>

namespace hookscope::otlp {

// The bodies of OTLP/HTTP's export requests in its JSON encoding (Content-Type: application/json), which the
// collector and most backends take like the binary one. `instanceId` tells apart who exports: cumulative
// series of two exporters must not be one. Any thread.

// For .../v1/traces: ExportTraceServiceRequest.
std::string tracesRequest(const std::string &instanceId, const std::vector<std::string> &spans);

// For .../v1/metrics: ExportMetricsServiceRequest. `metrics` is a JSON array.
std::string metricsRequest(const std::string &instanceId, const std::string &metrics);

} // namespace hookscope::otlp
