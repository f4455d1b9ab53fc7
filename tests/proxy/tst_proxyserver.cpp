#include "tests/certificate.h"
#include "tests/proxy/proxyfixture.h"
#include "tests/proxy/tlscontext.h"

#include <QTemporaryDir>
#include <QTest>
#include <future>

using namespace hookscope;

namespace {

const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// Reads one request with a Content-Length body, or none.
QByteArray readRequest(RawSocket &socket)
{
    QByteArray request = socket.readHead();
    const qsizetype field = request.toLower().indexOf("\r\ncontent-length:");
    if (field >= 0)
        request += socket.readBytes(request.mid(field + 17, request.indexOf('\r', field + 2) - field - 17).toLongLong());
    return request;
}

// Answers every request on a connection with the same bytes.
RawUpstream::Script answering(const QByteArray &answer, bool closes = false)
{
    return [answer, closes](RawSocket &socket, int) {
        while (!readRequest(socket).isEmpty()) {
            if (!socket.send(answer) || closes)
                return;
        }
    };
}

} // namespace

class TestProxyServer : public QObject
{
    Q_OBJECT
private slots:
    void refusesWithoutAnUpstreamConnection_data();
    void refusesWithoutAnUpstreamConnection();
    void relaysAnswers_data();
    void relaysAnswers();
    void answersForABadUpstream_data();
    void answersForABadUpstream();
    void cutsAnAnswerThatIsCut_data();
    void cutsAnAnswerThatIsCut();
    void answersPipelinedRequestsInOrder();
    void reusesTheUpstreamConnection();
    void neverGivesExtraBytesToTheNextRequest();
    void repeatsAGetOnAStaleConnection();
    void neverSendsAPostTwice();
    void relaysAnAnswerToAHalfClosedClient();
    void endsTheUpstreamWhenTheClientResets();
    void forwardsExpectContinue();
    void endsAfterARefusedExpectation();
    void relaysAnEarlyAnswer();
    void sendsEachEventAtOnce();
    void relaysChunksAndTrailersAsTheyCame();
    void dechunksForHttp10();
    void stopsTheUpstreamWhenTheClientStopsReading();
    void relaysLargeBodiesBothWays();
    void relaysAWebSocket();
    void relaysATunnelWithEarlyBytesAndHalfClose();
    void refusesItself_data();
    void refusesItself();
    void removesUserInfoAndCredentialsFromEvents();
    void servesTheLandingPageWithoutAnEvent();
    void refusesClientsBeyondTheLimit();
    void closesTlsOnThePlainPortWithoutAWord();
    void verifiesTheUpstreamsCertificate_data();
    void verifiesTheUpstreamsCertificate();
    void namesThePortThatIsInUse();
    void takesTheNextFreePort();
    void countsTheTokensOfALlmCall();
};

