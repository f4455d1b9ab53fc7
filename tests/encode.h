#pragma once

#include <brotli/encode.h>
#include <string>
#include <string_view>
#include <zlib.h>
#include <zstd.h>

// Compressors for tests of what is decoded.
namespace hookscope::test {

inline std::string deflated(std::string_view text, int windowBits)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string brotli(std::string_view text)
{
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size()) + 64;
    std::string out(size, '\0');
    BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, text.size(),
                          reinterpret_cast<const std::uint8_t *>(text.data()), &size,
                          reinterpret_cast<std::uint8_t *>(out.data()));
    out.resize(size);
    return out;
}

inline std::string zstd(std::string_view text)
{
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

// As the Content-Encoding of that name has it; "deflate" with its zlib wrapper, "raw" without one.
inline std::string encoded(std::string_view text, std::string_view coding)
{
    if (coding == "gzip")
        return deflated(text, 15 + 16);
    if (coding == "deflate")
        return deflated(text, 15);
    if (coding == "raw")
        return deflated(text, -15);
    if (coding == "br")
        return brotli(text);
    if (coding == "zstd")
        return zstd(text);
    return std::string(text);
}

} // namespace hookscope::test
