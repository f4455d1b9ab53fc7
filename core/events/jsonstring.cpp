#include "core/events/jsonstring.h"

#include "core/events/utf8.h"

namespace hookscope {

namespace {

void appendEscape(std::string &out, char32_t codePoint)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[codePoint >> shift & 0xf];
}

} // namespace

// Everything that is escaped is in the basic plane, so that one \u is enough.
void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        i = utf8::appendPlainRun(out, text, i);
        if (i == text.size())
            break;
        if (text[i] == '"' || text[i] == '\\') {
            out += '\\';
            out += text[i++];
            continue;
        }
        const auto character = utf8::decode(text, i);
        if (!character.isValid || utf8::isControl(character.codePoint))
            appendEscape(out, character.codePoint);
        else
            out.append(text, i, character.length);
        i += character.length;
    }
    out += '"';
}

} // namespace hookscope
