#include "core/http/head.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <limits>

namespace hookscope::http {

namespace beast = boost::beast;

namespace {

tl::unexpected<HeadError> refused(int status, std::string text)
{
    return tl::unexpected(HeadError{status, std::move(text)});
}

constexpr std::size_t usualFields = 16;

// Collects a head; the body is never fed to it.
template <bool isRequest>
class HeadParser final : public beast::http::basic_parser<isRequest>
{
public:
    HeadParser() { fields.reserve(usualFields); }

    std::string method;
    std::string target;
    std::string reason;
    int status = 0;
    int version = 11;
    FieldList fields;

private:
    using View = beast::string_view;
    using ErrorCode = beast::error_code;

    void on_request_impl(beast::http::verb, View methodText, View targetText, int v, ErrorCode &) override
    {
        method.assign(methodText.data(), methodText.size());
        target.assign(targetText.data(), targetText.size());
        version = v;
    }
    void on_response_impl(int code, View reasonText, int v, ErrorCode &) override
    {
        status = code;
        reason.assign(reasonText.data(), reasonText.size());
        version = v;
    }
    void on_field_impl(beast::http::field, View name, View value, ErrorCode &) override
    {
        fields.push_back({std::string(name.data(), name.size()), std::string(value.data(), value.size())});
    }
    void on_header_impl(ErrorCode &) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t> &, ErrorCode &) override {}
    std::size_t on_body_impl(View body, ErrorCode &) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode &) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode &) override { return body.size(); }
    void on_finish_impl(ErrorCode &) override {}
};

bool isTokenChar(unsigned char c) noexcept
{
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
        return true;
    return c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

// What Beast accepts, or would wait for, and must not pass (RFC 9112 sections 2.2 and 5.2).
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

HeadError describe(const beast::error_code &ec)
{
    using beast::http::error;
    if (ec == error::bad_version)
        return {505, "this is not HTTP/1.0 or HTTP/1.1"};
    if (ec == error::header_limit)
        return {431, "the head is over 64 KiB"};
    if (ec == error::bad_method)
        return {400, "invalid method"};
    if (ec == error::bad_target)
        return {400, "invalid request target"};
    if (ec == error::bad_field)
        return {400, "invalid header name"};
    if (ec == error::bad_value)
        return {400, "invalid character in a header value"};
    if (ec == error::bad_content_length || ec == error::multiple_content_length)
        return {400, "invalid Content-Length"};
    if (ec == error::bad_transfer_encoding)
        return {400, "invalid Transfer-Encoding"};
    return {400, "malformed head (" + ec.message() + ")"};
}

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
    const bool isUnknown = std::none_of(members.begin(), members.end(), [](std::string_view member) {
        return equalsIgnoringCase(member, "identity");
    }) && std::count_if(members.begin(), members.end(), [](std::string_view member) {
        return equalsIgnoringCase(member, "chunked");
    }) <= 1;
    if (isWellFormed && isUnknown)
        return refused(501, "transfer coding '" + std::string(value) + "' is not supported");
    return refused(400, "invalid Transfer-Encoding");
}

// Runs Beast over the head alone; the body framing is decided by the caller.
template <bool isRequest>
tl::expected<void, HeadError> runParser(HeadParser<isRequest> &parser, std::string_view raw)
{
    if (auto lines = checkLines(raw); !lines)
        return lines;
    parser.header_limit(static_cast<std::uint32_t>(maxHeadBytes + 4));
    parser.body_limit(boost::none);
    beast::error_code ec;
    parser.put(boost::asio::buffer(raw.data(), raw.size()), ec);
    if (ec && ec != beast::http::error::need_more)
        return tl::unexpected(describe(ec));
    if (!parser.is_header_done())
        return refused(400, "malformed head");
    return {};
}

} // namespace

bool isToken(std::string_view text) noexcept
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isTokenChar(static_cast<unsigned char>(c));
    });
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
    HeadParser<true> parser;
    if (auto parsed = runParser(parser, raw); !parsed)
        return tl::unexpected(parsed.error());
    if (parser.fields.size() > maxRequestFields)
        return refused(431, "more than 100 header lines");

    RequestHead head{std::move(parser.method), std::move(parser.target), parser.version % 10,
                     std::move(parser.fields), {}};
    const bool hasLength = fieldCount(head.fields, "content-length") > 0;
    if (fieldCount(head.fields, "transfer-encoding") > 0) {
        if (hasLength)
            return refused(400, "both Content-Length and Transfer-Encoding");
        if (head.minorVersion == 0)
            return refused(400, "Transfer-Encoding in an HTTP/1.0 request");
        if (auto coding = checkTransferEncoding(head.fields); !coding)
            return tl::unexpected(coding.error());
        head.framing = {Framing::Kind::Chunked, 0};
    } else if (hasLength) {
        if (fieldCount(head.fields, "content-length") > 1)
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
    // Servers exist that leave out the space before an empty reason phrase; clients take that, Beast does not.
    constexpr std::size_t statusLineBytes = std::string_view("HTTP/1.1 200").size();
    if (raw.find("\r\n") == statusLineBytes) {
        std::string spaced(raw);
        spaced.insert(statusLineBytes, 1, ' ');
        return parseResponseHead(spaced, requestMethod);
    }
    HeadParser<false> parser;
    parser.skip(true);
    if (auto parsed = runParser(parser, raw); !parsed)
        return refused(502, parsed.error().text);
    if (parser.fields.size() > maxResponseFields)
        return refused(502, "more than 500 header lines");
    if (parser.status < 100 || parser.status > 999)
        return refused(502, "invalid status code");

    ResponseHead head{parser.status, std::move(parser.reason), parser.version % 10, std::move(parser.fields), {}};
    const std::size_t lengths = fieldCount(head.fields, "content-length");
    const bool isChunked = fieldCount(head.fields, "transfer-encoding") > 0;
    if (isChunked && lengths > 0)
        return refused(502, "both Content-Length and Transfer-Encoding");
    std::uint64_t length = 0;
    if (lengths > 0) {
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

    const bool isBodiless = requestMethod == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304;
    if (isBodiless)
        head.framing = {};
    else if (isChunked)
        head.framing = {Framing::Kind::Chunked, 0};
    else if (lengths > 0)
        head.framing = {Framing::Kind::Length, length};
    else
        head.framing = {Framing::Kind::UntilClose, 0};
    return head;
}

} // namespace hookscope::http
