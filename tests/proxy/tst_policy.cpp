#include "tests/certificate.h"
#include "tests/proxy/interceptingclient.h"
#include "tests/proxy/proxyfixture.h"
#include "tests/proxy/tlscontext.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray password = "correct-horse-battery";
const QByteArray credentials = "Basic " + ("me:" + password).toBase64();

policy::HostPattern pattern(const char *text)
{
    return *policy::parseHostPattern(text);
}

policy::UpstreamProxy proxyAt(quint16 port, const std::string &user = {})
{
    return {"127.0.0.1", port, user, {}};
}

// A CONNECT proxy and the upstream behind it in one: it answers what comes through the tunnel, over TLS if it
// has a context. What it was sent in plain text is kept.
class ProxyAndUpstream {
public:
    explicit ProxyAndUpstream(SSL_CTX *tls = nullptr)
        : m_peer([this, tls](RawSocket &socket, int) { serve(socket, tls); })
    {
    }

    quint16 port() const { return m_peer.port(); }
    int connections() const { return m_peer.connections(); }
    QList<QByteArray> heads() const
    {
        const std::lock_guard lock(m_mutex);
        return m_heads;
    }

private:
    void serve(RawSocket &socket, SSL_CTX *tls)
    {
        for (;;) {
            const QByteArray head = socket.readHead();
            if (head.isEmpty())
                return;
            keep(head);
            if (head.startsWith("CONNECT ")) {
                socket.send("HTTP/1.1 200 Fine\r\nProxy-Agent: test\r\n\r\n");
                if (tls && !socket.acceptTls(tls))
                    return;
            } else {
                socket.send(okAnswer);
            }
        }
    }

    void keep(const QByteArray &head)
    {
        const std::lock_guard lock(m_mutex);
        m_heads.append(head);
    }

    mutable std::mutex m_mutex;
    QList<QByteArray> m_heads;
    RawUpstream m_peer;
};

// Everything that the events say, for a search.
QByteArray textOf(const ProxyFixture &proxy)
{
    QByteArray text;
    for (const ProxyEvent &event : proxy.all<ProxyEvent>())
        text += QByteArray::fromStdString(event.url + " " + event.host + " " + event.sandbox + " "
                                          + event.error.value_or("") + "\n");
    for (const Started &event : proxy.all<Started>()) {
        for (const http::Field &field : event.head)
            text += QByteArray::fromStdString(field.name + ": " + field.value + "\n");
    }
    for (const Answered &event : proxy.all<Answered>()) {
        for (const http::Field &field : event.head)
            text += QByteArray::fromStdString(field.name + ": " + field.value + "\n");
    }
    for (const BodyKept &event : proxy.all<BodyKept>())
        text += event.text ? QByteArray::fromStdString(*event.text) : QByteArray();
    return text;
}

} // namespace

class TestPolicy : public QObject {
    Q_OBJECT
private slots:
    void refusesBlockedHosts_data();
    void refusesBlockedHosts();
    void looksAtTheHostBeforeConnectTo();
    void servesItsOwnPageWhateverThePolicy();
    void takesAChangeForTheNextRequest();
    void goesThroughTheUpstreamProxy_data();
    void goesThroughTheUpstreamProxy();
    void keepsTheTunnelThroughTheProxy();
    void opensATunnelThroughTheProxyAndHoldsItToTheHosts();
    void leavesExceptionsToThemselves_data();
    void leavesExceptionsToThemselves();
    void namesTheProxyThatFails_data();
    void namesTheProxyThatFails();
    void neverShowsTheProxysCredentials();
};

void TestPolicy::refusesBlockedHosts_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("a tunnel") << QByteArray(
        "CONNECT api.bad.test:443 HTTP/1.1\r\nHost: api.bad.test:443\r\n\r\n")
                              << QByteArray("'*.bad.test'") << QByteArray("api.bad.test")
                              << QByteArray("api.bad.test:443");
    QTest::newRow("a tunnel to a spelt address")
        << QByteArray("CONNECT 2130706434:443 HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("'127.0.0.2'")
        << QByteArray("2130706434") << QByteArray("2130706434:443");
    QTest::newRow("a proxied request")
        << QByteArray("GET http://Bad.Test./x?a=1 HTTP/1.1\r\nHost: bad.test\r\n\r\n")
        << QByteArray("'*.bad.test'") << QByteArray("bad.test.") << QByteArray("http://Bad.Test./x?a=1");
    QTest::newRow("a base URL") << get("/bad/v1/x") << QByteArray("'*.bad.test'")
                                << QByteArray("llm.bad.test") << QByteArray("https://llm.bad.test/v1/x");
    QTest::newRow("not on the list") << QByteArray("GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\n\r\n")
                                     << QByteArray("allowlist") << QByteArray("127.0.0.1")
                                     << QByteArray("http://127.0.0.1:1/");
}

