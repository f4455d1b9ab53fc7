#include "core/llm/conversation.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

// Bodies of any kind are read without a fault, and alike each time. A line of "====" parts request and answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::string request(input.section());
    const std::string answer(input.rest());
    const auto read = llm::readConversation(request, answer);
    const auto again = llm::readConversation(request, answer);
    require(read.asked == again.asked && read.answered == again.answered, "a conversation is read alike each time");
    std::size_t text = 0;
    for (const auto &part : read.asked)
        text += part.text.size();
    require(text <= 8 * request.size() + 1000, "no text is longer than what it was read from");
    return 0;
}
