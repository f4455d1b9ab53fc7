#include "core/events/eventjson.h"
#include "core/events/redact.h"
#include "core/events/utf8.h"

#include <QChar>
#include <charconv>

namespace hookscope {

namespace {

// As Rust's char::escape_debug writes it.
void appendEscape(std::string &out, char32_t codePoint)
{
    switch (codePoint) {
    case '\0':
        out += "\\0";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    default:
        break;
    }
    char digits[8];
    const auto end =
        std::to_chars(std::begin(digits), std::end(digits), static_cast<std::uint32_t>(codePoint), 16).ptr;
    out += "\\u{";
    out.append(digits, end);
    out += '}';
}

// A value of the line: what a terminal would obey is escaped, the rest is as it came.
void appendPlain(std::string &out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        i = utf8::appendPlainRun(out, text, i);
        if (i == text.size())
            break;
        const auto character = utf8::decode(text, i);
        if (utf8::isControl(character.codePoint))
            appendEscape(out, character.codePoint);
        else
            utf8::append(out, character.codePoint);
        i += character.length;
    }
}

// What Rust's {:?} of a string escapes besides quotes and backslashes: all but the graphic characters
// and the space, and combining marks.
bool isEscapedByDebug(char32_t codePoint)
{
    if (codePoint < 0x80)
        return codePoint < 0x20 || codePoint == 0x7f;
    switch (QChar::category(codePoint)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
        return true;
    default:
        return false;
    }
}

void appendDebug(std::string &out, const std::optional<std::string> &text)
{
    if (!text) {
        out += "None";
        return;
    }
    out += "Some(\"";
    for (std::size_t i = 0; i < text->size();) {
        const auto character = utf8::decode(*text, i);
        if (character.codePoint == '"' || character.codePoint == '\\')
            out += '\\';
        if (isEscapedByDebug(character.codePoint))
            appendEscape(out, character.codePoint);
        else
            utf8::append(out, character.codePoint);
        i += character.length;
    }
    out += "\")";
}

template <class Number> void appendDebug(std::string &out, std::optional<Number> number)
{
    if (!number) {
        out += "None";
        return;
    }
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), *number).ptr;
    out += "Some(";
    out.append(digits, end);
    out += ')';
}

} // namespace

std::string auditLine(const ProxyEvent &event)
{
    std::string line = "[proxy:audit] ";
    appendPlain(line, event.sandbox);
    line += ' ';
    appendPlain(line, event.method);
    line += ' ';
    appendPlain(line, redactUrl(event.url));
    line += " -> ";
    appendPlain(line, event.host);
    line += event.secretInjected ? " (secret=true, status=" : " (secret=false, status=";
    appendDebug(line, event.status);
    line += ')';
    return line;
}

std::string auditLine(const LlmEvent &event)
{
    std::string line = "[proxy:llm] ";
    appendPlain(line, event.sandbox);
    line += ' ';
    appendPlain(line, event.provider);
    line += ' ';
    appendPlain(line, redactUrl(event.path));
    line += " model=";
    appendDebug(line, event.model);
    line += " tokens=(";
    appendDebug(line, event.tokens.input);
    line += '/';
    appendDebug(line, event.tokens.output);
    line += '/';
    appendDebug(line, event.tokens.total());
    line += ')';
    return line;
}

} // namespace hookscope
