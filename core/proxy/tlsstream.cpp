#include "core/proxy/tlsstream.h"

#include <algorithm>
#include <array>
#include <boost/asio/ssl/error.hpp>
#include <cstring>
#include <new>
#include <openssl/err.h>

namespace hookscope::proxy {

namespace {

constexpr std::size_t recordBytes = SSL3_RT_MAX_PLAIN_LENGTH;
// With what TLS adds, these fit into a block of 128 KiB.
constexpr std::size_t mostSentTogether = 7 * recordBytes;
constexpr std::size_t roomForOverhead = 1024;
constexpr std::chrono::milliseconds retryTime{2};

// An end of the connection before the end of TLS.
error_code endOf(const error_code &ec)
{
    return ec == asio::error::eof ? error_code(asio::ssl::error::stream_truncated) : ec;
}

// A message, cut into records: large pieces are taken where they are, small ones are put together.
class Records {
public:
    explicit Records(std::span<const asio::const_buffer> message)
        : m_message(message)
        , m_left(asio::buffer_size(message))
    {
    }

    std::size_t bytesLeft() const { return m_left; }

    // Valid until the next call on this thread.
    std::string_view next()
    {
        while (m_offset == m_message.front().size())
            nextPiece();
        const std::string_view piece = restOfPiece();
        const std::size_t size = std::min(recordBytes, m_left);
        m_left -= size;
        if (piece.size() >= size) {
            m_offset += size;
            return piece.substr(0, size);
        }
        return joined(size);
    }

private:
    std::string_view restOfPiece() const
    {
        const asio::const_buffer rest = m_message.front() + m_offset;
        return {static_cast<const char *>(rest.data()), rest.size()};
    }

    void nextPiece()
    {
        m_message = m_message.subspan(1);
        m_offset = 0;
    }

    std::string_view joined(std::size_t size)
    {
        static thread_local std::array<char, recordBytes> room;
        for (std::size_t filled = 0; filled < size;) {
            const std::string_view piece = restOfPiece().substr(0, size - filled);
            std::copy(piece.begin(), piece.end(), room.begin() + static_cast<std::ptrdiff_t>(filled));
            filled += piece.size();
            m_offset += piece.size();
            if (filled < size)
                nextPiece();
        }
        return {room.data(), size};
    }

    std::span<const asio::const_buffer> m_message;
    std::size_t m_left;
    std::size_t m_offset = 0; // in its first piece
};

} // namespace

error_code takeTlsError()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0)
        return asio::error::fault;
    if (ERR_SYSTEM_ERROR(code))
        return {ERR_GET_REASON(code), boost::system::system_category()};
    return {static_cast<int>(code), asio::error::get_ssl_category()};
}

TlsStream::TlsStream(PlainSocket &socket, SSL *ssl, std::string_view ahead)
    : m_socket(socket)
    , m_ssl(ssl)
{
    std::copy(ahead.begin(), ahead.end(), m_wire.in.prepare(ahead.size()));
    m_wire.in.commit(ahead.size());
    SSL_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS);
    BIO *bio = BIO_new(bioMethod());
    if (!bio)
        throw std::bad_alloc();
    BIO_set_data(bio, &m_wire);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    if (SSL_is_server(ssl))
        SSL_set_accept_state(ssl);
    else
        SSL_set_connect_state(ssl);
}

TlsStream::~TlsStream() = default;

BIO_METHOD *TlsStream::bioMethod()
{
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "buffers");
        BIO_meth_set_read(made, readWire);
        BIO_meth_set_write(made, writeWire);
        BIO_meth_set_ctrl(made, controlWire);
        return made;
    }();
    return method;
}

