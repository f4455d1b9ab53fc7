#include "ui/text/indentedjson.h"

namespace hookscope {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t endOfString(std::string_view json, std::size_t start)
{
    std::size_t at = start + 1;
    while (at < json.size() && json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    return at < json.size() ? at + 1 : json.size();
}

std::size_t skipSpace(std::string_view json, std::size_t at)
{
    while (at < json.size() && isSpace(json[at]))
        ++at;
    return at;
}

} // namespace

std::string indentedJson(std::string_view json)
{
    std::string out;
    out.reserve(json.size() * 2);
    std::size_t depth = 0;
    const auto newLine = [&] {
        out.append(1, '\n').append(depth * 2, ' ');
    };

    for (std::size_t at = skipSpace(json, 0); at < json.size(); at = skipSpace(json, at)) {
        const char c = json[at];
        if (c == '"') {
            const std::size_t end = endOfString(json, at);
            out.append(json.substr(at, end - at));
            at = end;
            continue;
        }
        ++at;
        if (c == '{' || c == '[') {
            out += c;
            const std::size_t next = skipSpace(json, at);
            if (next < json.size() && (json[next] == '}' || json[next] == ']')) {
                out += json[next];
                at = next + 1;
                continue;
            }
            ++depth;
            newLine();
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
            newLine();
            out += c;
        } else if (c == ',') {
            out += c;
            newLine();
        } else if (c == ':') {
            out += ": ";
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace hookscope
