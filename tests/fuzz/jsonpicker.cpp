#include "core/llm/jsonpicker.h"
#include "tests/fuzz/input.h"

#include <simdjson.h>

using namespace hookscope;
using fuzz::require;
using Kind = llm::JsonPicker::Kind;

namespace {

constexpr std::size_t counts = 9;

const llm::JsonPaths &paths()
{
    static const llm::JsonPaths paths{
        "model", "usage", "response.model", "response.usage", "choices?", "choices[].finish_reason",
        "choices[].delta.content?", "a[][].b", "x[].y.z?", "list[].n+",
    };
    return paths;
}

void requireSame(const llm::JsonPicker &whole, const llm::JsonPicker &pieces)
{
    require(whole.isComplete() == pieces.isComplete() && whole.hasFailed() == pieces.hasFailed()
                && whole.hasStarted() == pieces.hasStarted(),
            "pieces end as the whole does");
    if (whole.hasFailed())
        return;
    for (std::size_t i = 0; i < paths().size(); ++i) {
        require(whole.kind(i) == pieces.kind(i), "pieces have the kinds of the whole");
        require(whole.raw(i) == pieces.raw(i) && whole.word(i) == pieces.word(i), "pieces have the values of the whole");
        require(whole.sum(i) == pieces.sum(i), "pieces have the sums of the whole");
    }
}

// The last of a name that says something, else the last.
std::optional<std::string> expectedModel(const simdjson::dom::object &document)
{
    std::optional<std::string> model;
    for (const auto member : document) {
        if (member.key != "model")
            continue;
        const auto text = simdjson::minify(member.value);
        const bool saysNothing = text == "null" || text == "\"\"" || text == "[]" || text == "{}";
        const bool saidNothing = !model || *model == "null" || *model == "\"\"" || *model == "[]" || *model == "{}";
        if (!saysNothing || saidNothing)
            model = text;
    }
    return model;
}

// Of "list[].n": none unless every number there is a whole one and their sum fits.
std::optional<std::int64_t> expectedSum(const simdjson::dom::object &document)
{
    std::optional<std::int64_t> sum;
    for (const auto member : document) {
        simdjson::dom::array list;
        if (member.key != "list" || member.value.get(list) != simdjson::SUCCESS)
            continue;
        for (const simdjson::dom::element entry : list) {
            simdjson::dom::object object;
            if (entry.get(object) != simdjson::SUCCESS)
                continue;
            for (const auto field : object) {
                if (field.key != "n" || !field.value.is_number())
                    continue;
                std::int64_t number = 0;
                std::int64_t next = 0;
                if (!field.value.is_int64() || field.value.get(number) != simdjson::SUCCESS
                    || number < 0 || __builtin_add_overflow(sum.value_or(0), number, &next))
                    return std::nullopt;
                sum = next;
            }
        }
    }
    return sum;
}

// What simdjson reads of a document, the picker reads too.
void compareWithTree(std::string_view text, const llm::JsonPicker &picker)
{
    simdjson::dom::parser parser;
    simdjson::dom::object document;
    if (parser.parse(simdjson::padded_string(text)).get(document) != simdjson::SUCCESS)
        return;
    require(picker.isComplete(), "a valid document is read to its end");
    const auto model = expectedModel(document);
    require(model.has_value() == (picker.kind(0) != Kind::Absent), "a member is found where it is");
    if (model && picker.kind(0) != Kind::Absent) {
        simdjson::dom::parser ofMember;
        simdjson::dom::element value;
        require(ofMember.parse(simdjson::padded_string(picker.raw(0))).get(value) == simdjson::SUCCESS
                    && simdjson::minify(value) == *model,
                "a member's value is the one that counts");
    }
    require(picker.sum(counts) == expectedSum(document), "a sum is exact or absent");
}

} // namespace

// A document has the same members in whatever pieces it comes, those that another parser finds in it, and
// a reader that was used before reads as a new one. The first byte chooses the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto seed = input.byte();
    const auto bytes = input.rest();
    llm::JsonPicker whole(paths());
    const auto taken = whole.feed(bytes);
    require(taken <= bytes.size(), "no more is taken than there is");
    require(taken == bytes.size() || whole.isComplete() || whole.hasFailed(), "all is taken until the end");

    llm::JsonPicker pieces(paths());
    std::size_t takenOfPieces = 0;
    const auto feed = [&](std::string_view piece) {
        if (!pieces.isComplete() && !pieces.hasFailed())
            takenOfPieces += pieces.feed(piece);
    };
    fuzz::inPieces(bytes, seed, feed);
    requireSame(whole, pieces);
    require(whole.hasFailed() || taken == takenOfPieces, "pieces take as much as the whole");

    pieces.reset();
    fuzz::inPieces(bytes, seed + 1, feed);
    requireSame(whole, pieces);

    compareWithTree(bytes, whole);
    return 0;
}
