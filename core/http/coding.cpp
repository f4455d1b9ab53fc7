#include "core/http/coding.h"

#include <algorithm>
#include <array>
#include <brotli/decode.h>
#include <limits>
#include <zlib.h>
#include <zstd.h>

namespace hookscope::http {

namespace {

using Step = ContentDecoder::Coding::Step;

// gzip with any number of members, and both things that are sent as "deflate".
class ZlibCoding final : public ContentDecoder::Coding {
public:
    enum class Wrapper { Gzip, Deflate };

    explicit ZlibCoding(Wrapper wrapper)
        : m_wrapper(wrapper)
    {
    }

    ~ZlibCoding() override
    {
        if (m_isOpen)
            inflateEnd(&m_stream);
    }

    ZlibCoding(const ZlibCoding &) = delete;
    ZlibCoding &operator=(const ZlibCoding &) = delete;

    Step decode(std::string_view bytes, char *output, std::size_t capacity) override
    {
        if (m_isTrailing)
            return {bytes.size(), 0, false};
        if (m_isOpen)
            return inflateSome(bytes, output, capacity);
        Step step = open(bytes);
        if (!m_isOpen)
            return step;
        const auto more = inflateSome(bytes.substr(step.consumed), output, capacity);
        return {step.consumed + more.consumed, more.produced, more.isCorrupt};
    }

    bool isAtEnd() const override { return m_isWhole; }

private:
    // Two bytes tell a zlib wrapper (RFC 1950 section 2.2) from raw deflate, and a further gzip member
    // from what some servers leave behind the last one.
    Step open(std::string_view bytes)
    {
        Step step;
        while (m_headSize < m_head.size() && step.consumed < bytes.size())
            m_head[m_headSize++] = static_cast<unsigned char>(bytes[step.consumed++]);
        if (m_headSize < m_head.size())
            return step;
        if (m_wrapper == Wrapper::Gzip && m_isWhole && (m_head[0] != 0x1f || m_head[1] != 0x8b)) {
            m_isTrailing = true;
            step.consumed = bytes.size();
            return step;
        }
        const bool isWrapped = (m_head[0] & 0x0fU) == 8 && (m_head[0] * 256U + m_head[1]) % 31 == 0;
        const int windowBits = m_wrapper == Wrapper::Gzip ? 15 + 16 : isWrapped ? 15 : -15;
        m_stream = {};
        m_isOpen = inflateInit2(&m_stream, windowBits) == Z_OK;
        m_isWhole = false;
        m_headGiven = false;
        step.isCorrupt = !m_isOpen;
        return step;
    }

    Step inflateSome(std::string_view bytes, char *output, std::size_t capacity)
    {
        m_stream.next_out = reinterpret_cast<Bytef *>(output);
        m_stream.avail_out = static_cast<uInt>(capacity);
        if (!m_headGiven) {
            m_headGiven = true;
            m_stream.next_in = m_head.data();
            m_stream.avail_in = static_cast<uInt>(m_head.size());
            const int result = inflate(&m_stream, Z_NO_FLUSH);
            if (result != Z_OK && result != Z_BUF_ERROR && result != Z_STREAM_END)
                return {0, 0, true};
            if (result == Z_STREAM_END)
                return ended(0, capacity);
        }
        const auto taken = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(taken);
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        const auto consumed = taken - m_stream.avail_in;
        if (result == Z_STREAM_END)
            return ended(consumed, capacity);
        return {consumed, capacity - m_stream.avail_out, result != Z_OK && result != Z_BUF_ERROR};
    }

    Step ended(std::size_t consumed, std::size_t capacity)
    {
        const auto produced = capacity - m_stream.avail_out;
        inflateEnd(&m_stream);
        m_isOpen = false;
        m_isWhole = true;
        m_headSize = 0;
        m_isTrailing = m_wrapper == Wrapper::Deflate;
        return {consumed, produced, false};
    }

    Wrapper m_wrapper;
    z_stream m_stream{};
    std::array<unsigned char, 2> m_head{};
    std::size_t m_headSize = 0;
    bool m_isOpen = false;
    bool m_headGiven = false;
    bool m_isWhole = false;
    bool m_isTrailing = false; // what comes now is behind the end and means nothing
};

class BrotliCoding final : public ContentDecoder::Coding {
public:
    BrotliCoding()
        : m_decoder(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance)
    {
    }