void TestProxyServer::refusesWithoutAnUpstreamConnection_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("no Host") << QByteArray("GET /up/ HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("both lengths") << post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" << 400;
    QTest::newRow("unknown coding") << post + "Transfer-Encoding: xchunked\r\n\r\n" << 501;
    QTest::newRow("bad chunk size") << chunked + "0_2e\r\nx\r\n0\r\n\r\n" << 400;
    QTest::newRow("17 hex digits") << chunked + "10000000000000000\r\nx" << 400;
    QTest::newRow("no CRLF behind a chunk") << chunked + "1\r\nxy\r\n0\r\n\r\n" << 400;
    QTest::newRow("unknown route") << get("/nope/") << 404;
    QTest::newRow("rebinding") << QByteArray("GET /up/ HTTP/1.1\r\nHost: evil.test\r\n\r\n") << 403;
    QTest::newRow("a web page") << get("/up/", "Origin: https://evil.test\r\n") << 403;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
    QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n") << 400;
    QTest::newRow("random bytes") << QByteArray(1'000'000, '\x81') << 400;
    QTest::newRow("long line") << "GET /up/" + QByteArray(70'000, 'a') + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" << 414;
    QTest::newRow("long head") << get("/up/", "X: " + QByteArray(70'000, 'a') + "\r\n") << 431;
    QTest::newRow("ftp") << QByteArray("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("CONNECT without a port") << QByteArray("CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
}

void TestProxyServer::refusesWithoutAnUpstreamConnection()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RawUpstream upstream(answering(okAnswer));
    ProxyFixture proxy(upstream.port());
    const QByteArray answer = proxy.ask(request);
    QCOMPARE(statusOf(answer), status);
    QVERIFY(answer.contains("\r\n\r\nhookscope: "));
    QVERIFY(answer.contains("Content-Type: text/plain"));
    const auto events = proxy.finished(1);
    QVERIFY(events[0].error.has_value());
    QCOMPARE(events[0].status.value_or(0), status);
    QCOMPARE(upstream.connections(), 0);
}

void TestProxyServer::relaysAnswers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("answer"); // of the upstream, which then closes
    QTest::addColumn<QByteArray>("relayed"); // what the client gets, to the end
    const QByteArray closing = "Connection: close\r\n";
    const QByteArray request = get("/up/", closing);
    const auto row = [&](const char *name, const QByteArray &answer, const QByteArray &relayed) {
        QTest::newRow(name) << request << answer << relayed;
    };
    row("length", "HTTP/1.1 200 Fine\r\nX: a\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 Fine\r\nX: a\r\nContent-Length: 2\r\n" + closing + "\r\nok");
    row("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nSum: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + closing + "\r\n2;a=b\r\nok\r\n0\r\nSum: 1\r\n\r\n");
    row("until close", "HTTP/1.1 200 OK\r\n\r\nok", "HTTP/1.1 200 OK\r\n" + closing + "\r\nok");
    row("HTTP/1.0 until close", "HTTP/1.0 200 OK\r\n\r\nok", "HTTP/1.1 200 OK\r\n" + closing + "\r\nok");
    row("204 with a body", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n" + closing + "\r\n");
    row("304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n" + closing + "\r\n");
    row("early hints", QByteArray("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n").repeated(3) + okAnswer,
        QByteArray("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n").repeated(3)
            + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + closing + "\r\nok");
    row("repeated fields", "HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n" + closing + "\r\n");
    row("429 with Retry-After", "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n" + closing + "\r\n");
    QTest::newRow("HEAD") << QByteArray("HEAD /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                          << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
                          << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n" + closing + "\r\n";
}

void TestProxyServer::relaysAnswers()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, relayed);
    for (const bool isBytewise : {false, true}) {
        RawUpstream upstream([&](RawSocket &socket, int) {
            readRequest(socket);
            if (!isBytewise)
                socket.send(answer);
            for (qsizetype i = 0; isBytewise && i < answer.size(); ++i)
                socket.send(answer.mid(i, 1));
        });
        ProxyFixture proxy(upstream.port());
        RawSocket client = proxy.connect();
        for (qsizetype i = 0; isBytewise && i < request.size(); ++i)
            client.send(request.mid(i, 1));
        if (!isBytewise)
            client.send(request);
        QCOMPARE(client.readToEnd(), relayed);
        const auto events = proxy.finished(1);
        QVERIFY(!events[0].error.has_value());
    }
}

void TestProxyServer::answersForABadUpstream_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("closes without a byte") << QByteArray();
    QTest::newRow("closes within the head") << QByteArray("HTTP/1.1 200");
    QTest::newRow("two lengths") << ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n";
    QTest::newRow("length abc") << ok + "Content-Length: abc\r\n\r\n";
    QTest::newRow("both lengths") << ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("status 99999") << QByteArray("HTTP/1.1 99999\r\n\r\n");
    QTest::newRow("ICY") << QByteArray("ICY 200 OK\r\n\r\n");
    QTest::newRow("1 MB head") << ok + "X: " + QByteArray(1'000'000, 'a') + "\r\n\r\n";
    QTest::newRow("1,000 lines") << ok + QByteArray("X: y\r\n").repeated(1000) + "\r\n";
    QTest::newRow("bad chunk beside the head") << ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
    QTest::newRow("101 unasked") << QByteArray("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n");
    QTest::newRow("21 interim answers") << QByteArray("HTTP/1.1 102 Processing\r\n\r\n").repeated(21) + okAnswer;
}

void TestProxyServer::answersForABadUpstream()
{
    QFETCH(QByteArray, answer);
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        socket.send(answer);
    });
    ProxyFixture proxy(upstream.port());
    QByteArray got = proxy.ask(get("/up/"));
    got.replace("HTTP/1.1 102 Processing\r\n\r\n", "");
    QCOMPARE(statusOf(got), 502);
    QVERIFY(got.contains("hookscope: "));
    QVERIFY(proxy.finished(1)[0].error.has_value());
}

