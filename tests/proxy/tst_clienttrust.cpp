#include "core/proxy/clienttrust.h"
#include "tests/proxy/interceptingclient.h"

#include <QTest>
#include <csignal>

using namespace hookscope;

namespace {

constexpr const char *host = interceptedHost;

} // namespace

class TestClientTrust : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); } // of OpenSSL's writes in the peers
    void tellsOfAClientThatDoesNotTrustIt();
    void tellsOfAClientThatEndsWithoutARequest();
    void letsAClientOfHttp2AlonePass();
    void resumesSessions_data();
    void resumesSessions();
    void forgetsNoMoreThanItMust();

private:
    const InterceptedHost intercepted;
};

void TestClientTrust::tellsOfAClientThatDoesNotTrustIt()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    SSL_CTX *distrusting = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(distrusting, SSL_VERIFY_PEER, nullptr);
    for (int i = 0; i < 2; ++i) {
        RawSocket socket = proxy->connect();
        socket.send(connectTo());
        socket.readHead();
        QVERIFY(!socket.startTls(distrusting, host));
        socket.close();
        const auto events = proxy->finished(std::size_t(i) + 1);
        QVERIFY(events.back().error);
        QVERIFY2(events.back().error->find("did not trust the Hookscope CA") != std::string::npos,
                 events.back().error->c_str());
        QVERIFY(events.back().error->find("hookscope-ca.pem") != std::string::npos);
        QCOMPARE(events.back().error->find("pass unread") != std::string::npos, i == 1);
    }
    // From now on it gets the upstream's own certificate.
    QCOMPARE(SSL_CTX_load_verify_file(distrusting, intercepted.upstreamCaFile().constData()), 1);
    RawSocket socket = proxy->connect();
    socket.send(connectTo());
    socket.readHead();
    QVERIFY(socket.startTls(distrusting, host));
    socket.send(inside("/"));
    QCOMPARE(statusOf(socket.readHead()), 200);
    socket.close();
    QVERIFY(!proxy->finished(3)[2].error);
    SSL_CTX_free(distrusting);
}

// As Node does, which looks at the certificate after the handshake of TLS 1.2.
void TestClientTrust::tellsOfAClientThatEndsWithoutARequest()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    enum Way { SaysGoodbye, JustCloses, Asks };
    std::size_t count = 0;
    const auto errorOf = [&](Way way) {
        RawSocket socket = proxy->connect();
        socket.send(connectTo());
        socket.readHead();
        if (!socket.startTls(intercepted.client(), host))
            return std::string("no TLS");
        if (way == Asks) {
            socket.send(inside("/"));
            socket.readHead();
            ++count;
        }
        if (way == JustCloses)
            ::shutdown(socket.fd(), SHUT_RDWR);
        socket.close(); // which says goodbye
        return proxy->finished(++count).back().error.value_or("");
    };
    QCOMPARE(errorOf(SaysGoodbye), std::string());
    const std::string refused = errorOf(JustCloses);
    QVERIFY2(refused.find("without a request") != std::string::npos, refused.c_str());
    QCOMPARE(errorOf(Asks), std::string()); // it trusts, so that from here on it may end as it likes
    QCOMPARE(errorOf(JustCloses), std::string());
    QCOMPARE(errorOf(JustCloses), std::string());
}

void TestClientTrust::letsAClientOfHttp2AlonePass()
{
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    RawUpstream upstream(answering(okAnswer), tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    SSL_CTX *http2 = SSL_CTX_new(TLS_client_method());
    static constexpr unsigned char h2[] = {2, 'h', '2'};
    SSL_CTX_set_alpn_protos(http2, h2, sizeof h2);
    for (int i = 0; i < 3; ++i) {
        RawSocket socket = proxy->connect();
        socket.send(connectTo());
        socket.readHead();
        QCOMPARE(socket.startTls(http2, host), i == 2);
        socket.close();
        const auto events = proxy->finished(std::size_t(i) + 1);
        QCOMPARE(events.back().error.has_value(), i < 2);
        QVERIFY(i == 2 || events.back().error->find("does not speak HTTP/1.1") != std::string::npos);
    }
    SSL_CTX_free(http2);
}

void TestClientTrust::resumesSessions_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("an upstream of TLS 1.3") << TLS1_3_VERSION;
    QTest::newRow("an upstream of TLS 1.2, which gives no further session with one") << TLS1_2_VERSION;
}

// Of TLS, on both sides: clients that connect anew need no whole handshake.
void TestClientTrust::resumesSessions()
{
    QFETCH(int, version);
    constexpr int connections = 5;
    const PemCertificate pem = makeCertificate("DNS:api.example.test");
    const TlsContext tls(pem);
    SSL_CTX_set_max_proto_version(tls.context, version);
    static constexpr unsigned char sessions[] = "test";
    SSL_CTX_set_session_id_context(tls.context, sessions, sizeof sessions);
    std::atomic<int> resumed = 0;
    RawUpstream upstream(
        [&](RawSocket &socket, int index) {
            resumed += SSL_session_reused(const_cast<SSL *>(socket.tls())) == 1;
            answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")(socket, index);
        },
        tls.context);
    const auto proxy = intercepted.proxyTo(upstream, pem);
    SSL_SESSION *session = nullptr;
    for (int i = 0; i < connections; ++i) {
        RawSocket socket = proxy->connect();
        socket.send(connectTo());
        socket.readHead();
        QVERIFY(socket.startTls(intercepted.client(), host, session));
        QCOMPARE(SSL_session_reused(const_cast<SSL *>(socket.tls())) == 1, i > 0);
        socket.send(inside("/"));
        QCOMPARE(statusOf(socket.readHead()), 200);
        QCOMPARE(socket.readBytes(2), QByteArray("ok"));
        SSL_SESSION_free(session);
        session = SSL_get1_session(const_cast<SSL *>(socket.tls()));
    }
    SSL_SESSION_free(session);
    QCOMPARE(resumed.load(), connections - 1);
}

void TestClientTrust::forgetsNoMoreThanItMust()
{
    proxy::ClientTrust trust;
    QVERIFY(trust.dependsOnClient("a"));
    trust.noteAcceptance("two", "a");
    QVERIFY(!trust.dependsOnClient("a"));
    QVERIFY(!trust.noteRefusal("one", "a"));
    QVERIFY(trust.dependsOnClient("a"));
    QVERIFY(!trust.passesUnread("one", "a"));
    QVERIFY(trust.noteRefusal("one", "a"));
    QVERIFY(trust.passesUnread("one", "a"));
    QVERIFY(!trust.passesUnread("two", "a"));
    QVERIFY(!trust.passesUnread("one", "b"));
    trust.noteAcceptance("one", "a");
    QVERIFY(!trust.passesUnread("one", "a"));
    QVERIFY(trust.hasAccepted("one", "a"));
    for (std::size_t i = 0; i < proxy::ClientTrust::mostKept; ++i)
        trust.noteRefusal(std::to_string(i), "c");
    QVERIFY(!trust.hasAccepted("one", "a"));
    trust.clear();
    QVERIFY(!trust.passesUnread("0", "c"));
}

QTEST_GUILESS_MAIN(TestClientTrust)
#include "tst_clienttrust.moc"
