#include "core/proxy/forwarding.h"
#include "core/proxy/handover.h"
#include "core/proxy/proxyconfig.h"
#include "core/proxy/routing.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::proxy;

namespace {

http::RequestHead headOf(const QByteArray &line, const QByteArray &fields = "Host: 127.0.0.1\r\n")
{
    const auto head = http::parseRequestHead((line + " HTTP/1.1\r\n" + fields + "\r\n").toStdString());
    if (!head)
        qFatal("%s", head.error().text.c_str());
    return *head;
}

ProxyConfig config()
{
    ProxyConfig made;
    made.routes = {*parseRoute("up=http://upstream.test:9000/base/"), *parseRoute("openai=http://127.0.0.1:9001")};
    for (Route &builtIn : builtInRoutes())
        made.routes.push_back(std::move(builtIn));
    made.allowedOrigins = {"http://localhost:3000"};
    return made;
}

} // namespace

class TestRouting : public QObject
{
    Q_OBJECT
private slots:
    void routes_data();
    void routes();
    void refuses_data();
    void refuses();
    void namesTheSandbox_data();
    void namesTheSandbox();
    void everyBuiltInRouteNamesItsProvider_data();
    void everyBuiltInRouteNamesItsProvider();
    void refusesRouteArguments_data();
    void refusesRouteArguments();
    void leadsConnectionsElsewhere_data();
    void leadsConnectionsElsewhere();
    void dropsWhatConcernsOneHop_data();
    void dropsWhatConcernsOneHop();
    void dropsHopByHopFieldsOfAnswers();
    void escapesControlCharactersInErrors();
    void countsWhatDoesNotFit();
};

void TestRouting::routes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("eventUrl");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isTls");
    QTest::newRow("route") << QByteArray("GET /up/v1/x?y=%2f") << "http://upstream.test:9000/base/v1/x?y=%2f"
                           << "upstream.test" << "/base/v1/x?y=%2f" << false;
    QTest::newRow("route without a slash") << QByteArray("GET /up") << "http://upstream.test:9000/base"
                                           << "upstream.test" << "/base" << false;
    QTest::newRow("own route wins") << QByteArray("POST /openai/v1/responses") << "http://127.0.0.1:9001/v1/responses"
                                    << "127.0.0.1" << "/v1/responses" << false;
    QTest::newRow("built-in") << QByteArray("POST /anthropic/v1/messages") << "https://api.anthropic.com/v1/messages"
                              << "api.anthropic.com" << "/v1/messages" << true;
    QTest::newRow("sandbox prefix") << QByteArray("POST /~me/anthropic/v1/messages")
                                    << "https://api.anthropic.com/v1/messages" << "api.anthropic.com"
                                    << "/v1/messages" << true;
    QTest::newRow("absolute") << QByteArray("GET http://Example.test/a?b") << "http://Example.test/a?b"
                              << "example.test" << "/a?b" << false;
    QTest::newRow("absolute, no path") << QByteArray("GET http://example.test") << "http://example.test"
                                       << "example.test" << "/" << false;
    QTest::newRow("absolute https") << QByteArray("GET https://example.test/") << "https://example.test/"
                                    << "example.test" << "/" << true;
    QTest::newRow("a base URL through the proxy") << QByteArray("GET http://127.0.0.1:8790/~me/up/x?y")
                                                  << "http://upstream.test:9000/base/x?y" << "upstream.test" << "/base/x?y" << false;
    QTest::newRow("another port of this machine") << QByteArray("GET http://127.0.0.1:8791/up/x")
                                                  << "http://127.0.0.1:8791/up/x" << "127.0.0.1" << "/up/x" << false;
    QTest::newRow("no route of ours") << QByteArray("GET http://127.0.0.1:8790/x") << "http://127.0.0.1:8790/x"
                                      << "127.0.0.1" << "/x" << false; // which the connector refuses
    QTest::newRow("check") << QByteArray("GET /hookscope/check") << "http://127.0.0.1:8790/hookscope/check"
                           << "127.0.0.1" << "/hookscope/check" << false;
    QTest::newRow("check through the proxy")
        << QByteArray("GET http://localhost:8790/~me/hookscope/check") << "http://127.0.0.1:8790/hookscope/check"
        << "127.0.0.1" << "/hookscope/check" << false;
    QTest::newRow("tunnel") << QByteArray("CONNECT example.test:443") << "example.test:443" << "example.test" << ""
                            << false;
    QTest::newRow("tunnel to IPv6") << QByteArray("CONNECT [::1]:443") << "[::1]:443" << "::1" << "" << false;
}

