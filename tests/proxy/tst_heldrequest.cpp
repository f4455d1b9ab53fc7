#include "tests/proxy/proxyfixture.h"

#include <QTest>
#include <future>
#include <mutex>

using namespace hookscope;

// The option addStreamUsage, seen from both ends of the proxy.

namespace {

const QByteArray chunkedFields = "Transfer-Encoding: chunked\r\n";
const QByteArray body =
    R"({"model":"m","messages":[{"role":"user","content":"\"stream\":true"}],"stream":true})";
const QByteArray askingBody =
    QByteArray(body).insert(body.size() - 1, R"(,"stream_options":{"include_usage":true})");

// An answer as a provider streams it that honours include_usage.
QByteArray answerContent(bool isAsked)
{
    const QByteArray tail = isAsked ? ",\"usage\":null}\n\n" : "}\n\n";
    const QByteArray chunk =
        R"(data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":)";
    const QByteArray extra = R"(data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[],)"
                             R"("usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}})";
    return chunk + R"({"content":"a"},"finish_reason":null}])" + tail + chunk
        + R"({},"finish_reason":"stop"}])" + tail + (isAsked ? extra + "\n\n" : QByteArray())
        + "data: [DONE]\n\n";
}

QByteArray chunked(const QByteArray &content, qsizetype size)
{
    QByteArray result;
    for (qsizetype i = 0; i < content.size(); i += size) {
        const QByteArray piece = content.mid(i, size);
        result += QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
    }
    return result + "0\r\n\r\n";
}

// The content and, behind it, the trailers.
QByteArray dechunked(QByteArray bytes)
{
    QByteArray content;
    for (;;) {
        const qsizetype line = bytes.indexOf("\r\n");
        const qsizetype size = bytes.left(line).toLongLong(nullptr, 16);
        if (line < 0 || size == 0)
            return content + (line < 0 ? QByteArray("<cut>") : bytes.mid(line + 2).chopped(2));
        content += bytes.mid(line + 2, size);
        bytes.remove(0, line + 2 + size + 2);
    }
}

// One request, whatever its body's framing.
QByteArray readRequest(RawSocket &socket)
{
    QByteArray request = socket.readHead();
    const QByteArray head = request.toLower();
    const qsizetype field = head.indexOf("\r\ncontent-length:");
    if (field >= 0)
        request +=
            socket.readBytes(head.mid(field + 17, head.indexOf('\r', field + 2) - field - 17).toLongLong());
    if (!head.contains("\r\ntransfer-encoding:"))
        return request;
    for (;;) {
        const QByteArray line = socket.readUntil("\r\n");
        const qsizetype size = line.trimmed().toLongLong(nullptr, 16);
        request += line + socket.readBytes(size + 2);
        if (size == 0)
            return request;
    }
}

// Keeps what it was sent; answers each request as `answer` says.
class Provider {
public:
    using Answer = std::function<QByteArray(const QByteArray &request)>;

    explicit Provider(Answer answer, bool closes = false)
        : m_upstream([this, answer, closes](RawSocket &socket, int) {
            for (QByteArray request = readRequest(socket); !request.isEmpty();
                 request = readRequest(socket)) {
                {
                    const std::lock_guard lock(m_mutex);
                    m_requests.append(request);
                }
                if (!socket.send(answer(request)) || closes)
                    return;
            }
        })
    {
    }

    quint16 port() const { return m_upstream.port(); }
    int connections() const { return m_upstream.connections(); }
    QByteArrayList requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    mutable std::mutex m_mutex;
    QByteArrayList m_requests;
    RawUpstream m_upstream;
};

Provider::Answer streaming(const QByteArray &fields, qsizetype chunkSize = 0)
{
    return [fields, chunkSize](const QByteArray &request) {
        const QByteArray content = answerContent(request.contains("\"include_usage\":true"));
        QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n" + fields;
        if (fields.contains("Content-Length"))
            head.replace("Content-Length: ?", "Content-Length: " + QByteArray::number(content.size()));
        return head + "\r\n" + (chunkSize > 0 ? chunked(content, chunkSize) : content);
    };
}

std::function<void(proxy::ProxyConfig &)> option(bool isOn)
{
    return [isOn](proxy::ProxyConfig &config) {
        config.addStreamUsage = isOn;
    };
}

QByteArray post(const QByteArray &content, const QByteArray &fields = {}, const QByteArray &version = "1.1",
                const QByteArray &path = "/up/v1/chat/completions")
{
    const bool isChunked = fields.contains(chunkedFields);
    return "POST " + path + " HTTP/" + version + "\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        + fields
        + (isChunked ? QByteArray() : "Content-Length: " + QByteArray::number(content.size()) + "\r\n")
        + "\r\n" + (isChunked ? chunked(content, 7) : content);
}

