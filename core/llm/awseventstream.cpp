#include "core/llm/awseventstream.h"

#include <algorithm>
#include <optional>
#include <zlib.h>

namespace hookscope::llm {

namespace {

constexpr std::size_t preludeSize = 12; // two lengths and their checksum
constexpr std::size_t checksumSize = 4;

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

bool hasChecksum(std::string_view bytes, std::size_t at)
{
    const auto sum = crc32(0, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<uInt>(at));
    return sum == bigEndian(bytes, at, checksumSize);
}

// How many bytes a header's value of that type takes, its own length included.
std::optional<std::size_t> valueSize(int type, std::string_view rest)
{
    switch (type) {
    case 0: // true
    case 1: // false
        return 0;
    case 2: // 8 bits
        return 1;
    case 3:
        return 2;
    case 4:
        return 4;
    case 5: // 64 bits
    case 8: // a time
        return 8;
    case 6: // bytes
    case 7: // text
        return rest.size() < 2 ? std::nullopt : std::optional(2 + std::size_t(bigEndian(rest, 0, 2)));
    case 9: // UUID
        return 16;
    default:
        return std::nullopt;
    }
}

// False if the fields are not what their lengths say.
bool readFields(std::string_view fields, AwsEventStream::Message &message)
{
    while (!fields.empty()) {
        const std::size_t nameSize = static_cast<unsigned char>(fields.front());
        if (fields.size() < nameSize + 2)
            return false;
        const auto name = fields.substr(1, nameSize);
        const int type = static_cast<unsigned char>(fields[1 + nameSize]);
        fields.remove_prefix(nameSize + 2);
        const auto size = valueSize(type, fields);
        if (!size || fields.size() < *size)
            return false;
        const auto text = type == 7 ? fields.substr(2, *size - 2) : std::string_view();
        if (name == ":event-type" || name == ":exception-type" || name == ":error-code")
            message.type = text;
        if (name == ":message-type")
            message.isException = text == "exception" || text == "error";
        fields.remove_prefix(*size);
    }
    return true;
}

} // namespace

void AwsEventStream::feed(std::string_view bytes, Sink &sink)
{
    while (!bytes.empty() && !m_isCorrupt) {
        if (m_toSkip > 0) {
            const auto size = std::min<std::size_t>(m_toSkip, bytes.size());
            m_toSkip -= static_cast<std::uint32_t>(size);
            bytes.remove_prefix(size);
        } else if (m_held.empty()) {
            const auto taken = take(bytes, sink);
            if (taken == 0 && !m_isCorrupt) {
                m_held = bytes;
                return;
            }
            bytes.remove_prefix(taken);
        } else {
            // Only as much as the message lacks, so that what follows is read where it lies.
            const std::size_t whole =
                m_held.size() < preludeSize ? preludeSize : bigEndian(m_held, 0, 4);
            const auto size = std::min(whole - std::min(whole, m_held.size()), bytes.size());
            m_held.append(bytes.substr(0, size));
            bytes.remove_prefix(size);
            const auto taken = take(m_held, sink);
            m_held.erase(0, taken);
        }
    }
}

// How many bytes were done with: a whole message, the beginning of one that is passed over, or none.
std::size_t AwsEventStream::take(std::string_view bytes, Sink &sink)
{
    if (bytes.size() < preludeSize)
        return 0;
    const auto size = bigEndian(bytes, 0, 4);
    const auto fieldsSize = bigEndian(bytes, 4, 4);
    if (!hasChecksum(bytes, 8) || size < preludeSize + checksumSize
        || fieldsSize > size - preludeSize - checksumSize) {
        m_isCorrupt = true;
        return 0;
    }
    if (size > maximumMessage) {
        m_hasSkipped = true;
        m_toSkip = size - static_cast<std::uint32_t>(preludeSize);
        return preludeSize;
    }
    if (bytes.size() < size)
        return 0;
    bytes = bytes.substr(0, size);
    Message message;
    message.payload =
        bytes.substr(preludeSize + fieldsSize, size - preludeSize - checksumSize - fieldsSize);
    if (!hasChecksum(bytes, size - checksumSize)
        || !readFields(bytes.substr(preludeSize, fieldsSize), message)) {
        m_isCorrupt = true;
        return 0;
    }
    sink.awsMessage(message);
    return size;
}

} // namespace hookscope::llm
