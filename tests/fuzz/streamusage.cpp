#include "core/llm/streamusage.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

namespace {

template <class Feed> std::string filtered(llm::StreamUsage usage, Feed feed)
{
    llm::StreamUsageFilter filter(usage);
    std::string out;
    feed([&](std::string_view piece) { filter.feed(piece, out); });
    filter.finish(out);
    return out;
}

} // namespace

// A stream is filtered to the same in whatever pieces it comes, gets no longer by it, and nothing is taken from
// one that states no usage. An edited request holds all of the client's bytes but those that say it is removed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const llm::StreamUsage usage{(input.byte() & 1U) != 0};
    const auto seed = input.byte();
    const auto stream = input.rest();
    const auto whole = filtered(usage, [&](const auto &take) { take(stream); });
    const auto pieces = filtered(usage, [&](const auto &take) { fuzz::inPieces(stream, seed, take); });
    require(whole == pieces, "pieces are filtered to what the whole is");
    if (stream.find("\"usage\"") == std::string_view::npos)
        require(whole == stream, "nothing is taken from a stream without usage");

    if (const auto edit = llm::streamUsageEdit(stream)) {
        require(edit->at <= stream.size() && edit->removed <= stream.size() - edit->at, "an edit is inside the body");
        std::string body(stream);
        body.replace(edit->at, edit->removed, edit->inserted);
        require(!llm::streamUsageEdit(body), "an edited request asks");
    }
    return 0;
}
