#include "core/llm/socketcallreader.h"
#include "tests/fuzz/input.h"
#include "tests/websocket.h"

using namespace hookscope;
using fuzz::require;

namespace {

constexpr std::string_view paths[]{"/v1/responses", "/v1/realtime?model=m", "/backend-api/codex/responses",
                                   "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"};
constexpr std::string_view hosts[]{"llm.example.org", "api.openai.com", "api.x.ai", "generativelanguage.googleapis.com"};

std::string textOf(const llm::SocketCall &call)
{
    const auto text = [](const std::optional<std::int64_t> &number) {
        require(number.value_or(0) >= 0, "no number of tokens is negative");
        return number ? std::to_string(*number) : std::string("-");
    };
    const auto &tokens = call.facts.tokens;
    return call.facts.model.value_or("-") + ' ' + text(tokens.input) + '/' + text(tokens.output) + ' '
        + std::to_string(static_cast<int>(call.facts.usage)) + '\n';
}

// Each line is a message, of the server's unless it begins with ">".
template <class Give> std::string calls(std::string_view path, std::string_view host, std::string_view lines, Give give)
{
    const http::FieldList head{{"Connection", "Upgrade"}, {"Upgrade", "websocket"}};
    auto reader = llm::SocketCallReader::forRequest({"GET", path, llm::providerOfHost(host, {}), head});
    if (!reader)
        return {};
    reader->upgraded({{"Upgrade", "websocket"}});
    std::string all;
    const auto takeEnded = [&] {
        for (const auto &call : reader->takeEnded())
            all += textOf(call);
    };
    while (!lines.empty()) {
        auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        const bool isClients = line.starts_with('>');
        if (isClients)
            line.remove_prefix(1);
        const auto frame = test::frame(line, {.isMasked = isClients});
        give(std::string_view(frame), [&](std::string_view piece) {
            isClients ? reader->clientBytes(piece, 1) : reader->serverBytes(piece, 1);
        });
        takeEnded();
    }
    reader->closed(2);
    takeEnded();
    return all;
}

} // namespace

// The same calls are read in whatever pieces the messages come. The first bytes choose path, host and pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto path = input.oneOf(paths);
    const auto host = input.oneOf(hosts);
    const auto seed = input.byte();
    const auto whole = calls(path, host, input.rest(), [](std::string_view frame, const auto &take) { take(frame); });
    const auto pieces = calls(path, host, input.rest(), [&](std::string_view frame, const auto &take) {
        fuzz::inPieces(frame, seed, take);
    });
    require(whole == pieces, "pieces say what the whole does");
    return 0;
}