QByteArray contentOf(const QByteArray &message)
{
    const qsizetype end = message.indexOf("\r\n\r\n") + 4;
    return message.left(end).toLower().contains("transfer-encoding") ? dechunked(message.mid(end))
                                                                     : message.mid(end);
}

} // namespace

class TestHeldRequest : public QObject {
    Q_OBJECT
private slots:
    void theClientGetsTheSameAndTheUsageIsKnown_data();
    void theClientGetsTheSameAndTheUsageIsKnown();
    void sendsOtherRequestsAsTheyCame_data();
    void sendsOtherRequestsAsTheyCame();
    void changesOnlyWhatItMust_data();
    void changesOnlyWhatItMust();
    void relaysOtherAnswersAsTheyCame_data();
    void relaysOtherAnswersAsTheyCame();
    void sendsTheClientsOwnRequestToWhoRefusesToBeAsked_data();
    void sendsTheClientsOwnRequestToWhoRefusesToBeAsked();
    void answersExpectContinue();
    void reusesBothConnections();
    void passesEachEventAtOnceAndKeepsTrailers();
    void cutsAnAnswerThatIsCut();
    void refusesABodyThatIsCutOrBroken();
    void relaysBodiesThatAreTooLong();
    void relaysToAnUpstreamThatIsNotThere();
};

void TestHeldRequest::theClientGetsTheSameAndTheUsageIsKnown_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("fields"); // of the answer
    QTest::addColumn<int>("chunkSize");
    QTest::addColumn<bool>("closes");
    const QByteArray length = "Content-Length: ?\r\n";
    QTest::newRow("length, chunked") << post(body) << chunkedFields << 1000 << false;
    QTest::newRow("length, chunks of 3 bytes") << post(body) << chunkedFields << 3 << false;
    QTest::newRow("chunked, chunked") << post(body, chunkedFields) << chunkedFields << 50 << false;
    QTest::newRow("chunked, length") << post(body, chunkedFields) << length << 0 << false;
    QTest::newRow("length, length") << post(body) << length << 0 << false;
    QTest::newRow("length, until close") << post(body) << QByteArray() << 0 << true;
    QTest::newRow("HTTP/1.0, chunked") << post(body, {}, "1.0") << chunkedFields << 20 << false;
    QTest::newRow("HTTP/1.0, length") << post(body, {}, "1.0") << length << 0 << false;
    QTest::newRow("client takes gzip")
        << post(body, "Accept-Encoding: gzip, br\r\n") << chunkedFields << 1000 << false;
    QTest::newRow("client says close") << post(body, "Connection: close\r\n") << length << 0 << false;
}

void TestHeldRequest::theClientGetsTheSameAndTheUsageIsKnown()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, fields);
    QFETCH(int, chunkSize);
    QFETCH(bool, closes);
    QByteArray contents[2];
    ProxyEvent events[2];
    for (const bool isOn : {false, true}) {
        Provider provider(streaming(fields, chunkSize), closes);
        ProxyFixture proxy(provider.port(), option(isOn));
        const QByteArray answer = proxy.ask(request);
        QCOMPARE(statusOf(answer), 200);
        contents[isOn] = contentOf(answer);
        events[isOn] = proxy.finished(1)[0];
        QCOMPARE(provider.requests().size(), 1);
        QCOMPARE(provider.requests().first().contains("include_usage"), isOn);
        const auto calls = proxy.all<LlmEvent>();
        QCOMPARE(calls.size(), std::size_t(1));
        QCOMPARE(calls[0].usage, isOn ? UsageState::Reported : UsageState::Missing);
        QCOMPARE(calls[0].tokens.input.value_or(-1), isOn ? 10 : -1);
        QCOMPARE(calls[0].tokens.output.value_or(-1), isOn ? 20 : -1);
        QVERIFY(!calls[0].error);
    }
    QCOMPARE(contents[1], contents[0]);
    QVERIFY(contents[0].contains("data: [DONE]\n\n"));
    QCOMPARE(events[1].requestBytes, events[0].requestBytes);
    QCOMPARE(events[1].responseBytes, events[0].responseBytes);
    QCOMPARE(events[1].responseBytes.value_or(0), std::uint64_t(answerContent(false).size()));
    QVERIFY(!events[1].error);
}

