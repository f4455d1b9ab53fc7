#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

// AWS's binary events for the fuzzers, which cannot guess a checksum.
namespace hookscope::fuzz {

// `bytes` as messages whose checksums are right as far as their lengths go.
inline std::string withChecksums(std::string_view bytes)
{
    std::string stream(bytes);
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>(stream[at + i]);
        return value;
    };
    const auto check = [&](std::size_t begin, std::size_t at) {
        const auto sum = crc32(0, reinterpret_cast<const Bytef *>(stream.data() + begin), static_cast<uInt>(at - begin));
        for (std::size_t i = 0; i < 4; ++i)
            stream[at + i] = static_cast<char>(sum >> (24 - 8 * i) & 0xffU);
    };
    for (std::size_t at = 0; stream.size() - at >= 16;) {
        const std::size_t size = number(at);
        check(at, at + 8);
        if (size < 16 || size > stream.size() - at)
            break;
        check(at, at + size - 4);
        at += size;
    }
    return stream;
}

} // namespace hookscope::fuzz