void TestRouting::routes()
{
    QFETCH(QByteArray, line);
    const auto destination = route(headOf(line), config(), {"127.0.0.1", 8790});
    QVERIFY2(destination, destination ? "" : destination.error().text.c_str());
    QTEST(QString::fromStdString(destination->eventUrl), "eventUrl");
    QTEST(QString::fromStdString(destination->url.host), "host");
    QTEST(QString::fromStdString(destination->url.path), "path");
    QTEST(destination->url.isTls, "isTls");
}

void TestRouting::refuses_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status"); // 0: not refused
    const QByteArray host = "Host: 127.0.0.1\r\n";
    QTest::newRow("unknown route") << QByteArray("GET /nope/x") << host << 404;
    QTest::newRow("no Host") << QByteArray("GET /up/") << QByteArray() << 400;
    QTest::newRow("two Hosts") << QByteArray("GET /up/") << host + host << 400;
    QTest::newRow("invalid Host") << QByteArray("GET /up/") << QByteArray("Host: a/b\r\n") << 400;
    QTest::newRow("rebinding") << QByteArray("GET /up/") << QByteArray("Host: evil.test\r\n") << 403;
    QTest::newRow("rebinding with our port") << QByteArray("GET /up/") << QByteArray("Host: evil.test:8790\r\n") << 403;
    QTest::newRow("localhost6") << QByteArray("GET /up/") << QByteArray("Host: localhost6\r\n") << 403;
    QTest::newRow("localhost with a port") << QByteArray("GET /up/") << QByteArray("Host: localhost:1\r\n") << 0;
    QTest::newRow("the address it was reached at") << QByteArray("GET /up/") << QByteArray("Host: 10.1.2.3\r\n") << 0;
    QTest::newRow("a page's origin") << QByteArray("POST /up/") << host + "Origin: https://evil.test\r\n" << 403;
    QTest::newRow("origin null") << QByteArray("POST /up/") << host + "Origin: null\r\n" << 403;
    QTest::newRow("cross-site") << QByteArray("GET /up/") << host + "Sec-Fetch-Site: cross-site\r\n" << 403;
    QTest::newRow("same-site") << QByteArray("GET /up/") << host + "Sec-Fetch-Site: same-site\r\n" << 403;
    QTest::newRow("typed into a browser") << QByteArray("GET /up/") << host + "Sec-Fetch-Site: none\r\n" << 0;
    QTest::newRow("an allowed app") << QByteArray("POST /up/")
                                    << host + "Origin: http://localhost:3000\r\nSec-Fetch-Site: cross-site\r\n" << 0;
    QTest::newRow("ftp") << QByteArray("GET ftp://a/b") << host << 400;
    QTest::newRow("file") << QByteArray("GET file:///etc/passwd") << host << 400;
    QTest::newRow("neither path nor URL") << QByteArray("GET abc") << host << 400;
    for (const char *target : {"a", "a:0", "a:70000", "[::1", ":443", "a:x"})
        QTest::newRow(qPrintable(QStringLiteral("CONNECT %1").arg(QLatin1String(target))))
            << QByteArray("CONNECT ") + target << host << 400;
}

void TestRouting::refuses()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    const auto destination = route(headOf(line, fields), config(), {"10.1.2.3", 8790});
    QCOMPARE(destination ? 0 : destination.error().status, status);
    if (status == 404)
        QVERIFY(destination.error().text.find("/anthropic/") != std::string::npos);
}

