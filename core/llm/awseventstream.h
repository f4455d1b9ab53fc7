#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Reads AWS's binary event streams (application/vnd.amazon.eventstream) in pieces of any size: messages
// of a prelude, header fields and a payload, each with its CRC-32 (the format is written down in AWS's
// "Amazon Transcribe streaming" guide and in botocore/eventstream.py). Memory is bounded: a message above
// maximumMessage is passed over.
class AwsEventStream {
public:
    static constexpr std::uint32_t maximumMessage = 1U << 20;

    struct Message {
        std::string_view type; // its :event-type, or :exception-type, or :error-code
        bool isException = false;
        std::string_view payload;
    };

    class Sink {
    public:
        virtual void awsMessage(const Message &message) = 0;

    protected:
        ~Sink() = default;
    };

    // After a message that is not what the format says nothing more is read.
    void feed(std::string_view bytes, Sink &sink);

    bool isCorrupt() const { return m_isCorrupt; }
    bool hasSkipped() const { return m_hasSkipped; }

    // Between two messages.
    bool isAtEnd() const { return m_held.empty() && m_toSkip == 0; }

private:
    std::size_t take(std::string_view bytes, Sink &sink);

    std::string m_held; // of a message that is not whole yet
    std::uint32_t m_toSkip = 0;
    bool m_hasSkipped = false;
    bool m_isCorrupt = false;
};

} // namespace hookscope::llm
