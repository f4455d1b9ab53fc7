#include "core/http/websocket.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;
using Reader = http::WebSocketReader;

namespace {

// Small, so that a bomb needs no time.
constexpr Reader::Limits limits{64 * 1024, 64};

struct Listener final : Reader::Sink {
    std::string heard;
    bool isOpen = false;

    void messageBegan() override
    {
        require(!isOpen, "a message ends before the next one begins");
        isOpen = true;
        heard += '[';
    }
    bool messagePart(std::string_view part) override
    {
        require(isOpen, "a part is of a message");
        heard += part;
        return true;
    }
    void messageEnded() override
    {
        require(isOpen, "what ends has begun");
        isOpen = false;
        heard += ']';
    }
};

template <class Feed> std::string heard(Reader::Sender sender, const http::WebSocketExtensions &agreed, Feed feed)
{
    Reader reader(sender, agreed, limits);
    Listener listener;
    feed([&](std::string_view bytes) { reader.feed(bytes, listener); });
    require((reader.state() == Reader::State::Unreadable) == !reader.failure().empty(), "what is unreadable says why");
    return listener.heard;
}

} // namespace

// The same messages are heard in whatever pieces the frames come; of a fault, what it leaves of its piece may
// differ. The first byte chooses the side and what was agreed, the second the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto choice = input.byte();
    const auto seed = input.byte();
    const auto bytes = input.rest();
    const auto sender = (choice & 1U) != 0 ? Reader::Sender::Client : Reader::Sender::Server;
    const http::WebSocketExtensions agreed{(choice & 2U) != 0, (choice & 4U) != 0, (choice & 8U) != 0, true};
    const auto whole = heard(sender, agreed, [&](const auto &take) { take(bytes); });
    const auto pieces = heard(sender, agreed, [&](const auto &take) { fuzz::inPieces(bytes, seed, take); });
    require(whole.starts_with(pieces) || pieces.starts_with(whole), "pieces say what the whole does");
    return 0;
}