void TestProxyServer::cutsAnAnswerThatIsCut_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("resets"); // how the upstream ends
    QTest::addColumn<QString>("reason");
    QTest::newRow("50 of 100") << QByteArray("Content-Length: 100\r\n") << QByteArray(50, 'a') << false << "50 bytes short";
    QTest::newRow("no last chunk") << QByteArray("Transfer-Encoding: chunked\r\n") << QByteArray("2\r\nok\r\n") << false
                                   << "before its answer was complete";
    QTest::newRow("bad chunk") << QByteArray("Transfer-Encoding: chunked\r\n") << QByteArray("2\r\nok\r\nzz\r\n") << false
                               << "invalid chunk";
    QTest::newRow("reset of one until close") << QByteArray() << QByteArray("abc") << true
                                              << "before its answer was complete";
}

void TestProxyServer::cutsAnAnswerThatIsCut()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(bool, resets);
    QFETCH(QString, reason);
    std::promise<void> isRead;
    auto read = isRead.get_future();
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        const qsizetype whole = body.indexOf("zz") < 0 ? body.size() : body.indexOf("zz");
        socket.send("HTTP/1.1 200 OK\r\n" + head + "\r\n" + body.left(whole));
        read.wait_for(std::chrono::seconds(8));
        socket.send(body.mid(whole));
        if (resets)
            socket.reset();
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/"));
    QByteArray got = client.readHead();
    const QByteArray whole = body.left(body.indexOf("zz") < 0 ? body.size() : body.indexOf("zz"));
    got = client.readBytes(whole.size());
    isRead.set_value();
    QCOMPARE(got, whole);
    QCOMPARE(client.readToEnd(), QByteArray());
    QCOMPARE(client.isReset(), resets);
    const auto events = proxy.finished(1);
    QVERIFY2(events[0].error && QString::fromStdString(*events[0].error).contains(reason),
             events[0].error.value_or("no error").c_str());
}

void TestProxyServer::answersPipelinedRequestsInOrder()
{
    RawUpstream upstream([](RawSocket &socket, int) {
        for (;;) {
            const QByteArray request = readRequest(socket);
            if (request.isEmpty())
                return;
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + request.mid(5, 1));
        }
    });
    ProxyFixture proxy(upstream.port());
    QByteArray requests;
    for (const char *path : {"/up/1", "/up/2", "/up/3", "/up/4", "/up/5"})
        requests += get(path);
    const QByteArray answers = proxy.ask(requests + "bad\r\n\r\n");
    QCOMPARE(answers.count("HTTP/1.1 200 OK"), 5);
    for (int i = 1; i < 5; ++i)
        QVERIFY(answers.indexOf("\r\n\r\n" + QByteArray::number(i)) < answers.indexOf("\r\n\r\n" + QByteArray::number(i + 1)));
    QVERIFY(answers.contains("HTTP/1.1 400 Bad Request"));
}

void TestProxyServer::reusesTheUpstreamConnection()
{
    RawUpstream upstream(answering(okAnswer));
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    for (int i = 0; i < 3; ++i) {
        client.send(get("/up/"));
        client.readHead();
        QCOMPARE(client.readBytes(2), QByteArray("ok"));
    }
    QCOMPARE(upstream.connections(), 1);
    proxy.ask(get("/up/")); // another client gets a connection of its own
    QCOMPARE(upstream.connections(), 2);
}

void TestProxyServer::neverGivesExtraBytesToTheNextRequest()
{
    RawUpstream upstream(answering(okAnswer + "HTTP/1.1 200 Poisoned\r\nContent-Length: 0\r\n\r\n"));
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    for (int i = 0; i < 2; ++i) {
        client.send(get("/up/"));
        QVERIFY(client.readHead().startsWith("HTTP/1.1 200 OK"));
        QCOMPARE(client.readBytes(2), QByteArray("ok"));
    }
    QCOMPARE(upstream.connections(), 2);
}