void TestPolicy::refusesBlockedHosts()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, url);
    RawUpstream upstream([](RawSocket &, int) {});
    ProxyFixture proxy(upstream.port(), [](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("bad=https://llm.bad.test"));
        config.traffic.hosts = {{pattern("*.bad.test"), pattern("127.0.0.2")}, {pattern("*.bad.test")}, true};
    });
    const QByteArray answer = proxy.ask(request);
    QCOMPARE(statusOf(answer), 403);
    QVERIFY(answer.contains("Content-Type: text/plain"));
    const QByteArray body = answer.mid(answer.indexOf("\r\n\r\n") + 4);
    QVERIFY2(body.startsWith("hookscope: host ") && body.contains(rule), body.constData());
    QCOMPARE(body.count('\n'), 1);
    const ProxyEvent event = proxy.finished(1)[0];
    QCOMPARE(event.status.value_or(0), 403);
    QVERIFY(event.error && event.error->find(rule.toStdString()) != std::string::npos);
    QCOMPARE(event.host, host.toStdString());
    QCOMPARE(event.url, url.toStdString());
    QCOMPARE(upstream.connections(), 0);
}

void TestPolicy::looksAtTheHostBeforeConnectTo()
{
    ProxyAndUpstream upstream;
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        const std::string port = std::to_string(upstream.port());
        config.connectTo.push_back(*proxy::parseConnectTo("good.test:80:127.0.0.1:" + port));
        config.connectTo.push_back(*proxy::parseConnectTo("bad.test:80:127.0.0.1:" + port));
        config.traffic.hosts = {{pattern("bad.test")}, {pattern("good.test")}, true};
    });
    QCOMPARE(
        statusOf(proxy.ask("GET http://good.test/ HTTP/1.1\r\nHost: good.test\r\nConnection: close\r\n\r\n")),
        200);
    QCOMPARE(statusOf(proxy.ask("GET http://bad.test/ HTTP/1.1\r\nHost: bad.test\r\n\r\n")), 403);
    QCOMPARE(upstream.connections(), 1);
}

void TestPolicy::servesItsOwnPageWhateverThePolicy()
{
    ProxyFixture proxy(1, [](proxy::ProxyConfig &config) { config.traffic.hosts.allowlistOnly = true; });
    QCOMPARE(statusOf(proxy.ask(get("/"))), 200);
}

void TestPolicy::takesAChangeForTheNextRequest()
{
    ProxyAndUpstream upstream;
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/1"));
    QCOMPARE(statusOf(client.readHead()), 200);
    client.readBytes(2);

    policy::TrafficPolicy changed;
    changed.hosts.blocked.push_back(pattern("127.0.0.1"));
    proxy.server().setPolicy(changed);
    client.send(get("/up/2"));
    QCOMPARE(statusOf(client.readHead()), 403);
    client.readUntil("\n");

    proxy.server().setPolicy({});
    client.send(get("/up/3"));
    QCOMPARE(statusOf(client.readHead()), 200);
    QCOMPARE(upstream.connections(), 1);
    QCOMPARE(upstream.heads().size(), 2);
}

void TestPolicy::goesThroughTheUpstreamProxy_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("hasUser");
    QTest::addColumn<QList<QByteArray>>(
        "lines"); // the first of each head that the proxy and the upstream got
    const QByteArray plain =
        "GET http://upstream.test/x?y HTTP/1.1\r\nHost: upstream.test\r\nConnection: close\r\n\r\n";
    QTest::newRow("plain HTTP") << plain << false
                                << QList<QByteArray>{"GET http://upstream.test/x?y HTTP/1.1"};
    QTest::newRow("plain HTTP, with credentials")
        << plain << true << QList<QByteArray>{"GET http://upstream.test/x?y HTTP/1.1"};
    const QList<QByteArray> tunnelled{"CONNECT upstream.test:443 HTTP/1.1", "GET /v1/x HTTP/1.1"};
    QTest::newRow("TLS") << get("/tls/v1/x", "Connection: close\r\n") << false << tunnelled;
    QTest::newRow("TLS, with credentials") << get("/tls/v1/x", "Connection: close\r\n") << true << tunnelled;
    QTest::newRow("TRACE") << QByteArray(
        "TRACE http://upstream.test/ HTTP/1.1\r\nHost: upstream.test\r\nConnection: close\r\n\r\n")
                           << true
                           << QList<QByteArray>{"CONNECT upstream.test:80 HTTP/1.1", "TRACE / HTTP/1.1"};
}

