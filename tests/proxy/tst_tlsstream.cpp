#include "core/proxy/readiness.h"
#include "core/proxy/tlsstream.h"
#include "tests/proxy/connectedpair.h"
#include "tests/proxy/rawpeer.h"
#include "tests/proxy/tlscontext.h"

#include <QTest>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/error.hpp>
#include <csignal>
#include <functional>
#include <string>
#include <thread>
#include <vector>

using namespace hookscope;
using namespace hookscope::proxy;

namespace {

// The other end's doing, on a thread of its own: it may block.
using Script = std::function<void(RawSocket &)>;

// A stream under test, as a server or a client, and a peer with a script, which speaks TLS but for its
// handshake.
class Fixture {
public:
    Fixture(bool isServer, int version, Script script)
        : m_server(makeCertificate())
        , m_client(SSL_CTX_new(TLS_client_method()))
        , m_readiness(std::make_unique<Readiness>(io.get_executor()))
        , m_socket(std::make_unique<PlainSocket>(*m_readiness))
    {
        for (SSL_CTX *context : {m_server.context, m_client}) {
            SSL_CTX_set_min_proto_version(context, version);
            SSL_CTX_set_max_proto_version(context, version);
        }
        const auto [near, far] = connectedPair();
        asio::co_spawn(io, m_readiness->watch(), asio::detached);
        m_socket->assign(near);
        tls.emplace(*m_socket, SSL_new(isServer ? m_server.context : m_client), std::string_view());
        m_peer = std::thread([this, isServer, far = far, script = std::move(script)] {
            RawSocket peer(far);
            if (isServer ? peer.startTls(m_client, "peer") : peer.acceptTls(m_server.context))
                script(peer);
        });
    }
    ~Fixture()
    {
        tls.reset();
        m_socket->close();
        m_peer.join();
        m_readiness->stop();
        io.run_for(std::chrono::seconds(1));
        SSL_CTX_free(m_client);
    }

    PlainSocket &socket() { return *m_socket; }

    // What a coroutine comes to, run to its end.
    template <class T> T run(Task<T> task)
    {
        std::optional<T> result;
        asio::co_spawn(io, std::move(task), [&](std::exception_ptr, T value) { result = std::move(value); });
        while (!result && io.run_one_for(std::chrono::seconds(10)) > 0) { }
        return result ? std::move(*result) : T();
    }
    bool handshake() { return !run(tls->handshake()); }

    // Reads until there are so many bytes, or an error.
    std::string read(std::size_t count, std::size_t most = 65'536)
    {
        std::string text;
        while (text.size() < count && !end) {
            end = run(tls->read(buffer, most)).error;
            ++reads;
            text.append(buffer.view());
            buffer.consume(buffer.view().size());
        }
        return text;
    }
    Transfer write(std::vector<std::string> texts)
    {
        std::vector<asio::const_buffer> message;
        for (const std::string &text : texts)
            message.push_back(asio::buffer(text));
        return run(tls->write(message));
    }

    asio::io_context io{1};
    std::optional<TlsStream> tls;
    InBuffer buffer;
    int reads = 0;
    error_code end;

private:
    TlsContext m_server;
    SSL_CTX *m_client;
    std::unique_ptr<Readiness> m_readiness;
    std::unique_ptr<PlainSocket> m_socket;
    std::thread m_peer;
};

std::string lettersOf(std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = char('a' + (i / 7 + i % 13) % 26);
    return text;
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

// Answers each line with the line.
void echoLines(RawSocket &peer)
{
    for (QByteArray line; !(line = peer.readUntil("\n")).isEmpty();)
        peer.send(line);
}

} // namespace

class TestTlsStream : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); } // of OpenSSL's writes in the peers
    void readsWhatComes_data();
    void readsWhatComes();
    void writesAllToASlowReader_data();
    void writesAllToASlowReader();
    void putsSmallPiecesIntoOneRecord();
    void tellsTheEnd_data();
    void tellsTheEnd();
    void endsWhatWaits_data();
    void endsWhatWaits();
    void knowsWhetherItIsQuiet_data();
    void knowsWhetherItIsQuiet();
    void answersWhatIsNoData_data();
    void answersWhatIsNoData();
    void saysGoodbye();
    void tellsWhyTheHandshakeFailed();
};

