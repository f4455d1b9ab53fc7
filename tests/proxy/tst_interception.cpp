#include "core/policy/interceptpattern.h"
#include "tests/proxy/interceptingclient.h"

#include <QTest>
#include <csignal>
#include <future>

using namespace hookscope;

namespace {

constexpr const char *host = interceptedHost;

} // namespace

class TestInterception : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); } // of OpenSSL's writes in the peers
    void readsPatterns_data();
    void readsPatterns();
    void opensTheHostsThatWereChosen_data();
    void opensTheHostsThatWereChosen();
    void seesInsideOfATunnel();
    void keepsConnectionsOnBothSides();
    void streamsAsItComes();
    void leavesOtherHostsUnread();
    void leavesWhatIsNoTlsUnread();
    void refusesAnUpstreamThatCannotBeVerified_data();
    void refusesAnUpstreamThatCannotBeVerified();
    void refusesAnotherHostInside_data();
    void refusesAnotherHostInside();
    void tellsThatTheNamesDisagree();
    void answersWhereMoreOfTheBodyIsToCome();
    void relaysChunksAsTheyCame();
    void endsTheUpstreamWhenTheClientResets();
    void passesAWebSocketOn();
    void changesWhileItRuns();

private:
    const InterceptedHost intercepted;
};

void TestInterception::readsPatterns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pattern"); // empty: none
    QTest::newRow("host") << QByteArray("API.Example.com") << QByteArray("api.example.com");
    QTest::newRow("domain") << QByteArray("*.example.com") << QByteArray("*.example.com");
    QTest::newRow("all known") << QByteArray("llm") << QByteArray("llm");
    QTest::newRow("IPv4") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1");
    QTest::newRow("IPv6") << QByteArray("[::1]") << QByteArray("::1");
    QTest::newRow("local name") << QByteArray("gateway") << QByteArray("gateway");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("everything") << QByteArray("*") << QByteArray();
    QTest::newRow("a whole top domain") << QByteArray("*.com") << QByteArray();
    QTest::newRow("star within") << QByteArray("api.*.com") << QByteArray();
    QTest::newRow("URL") << QByteArray("https://a.example/") << QByteArray();
    QTest::newRow("port") << QByteArray("a.example:443") << QByteArray();
    QTest::newRow("space") << QByteArray("a b") << QByteArray();
    QTest::newRow("dots") << QByteArray("a..b") << QByteArray();
}

void TestInterception::readsPatterns()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pattern);
    const auto read = policy::parseInterceptPattern(text.toStdString());
    QCOMPARE(read.has_value(), !pattern.isEmpty());
    if (read)
        QCOMPARE(QByteArray::fromStdString(*read), pattern);
}

void TestInterception::opensTheHostsThatWereChosen_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("the host") << QByteArray("a.example") << QByteArray("a.example") << true;
    QTest::newRow("full name") << QByteArray("a.example") << QByteArray("a.example.") << true;
    QTest::newRow("another") << QByteArray("a.example") << QByteArray("b.example") << false;
    QTest::newRow("below it") << QByteArray("a.example") << QByteArray("x.a.example") << false;
    QTest::newRow("its end") << QByteArray("a.example") << QByteArray("aa.example") << false;
    QTest::newRow("subdomain") << QByteArray("*.a.example") << QByteArray("x.a.example") << true;
    QTest::newRow("deep subdomain") << QByteArray("*.a.example") << QByteArray("x.y.a.example") << true;
    QTest::newRow("the domain itself") << QByteArray("*.a.example") << QByteArray("a.example") << true;
    QTest::newRow("ends like it") << QByteArray("*.a.example") << QByteArray("xa.example") << false;
    QTest::newRow("LLM host") << QByteArray("llm") << QByteArray("api.anthropic.com") << true;
    QTest::newRow("LLM host of a domain") << QByteArray("llm") << QByteArray("me.openai.azure.com") << true;
    QTest::newRow("own LLM host") << QByteArray("llm") << QByteArray("mine.example") << true;
    QTest::newRow("no LLM host") << QByteArray("llm") << QByteArray("www.example.com") << false;
}

void TestInterception::opensTheHostsThatWereChosen()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, name);
    QFETCH(bool, isOpened);
    const auto hosts = proxy::withLlmHosts({pattern.toStdString()}, {{"mine.example", llm::Dialect::OpenAi}});
    QCOMPARE(proxy::opensTunnelTo(hosts, name.toStdString()), isOpened);
}