void TestPolicy::goesThroughTheUpstreamProxy()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, hasUser);
    QFETCH(QList<QByteArray>, lines);
    const bool isTls = request.contains("/tls/");
    const PemCertificate pem = makeCertificate("DNS:upstream.test");
    const TlsContext tls(pem);
    QTemporaryDir folder;
    ProxyAndUpstream peer(isTls ? tls.context : nullptr);
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("tls=https://upstream.test"));
        config.upstreamCaFile = writePem(folder, pem);
        config.traffic.upstreamProxy = proxyAt(peer.port(), hasUser ? "me" : "");
        config.traffic.upstreamPassword = password.toStdString();
    });
    const QByteArray answer = proxy.ask(request);
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(proxy.finished(1)[0].host, std::string("upstream.test"));
    const QList<QByteArray> heads = peer.heads();
    QCOMPARE(heads.size(), lines.size());
    for (qsizetype i = 0; i < heads.size(); ++i)
        QVERIFY2(heads[i].startsWith(lines[i] + "\r\n"), heads[i].constData());
    QCOMPARE(heads[0].contains("Proxy-Authorization: " + credentials + "\r\n"), hasUser);
    if (heads.size() > 1)
        QVERIFY(!heads[1].contains("Proxy-Authorization"));
}

void TestPolicy::keepsTheTunnelThroughTheProxy()
{
    RawUpstream peer([](RawSocket &socket, int) {
        const QByteArray head = socket.readHead();
        socket.send("HTTP/1.0 200 Connection established\r\n\r\nhello ");
        socket.send("got " + socket.readToEnd());
    });
    ProxyFixture proxy(
        1, [&](proxy::ProxyConfig &config) { config.traffic.upstreamProxy = proxyAt(peer.port()); });
    RawSocket client = proxy.connect();
    client.send("CONNECT far.test:25 HTTP/1.1\r\nHost: far.test:25\r\n\r\nearly");
    QCOMPARE(client.readHead(), QByteArray("HTTP/1.1 200 Connection established\r\n\r\n"));
    client.send(" late");
    client.shutdownSend();
    QCOMPARE(client.readToEnd(), QByteArray("hello got early late"));
    QCOMPARE(proxy.finished(1)[0].responseBytes.value_or(0), std::uint64_t(20));
}

void TestPolicy::opensATunnelThroughTheProxyAndHoldsItToTheHosts()
{
    const InterceptedHost host("upstream.test");
    const PemCertificate pem = makeCertificate("DNS:upstream.test");
    const TlsContext tls(pem);
    QTemporaryDir folder;
    ProxyAndUpstream peer(tls.context);
    policy::TrafficPolicy policy;
    policy.upstreamProxy = proxyAt(peer.port());
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.upstreamCaFile = writePem(folder, pem);
        config.interception = host.interception();
        config.traffic = policy;
    });
    RawSocket client = proxy.connect();
    client.send("CONNECT upstream.test:443 HTTP/1.1\r\nHost: upstream.test:443\r\n\r\n");
    client.readHead();
    QVERIFY(client.startTls(host.client(), "upstream.test"));
    client.send("GET /1 HTTP/1.1\r\nHost: upstream.test\r\n\r\n");
    QCOMPARE(statusOf(client.readHead()), 200);
    client.readBytes(2);
    QCOMPARE(peer.connections(), 1); // the one with which the certificate was looked at

    policy.hosts.blocked.push_back(pattern("upstream.test"));
    proxy.server().setPolicy(policy);
    client.send("GET /2 HTTP/1.1\r\nHost: upstream.test\r\nConnection: close\r\n\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 403);
    QCOMPARE(peer.heads().size(), 2);
}

void TestPolicy::leavesExceptionsToThemselves_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("a loopback address") << QByteArray("127.0.0.1") << 200;
    QTest::newRow("localhost") << QByteArray("localhost") << 200;
    QTest::newRow("a loopback address, spelt") << QByteArray("127.1") << 200;
    QTest::newRow("led to this machine") << QByteArray("near.test") << 200;
    QTest::newRow("listed, and not found") << QByteArray("a.except.invalid") << 502;
}