int TlsStream::readWire(BIO *bio, char *to, int size)
{
    InBuffer &in = static_cast<Wire *>(BIO_get_data(bio))->in;
    const std::size_t count = std::min(in.view().size(), static_cast<std::size_t>(size));
    BIO_clear_retry_flags(bio);
    if (count == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    std::memcpy(to, in.view().data(), count);
    in.consume(count);
    return static_cast<int>(count);
}

int TlsStream::writeWire(BIO *bio, const char *from, int size)
{
    InBuffer &out = static_cast<Wire *>(BIO_get_data(bio))->out;
    const auto count = static_cast<std::size_t>(size);
    BIO_clear_retry_flags(bio);
    try {
        std::memcpy(out.prepare(count), from, count);
    } catch (const std::bad_alloc &) { // not through OpenSSL
        return -1;
    }
    out.commit(count);
    return size;
}

long TlsStream::controlWire(BIO *, int command, long, void *)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

std::uint64_t TlsStream::bytesRead() const
{
    return BIO_number_read(SSL_get_rbio(m_ssl.get()));
}

std::uint64_t TlsStream::bytesWritten() const
{
    return BIO_number_written(SSL_get_wbio(m_ssl.get()));
}

// Of a call that found the thread's queue of errors empty.
bool TlsStream::needsInput(int result) const
{
    return SSL_get_error(m_ssl.get(), result) == SSL_ERROR_WANT_READ;
}

error_code TlsStream::failure(int result)
{
    if (SSL_get_error(m_ssl.get(), result) == SSL_ERROR_ZERO_RETURN)
        return asio::error::eof;
    return takeTlsError();
}

bool TlsStream::hasInput() const
{
    return !m_wire.in.isEmpty() || SSL_has_pending(m_ssl.get()) == 1;
}

// Reads from the socket without waiting; whether something came.
bool TlsStream::takeInput()
{
    const Transfer came = m_socket.tryRead(m_wire.in, m_inputSize.bytes());
    m_inputSize.note(came.bytes);
    if (came.error)
        m_end = endOf(came.error);
    return came.bytes > 0;
}

// Waits until something came.
Task<error_code> TlsStream::input()
{
    if (m_end)
        co_return m_end;
    m_isReading = true;
    const Transfer came = co_await m_socket.read(m_wire.in, m_inputSize.bytes());
    m_isReading = false;
    m_inputSize.note(came.bytes);
    if (came.error == asio::error::operation_aborted)
        co_return came.error;
    if (came.error)
        m_end = endOf(came.error);
    co_return m_end;
}

Task<error_code> TlsStream::handshake()
{
    for (;;) {
        ERR_clear_error();
        const int result = SSL_do_handshake(m_ssl.get());
        const bool waits = result != 1 && needsInput(result);
        const error_code fault = result != 1 && !waits ? failure(result) : error_code();
        const error_code lost = co_await send();
        if (!waits || lost)
            co_return fault ? fault : lost;
        const error_code ended = co_await input();
        if (ended)
            co_return ended;
    }
}

// Fills `buffer` with what came; what ends it is kept for the next time if there is something.
std::size_t TlsStream::decrypt(InBuffer &buffer, std::size_t most)
{
    ERR_clear_error();
    char *room = nullptr;
    std::size_t filled = 0;
    for (bool mayRead = hasInput(); filled < most && !m_end;) {
        if (!mayRead && !takeInput())
            break;
        if (!room)
            room = buffer.prepare(most);
        std::size_t count = 0;
        const int result = SSL_read_ex(m_ssl.get(), room + filled, most - filled, &count);
        filled += count;
        mayRead = result > 0 && hasInput();
        if (result <= 0 && !needsInput(result))
            m_end = failure(result);
    }
    buffer.commit(filled);
    m_wire.in.release();
    trySend(); // alerts, and answers to what is no data
    return filled;
}

Task<Transfer> TlsStream::read(InBuffer &buffer, std::size_t most)
{
    for (;;) {
        const std::size_t bytes = decrypt(buffer, most);
        if (bytes > 0)
            co_return Transfer{{}, bytes};
        if (m_end)
            co_return Transfer{m_end};
        buffer.release();
        const error_code cancelled = co_await input();
        if (cancelled == asio::error::operation_aborted)
            co_return Transfer{cancelled};
    }
}

Task<Transfer> TlsStream::write(std::span<const asio::const_buffer> message)
{
    std::size_t written = 0;
    for (Records records(message); records.bytesLeft() > 0;) {
        ERR_clear_error();
        m_wire.out.prepare(std::min(records.bytesLeft(), mostSentTogether) + roomForOverhead);
        const std::size_t before = records.bytesLeft();
        while (records.bytesLeft() > 0 && before - records.bytesLeft() < mostSentTogether) {
            const std::string_view record = records.next();
            std::size_t taken = 0;
            const int result = SSL_write_ex(m_ssl.get(), record.data(), record.size(), &taken);
            if (result > 0)
                continue;
            if (!needsInput(result))
                co_return Transfer{failure(result), written};
            std::string later(record);
            const error_code failed = co_await writeLater(std::move(later));
            if (failed)
                co_return Transfer{failed, written};
        }
        trySend();
        if (!m_wire.out.isEmpty()) {
            const error_code failed = co_await send();
            if (failed)
                co_return Transfer{failed, written};
        }
        written += before - records.bytesLeft();
    }
    co_return Transfer{{}, written};
}

// The other side has begun to say something that is no data, of which the rest has to come first: a
// renegotiation, or a message of the handshake in several records. Who reads may take it, so that it is tried
// again and again.
Task<error_code> TlsStream::writeLater(std::string record)
{
    Timer pause(m_socket.executor());
    for (;;) {
        const error_code lost = co_await send();
        if (lost)
            co_return lost;
        if (m_isReading || !takeInput()) {
            if (m_end)
                co_return m_end;
            pause.expires_after(retryTime);
            co_await pause.async_wait(tupled);
            if (!m_socket.isOpen())
                co_return asio::error::operation_aborted;
        }
        ERR_clear_error();
        std::size_t taken = 0;
        const int result = SSL_write_ex(m_ssl.get(), record.data(), record.size(), &taken);
        if (result > 0)
            co_return error_code();
        if (!needsInput(result))
            co_return failure(result);
    }
}

// What the system does not take at once goes with what is sent next.
void TlsStream::trySend()
{
    if (m_wire.out.isEmpty() || m_isSending)
        return;
    const Transfer sent = m_socket.tryWrite(m_wire.out.view());
    m_wire.out.consume(sent.bytes);
    m_wire.out.release();
}

Task<error_code> TlsStream::send()
{
    while (!m_wire.out.isEmpty()) {
        const Transfer sent = m_socket.tryWrite(m_wire.out.view());
        m_wire.out.consume(sent.bytes);
        if (sent.error)
            co_return sent.error;
        if (sent.bytes > 0)
            continue;
        m_isSending = true;
        const error_code cancelled = co_await m_socket.writable();
        m_isSending = false;
        if (cancelled)
            co_return cancelled;
    }
    m_wire.out.release();
    co_return error_code();
}

Task<error_code> TlsStream::shutdown()
{
    for (;;) {
        ERR_clear_error();
        const int result = SSL_shutdown(m_ssl.get());
        const bool waits = result < 0 && needsInput(result);
        const error_code fault = result < 0 && !waits ? failure(result) : error_code();
        const error_code lost = co_await send();
        if (result == 0 && !lost)
            continue; // ours is said, theirs is not
        if (!waits || lost)
            co_return fault ? fault : lost;
        const error_code ended = co_await input();
        if (ended)
            co_return ended;
    }
}

void TlsStream::sayGoodbye()
{
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
    trySend();
}

bool TlsStream::isQuiet()
{
    ERR_clear_error();
    for (bool hasMore = hasInput(); !m_end && (hasMore || takeInput()); hasMore = false) {
        char byte = 0;
        std::size_t count = 0;
        const int result = SSL_peek_ex(m_ssl.get(), &byte, 1, &count);
        if (result > 0)
            return false;
        if (!needsInput(result))
            m_end = failure(result);
    }
    trySend();
    return !m_end && !m_socket.hasEnded() && !hasInput();
}

} // namespace hookscope::proxy
