#pragma once

#include "core/http/head.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope::http {

// Finds the end of one body in the bytes that come, and the content in them. Sans-I/O. What take()
// accepts is to be sent on as it is: chunk lines, extensions and trailers are not made anew. Own code
// and not Beast's, which keeps the end of a chunk back until the next one begins, and takes `0_2e`,
// `0x5` and the like for sizes.
class BodyReader
{
public:
    explicit BodyReader(Framing framing);

    // How many bytes at the front of `bytes` belong to the body and can be sent on now. Fewer than
    // all: the rest begins the next message, and isDone(). An error is a sentence's end: what is wrong
    // with the chunks (RFC 9112 section 7.1).
    tl::expected<std::size_t, std::string> take(std::string_view bytes);

    // The content in what the last take() accepted, without chunk lines; views into its `bytes`.
    const std::vector<std::string_view> &content() const { return m_content; }

    bool isDone() const;

    // Content bytes still to come, if the framing says so in advance.
    std::uint64_t missing() const { return m_framing.kind == Framing::Kind::Length ? m_remaining : 0; }

    const Framing &framing() const { return m_framing; }

private:
    // What the next byte of a chunked body is.
    enum class Chunk { Size, Extension, SizeEnd, Data, DataCr, DataLf, Trailer, TrailerLine, TrailerEnd, LastLf, Done };

    tl::expected<std::size_t, std::string> takeChunked(std::string_view bytes);
    const char *takeChunkByte(char c);

    Framing m_framing;
    std::uint64_t m_remaining = 0; // of the body, or of the chunk
    std::vector<std::string_view> m_content;
    Chunk m_chunk = Chunk::Size;
    int m_sizeDigits = 0;
    std::size_t m_lineBytes = 0; // of an extension, or of the trailers
};

} // namespace hookscope::http