void TestPolicy::leavesExceptionsToThemselves()
{
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    ProxyAndUpstream companyProxy;
    ProxyAndUpstream upstream;
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.traffic.upstreamProxy = proxyAt(companyProxy.port());
        config.traffic.upstreamProxy->exceptions.push_back(pattern("*.except.invalid"));
        config.connectTo.push_back(*proxy::parseConnectTo("near.test::127.0.0.1:"));
    });
    const QByteArray url = "http://" + host + ":" + QByteArray::number(upstream.port()) + "/";
    QCOMPARE(statusOf(proxy.ask("GET " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")), status);
    QCOMPARE(companyProxy.connections(), 0);
}

void TestPolicy::namesTheProxyThatFails_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("proxyAnswer"); // empty: it closes
    QTest::addColumn<QByteArray>("reason");
    const QByteArray tunnel = "CONNECT far.test:443 HTTP/1.1\r\nHost: far.test:443\r\n\r\n";
    const QByteArray plain = "GET http://far.test/ HTTP/1.1\r\nHost: far.test\r\n\r\n";
    const auto refusal = [](const char *status) {
        return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Length: 3\r\n\r\nno\n";
    };
    QTest::newRow("407 to a tunnel") << tunnel << refusal("407 Who")
                                     << QByteArray("answered 407 Proxy Authentication Required");
    QTest::newRow("403 to a tunnel") << tunnel << refusal("403 No") << QByteArray("answered 403 Forbidden");
    QTest::newRow("502 to a tunnel") << tunnel << refusal("502 Bad")
                                     << QByteArray("answered 502 Bad Gateway");
    QTest::newRow("418 to a tunnel") << tunnel << refusal("418 Pot") << QByteArray("answered 418");
    QTest::newRow("403 to TLS") << get("/tls/") << refusal("403 No") << QByteArray("answered 403 Forbidden");
    QTest::newRow("407 to plain HTTP")
        << plain << refusal("407 Who") << QByteArray("answered 407 Proxy Authentication Required");
    QTest::newRow("it dies within a tunnel's answer")
        << tunnel << QByteArray("HTTP/1.1 2") << QByteArray("without an answer");
    QTest::newRow("it dies") << tunnel << QByteArray() << QByteArray("without an answer");
    QTest::newRow("it dies on plain HTTP") << plain << QByteArray() << QByteArray("without an answer");
    QTest::newRow("it speaks no HTTP")
        << tunnel << QByteArray("220 smtp ready\r\n\r\n") << QByteArray("invalid answer");
    QTest::newRow("it speaks into the TLS tunnel")
        << get("/tls/") << QByteArray("HTTP/1.1 200 OK\r\n\r\nboo") << QByteArray("bytes of its own");
    QTest::newRow("an endless head") << tunnel << "HTTP/1.1 200 OK\r\nX: " + QByteArray(80'000, 'x')
                                     << QByteArray("64 KiB");
}

void TestPolicy::namesTheProxyThatFails()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, proxyAnswer);
    QFETCH(QByteArray, reason);
    RawUpstream peer([proxyAnswer](RawSocket &socket, int) {
        socket.readHead();
        socket.send(proxyAnswer);
    });
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("tls=https://far.test"));
        config.traffic.upstreamProxy = proxyAt(peer.port());
    });
    const QByteArray answer = proxy.ask(request);
    QCOMPARE(statusOf(answer), 502);
    QVERIFY2(answer.contains("the upstream proxy 127.0.0.1:" + QByteArray::number(peer.port())),
             answer.constData());
    QVERIFY2(answer.contains(reason), answer.constData());
    const ProxyEvent event = proxy.finished(1)[0];
    QVERIFY(event.error && event.error->find("the upstream proxy") != std::string::npos);
}

void TestPolicy::neverShowsTheProxysCredentials()
{
    const QByteArray encoded = credentials.mid(6);
    RawUpstream peer([&](RawSocket &socket, int) {
        const QByteArray head = socket.readHead();
        const QByteArray body = "you are " + credentials + " and " + password;
        const QByteArray length = QByteArray::number(body.size());
        const QByteArray status = head.startsWith("CONNECT") ? "407 " + encoded : QByteArray("200 OK");
        socket.send("HTTP/1.1 " + status + "\r\nX-You: " + encoded + "\r\nX-Word: " + password
                    + "\r\nContent-Type: text/plain\r\nContent-Length: " + length + "\r\n\r\n" + body);
    });
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.keepBodies = true;
        config.bodyCapBytes = 100'000;
        config.traffic.upstreamProxy = proxyAt(peer.port(), "me");
        config.traffic.upstreamPassword = password.toStdString();
    });
    const QByteArray refused = proxy.ask("CONNECT far.test:443 HTTP/1.1\r\nHost: far.test\r\n\r\n");
    QVERIFY(!refused.contains(encoded) && !refused.contains(password));
    proxy.ask("GET http://far.test/" + password + " HTTP/1.1\r\nHost: far.test\r\nConnection: close\r\n\r\n");
    proxy.finished(2);
    QTRY_COMPARE(proxy.all<BodyKept>().size(), std::size_t(1));
    const QByteArray told = textOf(proxy);
    QVERIFY(told.contains("X-Word: ***"));
    QVERIFY(told.contains("you are"));
    QVERIFY(!told.contains(encoded) && !told.contains(password));
}

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
