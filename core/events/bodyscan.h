#pragma once

#include "core/events/spans.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookscope {

// Where credentials are looked for in bodies, beside their plain text (bodyredaction.h). Pure.

// The text with the escapes of JSON strings taken off, wherever one stands, and where each byte came from.
PercentDecoded jsonUnescaped(std::string_view text);

// Values of members in JSON and the like whose names are those of credentials ("api_key": "..."), and of
// assignments in capitals (DB_PASSWORD=...). Objects are passed over: the names in them decide.
void findCredentialMembers(std::string_view text, Spans &spans);

// The strings at one path of all JSON documents of a stream, one after the other: what its deltas say.
struct JoinedTexts {
    struct Piece {
        std::size_t begin = 0; // in `text`
        std::size_t endInBody = 0;
    };

    std::string text; // without JSON's escapes
    std::vector<std::size_t> at; // for each byte its place in the body
    std::vector<Piece> pieces;

    // The parts found in `text`, as parts of the body: each ends with its piece.
    void addMapped(std::string_view body, const Spans &found, Spans &spans) const;
};

// Of the lines of a body that are JSON, with or without "data:" in front. Only paths that occur twice.
std::vector<JoinedTexts> joinedTextsOf(std::string_view body);

} // namespace hookscope