void TestHeldRequest::sendsOtherRequestsAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("GET") << get("/up/v1/chat/completions", "Accept-Encoding: gzip\r\n");
    QTest::newRow("HEAD") << QByteArray("HEAD /up/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QTest::newRow("no stream") << post(R"({"stream":false})", "Accept-Encoding: gzip\r\n");
    QTest::newRow("no stream, chunked")
        << post(R"({"stream":false})", "Accept-Encoding: gzip\r\n" + chunkedFields);
    QTest::newRow("asks itself") << post(askingBody);
    QTest::newRow("refuses usage") << post(R"({"stream":true,"stream_options":{"include_usage":false}})");
    QTest::newRow("no JSON") << post("stream=true");
    QTest::newRow("empty body") << post("");
    QTest::newRow("other path") << post(body, {}, "1.1", "/up/v1/responses");
    QTest::newRow("encoded") << post(body, "Content-Encoding: gzip\r\n");
    QTest::newRow("signed") << post(body, "Content-Digest: sha-256=:x:\r\n");
}

void TestHeldRequest::sendsOtherRequestsAsTheyCame()
{
    QFETCH(QByteArray, request);
    QByteArray sent[2];
    QByteArray got[2];
    for (const bool isOn : {false, true}) {
        Provider provider([](const QByteArray &) { return QByteArray("HTTP/1.1 204 No Content\r\n\r\n"); });
        ProxyFixture proxy(provider.port(), option(isOn));
        got[isOn] = proxy.ask(request);
        QCOMPARE(provider.requests().size(), 1);
        sent[isOn] = provider.requests().first().replace(QByteArray::number(provider.port()), "PORT");
    }
    QCOMPARE(sent[1], sent[0]);
    QCOMPARE(got[1], got[0]);
    QCOMPARE(contentOf(sent[1]), contentOf(request));
}

void TestHeldRequest::changesOnlyWhatItMust_data()
{
    QTest::addColumn<QByteArray>("clientFields");
    QTest::addColumn<QByteArray>("upstreamFields");
    const QByteArray length = "Content-Length: " + QByteArray::number(askingBody.size()) + "\r\n";
    QTest::newRow("plain") << QByteArray("X-A: 1\r\n")
                           << "X-A: 1\r\n" + length + "Accept-Encoding: identity\r\n";
    QTest::newRow("encodings") << QByteArray("accept-encoding: gzip\r\nX-A: 1\r\nAccept-Encoding: br\r\n")
                               << "accept-encoding: identity\r\nX-A: 1\r\n" + length;
    QTest::newRow("chunked") << "Trailer: X\r\n" + chunkedFields + "X-A: 1\r\n"
                             << length + "X-A: 1\r\nAccept-Encoding: identity\r\n";
}

void TestHeldRequest::changesOnlyWhatItMust()
{
    QFETCH(QByteArray, clientFields);
    QFETCH(QByteArray, upstreamFields);
    Provider provider(streaming(chunkedFields, 100));
    ProxyFixture proxy(provider.port(), option(true));
    proxy.ask(post(body, clientFields));
    QCOMPARE(provider.requests().value(0),
             "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(provider.port())
                 + "\r\nContent-Type: application/json\r\n" + upstreamFields + "\r\n" + askingBody);
    QCOMPARE(proxy.finished(1)[0].requestBytes.value_or(0), std::uint64_t(body.size()));
}