void TestTlsStream::readsWhatComes_data()
{
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<int>("most");
    QTest::newRow("one") << QList<int>{5} << 4096;
    QTest::newRow("one after the other") << QList<int>{5, 1, 7} << 4096;
    QTest::newRow("exactly what is asked for") << QList<int>{4096, 4096} << 4096;
    QTest::newRow("more than is asked for") << QList<int>{10'000, 3} << 16;
    QTest::newRow("large") << QList<int>{200'000, 3'000'000} << 262'144;
}

void TestTlsStream::readsWhatComes()
{
    QFETCH(QList<int>, sizes);
    QFETCH(int, most);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        for (const bool isServer : {false, true}) {
            Fixture fixture(isServer, version, [&](RawSocket &peer) {
                for (const int size : sizes) {
                    peer.send(bytesOf(lettersOf(std::size_t(size))));
                    peer.readBytes(1);
                }
            });
            QVERIFY(fixture.handshake());
            for (const int size : sizes) {
                const std::string sent = lettersOf(std::size_t(size));
                QVERIFY(fixture.read(sent.size(), std::size_t(most)) == sent);
                QVERIFY(!fixture.write({"x"}).error);
            }
        }
    }
}

void TestTlsStream::writesAllToASlowReader_data()
{
    QTest::addColumn<QList<int>>("sizes");
    QTest::newRow("one") << QList<int>{8'000'000};
    QTest::newRow("a head and a body") << QList<int>{300, 262'144};
    QTest::newRow("a record") << QList<int>{16'384};
    QTest::newRow("a record and a byte") << QList<int>{16'384, 1};
    QTest::newRow("a byte and a record") << QList<int>{1, 16'384};
    QTest::newRow("what is sent together, and a byte") << QList<int>{7 * 16'384, 1};
    QTest::newRow("many") << QList<int>(500, 3'001);
    QTest::newRow("empty ones") << QList<int>{0, 0, 5, 0, 40'000, 0, 0, 7, 0};
    QTest::newRow("nothing") << QList<int>{0, 0};
}

void TestTlsStream::writesAllToASlowReader()
{
    QFETCH(QList<int>, sizes);
    std::vector<std::string> texts;
    std::string all;
    for (const int size : sizes) {
        texts.push_back(lettersOf(std::size_t(size)));
        all += texts.back();
    }
    for (const bool isServer : {false, true}) {
        QByteArray got;
        Fixture fixture(isServer, TLS1_3_VERSION, [&](RawSocket &peer) {
            got = peer.readBytes(qsizetype(all.size()));
            peer.send("x");
        });
        QVERIFY(fixture.handshake());
        const Transfer written = fixture.write(texts);
        QVERIFY(!written.error);
        QCOMPARE(written.bytes, all.size());
        QCOMPARE(fixture.read(1), std::string("x"));
        QVERIFY(got.toStdString() == all);
    }
}

void TestTlsStream::putsSmallPiecesIntoOneRecord()
{
    QByteArray first;
    Fixture fixture(true, TLS1_3_VERSION, [&](RawSocket &peer) {
        first = peer.readSome(); // which takes one record
        peer.send("x");
    });
    QVERIFY(fixture.handshake());
    QVERIFY(!fixture.write({"head, ", "", "and ", lettersOf(40'000)}).error);
    QCOMPARE(fixture.read(1), std::string("x"));
    QCOMPARE(first.size(), 16'384);
    QVERIFY(first.startsWith("head, and a"));
}

void TestTlsStream::tellsTheEnd_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<QByteArray>("before");
    for (const char *how : {"goodbye", "cut", "reset", "no TLS"}) {
        QTest::newRow(how) << QByteArray(how) << QByteArray();
        if (QByteArray(how) != "reset") // which takes what came before it away
            QTest::addRow("%s behind data", how) << QByteArray(how) << QByteArray(100'000, 'x');
    }
}

void TestTlsStream::tellsTheEnd()
{
    QFETCH(QByteArray, how);
    QFETCH(QByteArray, before);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Fixture fixture(false, version, [&](RawSocket &peer) {
            peer.send(before);
            if (how == "goodbye")
                peer.close();
            else if (how == "cut")
                ::shutdown(peer.fd(), SHUT_RDWR);
            else if (how == "reset")
                peer.readBytes(1), SSL_set_quiet_shutdown(const_cast<SSL *>(peer.tls()), 1), peer.reset();
            else
                ::send(peer.fd(), "this is none", 12, MSG_NOSIGNAL), peer.readSome();
        });
        QVERIFY(fixture.handshake());
        if (how == "reset")
            fixture.write({"x"});
        QCOMPARE(fixture.read(1'000'000), before.toStdString());
        if (how == "goodbye")
            QVERIFY2(fixture.end == asio::error::eof, fixture.end.message().c_str());
        else if (how == "cut")
            QVERIFY2(fixture.end == asio::ssl::error::stream_truncated, fixture.end.message().c_str());
        else if (how == "reset")
            QVERIFY2(fixture.end == asio::error::connection_reset, fixture.end.message().c_str());
        else
            QVERIFY2(fixture.end.category() == asio::error::get_ssl_category(),
                     fixture.end.message().c_str());
        QCOMPARE(fixture.tls->hasSaidGoodbye(), how == "goodbye");
        QVERIFY(!fixture.tls->isQuiet());
        const error_code again = fixture.run(fixture.tls->read(fixture.buffer, 10)).error;
        QCOMPARE(again.message(), fixture.end.message());
    }
}

void TestTlsStream::endsWhatWaits_data()
{
    QTest::addColumn<bool>("isClosed");
    QTest::addColumn<bool>("isWriting");
    QTest::newRow("a read, cancelled") << false << false;
    QTest::newRow("a read, closed") << true << false;
    QTest::newRow("a write, cancelled") << false << true;
    QTest::newRow("a write, closed") << true << true;
}

void TestTlsStream::endsWhatWaits()
{
    QFETCH(bool, isClosed);
    QFETCH(bool, isWriting);
    Fixture fixture(false, TLS1_3_VERSION, [](RawSocket &peer) { peer.waitForEnd(); });
    QVERIFY(fixture.handshake());
    std::optional<error_code> end;
    const std::string text(20'000'000, 'x');
    const std::array<asio::const_buffer, 1> message{asio::buffer(text)};
    const auto wait = [&]() -> Task<void> {
        auto task = isWriting ? fixture.tls->write(message) : fixture.tls->read(fixture.buffer, 10);
        const Transfer transfer = co_await std::move(task);
        end = transfer.error;
    };
    asio::co_spawn(fixture.io, wait, asio::detached);
    fixture.io.run_for(std::chrono::milliseconds(50));
    QVERIFY(!end);
    if (isClosed)
        fixture.socket().close();
    else
        fixture.socket().cancel();
    QVERIFY(!end); // not within the call
    for (int i = 0; i < 1000 && !end; ++i)
        fixture.io.run_for(std::chrono::milliseconds(10));
    QVERIFY(end && *end == asio::error::operation_aborted);
    fixture.socket().close();
}

void TestTlsStream::knowsWhetherItIsQuiet_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("isQuiet");
    QTest::newRow("session tickets alone") << QByteArray() << true;
    QTest::newRow("data") << QByteArray("x") << false;
    QTest::newRow("half a record") << QByteArray("half") << false;
    QTest::newRow("goodbye") << QByteArray("goodbye") << false;
}

// As of a connection that is kept for the next request.
void TestTlsStream::knowsWhetherItIsQuiet()
{
    QFETCH(QByteArray, sent);
    QFETCH(bool, isQuiet);
    Fixture fixture(false, TLS1_3_VERSION, [&](RawSocket &peer) {
        peer.readBytes(1);
        if (sent == "half")
            ::send(peer.fd(), "\x17\x03\x03\x01\x00half", 9, MSG_NOSIGNAL);
        else if (sent == "goodbye")
            SSL_shutdown(const_cast<SSL *>(peer.tls()));
        else if (!sent.isEmpty())
            peer.send(sent);
        peer.readSome();
    });
    QVERIFY(fixture.handshake());
    QVERIFY(!fixture.write({"x"}).error);
    const auto isAsWanted = [&] {
        fixture.io.run_for(std::chrono::milliseconds(10));
        return fixture.tls->isQuiet() == isQuiet;
    };
    QTRY_VERIFY(isAsWanted());
    QVERIFY(isAsWanted());
}

void TestTlsStream::answersWhatIsNoData_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("new keys") << TLS1_3_VERSION;
    QTest::newRow("a new handshake") << TLS1_2_VERSION;
}

void TestTlsStream::answersWhatIsNoData()
{
    QFETCH(int, version);
    Fixture fixture(false, version, [&](RawSocket &peer) {
        SSL *ssl = const_cast<SSL *>(peer.tls());
        peer.send(peer.readUntil("\n"));
        if (version == TLS1_3_VERSION)
            SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED);
        else
            SSL_renegotiate(ssl);
        SSL_do_handshake(ssl); // its beginning
        echoLines(peer);
    });
    QVERIFY(fixture.handshake());
    for (const char *line : {"one\n", "two\n", "three\n"}) {
        QVERIFY(!fixture.write({line}).error);
        QCOMPARE(fixture.read(std::strlen(line)), std::string(line));
    }
    QVERIFY(!fixture.end);
}

void TestTlsStream::saysGoodbye()
{
    bool isHeard = false;
    Fixture fixture(true, TLS1_3_VERSION, [&](RawSocket &peer) {
        peer.readToEnd();
        isHeard = (SSL_get_shutdown(peer.tls()) & SSL_RECEIVED_SHUTDOWN) != 0;
        peer.close();
    });
    QVERIFY(fixture.handshake());
    QVERIFY(!fixture.run(fixture.tls->shutdown()));
    QVERIFY(fixture.tls->hasSaidGoodbye());
    QVERIFY(isHeard);
}

void TestTlsStream::tellsWhyTheHandshakeFailed()
{
    SSL_CTX *distrusting = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(distrusting, SSL_VERIFY_PEER, nullptr);
    const TlsContext server(makeCertificate());
    const auto [near, far] = connectedPair();
    asio::io_context io{1};
    Readiness readiness(io.get_executor());
    asio::co_spawn(io, readiness.watch(), asio::detached);
    PlainSocket socket(readiness);
    socket.assign(near);
    std::thread peer([far = far, distrusting] { RawSocket(far).startTls(distrusting, "peer"); });
    std::optional<error_code> end;
    {
        TlsStream tls(socket, SSL_new(server.context), {});
        asio::co_spawn(io, tls.handshake(), [&](std::exception_ptr, error_code ec) { end = ec; });
        for (int i = 0; i < 1000 && !end; ++i)
            io.run_for(std::chrono::milliseconds(10));
    }
    peer.join();
    socket.close();
    readiness.stop();
    io.run_for(std::chrono::seconds(1));
    SSL_CTX_free(distrusting);
    QVERIFY(end && end->category() == asio::error::get_ssl_category());
    QVERIFY2(end->message().find("unknown ca") != std::string::npos, end->message().c_str());
}

QTEST_GUILESS_MAIN(TestTlsStream)
#include "tst_tlsstream.moc"
