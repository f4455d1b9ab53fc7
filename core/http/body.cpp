#include "core/http/body.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>

namespace hookscope::http {

namespace beast = boost::beast;

namespace {

// The longest chunk line or trailer section that is waited for.
constexpr std::size_t maxChunkLineBytes = 16 * 1024;

} // namespace

// Beast's chunk reader, brought past a head of our own making.
class BodyReader::ChunkParser final : public beast::http::basic_parser<true>
{
public:
    explicit ChunkParser(std::vector<std::string_view> &content) : m_content(content)
    {
        eager(true);
        body_limit(boost::none);
        constexpr std::string_view head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        beast::error_code ec;
        put(boost::asio::buffer(head.data(), head.size()), ec);
    }

    std::vector<std::string_view> &m_content;

private:
    using View = beast::string_view;
    using ErrorCode = beast::error_code;

    void on_request_impl(beast::http::verb, View, View, int, ErrorCode &) override {}
    void on_response_impl(int, View, int, ErrorCode &) override {}
    void on_field_impl(beast::http::field, View, View, ErrorCode &) override {}
    void on_header_impl(ErrorCode &) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t> &, ErrorCode &) override {}
    std::size_t on_body_impl(View body, ErrorCode &) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode &) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode &) override
    {
        m_content.emplace_back(body.data(), body.size());
        return body.size();
    }
    void on_finish_impl(ErrorCode &) override {}
};

BodyReader::BodyReader(Framing framing) : m_framing(framing), m_remaining(framing.length)
{
}

BodyReader::~BodyReader() = default;

bool BodyReader::isDone() const
{
    switch (m_framing.kind) {
    case Framing::Kind::None:
        return true;
    case Framing::Kind::Length:
        return m_remaining == 0;
    case Framing::Kind::Chunked:
        return m_chunks && m_chunks->is_done();
    case Framing::Kind::UntilClose:
        return false;
    }
    return true;
}

tl::expected<std::size_t, std::string> BodyReader::take(std::string_view bytes)
{
    m_content.clear();
    switch (m_framing.kind) {
    case Framing::Kind::None:
        return 0;
    case Framing::Kind::Length: {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, bytes.size()));
        m_remaining -= count;
        if (count > 0)
            m_content.push_back(bytes.substr(0, count));
        return count;
    }
    case Framing::Kind::UntilClose:
        if (!bytes.empty())
            m_content.push_back(bytes);
        return bytes.size();
    case Framing::Kind::Chunked:
        return takeChunked(bytes);
    }
    return 0;
}

tl::expected<std::size_t, std::string> BodyReader::takeChunked(std::string_view bytes)
{
    if (!m_chunks)
        m_chunks = std::make_unique<ChunkParser>(m_content);
    std::size_t taken = 0;
    while (taken < bytes.size() && !m_chunks->is_done()) {
        beast::error_code ec;
        const std::size_t used = m_chunks->put(boost::asio::buffer(bytes.data() + taken, bytes.size() - taken), ec);
        taken += used;
        if (ec == beast::http::error::need_more) {
            if (bytes.size() - taken > maxChunkLineBytes)
                return tl::unexpected(std::string("chunk line or trailers over 16 KiB"));
            break;
        }
        if (ec)
            return tl::unexpected("invalid chunk (" + ec.message() + ")");
        if (used == 0)
            break;
    }
    return taken;
}

} // namespace hookscope::http
