#pragma once

#include "core/http/head.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope::http {

// Finds the end of one body in the bytes that come, and the content in them. Sans-I/O. What take()
// accepts is to be sent on as it is: chunk lines, extensions and trailers are not made anew.
class BodyReader
{
public:
    explicit BodyReader(Framing framing);
    ~BodyReader();
    BodyReader(const BodyReader &) = delete;
    BodyReader &operator=(const BodyReader &) = delete;

    // How many bytes at the front of `bytes` belong to the body and can be sent on now. Fewer than
    // all: the rest begins the next message (isDone()), or is an unfinished chunk line that must be
    // given again with what follows it. An error is a sentence's end: what is wrong with the chunks.
    tl::expected<std::size_t, std::string> take(std::string_view bytes);

    // The content in what the last take() accepted, without chunk lines; views into its `bytes`.
    const std::vector<std::string_view> &content() const { return m_content; }

    bool isDone() const;

    // Content bytes still to come, if the framing says so in advance.
    std::uint64_t missing() const { return m_framing.kind == Framing::Kind::Length ? m_remaining : 0; }

    const Framing &framing() const { return m_framing; }

private:
    class ChunkParser;

    tl::expected<std::size_t, std::string> takeChunked(std::string_view bytes);

    Framing m_framing;
    std::uint64_t m_remaining = 0;
    std::vector<std::string_view> m_content;
    std::unique_ptr<ChunkParser> m_chunks;
};

} // namespace hookscope::http
