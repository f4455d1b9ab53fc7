#include "core/http/websocket.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>
#include <zlib.h>

namespace hookscope::http {

namespace {

constexpr unsigned continuation = 0x0;
constexpr unsigned binary = 0x2;
constexpr unsigned closing = 0x8;
constexpr unsigned pong = 0xA;
constexpr std::uint64_t longestControl = 125;
constexpr std::size_t unmaskedPiece = 8 * 1024;
constexpr std::size_t inflatedPiece = 32 * 1024;
// What a compressor leaves out behind every message (RFC 7692 section 7.2.1).
constexpr std::string_view omittedTail("\x00\x00\xff\xff", 4);

} // namespace

WebSocketExtensions WebSocketExtensions::of(const FieldList &answerHead)
{
    WebSocketExtensions agreed;
    for (std::string_view extension : listMembers(answerHead, "sec-websocket-extensions")) {
        const auto name = trimmed(extension.substr(0, extension.find(';')));
        agreed.areKnown =
            agreed.areKnown && !agreed.isDeflated && equalsIgnoringCase(name, "permessage-deflate");
        agreed.isDeflated = true;
        while (extension.find(';') != extension.npos) {
            extension.remove_prefix(extension.find(';') + 1);
            const auto parameter = trimmed(extension.substr(0, extension.find(';')));
            // A smaller window than the largest changes nothing for who inflates with the largest.
            if (equalsIgnoringCase(parameter, "client_no_context_takeover"))
                agreed.clientTakesOver = false;
            else if (equalsIgnoringCase(parameter, "server_no_context_takeover"))
                agreed.serverTakesOver = false;
        }
    }
    return agreed;
}

// Raw deflate without an end.
class WebSocketReader::Inflater {
public:
    Inflater()
        : m_isOpen(inflateInit2(&m_stream, -15) == Z_OK)
    {
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    void forget() { inflateReset(&m_stream); }

    // Gives what these bytes inflate to until `give` says no; false if they are corrupt.
    template <class Give> bool feed(std::string_view bytes, Give give)
    {
        while (m_isOpen) {
            const auto taken = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
            m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
            m_stream.avail_in = static_cast<uInt>(taken);
            m_stream.next_out = reinterpret_cast<Bytef *>(m_output.get());
            m_stream.avail_out = static_cast<uInt>(inflatedPiece);
            const int result = ::inflate(&m_stream, Z_SYNC_FLUSH);
            if (result != Z_OK && result != Z_BUF_ERROR && result != Z_STREAM_END)
                return false;
            const auto consumed = taken - m_stream.avail_in;
            const auto produced = inflatedPiece - m_stream.avail_out;
            bytes.remove_prefix(consumed);
            if (produced > 0 && !give(std::string_view(m_output.get(), produced)))
                return true;
            if (result == Z_STREAM_END)
                goOn();
            else if (consumed + produced == 0)
                return bytes.empty();
            if (bytes.empty() && produced < inflatedPiece)
                return true;
        }
        return false;
    }

private:
    // A compressor may end its stream with a message (RFC 7692 section 7.2.3.4); what it wrote until then
    // can still be referred to.
    void goOn()
    {
        std::vector<Bytef> window(32 * 1024);
        uInt size = 0;
        inflateGetDictionary(&m_stream, window.data(), &size);
        inflateReset(&m_stream);
        inflateSetDictionary(&m_stream, window.data(), size);
    }

    z_stream m_stream{};
    bool m_isOpen;
    std::unique_ptr<char[]> m_output = std::make_unique<char[]>(inflatedPiece);
};

WebSocketReader::WebSocketReader(Sender sender, const WebSocketExtensions &agreed)
    : WebSocketReader(sender, agreed, Limits())
{
}

WebSocketReader::WebSocketReader(Sender sender, const WebSocketExtensions &agreed, Limits limits)
    : m_sender(sender)
    , m_agreed(agreed)
    , m_limits(limits)
{
    if (!agreed.areKnown)
        fail("the websocket's extension is not known");
}

WebSocketReader::~WebSocketReader() = default;
WebSocketReader::WebSocketReader(WebSocketReader &&) noexcept = default;
WebSocketReader &WebSocketReader::operator=(WebSocketReader &&) noexcept = default;

WebSocketReader::State WebSocketReader::feed(std::string_view bytes, Sink &sink)
{
    while (m_state == State::Reading && !bytes.empty())
        bytes.remove_prefix(m_inPayload ? readPayload(bytes, sink) : readHead(bytes, sink));
    if (m_state != State::Reading) { // nothing more is read, so its window is given back
        m_inflater.reset();
        m_unmasked.reset();
    }
    return m_state;
}

std::optional<int> WebSocketReader::closeCode() const
{
    if (m_state != State::Closed || m_close.size() < 2)
        return std::nullopt;
    return static_cast<unsigned char>(m_close[0]) * 256 + static_cast<unsigned char>(m_close[1]);
}

std::string_view WebSocketReader::closeReason() const
{
    return closeCode() ? std::string_view(m_close).substr(2) : std::string_view();
}

// How long the frame's head is, as far as what came of it says.
std::size_t WebSocketReader::headSize() const
{
    if (m_headSize < 2)
        return 2;
    const unsigned length = m_head[1] & 0x7fU;
    return 2U + (length == 127 ? 8U : length == 126 ? 2U : 0U) + ((m_head[1] & 0x80U) != 0 ? 4U : 0U);
}

std::size_t WebSocketReader::readHead(std::string_view bytes, Sink &sink)
{
    std::size_t taken = 0;
    while (taken < bytes.size() && m_headSize < headSize())
        m_head[m_headSize++] = static_cast<unsigned char>(bytes[taken++]);
    if (m_headSize == headSize())
        beginFrame(sink);
    return taken;
}

void WebSocketReader::beginFrame(Sink &sink)
{
    m_frame = {};
    m_frame.isFinal = (m_head[0] & 0x80U) != 0;
    m_frame.opcode = m_head[0] & 0x0fU;
    m_frame.isMasked = (m_head[1] & 0x80U) != 0;
    m_frame.size = m_head[1] & 0x7fU;
    const std::size_t maskAt = m_headSize - (m_frame.isMasked ? 4 : 0);
    if (m_frame.size > 125)
        m_frame.size = 0;
    for (std::size_t at = 2; at < maskAt; ++at)
        m_frame.size = m_frame.size << 8U | m_head[at];
    if (m_frame.isMasked)
        std::copy_n(m_head.begin() + static_cast<std::ptrdiff_t>(maskAt), 4, m_frame.mask.begin());
    m_headSize = 0;
    m_inPayload = true;

    const bool isCompressed = (m_head[0] & 0x40U) != 0;
    if ((m_head[0] & 0x30U) != 0 || (isCompressed && (!m_agreed.isDeflated || m_frame.isControl())))
        return fail("a websocket frame has a bit set that nobody agreed on");
    if (m_frame.isMasked != (m_sender == Sender::Client))
        return fail(m_frame.isMasked ? "a websocket frame of the server's is masked"
                                     : "a websocket frame of the client's is not masked");
    if (m_frame.size > std::numeric_limits<std::uint64_t>::max() / 2)
        return fail("a websocket frame's length is no length");
    if (m_frame.opcode > pong || (m_frame.opcode > binary && !m_frame.isControl()))
        return fail("a websocket frame is of no known kind");
    if (m_frame.isControl() && (!m_frame.isFinal || m_frame.size > longestControl))
        return fail("a websocket control frame is too long or in parts");
    if (!m_frame.isControl())
        beginData(isCompressed, sink);
    if (m_state == State::Reading && m_frame.size == 0)
        endFrame(sink);
}

void WebSocketReader::beginData(bool isCompressed, Sink &sink)
{
    const bool isFirst = m_frame.opcode != continuation;
    if (isFirst == m_inMessage || (isCompressed && !isFirst))
        return fail("a websocket message's parts do not follow each other");
    if (!isFirst)
        return;
    m_inMessage = true;
    m_isCompressed = isCompressed;
    m_isWanted = true;
    if (isCompressed && !m_inflater)
        m_inflater = std::make_unique<Inflater>();
    else if (isCompressed && !takesOver())
        m_inflater->forget();
    sink.messageBegan();
}

bool WebSocketReader::takesOver() const
{
    return m_sender == Sender::Client ? m_agreed.clientTakesOver : m_agreed.serverTakesOver;
}

std::size_t WebSocketReader::readPayload(std::string_view bytes, Sink &sink)
{
    const auto left = m_frame.size - m_frame.read;
    const auto piece = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size())));
    const bool isNeeded = m_isWanted || (m_isCompressed && takesOver());
    if (m_frame.opcode == closing)
        readClose(piece);
    else if (m_frame.isControl() || !isNeeded)
        m_frame.read += piece.size();
    else if (m_frame.isMasked)
        readMasked(piece, sink);
    else {
        m_frame.read += piece.size();
        giveData(piece, sink);
    }
    if (m_state == State::Reading && m_frame.read == m_frame.size)
        endFrame(sink);
    return piece.size();
}

