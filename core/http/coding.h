#pragma once

#include "core/http/contentdecoder.h"

namespace hookscope::http {

// One content coding's decompressor. Private to ContentDecoder; behind an interface because each comes
// from another library.
class ContentDecoder::Coding {
public:
    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
        bool isCorrupt = false;
    };

    virtual ~Coding() = default;

    // Takes from `bytes` and writes at most `capacity` bytes. To be called again until it neither
    // consumes nor produces anything, or all was taken and the output was not filled.
    virtual Step decode(std::string_view bytes, char *output, std::size_t capacity) = 0;

    // Whether the compressed data is whole so far.
    virtual bool isAtEnd() const = 0;
};

// Null for a coding that is not known; names compare without case.
std::unique_ptr<ContentDecoder::Coding> makeCoding(std::string_view name);

} // namespace hookscope::http