void TestInterception::seesInsideOfATunnel()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    QByteArray got;
    RawUpstream upstream(answering(okAnswer, &got), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    QCOMPARE(statusOf(socket.readHead()), 200);
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send(inside("/v1/x?y=1", "X-Own: 1\r\n"));
    QCOMPARE(statusOf(socket.readHead()), 200);
    QCOMPARE(socket.readBytes(2), QByteArray("ok"));
    QCOMPARE(got, inside("/v1/x?y=1", "X-Own: 1\r\n"));
    socket.close();
    const auto events = proxy->finished(2);
    QCOMPARE(events[0].url, std::string("https://api.example.test/v1/x?y=1"));
    QCOMPARE(events[0].status, std::optional(200));
    QCOMPARE(events[0].responseBytes, std::optional<std::uint64_t>(2));
    QCOMPARE(events[1].method, std::string("CONNECT"));
    QCOMPARE(events[1].url, std::string("api.example.test:443"));
    QVERIFY(!events[1].error);
    QVERIFY(events[1].responseBytes > std::uint64_t(2));
    QCOMPARE(proxy->all<ProxyEvent>(HookEvent::OnRequest).size(), std::size_t(2));
}

void TestInterception::keepsConnectionsOnBothSides()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    for (int i = 0; i < 3; ++i) {
        socket.send(inside("/" + QByteArray::number(i)));
        QCOMPARE(statusOf(socket.readHead()), 200);
        QCOMPARE(socket.readBytes(2), QByteArray("ok"));
    }
    QCOMPARE(upstream.connections(), 1);
    socket.send(inside("/last", "Connection: close\r\n"));
    QVERIFY(socket.readToEnd().endsWith("ok"));
    QCOMPARE(SSL_get_shutdown(socket.tls()) & SSL_RECEIVED_SHUTDOWN, SSL_RECEIVED_SHUTDOWN);
}

void TestInterception::streamsAsItComes()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    std::atomic<bool> isFirstSeen = false;
    RawUpstream upstream(
        [&](RawSocket &socket, int) {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            for (int i = 0; i < 800 && !isFirstSeen; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            if (isFirstSeen)
                socket.send("data: 2\n\n");
            socket.close();
        },
        tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send(inside("/stream"));
    socket.readHead();
    QCOMPARE(socket.readUntil("\n\n"), QByteArray("data: 1\n\n"));
    isFirstSeen = true;
    QCOMPARE(socket.readToEnd(), QByteArray("data: 2\n\n"));
    QVERIFY(!proxy->finished(1)[0].error);
}

void TestInterception::leavesOtherHostsUnread()
{
    const PemCertificate pem = makeCertificate("DNS:other.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    SSL_CTX *direct = SSL_CTX_new(TLS_client_method());
    RawSocket socket = proxy->connect();
    socket.send(connectTo("other.example.test:443"));
    socket.readHead();
    QVERIFY(socket.startTls(direct, "other.example.test"));
    X509 *seen = SSL_get1_peer_certificate(socket.tls());
    char name[64] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(seen), NID_commonName, name, sizeof name);
    X509_free(seen);
    QCOMPARE(QByteArray(name), QByteArray("peer")); // the upstream's own
    socket.send(inside("/", {}, "other.example.test"));
    QCOMPARE(statusOf(socket.readHead()), 200);
    socket.close();
    SSL_CTX_free(direct);
    QCOMPARE(proxy->finished(1)[0].method, std::string("CONNECT"));
    QCOMPARE(proxy->all<ProxyEvent>(HookEvent::OnResponse).size(), std::size_t(1));
}

void TestInterception::leavesWhatIsNoTlsUnread()
{
    RawUpstream upstream(answering("pong"));
    const auto proxy = intercepted.proxyTo(upstream, makeCertificate());
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    socket.send("ping\r\n\r\n");
    QCOMPARE(socket.readBytes(4), QByteArray("pong"));
    socket.close();
    const auto events = proxy->finished(1);
    QVERIFY(!events[0].error);
    QCOMPARE(events[0].requestBytes, std::optional<std::uint64_t>(8));
}

void TestInterception::refusesAnUpstreamThatCannotBeVerified_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("validSeconds");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("expired") << QByteArray("DNS:api.example.test") << -60 << true << QByteArray("expired");
    QTest::newRow("another host's") << QByteArray("DNS:other.test") << 3600 << true
                                    << QByteArray("hostname mismatch");
    QTest::newRow("not trusted") << QByteArray("DNS:api.example.test") << 3600 << false
                                 << QByteArray("self-signed");
}

void TestInterception::refusesAnUpstreamThatCannotBeVerified()
{
    QFETCH(QByteArray, name);
    QFETCH(int, validSeconds);
    QFETCH(bool, isTrusted);
    QFETCH(QByteArray, reason);
    const PemCertificate pem = makeCertificate(name.constData(), validSeconds);
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, isTrusted ? pem : makeCertificate());
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send(inside("/"));
    const QByteArray head = socket.readHead();
    QCOMPARE(statusOf(head), 502);
    const QByteArray body = socket.readUntil("\n");
    QVERIFY2(body.startsWith("hookscope: ") && body.contains(host) && body.contains(reason),
             body.constData());
    const auto events = proxy->finished(1);
    QCOMPARE(events[0].status, std::optional(502));
    QVERIFY(events[0].error);
}

