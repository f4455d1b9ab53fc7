#include "core/http/contentdecoder.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;
using State = http::ContentDecoder::State;

namespace {

constexpr std::string_view codings[]{"gzip",       "deflate",       "br",
                                     "zstd",       "gzip, br",      "deflate, gzip, zstd",
                                     "zstd, zstd", "br,identity,x-gzip", "gzip, gzip, gzip, gzip, gzip"};

// Small, so that a bomb needs no time.
constexpr http::ContentDecoder::Limits limits{64 * 1024, 64, 1U << 20};
constexpr std::size_t longestPiece = 32 * 1024;

struct Decoded {
    std::string text;
    State state = State::Reading;
    bool isAtEnd = false;
};

template <class Feed> Decoded decoded(std::string_view coding, Feed feed)
{
    http::ContentDecoder decoder({{"Content-Encoding", std::string(coding)}}, limits);
    Decoded result;
    feed([&](std::string_view bytes) {
        const bool hadFailed = decoder.hasFailed();
        decoder.feed(bytes, [&](std::string_view part) {
            require(!hadFailed, "nothing comes after a fault");
            require(!part.empty() && part.size() <= longestPiece, "a part is neither empty nor over 32 KiB");
            result.text += part;
        });
    });
    result.state = decoder.state();
    result.isAtEnd = decoder.isAtEnd();
    require(!decoder.hasFailed() || !result.isAtEnd, "what has failed is not at its end");
    return result;
}

} // namespace

// A body decodes to the same in whatever pieces it comes, and to no more than the limits allow. The first
// two bytes choose the coding and the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto coding = input.oneOf(codings);
    const auto seed = input.byte();
    const auto bytes = input.rest();
    const auto whole = decoded(coding, [&](const auto &take) { take(bytes); });
    const auto pieces = decoded(coding, [&](const auto &take) { fuzz::inPieces(bytes, seed, take); });

    const auto most = std::min(limits.output, std::max<std::uint64_t>(limits.freeOutput, limits.ratio * bytes.size()));
    require(whole.text.size() <= most && pieces.text.size() <= most, "a bomb is not decoded");
    // What was allowed depends on what had come until then; of a fault, what it leaves of its piece.
    if (whole.state == State::TooLarge || pieces.state == State::TooLarge)
        return 0;
    require(whole.state == pieces.state, "pieces fail where the whole does");
    require(whole.isAtEnd == pieces.isAtEnd, "pieces end where the whole does");
    if (whole.state == State::Reading)
        require(whole.text == pieces.text, "pieces decode to what the whole does");
    else
        require(pieces.text.starts_with(whole.text) || whole.text.starts_with(pieces.text),
                "what came before a fault is the same");
    return 0;
}