void TestRouting::namesTheSandbox_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("sandbox");
    const QByteArray proxyUser = "Proxy-Authorization: Basic " + QByteArray("codex:pw").toBase64() + "\r\n";
    QTest::newRow("none") << QByteArray("/up/") << QByteArray() << "local";
    QTest::newRow("prefix") << QByteArray("/~claude/up/") << QByteArray() << "claude";
    QTest::newRow("encoded prefix") << QByteArray("/~my%20box/up/") << QByteArray() << "my box";
    QTest::newRow("empty prefix") << QByteArray("/~/up/") << QByteArray() << "local";
    QTest::newRow("proxy user") << QByteArray("http://a.test/") << proxyUser << "codex";
    QTest::newRow("proxy user without password")
        << QByteArray("http://a.test/") << "Proxy-Authorization: basic " + QByteArray("x").toBase64() + "\r\n" << "x";
    QTest::newRow("other scheme") << QByteArray("http://a.test/") << QByteArray("Proxy-Authorization: Bearer abc\r\n")
                                  << "local";
}

void TestRouting::namesTheSandbox()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    const auto destination = route(headOf("GET " + target, "Host: 127.0.0.1\r\n" + fields), config(), {"127.0.0.1", 8790});
    QVERIFY(destination);
    QTEST(QString::fromStdString(destination->sandbox), "sandbox");
}

void TestRouting::everyBuiltInRouteNamesItsProvider_data()
{
    QTest::addColumn<QString>("provider");
    for (const char *name : {"openai", "anthropic", "deepseek", "groq", "mistral", "cohere", "together", "fireworks",
                             "openrouter", "xai", "ollama"})
        QTest::newRow(name) << QString::fromLatin1(name);
    QTest::newRow("gemini") << QStringLiteral("google");
}

void TestRouting::everyBuiltInRouteNamesItsProvider()
{
    const std::string name = QTest::currentDataTag();
    const auto own = parseRoute(name + "=http://127.0.0.1:9000");
    QVERIFY(own && own->provider);
    QTEST(QString::fromStdString(own->provider->name), "provider");
    const auto all = builtInRoutes();
    QCOMPARE(std::count_if(all.begin(), all.end(), [&](const Route &r) { return r.name == name; }), 1);
}

void TestRouting::refusesRouteArguments_data()
{
    QTest::addColumn<bool>("isAccepted");
    for (const char *text : {"x=http://a", "x=https://a:1/b/", "a-b_c.d=http://[::1]:5"})
        QTest::newRow(text) << true;
    for (const char *text : {"x", "=http://a", "x=", "x=ftp://a", "a/b=http://a", "x=http://a:0", "x=http://a?q",
                             "x=http://u:p@a", "..=http://a", "x=http://"})
        QTest::newRow(text) << false;
}

void TestRouting::refusesRouteArguments()
{
    QFETCH(bool, isAccepted);
    QCOMPARE(parseRoute(QTest::currentDataTag()).has_value(), isAccepted);
}

void TestRouting::leadsConnectionsElsewhere_data()
{
    QTest::addColumn<QString>("rule"); // refused if `address` is empty
    QTest::addColumn<QString>("address");
    QTest::newRow("exact") << "api.test:443:127.0.0.1:9000" << "127.0.0.1:9000";
    QTest::newRow("case") << "API.test:443:127.0.0.1:9000" << "127.0.0.1:9000";
    QTest::newRow("any host") << ":443:127.0.0.1:9000" << "127.0.0.1:9000";
    QTest::newRow("any port") << "api.test::127.0.0.1:9000" << "127.0.0.1:9000";
    QTest::newRow("IPv6") << "api.test:443:[::1]:9000" << "[::1]:9000";
    QTest::newRow("port kept") << "api.test:443:other.test:" << "other.test:443";
    QTest::newRow("other host") << "b.test:443:127.0.0.1:9000" << "api.test:443";
    QTest::newRow("other port") << "api.test:80:127.0.0.1:9000" << "api.test:443";
    QTest::newRow("three parts") << "api.test:443:127.0.0.1" << "";
    QTest::newRow("port 0") << "api.test:443:127.0.0.1:0" << "";
    QTest::newRow("not a port") << "api.test:x:127.0.0.1:1" << "";
}

