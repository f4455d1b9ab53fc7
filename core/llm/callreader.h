#pragma once

#include "core/http/fields.h"
#include "core/llm/callfacts.h"
#include "core/llm/provider.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Reads one exchange's copy of the bytes as they pass, after they were written on. Sans-I/O: any
// thread, one at a time. Keeps what it needs, not the body. Nothing that the bytes hold makes it fail:
// what cannot be read costs a number, never an exception.
class CallReader
{
public:
    struct Request {
        std::string_view method;
        std::string_view path; // of the upstream request, with its query
        std::optional<KnownProvider> provider; // from the route or the host
        const http::FieldList &head;
    };

    // Null if this cannot be an LLM call (a GET of a page, a model list, an upload of telemetry): path
    // and method decide; a known provider alone makes no call of every request to it. count_tokens and
    // the like are not calls (TOKENS.md section 4, trap 7).
    static std::unique_ptr<CallReader> forRequest(const Request &request);

    virtual ~CallReader() = default;

    // Body bytes without transfer coding, still content-encoded, in pieces of any size.
    virtual void requestBody(std::string_view bytes) = 0;
    virtual void requestEnded() = 0;
    // The final answer's head (not 1xx).
    virtual void answerHead(int status, const http::FieldList &head) = 0;
    virtual void answerBody(std::string_view bytes, std::int64_t nowUs) = 0;

    // The answer is over; `whole` is false if it was cut. Once, last.
    virtual void answerEnded(bool whole) = 0;

    // Whether the content showed that this is an LLM call. Without a known provider this is false until
    // the answer's shape was recognised; a request whose path alone looked like a call makes no event.
    virtual bool isCall() const = 0;

    // What is known until now. Cheap enough to ask after each piece.
    virtual const CallFacts &facts() const = 0;
};

} // namespace hookscope::llm
