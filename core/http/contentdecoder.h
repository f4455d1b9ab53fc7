#pragma once

#include "core/http/fields.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace hookscope::http {

// Takes the content codings off a body in pieces (RFC 9110 section 8.4): gzip, deflate (with and without
// its zlib wrapper, as both are sent), br, zstd, and several of them stacked. Memory is bounded by the
// codings' windows (at most 16 MiB for br, 8 MiB for zstd as RFC 9659 has it), not by the body.
class ContentDecoder {
public:
    enum class State {
        Reading,
        Unsupported, // a coding that is not known, or too many of them
        Corrupt, // the bytes are not what the coding says
        TooLarge, // so much larger than what came that it is taken for a decompression bomb
    };

    // A body may decode to `freeOutput` bytes, or to `ratio` times what came, but never to above `output`.
    struct Limits {
        std::uint64_t freeOutput = 16U << 20;
        std::uint64_t ratio = 256;
        std::uint64_t output = 1U << 30;
    };

    using Sink = std::function<void(std::string_view)>;

    // The codings of this head's Content-Encoding fields; without one the bytes pass as they are.
    explicit ContentDecoder(const FieldList &head);
    ContentDecoder(const FieldList &head, Limits limits);
    ~ContentDecoder();
    ContentDecoder(ContentDecoder &&) noexcept;
    ContentDecoder &operator=(ContentDecoder &&) noexcept;

    // Gives what these bytes decode to, in pieces of at most 32 KiB. After any state but Reading nothing
    // more comes; what came before stays true.
    State feed(std::string_view bytes, const Sink &sink);

    State state() const { return m_state; }
    bool hasFailed() const { return m_state != State::Reading; }

    // Whether the body may end here: every coding is at its end, or nothing came at all.
    bool isAtEnd() const;

    // One coding; private to the room's implementation.
    class Coding;

private:
    void addCoding(std::string_view name);
    State decode(std::size_t stage, std::string_view bytes, const Sink &sink);

    struct Stage;
    std::vector<Stage> m_stages; // the outermost coding first
    Limits m_limits;
    std::uint64_t m_received = 0;
    State m_state = State::Reading;
};

} // namespace hookscope::http
