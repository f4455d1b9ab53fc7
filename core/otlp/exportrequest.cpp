#include "core/otlp/exportrequest.h"

#include "core/otlp/attributes.h"

namespace hookscope::otlp {

namespace {

std::string resource(const std::string &instanceId)
{
    Attributes attributes;
    attributes.add("service.name", "hookscope");
    attributes.add("service.version", HOOKSCOPE_VERSION);
    attributes.add("service.instance.id", instanceId);
    return R"("resource":{"attributes":)" + attributes.text() + '}';
}

constexpr const char *scope = R"("scope":{"name":"hookscope","version":")" HOOKSCOPE_VERSION R"("})";

} // namespace

std::string tracesRequest(const std::string &instanceId, const std::vector<std::string> &spans)
{
    std::string text =
        R"({"resourceSpans":[{)" + resource(instanceId) + R"(,"scopeSpans":[{)" + scope + R"(,"spans":[)";
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (i > 0)
            text += ',';
        text += spans[i];
    }
    return text + "]}]}]}";
}

std::string metricsRequest(const std::string &instanceId, const std::string &metrics)
{
    return R"({"resourceMetrics":[{)" + resource(instanceId) + R"(,"scopeMetrics":[{)" + scope
        + R"(,"metrics":)" + metrics + "}]}]}";
}

} // namespace hookscope::otlp