    Step decode(std::string_view bytes, char *output, std::size_t capacity) override
    {
        if (!m_decoder)
            return {0, 0, true};
        if (isAtEnd())
            return {bytes.size(), 0, false};
        auto availableIn = bytes.size();
        auto availableOut = capacity;
        const auto *nextIn = reinterpret_cast<const std::uint8_t *>(bytes.data());
        auto *nextOut = reinterpret_cast<std::uint8_t *>(output);
        const auto result = BrotliDecoderDecompressStream(m_decoder.get(), &availableIn, &nextIn,
                                                          &availableOut, &nextOut, nullptr);
        return {bytes.size() - availableIn, capacity - availableOut, result == BROTLI_DECODER_RESULT_ERROR};
    }

    bool isAtEnd() const override { return m_decoder && BrotliDecoderIsFinished(m_decoder.get()); }

private:
    std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> m_decoder;
};

class ZstdCoding final : public ContentDecoder::Coding {
public:
    ZstdCoding()
        : m_decoder(ZSTD_createDStream(), &ZSTD_freeDStream)
    {
        // RFC 9659 section 3: a window of at most 8 MiB. The library's own bound is 128 MiB.
        if (m_decoder)
            ZSTD_DCtx_setParameter(m_decoder.get(), ZSTD_d_windowLogMax, 23);
    }

    Step decode(std::string_view bytes, char *output, std::size_t capacity) override
    {
        if (!m_decoder)
            return {0, 0, true};
        // At a frame's end the library would ask for more and say so.
        if (bytes.empty() && m_isAtEnd)
            return {};
        // The head of a frame goes in byte by byte. If the library has part of a head already and then
        // gets many bytes, it looks for a whole frame in these alone, and takes one that is none.
        if (m_headSize < longestHead && !bytes.empty()) {
            bytes = bytes.substr(0, 1);
            if (m_headSize < magicSize && !fitsMagic(bytes.front()))
                return {0, 0, true};
            ++m_headSize;
        }
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        ZSTD_outBuffer out{output, capacity, 0};
        const auto result = ZSTD_decompressStream(m_decoder.get(), &out, &in);
        m_isAtEnd = result == 0;
        if (m_isAtEnd)
            m_headSize = 0;
        return {in.pos, out.pos, ZSTD_isError(result) != 0};
    }

    bool isAtEnd() const override { return m_isAtEnd; }

private:
    static constexpr std::size_t magicSize = 4;
    static constexpr std::size_t longestHead = 18; // RFC 8878 section 3.1.1

    // The library also reads the formats from before RFC 8878, which no HTTP peer sends.
    bool fitsMagic(char byte) const
    {
        constexpr std::string_view frame = "\x28\xB5\x2F\xFD";
        constexpr std::string_view skippable = "\x50\x2A\x4D\x18"; // to 5F 2A 4D 18
        const char masked = m_headSize == 0 ? static_cast<char>(byte & '\xF0') : byte;
        return byte == frame[m_headSize] || masked == skippable[m_headSize];
    }

    std::size_t m_headSize = 0; // how much of a frame's head was given, as far as it can reach
    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> m_decoder;
    bool m_isAtEnd = false;
};

} // namespace

std::unique_ptr<ContentDecoder::Coding> makeCoding(std::string_view name)
{
    if (equalsIgnoringCase(name, "gzip") || equalsIgnoringCase(name, "x-gzip"))
        return std::make_unique<ZlibCoding>(ZlibCoding::Wrapper::Gzip);
    if (equalsIgnoringCase(name, "deflate"))
        return std::make_unique<ZlibCoding>(ZlibCoding::Wrapper::Deflate);
    if (equalsIgnoringCase(name, "br"))
        return std::make_unique<BrotliCoding>();
    if (equalsIgnoringCase(name, "zstd"))
        return std::make_unique<ZstdCoding>();
    return nullptr;
}

} // namespace hookscope::http
