#include "core/llm/formfield.h"
#include "tests/fuzz/input.h"

using namespace hookscope;
using fuzz::require;

// A form has the same field in whatever pieces it comes. The first byte chooses the pieces, the first
// line is the content type.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto seed = input.byte();
    const auto contentType = input.section("\n");
    llm::FormField whole(contentType, "model");
    whole.feed(input.rest());
    llm::FormField pieces(contentType, "model");
    fuzz::inPieces(input.rest(), seed, [&](std::string_view piece) { pieces.feed(piece); });
    require(whole.value() == pieces.value(), "pieces have the field of the whole");
    if (whole.value()) {
        require(!whole.value()->empty() && whole.value()->size() <= 256, "a field is short");
        require(input.rest().find(*whole.value()) != std::string_view::npos, "a field stands in the form");
    }
    return 0;
}
