#pragma once

#include "core/proxy/asio.h"
#include "core/proxy/inbuffer.h"

#include <boost/asio/buffer.hpp>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace hookscope::proxy {

class Readiness;

// What a read or write came to: an error, and how many bytes all the same.
struct Transfer {
    error_code error;
    std::size_t bytes = 0;
};

// A connected TCP socket, above which there may be TLS. Reads and writes are tried at once and wait only for
// what cannot be done yet; nothing is held while it waits to read. At most one read and one write at a time.
// Errors are the system's, asio::error::eof at the end, and operation_aborted after cancel() and close().
// Proxy thread.
class PlainSocket {
public:
    explicit PlainSocket(Readiness &readiness)
        : m_readiness(readiness)
    {
    }
    ~PlainSocket() { close(); }
    PlainSocket(const PlainSocket &) = delete;
    PlainSocket &operator=(const PlainSocket &) = delete;

    // Takes over an open descriptor; what it had is closed.
    void assign(int descriptor);

    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }
    const Executor &executor() const;

    // Whether nothing came, as far as is known, and the other side has not ended it.
    bool isQuiet();
    bool hasEnded() const { return !isOpen() || m_hasEnded; }

    // Called once the other side has reset the connection, before whoever waits is resumed; not if a read or
    // write came upon it first.
    void setResetHandler(std::function<void()> handler) { m_resetHandler = std::move(handler); }

    // Reads up to `most` bytes behind what `buffer` holds.
    Task<Transfer> read(InBuffer &buffer, std::size_t most);
    // Writes all of it; what the pieces refer to has to stay until then.
    Task<Transfer> write(std::span<const asio::const_buffer> message);

    // The same for who has to see to what came before it waits. No bytes and no error: it would have to.
    Transfer tryRead(InBuffer &buffer, std::size_t most);
    Transfer tryWrite(std::string_view bytes);
    Task<error_code> writable();

    // What waits ends with operation_aborted, a moment later.
    void cancel();
    void close();

private:
    friend class Readiness;

    // Both of one coroutine, in its frame: who waits, and what is left of a message.
    struct Waiter;
    class Rest;

    Task<void> park(Waiter &waiter, Waiter *&place, Rest *gathered = nullptr);
    void note(std::uint32_t events);
    static void resume(Waiter *&place);
    void resumeReader();
    void resumeWriter();
    // Sends what can be sent; false: the rest has to wait.
    bool send(Rest &rest);
    void sendGathered();
    void endGathered();
    void abandon();

    Readiness &m_readiness;
    int m_descriptor = -1;
    bool m_isReadable = true;
    bool m_isWritable = true;
    bool m_hasEnded = false; // the other side sends no more, or there is an error
    bool m_hasUrgent = false; // urgent data stops a read short of what there is
    Waiter *m_reader = nullptr;
    Waiter *m_writer = nullptr;
    Rest *m_gathered = nullptr; // of the writer, for Readiness to send
    std::function<void()> m_resetHandler;
};

} // namespace hookscope::proxy