void TestHeldRequest::relaysOtherAnswersAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray content = answerContent(true);
    const auto row = [](const char *name, const QByteArray &status, const QByteArray &type,
                        const QByteArray &fields, const QByteArray &answerBody) {
        QTest::newRow(name) << "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + fields
                + "Content-Length: " + QByteArray::number(answerBody.size()) + "\r\n\r\n" + answerBody;
    };
    row("JSON", "200 OK", "application/json", {},
        R"({"choices":[],"usage":{"prompt_tokens":1},"x":null,"usage":null})");
    row("encoded", "200 OK", "text/event-stream", "Content-Encoding: br\r\n", content);
    row("another status", "201 Created", "text/event-stream", {}, content);
    row("bad request", "400 Bad Request", "application/json", {}, R"({"error":{"message":"no such model"}})");
    row("unprocessable", "422 Unprocessable Entity", "application/json", {}, QByteArray(200'000, 'x'));
    row("too many", "429 Too Many Requests", "application/json", {}, R"({"error":"stream_options"})");
    QTest::newRow("chunked error") << "HTTP/1.1 400 Bad Request\r\n" + chunkedFields
            + "\r\n3;a=b\r\nbad\r\n0\r\nX: 1\r\n\r\n";
    QTest::newRow("no body") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n");
}

void TestHeldRequest::relaysOtherAnswersAsTheyCame()
{
    QFETCH(QByteArray, answer);
    QByteArray got[2];
    for (const bool isOn : {false, true}) {
        Provider provider([&answer](const QByteArray &) { return answer; });
        ProxyFixture proxy(provider.port(), option(isOn));
        got[isOn] = proxy.ask(post(body));
        QCOMPARE(provider.requests().size(), 1);
    }
    if (QByteArray(QTest::currentDataTag()) == "no body")
        QCOMPARE(contentOf(got[1]), QByteArray());
    else
        QCOMPARE(got[1], got[0]);
}

void TestHeldRequest::sendsTheClientsOwnRequestToWhoRefusesToBeAsked_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::addColumn<QByteArray>("clientFields");
    const QByteArray openAi =
        R"({"error":{"message":"Unrecognized request argument supplied: stream_options"}})";
    const QByteArray pydantic =
        R"({"detail":[{"loc":["body","stream_options"],"msg":"extra fields not permitted"}]})";
    QTest::newRow("length") << "HTTP/1.1 400 Bad Request\r\nContent-Length: "
            + QByteArray::number(openAi.size()) + "\r\n\r\n"
            + openAi << QByteArray();
    QTest::newRow("chunked") << "HTTP/1.1 422 Unprocessable Entity\r\n" + chunkedFields + "\r\n"
            + chunked(pydantic, 5)
                             << QByteArray();
    QTest::newRow("chunked request") << "HTTP/1.1 422 Unprocessable Entity\r\n" + chunkedFields + "\r\n"
            + chunked(pydantic, 50) << "Accept-Encoding: gzip\r\n" + chunkedFields;
}

void TestHeldRequest::sendsTheClientsOwnRequestToWhoRefusesToBeAsked()
{
    QFETCH(QByteArray, refusal);
    QFETCH(QByteArray, clientFields);
    Provider provider([&refusal](const QByteArray &request) {
        return request.contains("stream_options") ? refusal : streaming(chunkedFields, 100)(request);
    });
    ProxyFixture proxy(provider.port(), option(true));
    for (int i = 0; i < 2; ++i) {
        const QByteArray answer = proxy.ask(post(body, clientFields));
        QCOMPARE(statusOf(answer), 200);
        QCOMPARE(contentOf(answer), answerContent(false));
    }
    const QByteArrayList requests = provider.requests();
    QCOMPARE(requests.size(), 3); // the second time nobody is asked
    QVERIFY(requests[0].contains("stream_options"));
    QCOMPARE(requests[1], requests[2]);
    const QByteArray own = post(body, clientFields);
    QCOMPARE(requests[1].mid(requests[1].indexOf("Content-Type")), own.mid(own.indexOf("Content-Type")));
    const auto events = proxy.finished(2);
    for (const ProxyEvent &event : events) {
        QCOMPARE(event.status.value_or(0), 200);
        QCOMPARE(event.requestBytes.value_or(0), std::uint64_t(body.size()));
    }
    QCOMPARE(proxy.all<LlmEvent>().size(), std::size_t(2));
}

