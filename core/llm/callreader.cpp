#include "core/llm/callreader.h"

#include "core/llm/sniffingcallreader.h"

namespace hookscope::llm {

std::unique_ptr<CallReader> CallReader::forRequest(const Request &request)
{
    const auto hint = request.provider ? std::optional(request.provider->dialect) : std::nullopt;
    auto endpoint = endpointOf(request.method, request.path, hint);
    if (endpoint)
        return std::make_unique<BodyCallReader>(std::move(*endpoint), request);
    const auto type = http::fieldValue(request.head, "content-type").value_or(std::string_view());
    if (mayBeCall(request.method, request.path) && type.find("json") != type.npos)
        return std::make_unique<SniffingCallReader>(request);
    return nullptr;
}

} // namespace hookscope::llm
