#include "core/http/body.h"

#include <algorithm>

namespace hookscope::http {

namespace {

constexpr int maxSizeDigits = 16;
constexpr std::uint64_t maxChunkBytes = 0x7fff'ffff'ffff'ffff;
constexpr std::size_t maxExtensionBytes = 16 * 1024;
constexpr std::size_t maxTrailerBytes = 64 * 1024;

int hexValue(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isControl(char c) noexcept
{
    const auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && c != '\t') || u == 0x7f;
}

} // namespace

BodyReader::BodyReader(Framing framing)
    : m_framing(framing), m_remaining(framing.kind == Framing::Kind::Length ? framing.length : 0)
{
}

bool BodyReader::isDone() const
{
    switch (m_framing.kind) {
    case Framing::Kind::None:
        return true;
    case Framing::Kind::Length:
        return m_remaining == 0;
    case Framing::Kind::Chunked:
        return m_chunk == Chunk::Done;
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
    std::size_t taken = 0;
    while (taken < bytes.size() && m_chunk != Chunk::Done) {
        if (m_chunk != Chunk::Data) {
            if (const char *error = takeChunkByte(bytes[taken]))
                return tl::unexpected(std::string(error));
            ++taken;
            continue;
        }
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, bytes.size() - taken));
        m_content.push_back(bytes.substr(taken, count));
        taken += count;
        m_remaining -= count;
        if (m_remaining == 0)
            m_chunk = Chunk::DataCr;
    }
    return taken;
}

// One byte that is not content; what is wrong with it, or null.
const char *BodyReader::takeChunkByte(char c)
{
    switch (m_chunk) {
    case Chunk::Size:
        if (const int digit = hexValue(c); digit >= 0) {
            if (++m_sizeDigits > maxSizeDigits || m_remaining > maxChunkBytes >> 4)
                return "invalid chunk: the size is too large";
            m_remaining = m_remaining << 4 | static_cast<unsigned>(digit);
            return nullptr;
        }
        if (m_sizeDigits == 0 || (c != '\r' && c != ';' && c != ' ' && c != '\t'))
            return "invalid chunk: the size is not a hexadecimal number";
        m_lineBytes = 0;
        m_chunk = c == '\r' ? Chunk::SizeEnd : Chunk::Extension;
        return nullptr;
    case Chunk::Extension:
        if (c == '\r') {
            m_chunk = Chunk::SizeEnd;
            return nullptr;
        }
        if (isControl(c))
            return "invalid chunk: control character in the extension";
        return ++m_lineBytes > maxExtensionBytes ? "invalid chunk: the extension is over 16 KiB" : nullptr;
    case Chunk::SizeEnd:
        if (c != '\n')
            return "invalid chunk: bare CR";
        m_lineBytes = 0;
        m_sizeDigits = 0;
        m_chunk = m_remaining > 0 ? Chunk::Data : Chunk::Trailer;
        return nullptr;
    case Chunk::DataCr:
    case Chunk::DataLf:
        if (c != (m_chunk == Chunk::DataCr ? '\r' : '\n'))
            return "invalid chunk: the data does not end where its size says";
        m_chunk = m_chunk == Chunk::DataCr ? Chunk::DataLf : Chunk::Size;
        return nullptr;
    case Chunk::Trailer:
    case Chunk::TrailerLine:
        if (c == '\r') {
            m_chunk = m_chunk == Chunk::Trailer ? Chunk::LastLf : Chunk::TrailerEnd;
            return nullptr;
        }
        if (isControl(c))
            return "invalid chunk: control character in the trailers";
        m_chunk = Chunk::TrailerLine;
        return ++m_lineBytes > maxTrailerBytes ? "invalid chunk: the trailers are over 64 KiB" : nullptr;
    case Chunk::TrailerEnd:
    case Chunk::LastLf:
        if (c != '\n')
            return "invalid chunk: bare CR";
        m_chunk = m_chunk == Chunk::TrailerEnd ? Chunk::Trailer : Chunk::Done;
        return nullptr;
    case Chunk::Data:
    case Chunk::Done:
        break;
    }
    return nullptr;
}

} // namespace hookscope::http
