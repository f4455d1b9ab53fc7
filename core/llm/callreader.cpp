#include "core/llm/callreader.h"

#include "core/llm/bodycallreader.h"

namespace hookscope::llm {

std::unique_ptr<CallReader> CallReader::forRequest(const Request &request)
{
    const auto hint = request.provider ? std::optional(request.provider->dialect) : std::nullopt;
    auto endpoint = endpointOf(request.method, request.path, hint);
    if (!endpoint)
        return nullptr;
    return std::make_unique<BodyCallReader>(std::move(*endpoint), request);
}

} // namespace hookscope::llm
