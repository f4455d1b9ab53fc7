#pragma once

#include "core/http/fields.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope::http {

// What a 101 agreed on beside RFC 6455 itself.
struct WebSocketExtensions {
    bool isDeflated = false; // permessage-deflate (RFC 7692)
    bool clientTakesOver = true; // a message's compression goes on where the one before ended
    bool serverTakesOver = true;
    bool areKnown = true; // false: one that changes what frames mean, we know not how

    // Those of the answer's Sec-WebSocket-Extensions.
    static WebSocketExtensions of(const FieldList &answerHead);
};

// Reads one direction of a websocket (RFC 6455) from a copy of its bytes, in pieces of any size, and takes
// permessage-deflate off. It answers nothing and ends no connection: what is wrong ends the reading.
// Messages are given in parts, so memory is bounded whatever their size; what nobody wants is passed over,
// without a copy unless later messages are compressed by it.
class WebSocketReader {
public:
    enum class Sender { Client, Server };

    enum class State {
        Reading,
        Closed, // a close frame came
        Unreadable, // see failure()
    };

    // All messages together may inflate to `freeOutput` bytes, or to `ratio` times what came.
    struct Limits {
        std::uint64_t freeOutput = 16U << 20;
        std::uint64_t ratio = 256;
    };

    class Sink {
    public:
        // A text or a binary message begins.
        virtual void messageBegan() = 0;
        // Whether more of this message is wanted.
        virtual bool messagePart(std::string_view part) = 0;
        // It is whole, given or passed over.
        virtual void messageEnded() = 0;

    protected:
        ~Sink() = default;
    };

    WebSocketReader(Sender sender, const WebSocketExtensions &agreed);
    WebSocketReader(Sender sender, const WebSocketExtensions &agreed, Limits limits);
    ~WebSocketReader();
    WebSocketReader(WebSocketReader &&) noexcept;
    WebSocketReader &operator=(WebSocketReader &&) noexcept;

    // After any state but Reading nothing more is given; what was given stays true.
    State feed(std::string_view bytes, Sink &sink);

    State state() const { return m_state; }

    // Why it is Unreadable, for people.
    std::string_view failure() const { return m_failure; }

    // Of the close frame, where it says one.
    std::optional<int> closeCode() const;
    std::string_view closeReason() const;

private:
    class Inflater;

    struct Frame {
        unsigned opcode = 0;
        bool isFinal = false;
        bool isMasked = false;
        std::array<unsigned char, 4> mask{};
        std::uint64_t size = 0;
        std::uint64_t read = 0; // of its payload

        bool isControl() const { return opcode >= 8; }
    };

    std::size_t readHead(std::string_view bytes, Sink &sink);
    std::size_t headSize() const;
    void beginFrame(Sink &sink);
    void beginData(bool isCompressed, Sink &sink);
    std::size_t readPayload(std::string_view bytes, Sink &sink);
    void readClose(std::string_view piece);
    void readMasked(std::string_view piece, Sink &sink);
    void giveData(std::string_view plain, Sink &sink);
    void inflate(std::string_view compressed, Sink &sink);
    void endFrame(Sink &sink);
    void fail(std::string_view why);
    bool takesOver() const;

    Sender m_sender;
    WebSocketExtensions m_agreed;
    Limits m_limits;
    State m_state = State::Reading;
    std::string_view m_failure;

    std::array<unsigned char, 14> m_head{};
    std::size_t m_headSize = 0; // of it that came
    bool m_inPayload = false;
    Frame m_frame;

    bool m_inMessage = false; // a further fragment is to come, or the payload of this one
    bool m_isCompressed = false;
    bool m_isWanted = false;

    std::string m_close; // the close frame's payload
    std::unique_ptr<char[]> m_unmasked;
    std::unique_ptr<Inflater> m_inflater;
    std::uint64_t m_compressed = 0;
    std::uint64_t m_inflated = 0;
};

} // namespace hookscope::http
