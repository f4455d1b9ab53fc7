#include "core/http/body.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

struct Read {
    std::size_t taken = 0;
    std::string content;
    bool isDone = false;
    std::string error;
    bool operator==(const Read &) const = default;
};

void take(http::BodyReader &reader, std::string_view bytes, Read &read)
{
    if (!read.error.empty() || reader.isDone())
        return;
    const auto taken = reader.take(bytes);
    if (!taken) {
        read.error = taken.error();
        return;
    }
    require(*taken <= bytes.size(), "no more is taken than there is");
    require(*taken == bytes.size() || reader.isDone(), "what is left begins the next message");
    read.taken += *taken;
    for (const auto part : reader.content()) {
        require(part.data() >= bytes.data() && part.data() + part.size() <= bytes.data() + bytes.size(),
                "content is a view into the bytes");
        read.content += part;
    }
    read.isDone = reader.isDone();
}

http::Framing framingOf(unsigned kind, unsigned length)
{
    using Kind = http::Framing::Kind;
    switch (kind % 4) {
    case 0:
        return {Kind::Length, length};
    case 1:
        return {Kind::UntilClose, 0};
    case 2:
        return {Kind::None, 0};
    default:
        return {Kind::Chunked, 0};
    }
}

} // namespace

// A body ends at the same byte and has the same content in whatever pieces it comes. The first three bytes
// choose the framing (most often chunked), the length and the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto kind = std::min(input.byte(), 3U);
    const auto framing = framingOf(kind, input.byte());
    const auto seed = input.byte();
    const auto bytes = input.rest();

    Read whole;
    http::BodyReader reader(framing);
    whole.isDone = reader.isDone();
    take(reader, bytes, whole);

    Read pieces;
    http::BodyReader second(framing);
    pieces.isDone = second.isDone();
    fuzz::inPieces(bytes, seed, [&](std::string_view piece) { take(second, piece, pieces); });

    if (whole.error.empty()) {
        require(whole == pieces, "pieces are read as the whole is");
    } else {
        // What came before the fault was sent on in its own pieces.
        require(whole.error == pieces.error, "a fault is found in pieces too");
    }
    require(whole.content.size() <= bytes.size(), "content is no more than its bytes");
    return 0;
}
