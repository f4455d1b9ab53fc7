#include "core/replay/replayer.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace hookscope;

namespace {

constexpr const char *authority = "127.0.0.1:8790";

Exchange exchange(const std::string &url, http::FieldList head, const std::string &body)
{
    Exchange result;
    result.started.method = "POST";
    result.started.url = url;
    result.started.head = std::move(head);
    result.request = ProxyEvent();
    result.request->requestBytes = body.size();
    BodyKept kept;
    kept.text = std::make_shared<const std::string>(body);
    kept.fullSize = body.size();
    result.requestBody = kept;
    return result;
}

std::vector<ReplayRoute> routes()
{
    return {{"openai", *http::parseUrl("https://api.openai.com")},
            {"beta", *http::parseUrl("https://api.openai.com/v1/beta/")},
            {"local", *http::parseUrl("http://127.0.0.1:9000/base")}};
}

QString textOf(const Result<QByteArray> &bytes)
{
    return bytes ? QString::fromUtf8(*bytes) : bytes.error().text;
}

} // namespace

class TestReplay : public QObject {
    Q_OBJECT
private slots:
    void goesByTheRouteThatLeadsThere_data();
    void goesByTheRouteThatLeadsThere();
    void fillsInTheCredentials();
    void sendsWhatBelongsToTheRequestAlone();
    void saysWhyItCannot_data();
    void saysWhyItCannot();
    void sendsItOnce();
    void tellsThatNobodyListens();
};

void TestReplay::goesByTheRouteThatLeadsThere_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("route")
        << QByteArray("https://api.openai.com/v1/responses?x=1")
        << QByteArray("POST /~replay/openai/v1/responses?x=1 HTTP/1.1\r\nHost: 127.0.0.1:8790\r\n");
    QTest::newRow("the longest root")
        << QByteArray("https://api.openai.com/v1/beta/x") << QByteArray("POST /~replay/beta/x HTTP/1.1\r\n");
    QTest::newRow("not within a name") << QByteArray("https://api.openai.com/v1/betamax")
                                       << QByteArray("POST /~replay/openai/v1/betamax HTTP/1.1\r\n");
    QTest::newRow("plain route") << QByteArray("http://127.0.0.1:9000/base/a")
                                 << QByteArray("POST /~replay/local/a HTTP/1.1\r\n");
    QTest::newRow("HTTP proxy") << QByteArray("http://127.0.0.1:9000/other")
                                << QByteArray(
                                       "POST http://127.0.0.1:9000/other HTTP/1.1\r\nHost: 127.0.0.1:9000\r\n"
                                       "Proxy-Authorization: Basic cmVwbGF5Og==\r\n");
    QTest::newRow("nowhere") << QByteArray("https://other.example/x")
                             << QByteArray("The request cannot be sent again: no route");
}

void TestReplay::goesByTheRouteThatLeadsThere()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, start);
    const auto plan = replayPlan(exchange(url.toStdString(), {}, "{}"));
    QVERIFY(plan);
    const QString text = textOf(replayBytes(*plan, {}, routes(), authority));
    QVERIFY2(text.startsWith(QString::fromUtf8(start)), qPrintable(text));
}

void TestReplay::fillsInTheCredentials()
{
    const auto plan = replayPlan(
        exchange("https://api.openai.com/v1/x?key=***&a=b",
                 {{"Authorization", "Bearer ***"}, {"x-other", "kept"}, {"x-api-key", "***"}}, "{}"));
    QVERIFY(plan);
    QCOMPARE(plan->credentials, (std::vector<std::string>{"key in the URL", "Authorization", "x-api-key"}));
    const QString text = textOf(replayBytes(*plan, {"K", "T", "A"}, routes(), authority));
    QVERIFY(text.startsWith(QStringLiteral("POST /~replay/openai/v1/x?key=K&a=b HTTP/1.1\r\n")));
    QVERIFY(
        text.contains(QStringLiteral("\r\nAuthorization: Bearer T\r\nx-other: kept\r\nx-api-key: A\r\n")));
    QVERIFY(!replayBytes(*plan, {"K", "T\r\nx: y", "A"}, routes(), authority));
    QVERIFY(!replayBytes(*plan, {"K"}, routes(), authority));
}

void TestReplay::sendsWhatBelongsToTheRequestAlone()
{
    const auto plan = replayPlan(exchange("https://api.openai.com/v1/x",
                                          {{"Host", "h"},
                                           {"Content-Length", "2"},
                                           {"Connection", "x-hop, keep-alive"},
                                           {"X-Hop", "1"},
                                           {"content-type", "application/json"},
                                           {"User-Agent", "sdk/1"}},
                                          "{}"));
    QVERIFY(plan);
    QCOMPARE(
        textOf(replayBytes(*plan, {}, routes(), authority)),
        QStringLiteral(
            "POST /~replay/openai/v1/x HTTP/1.1\r\nHost: 127.0.0.1:8790\r\ncontent-type: application/json\r\n"
            "User-Agent: sdk/1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"));
}

void TestReplay::saysWhyItCannot_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("text");
    QTest::newRow("tunnel") << 0 << "A tunnel cannot";
    QTest::newRow("websocket") << 1 << "A websocket cannot";
    QTest::newRow("no body") << 2 << "its body was not kept";
    QTest::newRow("a part of the body") << 3 << "only a part of its body";
    QTest::newRow("masked") << 4 << "a credential in its body was masked";
    QTest::newRow("left out") << 5 << "what is no text was left out";
}

void TestReplay::saysWhyItCannot()
{
    QFETCH(int, what);
    QFETCH(QString, text);
    Exchange request = exchange("https://api.openai.com/v1/x", {}, what == 4 ? R"({"k":"***"})" : "{}");
    request.started.isTunnel = what == 0;
    if (what == 1)
        request.started.head.push_back({"Upgrade", "websocket"});
    if (what == 2)
        request.requestBody->text = nullptr;
    request.requestBody->isTruncated = what == 3;
    if (what == 5)
        request.requestBody->fullSize = 5000;
    const auto plan = replayPlan(request);
    QVERIFY(!plan);
    QVERIFY2(plan.error().text.contains(text), qPrintable(plan.error().text));
}

void TestReplay::sendsItOnce()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int connections = 0;
    QByteArray got;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        ++connections;
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
            got += socket->readAll();
            if (got.endsWith("{}"))
                socket->disconnectFromHost(); // without an answer, which a library could take for a reason to
                                              // repeat it
        });
    });
    Replayer replayer;
    replayer.setProxy(QStringLiteral("127.0.0.1"), server.serverPort(), routes());
    QSignalSpy answered(&replayer, &Replayer::answered);
    replayer.replay(*replayPlan(exchange("https://api.openai.com/v1/x", {}, "{}")), {});
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(connections, 1);
    QVERIFY(got.startsWith("POST /~replay/openai/v1/x HTTP/1.1\r\n"));
}

void TestReplay::tellsThatNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    Replayer replayer;
    replayer.setProxy(QStringLiteral("127.0.0.1"), port, routes());
    QSignalSpy failed(&replayer, &Replayer::failed);
    replayer.replay(*replayPlan(exchange("https://api.openai.com/v1/x", {}, "{}")), {});
    QTRY_COMPARE(failed.size(), 1);
    replayer.replay(*replayPlan(exchange("https://other.example/v1/x", {}, "{}")), {});
    QCOMPARE(failed.size(), 2);
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