void TestRouting::leadsConnectionsElsewhere()
{
    QFETCH(QString, rule);
    QFETCH(QString, address);
    const auto parsed = parseConnectTo(rule.toStdString());
    QCOMPARE(parsed.has_value(), !address.isEmpty());
    if (!parsed)
        return;
    const auto target = connectTarget({*parsed}, "api.test", 443);
    QCOMPARE(QString::fromStdString(http::formatAuthority(target.host, target.port)), address);
}

void TestRouting::dropsWhatConcernsOneHop_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("sent"); // behind request line and Host
    QTest::newRow("order and repetition") << QByteArray("B: 1\r\na: 2\r\nB: 3\r\n") << QByteArray("B: 1\r\na: 2\r\nB: 3\r\n");
    QTest::newRow("named by Connection") << QByteArray("Connection: close, X-Hop\r\nX-Hop: 1\r\nY: 2\r\n")
                                         << QByteArray("Y: 2\r\n");
    QTest::newRow("a framing field named by Connection")
        << QByteArray("Connection: content-length\r\nContent-Length: 0\r\n") << QByteArray("Content-Length: 0\r\n");
    QTest::newRow("proxy fields") << QByteArray("Proxy-Authorization: Basic eDp5\r\nProxy-Connection: x\r\nProxy: y\r\n")
                                  << QByteArray();
    QTest::newRow("hop by hop") << QByteArray("Keep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\n") << QByteArray();
    QTest::newRow("credentials for the provider") << QByteArray("Authorization: Bearer x\r\nAccept-Encoding: br\r\n")
                                                  << QByteArray("Authorization: Bearer x\r\nAccept-Encoding: br\r\n");
    QTest::newRow("websocket") << QByteArray("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n")
                               << QByteArray("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    QTest::newRow("Max-Forwards of GET") << QByteArray("Max-Forwards: 3\r\n") << QByteArray("Max-Forwards: 3\r\n");
}

void TestRouting::dropsWhatConcernsOneHop()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, sent);
    const auto head = headOf("GET /up/x", "Host: 127.0.0.1\r\n" + fields);
    const auto destination = route(head, config(), {"127.0.0.1", 8790});
    QVERIFY(destination);
    QCOMPARE(QByteArray::fromStdString(upstreamRequestHead(head, *destination)),
             "GET /base/x HTTP/1.1\r\nHost: upstream.test:9000\r\n" + sent + "\r\n");
}

void TestRouting::dropsHopByHopFieldsOfAnswers()
{
    const auto head = http::parseResponseHead("HTTP/1.1 101 Switching\r\nConnection: Upgrade, X-Hop\r\nUpgrade: websocket\r\n"
                                              "X-Hop: 1\r\nKeep-Alive: 5\r\nSec-WebSocket-Accept: z\r\n\r\n", "GET");
    QVERIFY(head);
    QCOMPARE(QByteArray::fromStdString(clientResponseHead(*head, {1, true})),
             QByteArray("HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept: z\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));
}

void TestRouting::escapesControlCharactersInErrors()
{
    const QByteArray answer = QByteArray::fromStdString(errorAnswer(404, "no route '\x1b[2J\r\nX: y'", true, false));
    QVERIFY(answer.endsWith("\r\n\r\nhookscope: no route '?[2J??X: y'\n"));
}

void TestRouting::countsWhatDoesNotFit()
{
    int wakes = 0;
    HandOver handOver([&wakes] { ++wakes; }, 3);
    for (int i = 0; i < 5; ++i)
        handOver.put(redact(ProxyEvent{}, {}));
    QCOMPARE(wakes, 1);
    HandOver::Batch batch = handOver.take();
    QCOMPARE(batch.events.size(), std::size_t(3));
    QCOMPARE(batch.lost, std::uint64_t(2));
    QVERIFY(handOver.take().events.empty());
    handOver.put(redact(ProxyEvent{}, {}));
    QCOMPARE(wakes, 2);
}

QTEST_APPLESS_MAIN(TestRouting)
#include "tst_routing.moc"
