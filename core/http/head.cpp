#include "core/http/head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace hookscope::http {

namespace {

tl::unexpected<HeadError> refused(int status, std::string text)
{
    return tl::unexpected(HeadError{status, std::move(text)});
}

constexpr std::size_t usualFields = 16;

using CharTable = std::array<bool, 256>;

template <class Predicate> constexpr CharTable tableOf(Predicate predicate)
{
    CharTable table{};
    for (std::size_t c = 0; c < table.size(); ++c)
        table[c] = predicate(static_cast<unsigned char>(c));
    return table;
}

constexpr bool isTokenChar(unsigned char c) noexcept
{
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
        return true;
    return c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

// RFC 9110 section 5.6.2; of a target, what is no white space and no control; section 5.5, obs-text included.
constexpr CharTable tokenChars = tableOf(isTokenChar);
constexpr CharTable targetChars = tableOf([](unsigned char c) { return c > 0x20 && c != 0x7f; });
constexpr CharTable textChars =
    tableOf([](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });

// How many characters at the start of `text` are in the table.
std::size_t span(std::string_view text, const CharTable &table) noexcept
{
    std::size_t count = 0;
    while (count < text.size() && table[static_cast<unsigned char>(text[count])])
        ++count;
    return count;
}

bool consistsOf(std::string_view text, const CharTable &table) noexcept
{
    return span(text, table) == text.size();
}

// What Connection names goes no further: two readers must not see different names in it.
bool isTokenList(std::string_view list) noexcept
{
    for (;;) {
        const std::size_t comma = list.find(',');
        if (!consistsOf(trimmed(list.substr(0, comma)), tokenChars))
            return false;
        if (comma == std::string_view::npos)
            return true;
        list.remove_prefix(comma + 1);
    }
}

// What is wrong with the lines, before any of them is looked into (RFC 9112 sections 2.2 and 5.2).
tl::expected<void, HeadError> checkLines(std::string_view raw)
{
    if (raw.find('\0') != std::string_view::npos)
        return refused(400, "NUL in the head");
    for (std::size_t begin = 0; begin < raw.size();) {
        const std::size_t lf = raw.find('\n', begin);
        const std::size_t cr = raw.substr(0, lf).find('\r', begin);
        if (cr != std::string_view::npos && (lf == std::string_view::npos || cr + 1 != lf))
            return refused(400, "bare CR in the head");
        if (lf == std::string_view::npos)
            break;
        if (cr == std::string_view::npos)
            return refused(400, "a line ends in a bare LF");
        begin = lf + 1;
        if (begin < raw.size() && (raw[begin] == ' ' || raw[begin] == '\t'))
            return refused(400, "folded header line");
    }
    return {};
}

// Takes a head apart line by line, and looks at each character once. The body framing is decided by the
// caller.
class HeadParser {
public:
    HeadParser() { fields.reserve(usualFields); }

    std::string_view method; // these refer to what was parsed
    std::string_view target;
    std::string_view reason;
    int status = 0;
    int minorVersion = 1;
    FieldList fields;
    int lengths = 0; // fields named Content-Length
    int codings = 0; // fields named Transfer-Encoding

    tl::expected<void, HeadError> request(std::string_view raw)
    {
        return parse(raw, [this](std::string_view line) { return requestLine(line); });
    }
    tl::expected<void, HeadError> response(std::string_view raw)
    {
        return parse(raw, [this](std::string_view line) { return statusLine(line); });
    }

private:
    using Step = tl::expected<void, HeadError>;

    template <class FirstLine> Step parse(std::string_view raw, FirstLine firstLine)
    {
        Step step = lines(raw, firstLine);
        if (step)
            return step;
        Step whole = checkLines(raw);
        return whole ? step : whole;
    }

    template <class FirstLine> Step lines(std::string_view rest, FirstLine firstLine)
    {
        for (bool isFirst = true;; isFirst = false) {
            const std::size_t lf = rest.find('\n');
            if (lf == std::string_view::npos || lf == 0 || rest[lf - 1] != '\r')
                return refused(400, "malformed head");
            const std::string_view line = rest.substr(0, lf - 1);
            rest.remove_prefix(lf + 1);
            if (line.empty() && !isFirst)
                return {};
            if (Step step = isFirst ? firstLine(line) : field(line); !step)
                return step;
        }
    }

    Step requestLine(std::string_view line)
    {
        method = line.substr(0, span(line, tokenChars));
        line.remove_prefix(method.size());
        if (method.empty() || !line.starts_with(' '))
            return refused(400, "invalid method");
        line.remove_prefix(1);
        target = line.substr(0, span(line, targetChars));
        line.remove_prefix(target.size());
        if (target.empty() || !line.starts_with(' '))
            return refused(400, "invalid request target");
        line.remove_prefix(1);
        return version(line) && line.empty() ? Step() : wrongVersion();
    }

    // Servers exist that leave out the space before an empty reason phrase; clients take that.
    Step statusLine(std::string_view line)
    {
        if (!version(line) || !line.starts_with(' '))
            return wrongVersion();
        line.remove_prefix(1);
        const auto isDigit = [&line](std::size_t at) {
            return at < line.size() && line[at] >= '0' && line[at] <= '9';
        };
        if (!isDigit(0) || !isDigit(1) || !isDigit(2) || (line.size() > 3 && line[3] != ' '))
            return refused(400, "malformed head (bad status)");
        status = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        reason = line.size() > 3 ? line.substr(4) : std::string_view();
        return consistsOf(reason, textChars) ? Step() : refused(400, "malformed head (bad reason)");
    }

    bool version(std::string_view &line)
    {
        if (!line.starts_with("HTTP/1.0") && !line.starts_with("HTTP/1.1"))
            return false;
        minorVersion = line[7] - '0';
        line.remove_prefix(8);
        return true;
    }

    static Step wrongVersion() { return refused(505, "this is not HTTP/1.0 or HTTP/1.1"); }

    Step field(std::string_view line)
    {
        const std::string_view name = line.substr(0, span(line, tokenChars));
        line.remove_prefix(name.size());
        if (name.empty() || !line.starts_with(':'))
            return refused(400, "invalid header name");
        line.remove_prefix(1);
        if (!consistsOf(line, textChars))
            return refused(400, "invalid character in a header value");
        if ((equalsIgnoringCase(name, "connection") || equalsIgnoringCase(name, "proxy-connection"))
            && !isTokenList(line))
            return refused(400, "invalid character in a header value");
        fields.push_back({std::string(name), std::string(trimmed(line))});
        lengths += equalsIgnoringCase(name, "content-length") ? 1 : 0;
        codings += equalsIgnoringCase(name, "transfer-encoding") ? 1 : 0;
        return {};
    }
};

tl::expected<std::uint64_t, HeadError> parseLength(std::string_view text)
{
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    const bool isNumber = !text.empty() && text.front() >= '0' && text.front() <= '9' && error == std::errc()
        && end == text.data() + text.size();
    if (!isNumber || length > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
        return refused(400, "invalid Content-Length");
    return length;
}

// `chunked` alone, once, is the only transfer coding that is relayed (RFC 9112 section 6.1).
tl::expected<void, HeadError> checkTransferEncoding(const FieldList &fields)
{
    if (fieldCount(fields, "transfer-encoding") > 1)
        return refused(400, "more than one Transfer-Encoding");
    const std::string_view value = *fieldValue(fields, "transfer-encoding");
    if (equalsIgnoringCase(value, "chunked"))
        return {};
    const auto members = listMembers(fields, "transfer-encoding");
    const bool isWellFormed = !members.empty() && std::all_of(members.begin(), members.end(), isToken)
        && value.front() != ',' && value.back() != ',';
    const bool isUnknown =
        std::none_of(members.begin(), members.end(),
                     [](std::string_view member) { return equalsIgnoringCase(member, "identity"); })
        && std::count_if(members.begin(), members.end(),
                         [](std::string_view member) { return equalsIgnoringCase(member, "chunked"); })
            <= 1;
    if (isWellFormed && isUnknown)
        return refused(501, "transfer coding '" + std::string(value) + "' is not supported");
    return refused(400, "invalid Transfer-Encoding");
}

} // namespace

bool isToken(std::string_view text) noexcept
{
    return !text.empty() && consistsOf(text, tokenChars);
}

std::size_t headLength(std::string_view buffer) noexcept
{
    for (std::size_t lf = buffer.find('\n'); lf != std::string_view::npos; lf = buffer.find('\n', lf + 1)) {
        if (lf + 1 < buffer.size() && buffer[lf + 1] == '\n')
            return lf + 2;
        if (lf + 2 < buffer.size() && buffer[lf + 1] == '\r' && buffer[lf + 2] == '\n')
            return lf + 3;
    }
    return 0;
}

tl::expected<void, HeadError> checkPartialRequestHead(std::string_view buffer)
{
    const std::size_t space = buffer.find(' ');
    const std::string_view method = buffer.substr(0, space);
    if (!method.empty() && !isToken(method))
        return refused(400, "this is not an HTTP request");
    const std::size_t lineEnd = buffer.find('\n');
    if (lineEnd == std::string_view::npos) {
        if (buffer.size() > maxHeadBytes)
            return refused(414, "the request line is over 64 KiB");
        return {};
    }
    const std::string_view line = buffer.substr(0, lineEnd);
    const std::size_t lastSpace = line.rfind(' ');
    if (lastSpace == std::string_view::npos || lastSpace <= space || line.substr(lastSpace + 1, 5) != "HTTP/")
        return refused(400, "the request line is not 'METHOD TARGET HTTP/1.1'");
    if (lineEnd > maxHeadBytes)
        return refused(414, "the request line is over 64 KiB");
    if (buffer.size() > maxHeadBytes)
        return refused(431, "the head is over 64 KiB");
    return {};
}

tl::expected<RequestHead, HeadError> parseRequestHead(std::string_view raw)
{
    if (auto partial = checkPartialRequestHead(raw); !partial)
        return tl::unexpected(partial.error());
    HeadParser parser;
    if (auto parsed = parser.request(raw); !parsed)
        return tl::unexpected(parsed.error());
    if (parser.fields.size() > maxRequestFields)
        return refused(431, "more than 100 header lines");

    RequestHead head{std::string(parser.method),
                     std::string(parser.target),
                     parser.minorVersion,
                     std::move(parser.fields),
                     {}};
    const bool hasLength = parser.lengths > 0;
    if (parser.codings > 0) {
        if (hasLength)
            return refused(400, "both Content-Length and Transfer-Encoding");
        if (head.minorVersion == 0)
            return refused(400, "Transfer-Encoding in an HTTP/1.0 request");
        if (auto coding = checkTransferEncoding(head.fields); !coding)
            return tl::unexpected(coding.error());
        head.framing = {Framing::Kind::Chunked, 0};
    } else if (hasLength) {
        if (parser.lengths > 1)
            return refused(400, "more than one Content-Length");
        const auto length = parseLength(*fieldValue(head.fields, "content-length"));
        if (!length)
            return tl::unexpected(length.error());
        head.framing = {Framing::Kind::Length, *length};
    }
    return head;
}

tl::expected<ResponseHead, HeadError> parseResponseHead(std::string_view raw, std::string_view requestMethod)
{
    HeadParser parser;
    if (auto parsed = parser.response(raw); !parsed)
        return refused(502, parsed.error().text);
    if (parser.fields.size() > maxResponseFields)
        return refused(502, "more than 500 header lines");
    if (parser.status < 100)
        return refused(502, "invalid status code");

    ResponseHead head{
        parser.status, std::string(parser.reason), parser.minorVersion, std::move(parser.fields), {}};
    const bool isChunked = parser.codings > 0;
    if (isChunked && parser.lengths > 0)
        return refused(502, "both Content-Length and Transfer-Encoding");
    std::uint64_t length = 0;
    if (parser.lengths > 0) {
        const std::string_view first = *fieldValue(head.fields, "content-length");
        for (const Field &field : head.fields) {
            if (equalsIgnoringCase(field.name, "content-length") && field.value != first)
                return refused(502, "two different Content-Length");
        }
        const auto parsed = parseLength(first);
        if (!parsed)
            return refused(502, parsed.error().text);
        length = *parsed;
    }
    if (isChunked) {
        const auto coding = checkTransferEncoding(head.fields);
        if (!coding || head.minorVersion == 0)
            return refused(502, coding ? "Transfer-Encoding in an HTTP/1.0 answer" : coding.error().text);
    }

    const bool isBodiless =
        requestMethod == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304;
    if (isBodiless)
        head.framing = {};
    else if (isChunked)
        head.framing = {Framing::Kind::Chunked, 0};
    else if (parser.lengths > 0)
        head.framing = {Framing::Kind::Length, length};
    else
        head.framing = {Framing::Kind::UntilClose, 0};
    return head;
}

} // namespace hookscope::http
