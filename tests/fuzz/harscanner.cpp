#include "core/formats/harscanner.h"
#include "tests/fuzz/input.h"

#include <vector>

using namespace hookscope;
using fuzz::require;

// A file has the same entries in whatever pieces it is read, and each is an object. The first byte chooses
// the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto seed = input.byte();
    if (input.rest().starts_with('\xef'))
        return 0; // a byte order mark is looked for in the first piece alone
    std::vector<std::string> whole;
    HarScanner scanner;
    scanner.feed(input.rest(), whole);
    scanner.finish();

    std::vector<std::string> pieces;
    HarScanner second;
    fuzz::inPieces(input.rest(), seed, [&](std::string_view piece) { second.feed(piece, pieces); });
    second.finish();
    require(whole == pieces, "pieces have the entries of the whole");
    require(scanner.problem() == second.problem(), "pieces have the problem of the whole");
    require(scanner.oddEntries() == second.oddEntries(), "pieces have as many odd entries");
    require(scanner.version() == second.version() && scanner.creator() == second.creator()
                && scanner.browser() == second.browser(),
            "pieces have the header of the whole");

    std::size_t bytes = 0;
    for (const std::string &entry : whole) {
        require(entry.starts_with('{') && entry.ends_with('}'), "an entry is an object");
        bytes += entry.size();
    }
    require(bytes <= size, "entries are no more than their bytes");
    return 0;
}