void TestHeldRequest::answersExpectContinue()
{
    Provider provider(streaming(chunkedFields, 100));
    ProxyFixture proxy(provider.port(), option(true));
    RawSocket client = proxy.connect();
    client.send(
        "POST /up/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Expect: 100-continue\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n");
    QCOMPARE(client.readHead(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send(body);
    QVERIFY(client.readHead().startsWith("HTTP/1.1 200 OK"));
    QCOMPARE(dechunked(client.readUntil("0\r\n\r\n")), answerContent(false));
    QVERIFY(!provider.requests().first().contains("Expect"));
    QVERIFY(provider.requests().first().endsWith(askingBody));
}

void TestHeldRequest::reusesBothConnections()
{
    Provider provider(streaming("Content-Length: ?\r\n"));
    ProxyFixture proxy(provider.port(), option(true));
    RawSocket client = proxy.connect();
    for (int i = 0; i < 3; ++i) {
        client.send(i == 1 ? get("/up/v1/models") : post(body));
        const QByteArray head = client.readHead();
        QVERIFY(head.startsWith("HTTP/1.1 200 OK"));
        const QByteArray plain = answerContent(false);
        if (i == 1) {
            QCOMPARE(client.readBytes(plain.size()), plain);
        } else {
            QVERIFY(head.contains("Transfer-Encoding: chunked") && !head.contains("Content-Length"));
            QCOMPARE(dechunked(client.readUntil("0\r\n\r\n")), plain);
        }
    }
    QCOMPARE(provider.connections(), 1);
}

void TestHeldRequest::passesEachEventAtOnceAndKeepsTrailers()
{
    const QByteArray first = "data: {\"choices\":[{}],\"usage\":null}\n\n";
    const QByteArray rest = "data: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n";
    std::promise<void> gotFirst;
    auto isGot = gotFirst.get_future();
    std::atomic<bool> isInTime = false;
    RawUpstream upstream([&](RawSocket &socket, int) {
        readRequest(socket);
        socket.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTrailer: X-Sum\r\n" + chunkedFields
                    + "\r\n" + QByteArray::number(first.size(), 16) + ";x=\"0\"\r\n" + first + "\r\n");
        isInTime = isGot.wait_for(std::chrono::seconds(8)) == std::future_status::ready;
        const QByteArray end =
            QByteArray::number(rest.size(), 16) + "\r\n" + rest + "\r\n000;y=z\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n";
        for (const char c : end)
            socket.send(QByteArray(1, c));
    });
    ProxyFixture proxy(upstream.port(), option(true));
    RawSocket client = proxy.connect();
    client.send(post(body));
    QVERIFY(client.readHead().contains("Trailer: X-Sum"));
    QCOMPARE(client.readUntil("\n\n\r\n"), QByteArray("18\r\ndata: {\"choices\":[{}]}\n\n\r\n"));
    gotFirst.set_value();
    QCOMPARE(client.readUntil("X-B: 2\r\n\r\n"),
             QByteArray("e\r\ndata: [DONE]\n\n\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n"));
    QVERIFY(isInTime);
    QCOMPARE(proxy.finished(1)[0].responseBytes.value_or(0), std::uint64_t(38));
}

void TestHeldRequest::cutsAnAnswerThatIsCut()
{
    Provider provider(
        [](const QByteArray &) {
            return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 500\r\n\r\ndata: "
                   "1\n\ndata: half";
        },
        true);
    ProxyFixture proxy(provider.port(), option(true));
    const QByteArray answer = proxy.ask(post(body));
    QCOMPARE(contentOf(answer), QByteArray("data: 1\n\ndata: half<cut>"));
    const ProxyEvent event = proxy.finished(1)[0];
    QVERIFY(event.error.has_value());
    QCOMPARE(event.responseBytes.value_or(0), std::uint64_t(19));
}

void TestHeldRequest::refusesABodyThatIsCutOrBroken()
{
    Provider provider(streaming(chunkedFields, 100));
    ProxyFixture proxy(provider.port(), option(true));
    RawSocket client = proxy.connect();
    client.send(
        "POST /up/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        + chunkedFields + "\r\n");
    client.send("3\r\nabcX");
    QVERIFY(client.readHead().startsWith("HTTP/1.1 400 "));
    QCOMPARE(proxy.ask(post(body).chopped(3)), QByteArray());
    QVERIFY(proxy.finished(2)[1].error.has_value());
    QCOMPARE(provider.connections(), 0);
}

// A length is known beforehand; chunks are given up at the limit and go on as they came.
void TestHeldRequest::relaysBodiesThatAreTooLong()
{
    const QByteArray large = R"({"stream":true,"x":")" + QByteArray(17'000'000, 'x') + "\"}";
    for (const QByteArray &fields : {QByteArray(), chunkedFields}) {
        const bool isChunked = !fields.isEmpty();
        QByteArray request = post(isChunked ? QByteArray() : large, fields);
        if (isChunked)
            request.chop(qsizetype(qstrlen("0\r\n\r\n")));
        request += isChunked ? chunked(large, 1'000'000) : QByteArray();
        Provider provider(streaming(chunkedFields, 100));
        ProxyFixture proxy(provider.port(), option(true));
        QCOMPARE(contentOf(proxy.ask(request)), answerContent(false));
        const QByteArray came = provider.requests().first();
        QVERIFY2(contentOf(came) == contentOf(request),
                 QByteArray::number(came.size()) + " bytes, begin: " + came.left(300));
        QCOMPARE(proxy.finished(1)[0].requestBytes.value_or(0), std::uint64_t(large.size()));
    }
}

void TestHeldRequest::relaysToAnUpstreamThatIsNotThere()
{
    ProxyFixture proxy(1, option(true));
    QCOMPARE(statusOf(proxy.ask(post(body))), 502);
    QCOMPARE(proxy.finished(1)[0].requestBytes.value_or(0), std::uint64_t(body.size()));
}

QTEST_GUILESS_MAIN(TestHeldRequest)
#include "tst_heldrequest.moc"