void TestInterception::refusesAnotherHostInside_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("Host") << inside("/", {}, "other.example.test") << 421;
    QTest::newRow("port") << inside("/", {}, "api.example.test:444") << 421;
    QTest::newRow("absolute") << QByteArray(
        "GET https://other.example.test/ HTTP/1.1\r\nHost: api.example.test\r\n\r\n")
                              << 421;
    QTest::newRow("not TLS") << QByteArray(
        "GET http://api.example.test/ HTTP/1.1\r\nHost: api.example.test\r\n\r\n")
                             << 400;
    QTest::newRow("no Host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("tunnel") << connectTo() << 400;
    QTest::newRow("its own name with the port") << inside("/", {}, "api.example.test:443") << 200;
    QTest::newRow("absolute, its own")
        << QByteArray("GET https://api.example.test/ HTTP/1.1\r\nHost: api.example.test\r\n\r\n") << 200;
}

void TestInterception::refusesAnotherHostInside()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send(request);
    QCOMPARE(statusOf(socket.readHead()), status);
    QCOMPARE(proxy->finished(1)[0].error.has_value(), status != 200);
}

void TestInterception::tellsThatTheNamesDisagree()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    SSL_CTX *careless = SSL_CTX_new(TLS_client_method());
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    socket.startTls(careless, "other.example.test");
    socket.send(inside("/"));
    QVERIFY(socket.readToEnd().isEmpty());
    SSL_CTX_free(careless);
    const auto events = proxy->finished(1);
    QVERIFY(events[0].error);
    QVERIFY2(events[0].error->find("other.example.test") != std::string::npos, events[0].error->c_str());
}

void TestInterception::answersWhereMoreOfTheBodyIsToCome()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send("POST / HTTP/1.1\r\nHost: other.example.test\r\nContent-Length: 3000000\r\n\r\n");
    socket.send(QByteArray(3'000'000, 'x'));
    const QByteArray answer = socket.readToEnd();
    QCOMPARE(statusOf(answer), 421);
    QVERIFY(answer.endsWith("leads to api.example.test:443\n"));
}

void TestInterception::relaysChunksAsTheyCame()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    const QByteArray chunks = "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: 1\r\n\r\n";
    RawUpstream upstream(answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks),
                         tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    for (int i = 0; i < 2; ++i) {
        socket.send(inside("/"));
        QCOMPARE(statusOf(socket.readHead()), 200);
        QCOMPARE(socket.readBytes(chunks.size()), chunks);
    }
}

void TestInterception::endsTheUpstreamWhenTheClientResets()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    std::promise<bool> ended;
    RawUpstream upstream(
        [&](RawSocket &socket, int) {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1");
            ended.set_value(socket.waitForEnd());
        },
        tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send(inside("/"));
    socket.readHead();
    socket.readBytes(1);
    const linger now{1, 0};
    ::setsockopt(socket.fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.close();
    QVERIFY(ended.get_future().get());
    QVERIFY(proxy->finished(1)[0].error);
}

void TestInterception::passesAWebSocketOn()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(
        [](RawSocket &socket, int) {
            socket.readHead();
            socket.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
            socket.send(socket.readBytes(5));
            socket.close();
        },
        tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(intercepted.client(), host));
    socket.send(inside("/socket",
                       "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    QCOMPARE(statusOf(socket.readHead()), 101);
    socket.send("hello");
    QCOMPARE(socket.readBytes(5), QByteArray("hello"));
    QVERIFY(socket.readToEnd().isEmpty());
    QCOMPARE(SSL_get_shutdown(socket.tls()) & SSL_RECEIVED_SHUTDOWN, SSL_RECEIVED_SHUTDOWN);
    socket.close();
    QCOMPARE(proxy->finished(1)[0].status, std::optional(101));
}

void TestInterception::changesWhileItRuns()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem, false);
    proxy->server().setInterception(intercepted.interception());
    RawSocket opened = proxy->connect();
    opened.send(connectTo());
    opened.readHead();
    QVERIFY(opened.startTls(intercepted.client(), host));
    proxy->server().setInterception(std::nullopt);
    opened.send(inside("/")); // what is open stays open
    QCOMPARE(statusOf(opened.readHead()), 200);
    SSL_CTX *direct = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(direct, SSL_VERIFY_PEER, nullptr);
    QCOMPARE(SSL_CTX_load_verify_file(direct, intercepted.upstreamCaFile().constData()), 1);
    RawSocket unread = proxy->connect();
    unread.send(connectTo());
    unread.readHead();
    QVERIFY(unread.startTls(direct, host));
    SSL_CTX_free(direct);
}

QTEST_GUILESS_MAIN(TestInterception)
#include "tst_interception.moc"
