#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

// One end of a websocket that sends: what a test feeds to its reader.
namespace hookscope::test {

struct FrameOptions {
    unsigned opcode = 1;
    bool isFinal = true;
    unsigned reserved = 0; // 4: RSV1
    bool isMasked = false;
};

inline std::string frame(std::string_view payload, FrameOptions options = {})
{
    const auto byte = [](std::uint64_t value) {
        return static_cast<char>(value & 0xffU);
    };
    std::string out;
    out += byte((options.isFinal ? 0x80U : 0U) | options.reserved << 4U | options.opcode);
    const unsigned maskBit = options.isMasked ? 0x80U : 0U;
    const std::uint64_t size = payload.size();
    const int lengthBytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
    out += byte(maskBit | (lengthBytes == 0 ? size : lengthBytes == 2 ? 126U : 127U));
    for (int i = lengthBytes - 1; i >= 0; --i)
        out += byte(size >> (8U * static_cast<unsigned>(i)));
    if (!options.isMasked)
        return out.append(payload);
    constexpr std::string_view mask = "\x37\xfa\x21\x3d";
    out += mask;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out += static_cast<char>(payload[i] ^ mask[i % 4]);
    return out;
}

// Compresses messages as permessage-deflate does, each with what the ones before left if it takes over.
class MessageDeflater {
public:
    explicit MessageDeflater(bool takesOver)
        : m_takesOver(takesOver)
    {
        deflateInit2(&m_stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    }
    ~MessageDeflater() { deflateEnd(&m_stream); }
    MessageDeflater(const MessageDeflater &) = delete;
    MessageDeflater &operator=(const MessageDeflater &) = delete;

    std::string deflated(std::string_view message)
    {
        if (!m_takesOver)
            deflateReset(&m_stream);
        std::string out(deflateBound(&m_stream, message.size()) + 64, '\0');
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(message.data()));
        m_stream.avail_in = static_cast<uInt>(message.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        ::deflate(&m_stream, Z_SYNC_FLUSH);
        out.resize(out.size() - m_stream.avail_out - 4); // without 00 00 FF FF
        return out;
    }

private:
    z_stream m_stream{};
    bool m_takesOver;
};

// A message in fragments of at most that size, with a ping behind each but the last.
inline std::string fragmented(std::string_view payload, std::size_t size, FrameOptions options)
{
    std::string out;
    for (bool isFirst = true; isFirst || !payload.empty(); isFirst = false) {
        const auto part = payload.substr(0, size);
        payload.remove_prefix(part.size());
        FrameOptions own = options;
        own.isFinal = payload.empty();
        if (!isFirst) {
            own.opcode = 0;
            own.reserved = 0;
        }
        out += frame(part, own);
        if (!own.isFinal)
            out += frame("ping", {9, true, 0, options.isMasked});
    }
    return out;
}

} // namespace hookscope::test
