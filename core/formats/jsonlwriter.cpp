#include "core/formats/jsonlwriter.h"

#include "core/events/eventjson.h"

namespace hookscope {

bool JsonlWriter::add(const Exchange &exchange, std::string &out)
{
    const std::size_t before = out.size();
    const auto line = [&out](const auto &event) {
        out += toJson(event);
        out += '\n';
    };
    if (exchange.request)
        line(*exchange.request);
    for (const LlmEvent &call : exchange.calls)
        line(call);
    if (exchange.response)
        line(*exchange.response);
    return out.size() > before;
}

} // namespace hookscope