void WebSocketReader::readClose(std::string_view piece)
{
    for (const char c : piece)
        m_close += static_cast<char>(static_cast<unsigned char>(c) ^ m_frame.mask[m_frame.read++ % 4]);
}

void WebSocketReader::readMasked(std::string_view piece, Sink &sink)
{
    if (!m_unmasked)
        m_unmasked = std::make_unique<char[]>(unmaskedPiece);
    while (!piece.empty() && m_state == State::Reading) {
        const auto part = piece.substr(0, unmaskedPiece);
        // The mask as it lies over the part's first eight bytes.
        std::array<char, 8> mask{};
        for (std::size_t i = 0; i < mask.size(); ++i)
            mask[i] = static_cast<char>(m_frame.mask[(m_frame.read + i) % 4]);
        std::uint64_t wideMask = 0;
        std::memcpy(&wideMask, mask.data(), sizeof wideMask);
        std::size_t at = 0;
        for (; at + sizeof wideMask <= part.size(); at += sizeof wideMask) {
            std::uint64_t word = 0;
            std::memcpy(&word, part.data() + at, sizeof word);
            word ^= wideMask;
            std::memcpy(m_unmasked.get() + at, &word, sizeof word);
        }
        for (; at < part.size(); ++at)
            m_unmasked[at] = static_cast<char>(part[at] ^ mask[at % 4]);
        m_frame.read += part.size();
        piece.remove_prefix(part.size());
        giveData({m_unmasked.get(), part.size()}, sink);
    }
}

