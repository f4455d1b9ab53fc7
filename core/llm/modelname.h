#pragma once

#include <string>
#include <string_view>

namespace hookscope::llm {

// A model's name as price lists are searched for it. Any thread.

// In lower case, and without the path that some APIs put in front: "models/", Vertex's
// "projects/.../models/", "accounts/fireworks/models/", an ARN up to the model's id.
std::string bareModelName(std::string_view name);

struct PlainModelName {
    std::string text;
    bool isCut = false; // something that tells two models apart was left out: a date, a version, a region
};

// What a bare name has in common with other spellings of the same model:
// - no snapshot's date (-2024-08-06, -20250514, @20250514), "@default", "-latest", ":latest", Bedrock's
//   "-v1:0"; "-001" and four digits stay, because they are models of their own ("gpt-4-0613");
// - Bedrock's inference profiles: "global." is left out, each region ("us.", "eu.", ...) is "geo.";
// - a fine-tuned "ft:BASE:..." is "ft:BASE";
// - Claude: "-" for the "." in a version, and the family before the version ("claude-3.5-sonnet" and
//   "claude-sonnet-3-5" are one).
// Nothing else is left out, so that "gpt-4o-mini", "gpt-4o" and "gpt-4" stay three models.
PlainModelName plainModelName(std::string_view bareName);

// Behind the last "/": "openai/gpt-4o" is "gpt-4o".
std::string_view withoutMaker(std::string_view name);

} // namespace hookscope::llm