// The upstream takes the second request on its connection and closes without a byte.
void TestProxyServer::repeatsAGetOnAStaleConnection()
{
    RawUpstream upstream([](RawSocket &socket, int) {
        readRequest(socket);
        socket.send(okAnswer);
        readRequest(socket);
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    for (int i = 0; i < 2; ++i) {
        client.send(get("/up/"));
        QVERIFY(client.readHead().startsWith("HTTP/1.1 200 OK"));
        QCOMPARE(client.readBytes(2), QByteArray("ok"));
    }
    QCOMPARE(upstream.connections(), 2);
}

void TestProxyServer::neverSendsAPostTwice()
{
    std::atomic<int> posts = 0;
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        socket.send(okAnswer);
        posts += readRequest(socket).startsWith("POST") ? 1 : 0;
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/"));
    client.readHead();
    client.readBytes(2);
    client.send("POST /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\nabc");
    QCOMPARE(statusOf(client.readHead()), 502);
    QCOMPARE(posts.load(), 1);
    QCOMPARE(upstream.connections(), 1);
}

void TestProxyServer::relaysAnAnswerToAHalfClosedClient()
{
    std::promise<void> isHalfClosed;
    auto halfClosed = isHalfClosed.get_future();
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        halfClosed.wait_for(std::chrono::seconds(8));
        socket.send(okAnswer);
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/"));
    client.shutdownSend();
    isHalfClosed.set_value();
    QVERIFY(client.readToEnd().endsWith("ok"));
}

void TestProxyServer::endsTheUpstreamWhenTheClientResets()
{
    std::promise<bool> ended;
    auto hasEnded = ended.get_future();
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin");
        ended.set_value(socket.waitForEnd());
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/"));
    client.readHead();
    client.readBytes(5);
    client.reset();
    QVERIFY(hasEnded.get());
    const auto events = proxy.finished(1);
    QVERIFY(events[0].error && events[0].error->find("client") != std::string::npos);
    QCOMPARE(events[0].responseBytes.value_or(0), std::uint64_t(5));
}

void TestProxyServer::forwardsExpectContinue()
{
    RawUpstream upstream([](RawSocket &socket, int) {
        const QByteArray head = socket.readHead();
        if (!head.contains("Expect: 100-continue"))
            return;
        socket.send("HTTP/1.1 100 Continue\r\n\r\n");
        socket.send(socket.readBytes(3) == "abc" ? okAnswer : QByteArray());
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send("POST /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.readHead(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("abc");
    QVERIFY(client.readHead().startsWith("HTTP/1.1 200 OK"));
}

void TestProxyServer::endsAfterARefusedExpectation()
{
    RawUpstream upstream(
        [](RawSocket &socket, int) {
            socket.readHead();
            socket.send("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n");
            socket.waitForEnd();
        });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send("POST /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    const QByteArray answer = client.readToEnd();
    QVERIFY(answer.startsWith("HTTP/1.1 417"));
    QVERIFY(answer.contains("Connection: close"));
}

void TestProxyServer::relaysAnEarlyAnswer()
{
    RawUpstream upstream([](RawSocket &socket, int) {
        socket.readHead();
        socket.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        socket.waitForEnd();
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send("POST /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nbegin");
    QVERIFY(client.readToEnd().startsWith("HTTP/1.1 413"));
    const auto events = proxy.finished(1);
    QCOMPARE(events[0].status.value_or(0), 413);
}

// The second event is sent only when the client has the first: a proxy that gathers would hang here.
void TestProxyServer::sendsEachEventAtOnce()
{
    std::promise<void> gotFirst;
    auto first = gotFirst.get_future();
    std::atomic<bool> isInTime = false;
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        socket.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "9\r\ndata: 1\n\n\r\n");
        isInTime = first.wait_for(std::chrono::seconds(8)) == std::future_status::ready;
        socket.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/"));
    client.readHead();
    QCOMPARE(client.readBytes(14), QByteArray("9\r\ndata: 1\n\n\r\n"));
    gotFirst.set_value();
    QCOMPARE(client.readBytes(19), QByteArray("9\r\ndata: 2\n\n\r\n0\r\n\r\n"));
    QVERIFY(isInTime);
    QCOMPARE(proxy.finished(1)[0].responseBytes.value_or(0), std::uint64_t(18));
}

void TestProxyServer::relaysChunksAndTrailersAsTheyCame()
{
    const QByteArray body = "3;x=\"y\"\r\nabc\r\n000\r\nX-Sum: 1\r\n\r\n";
    std::promise<QByteArray> seen;
    auto got = seen.get_future();
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        seen.set_value(socket.readBytes(body.size()));
        socket.send(okAnswer);
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send("POST /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const char byte : body)
        client.send(QByteArray(1, byte));
    QVERIFY(client.readHead().startsWith("HTTP/1.1 200 OK"));
    QCOMPARE(got.get(), body);
    QCOMPARE(proxy.finished(1)[0].requestBytes.value_or(0), std::uint64_t(3));
}

void TestProxyServer::dechunksForHttp10()
{
    RawUpstream upstream(answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"));
    ProxyFixture proxy(upstream.port());
    const QByteArray answer = proxy.ask("GET /up/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
    QVERIFY(!answer.contains("Transfer-Encoding"));
    QVERIFY(answer.endsWith("\r\n\r\nabcde"));
}

void TestProxyServer::stopsTheUpstreamWhenTheClientStopsReading()
{
    constexpr qint64 size = 256 * 1024 * 1024;
    std::atomic<qint64> sent = 0;
    std::promise<void> stalled;
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n");
        const QByteArray block(64 * 1024, 'x');
        bool isStalled = false;
        while (sent < size) {
            pollfd writable{socket.fd(), POLLOUT, 0};
            if (!isStalled && ::poll(&writable, 1, 500) == 0) {
                isStalled = true;
                stalled.set_value();
            }
            if (!socket.send(block))
                return;
            sent += block.size();
        }
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/"));
    QCOMPARE(stalled.get_future().wait_for(std::chrono::seconds(8)), std::future_status::ready);
    QVERIFY(sent < size / 2); // what the sockets' own buffers and one of ours hold
    client.readHead();
    qint64 received = 0;
    while (received < size) {
        const QByteArray bytes = client.readSome();
        if (bytes.isEmpty())
            break;
        received += bytes.size();
    }
    QVERIFY(received >= size - 65536 * 4);
}

void TestProxyServer::relaysLargeBodiesBothWays()
{
    QByteArray body(20'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = char(i * 31 + (i >> 8));
    RawUpstream upstream([](RawSocket &socket, int) {
        const QByteArray request = readRequest(socket);
        const QByteArray sent = request.mid(request.indexOf("\r\n\r\n") + 4);
        socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(sent.size()) + "\r\n\r\n" + sent);
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    std::thread sender([&] {
        client.send("PUT /up/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + QByteArray::number(body.size())
                    + "\r\n\r\n" + body);
    });
    client.readHead();
    const QByteArray got = client.readBytes(body.size());
    sender.join();
    QVERIFY(got == body);
    const auto events = proxy.finished(1);
    QCOMPARE(events[0].requestBytes.value_or(0), std::uint64_t(body.size()));
    QCOMPARE(events[0].responseBytes.value_or(0), std::uint64_t(body.size()));
}

void TestProxyServer::relaysAWebSocket()
{
    RawUpstream upstream([](RawSocket &socket, int) {
        const QByteArray head = socket.readHead();
        if (!head.contains("Connection: Upgrade") || !head.contains("Upgrade: websocket"))
            return;
        socket.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade, X-Hop\r\nX-Hop: 1\r\nUpgrade: websocket\r\n\r\nhello");
        socket.send(socket.readBytes(4));
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    client.send(get("/up/", "Connection: Upgrade\r\nUpgrade: websocket\r\n"));
    const QByteArray head = client.readHead();
    QVERIFY(head.startsWith("HTTP/1.1 101"));
    QVERIFY(!head.contains("X-Hop"));
    QCOMPARE(client.readBytes(5), QByteArray("hello"));
    client.send(QByteArray("\x81\x00\xff\x00", 4));
    QCOMPARE(client.readBytes(4), QByteArray("\x81\x00\xff\x00", 4));
    client.close();
    const auto events = proxy.finished(1);
    QCOMPARE(events[0].status.value_or(0), 101);
    QCOMPARE(events[0].requestBytes.value_or(0), std::uint64_t(4));
    QCOMPARE(events[0].responseBytes.value_or(0), std::uint64_t(9));
}

void TestProxyServer::relaysATunnelWithEarlyBytesAndHalfClose()
{
    RawUpstream upstream([](RawSocket &socket, int) {
        const QByteArray all = socket.readToEnd();
        socket.send("got " + all);
    });
    ProxyFixture proxy(upstream.port());
    RawSocket client = proxy.connect();
    const QByteArray target = "127.0.0.1:" + QByteArray::number(upstream.port());
    client.send("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\nearly");
    QCOMPARE(client.readHead(), QByteArray("HTTP/1.1 200 Connection established\r\n\r\n"));
    client.send(" late");
    client.shutdownSend();
    QCOMPARE(client.readToEnd(), QByteArray("got early late"));
    const auto events = proxy.finished(1);
    QVERIFY(!events[0].status);
    QCOMPARE(events[0].url, target.toStdString());
    QCOMPARE(events[0].host, std::string("127.0.0.1"));
    QCOMPARE(events[0].requestBytes.value_or(0), std::uint64_t(10));
    QCOMPARE(events[0].responseBytes.value_or(0), std::uint64_t(14));
}

void TestProxyServer::refusesItself_data()
{
    QTest::addColumn<QByteArray>("host");
    for (const char *host : {"127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "localhost", "[::ffff:127.0.0.1]"})
        QTest::newRow(host) << QByteArray(host);
}

void TestProxyServer::refusesItself()
{
    QFETCH(QByteArray, host);
    ProxyFixture proxy(1);
    const QByteArray target = host + ":" + QByteArray::number(proxy.port());
    QCOMPARE(statusOf(proxy.ask("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n")), 508);
    QCOMPARE(statusOf(proxy.ask("GET http://" + target + "/ HTTP/1.1\r\nHost: " + target + "\r\n\r\n")), 508);
    for (const ProxyEvent &event : proxy.finished(2))
        QVERIFY(event.error.has_value());
}

void TestProxyServer::removesUserInfoAndCredentialsFromEvents()
{
    std::promise<QByteArray> seen;
    auto got = seen.get_future();
    RawUpstream upstream([&](RawSocket &socket, int) {
        seen.set_value(readRequest(socket));
        socket.send(okAnswer);
    });
    ProxyFixture proxy(upstream.port());
    const QByteArray origin = "127.0.0.1:" + QByteArray::number(upstream.port());
    proxy.ask("GET http://user:c4n4ry-one@" + origin + "/a?api_key=c4n4ry-two&x=1 HTTP/1.1\r\nHost: wrong\r\n"
              "Authorization: Bearer c4n4ry-three\r\nX-Api-Key: c4n4ry-four\r\nCookie: id=c4n4ry-five\r\n\r\n");
    const QByteArray request = got.get();
    QVERIFY(request.startsWith("GET /a?api_key=c4n4ry-two&x=1 HTTP/1.1\r\nHost: " + origin + "\r\n"));
    QVERIFY(request.contains("Authorization: Bearer c4n4ry-three\r\n"));
    proxy.finished(1);
    for (const Started &event : proxy.all<Started>()) {
        QByteArray text = QByteArray::fromStdString(event.url + event.path);
        for (const http::Field &field : event.head)
            text += QByteArray::fromStdString(field.name + ": " + field.value + "\n");
        QVERIFY2(!text.contains("c4n4ry"), text.constData());
        QVERIFY(text.contains("x=1"));
    }
    for (const ProxyEvent &event : proxy.all<ProxyEvent>())
        QVERIFY(event.url.find("c4n4ry") == std::string::npos);
}

void TestProxyServer::servesTheLandingPageWithoutAnEvent()
{
    ProxyFixture proxy(1);
    const QByteArray page = proxy.ask(get("/"));
    QCOMPARE(statusOf(page), 200);
    QVERIFY(page.contains("/up/"));
    QVERIFY(page.contains("ANTHROPIC_BASE_URL=http://127.0.0.1:" + QByteArray::number(proxy.port())));
    proxy.ask(get("/nope/"));
    QCOMPARE(proxy.finished(1).size(), std::size_t(1));
}

void TestProxyServer::refusesClientsBeyondTheLimit()
{
    RawUpstream upstream(answering(okAnswer));
    ProxyFixture proxy(upstream.port(), [](proxy::ProxyConfig &config) { config.maxClients = 2; });
    RawSocket first = proxy.connect();
    RawSocket second = proxy.connect();
    for (RawSocket *client : {&first, &second}) {
        client->send(get("/up/"));
        QVERIFY(client->readHead().startsWith("HTTP/1.1 200 OK"));
    }
    const QByteArray refused = proxy.ask(get("/up/"));
    QCOMPARE(statusOf(refused), 503);
    QVERIFY(refused.contains("Retry-After: "));
}

void TestProxyServer::closesTlsOnThePlainPortWithoutAWord()
{
    ProxyFixture proxy(1);
    QCOMPARE(proxy.ask(QByteArray("\x16\x03\x01\x02\x00\x01\x00", 7)), QByteArray());
    const auto events = proxy.finished(1);
    QVERIFY(events[0].error && events[0].error->find("TLS") != std::string::npos);
}

void TestProxyServer::verifiesTheUpstreamsCertificate_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("validSeconds");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("reason"); // empty: accepted
    QTest::newRow("trusted") << QByteArray("IP:127.0.0.1") << 3600 << true << "";
    QTest::newRow("unknown issuer") << QByteArray("IP:127.0.0.1") << 3600 << false << "self-signed";
    QTest::newRow("expired") << QByteArray("IP:127.0.0.1") << -60 << true << "expired";
    QTest::newRow("other host") << QByteArray("DNS:other.test") << 3600 << true << "mismatch";
}

void TestProxyServer::verifiesTheUpstreamsCertificate()
{
    QFETCH(QByteArray, name);
    QFETCH(int, validSeconds);
    QFETCH(bool, isTrusted);
    QFETCH(QString, reason);
    const PemCertificate pem = makeCertificate(name.constData(), validSeconds);
    const TlsContext tls(pem);
    QTemporaryDir folder;

    RawUpstream upstream(answering(okAnswer, true), tls.context);
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("tls=https://127.0.0.1:" + std::to_string(upstream.port())));
        if (isTrusted)
            config.upstreamCaFile = writePem(folder, pem);
    });
    const QByteArray answer = proxy.ask(get("/tls/"));
    QCOMPARE(statusOf(answer), reason.isEmpty() ? 200 : 502);
    QVERIFY2(reason.isEmpty() || QString::fromUtf8(answer).contains(reason), answer.constData());
    QCOMPARE(proxy.finished(1)[0].error.has_value(), !reason.isEmpty());
}

void TestProxyServer::namesThePortThatIsInUse()
{
    RawUpstream holder(answering(okAnswer));
    ProxyServer server;
    proxy::ProxyConfig config;
    config.listenPort = holder.port();
    const auto listening = server.start(config);
    QVERIFY(!listening);
    QCOMPARE(listening.error().code, ErrorCode::AlreadyInUse);
    QVERIFY(listening.error().text.contains(QString::number(holder.port())));
}

void TestProxyServer::takesTheNextFreePort()
{
    RawUpstream holder(answering(okAnswer));
    ProxyServer server;
    proxy::ProxyConfig config;
    config.listenPort = holder.port();
    config.furtherPorts = 50;
    const auto listening = server.start(config);
    QVERIFY(listening);
    QVERIFY(listening->port > holder.port());
    QVERIFY(listening->note.contains(QString::number(holder.port())));
}

void TestProxyServer::countsTheTokensOfALlmCall()
{
    const QByteArray body = R"({"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[],)"
                            R"("usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}})";
    RawUpstream upstream(answering("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                   + QByteArray::number(body.size()) + "\r\n\r\n" + body));
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("openai=http://127.0.0.1:" + std::to_string(upstream.port())));
        config.prices = std::make_shared<const llm::PriceList>(*llm::PriceList::fromJson(
            R"({"version":1,"date":"2026-01-01","providers":[)"
            R"({"names":["openai"],"models":{"gpt-4o":{"input":2.5,"output":10}}}]})"));
    });
    const QByteArray request = R"({"model":"gpt-4o","messages":[{"role":"user","content":")" + QByteArray(300'000, 'x') + R"("}]})";
    proxy.ask("POST /~me/openai/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
              "Content-Length: " + QByteArray::number(request.size()) + "\r\n\r\n" + request);
    proxy.finished(1);
    const auto calls = proxy.all<LlmEvent>();
    QCOMPARE(calls.size(), std::size_t(1));
    QCOMPARE(calls[0].provider, std::string("openai"));
    QCOMPARE(calls[0].sandbox, std::string("me"));
    QCOMPARE(calls[0].path, std::string("/v1/chat/completions"));
    QCOMPARE(calls[0].model.value_or(""), std::string("gpt-4o-2024-08-06"));
    QCOMPARE(calls[0].tokens.input.value_or(0), 10);
    QCOMPARE(calls[0].tokens.output.value_or(0), 20);
    QCOMPARE(calls[0].usage, UsageState::Reported);
    QCOMPARE(calls[0].cost.value_or(0), 225'000'000);
    QCOMPARE(calls[0].costSource, CostSource::PriceList);
}

QTEST_GUILESS_MAIN(TestProxyServer)
#include "tst_proxyserver.moc"
