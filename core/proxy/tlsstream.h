#pragma once

#include "core/proxy/asio.h"
#include "core/proxy/inbuffer.h"
#include "core/proxy/plainsocket.h"
#include "core/proxy/readsize.h"

#include <memory>
#include <openssl/ssl.h>
#include <span>
#include <string>
#include <string_view>

namespace hookscope::proxy {

// The first of OpenSSL's errors in this thread, which forgets them all; asio::error::fault if there is none.
error_code takeTlsError();

// TLS on a plain socket. OpenSSL works on two buffers and knows no socket: one read of the socket brings many
// records, and the records of a write go out together, as they are made of what one write was given. Nothing
// is held while it waits to read. At most one read and one write at a time, which do not wait for each other.
// Errors are the socket's and OpenSSL's (asio::error::get_ssl_category()); asio::error::eof if the other side
// said goodbye (close_notify), stream_truncated if it ended without. Proxy thread; `socket` outlives it.
class TlsStream {
public:
    // Takes over `ssl`, whose context says which side this is, and begins with the bytes `ahead`.
    TlsStream(PlainSocket &socket, SSL *ssl, std::string_view ahead);
    ~TlsStream();
    TlsStream(const TlsStream &) = delete;
    TlsStream &operator=(const TlsStream &) = delete;

    SSL *native() { return m_ssl.get(); }

    Task<error_code> handshake();
    Task<Transfer> read(InBuffer &buffer, std::size_t most);
    Task<Transfer> write(std::span<const asio::const_buffer> message);
    // Says goodbye and waits for the other side's; what it still sends is an error.
    Task<error_code> shutdown();
    // Says goodbye if that can be done without waiting.
    void sayGoodbye();

    // Whether the other side has sent no data and not ended it. Reads what else came, such as session
    // tickets.
    bool isQuiet();
    bool hasSaidGoodbye() const { return (SSL_get_shutdown(m_ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

    // Bytes on the wire, as they were read and made.
    std::uint64_t bytesRead() const;
    std::uint64_t bytesWritten() const;

private:
    struct FreeSsl {
        void operator()(SSL *ssl) const { SSL_free(ssl); }
    };
    struct Wire { // what OpenSSL reads from and writes to
        InBuffer in;
        InBuffer out;
    };

    static BIO_METHOD *bioMethod();
    static int readWire(BIO *bio, char *to, int size);
    static int writeWire(BIO *bio, const char *from, int size);
    static long controlWire(BIO *bio, int command, long number, void *pointer);

    bool needsInput(int result) const;
    error_code failure(int result);
    bool hasInput() const;
    bool takeInput();
    Task<error_code> input();
    std::size_t decrypt(InBuffer &buffer, std::size_t most);
    Task<error_code> writeLater(std::string record);
    void trySend();
    Task<error_code> send();

    PlainSocket &m_socket;
    Wire m_wire;
    std::unique_ptr<SSL, FreeSsl> m_ssl;
    ReadSize m_inputSize;
    error_code m_end; // of what can be read, behind what was decrypted before it
    bool m_isReading = false; // waits for input
    bool m_isSending = false; // waits to send
};

} // namespace hookscope::proxy
