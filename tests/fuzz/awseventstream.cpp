#include "core/llm/awseventstream.h"
#include "tests/fuzz/aws.h"
#include "tests/fuzz/input.h"

#include <tuple>
#include <vector>

using namespace hookscope;
using fuzz::require;

namespace {

class Messages final : public llm::AwsEventStream::Sink {
public:
    void awsMessage(const llm::AwsEventStream::Message &message) override
    {
        list.emplace_back(message.type, message.isException, message.payload);
    }

    std::vector<std::tuple<std::string, bool, std::string>> list;
};

} // namespace

// A stream has the same messages in whatever pieces it comes. The first two bytes choose the pieces, and
// whether the checksums are made right.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto seed = input.byte();
    const bool isMended = input.byte() % 8 != 0;
    const auto bytes = isMended ? fuzz::withChecksums(input.rest()) : std::string(input.rest());

    Messages whole;
    llm::AwsEventStream stream;
    stream.feed(bytes, whole);
    Messages pieces;
    llm::AwsEventStream second;
    fuzz::inPieces(bytes, seed, [&](std::string_view piece) { second.feed(piece, pieces); });

    require(whole.list == pieces.list, "pieces have the messages of the whole");
    require(stream.isCorrupt() == second.isCorrupt(), "pieces are corrupt as the whole is");
    require(stream.hasSkipped() == second.hasSkipped(), "pieces are passed over as the whole is");
    if (!stream.isCorrupt())
        require(stream.isAtEnd() == second.isAtEnd(), "pieces end where the whole does");
    std::size_t payload = 0;
    for (const auto &message : whole.list)
        payload += std::get<2>(message).size();
    require(payload <= bytes.size(), "payloads are no more than their bytes");
    return 0;
}