void WebSocketReader::giveData(std::string_view plain, Sink &sink)
{
    if (m_isCompressed) {
        m_compressed += plain.size();
        inflate(plain, sink);
    } else if (m_isWanted) {
        m_isWanted = sink.messagePart(plain);
    }
}

void WebSocketReader::inflate(std::string_view compressed, Sink &sink)
{
    bool isTooLarge = false;
    const bool isSound = m_inflater->feed(compressed, [&](std::string_view part) {
        m_inflated += part.size();
        isTooLarge = m_inflated > std::max(m_limits.freeOutput, m_limits.ratio * m_compressed);
        if (isTooLarge)
            return false;
        if (m_isWanted)
            m_isWanted = sink.messagePart(part);
        return m_isWanted || takesOver();
    });
    if (!isSound)
        fail("a websocket message does not inflate");
    else if (isTooLarge)
        fail("the websocket's messages inflate to more than is read");
}

void WebSocketReader::endFrame(Sink &sink)
{
    m_inPayload = false;
    if (m_frame.opcode == closing)
        m_state = State::Closed;
    if (m_frame.isControl() || !m_frame.isFinal)
        return;
    if (m_isCompressed && (m_isWanted || takesOver()))
        inflate(omittedTail, sink);
    if (m_state != State::Reading)
        return;
    m_inMessage = false;
    sink.messageEnded();
}

void WebSocketReader::fail(std::string_view why)
{
    m_state = State::Unreadable;
    m_failure = why;
}

} // namespace hookscope::http
