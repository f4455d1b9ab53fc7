#include "tests/proxy/proxyfixture.h"
#include "tests/websocket.h"

#include <future>

using namespace hookscope;

// What an exchange's events say, of exchanges that run through a proxy.

namespace {

const QByteArray created = R"({"type":"response.created","response":{"id":"ID","object":"response","model":"answered","usage":null}})";
const QByteArray delta = R"({"type":"response.output_text.delta","delta":"Hi"})";
const QByteArray completed = R"({"type":"response.completed","response":{"id":"ID","object":"response","model":"answered",)"
                             R"("usage":{"input_tokens":INPUT,"output_tokens":2,"total_tokens":TOTAL}}})";
const QByteArray asked = R"({"type":"response.create","model":"asked","input":[]})";
const QByteArray failed = R"({"type":"error","status":429,"error":{"type":"usage_limit_reached","message":"wait"}})";

QByteArray upgrade(const QByteArray &path, const QByteArray &fields = {})
{
    return get(path, "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + fields);
}

QByteArray switched(const QByteArray &fields)
{
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + fields + "\r\n";
}

// The frames of one end.
class End
{
public:
    End(bool isClient, bool isDeflated, bool takesOver)
        : m_isClient(isClient), m_isDeflated(isDeflated), m_deflater(takesOver)
    {
    }

    QByteArray frameOf(const QByteArray &text)
    {
        const std::string payload = m_isDeflated ? m_deflater.deflated(text.toStdString()) : text.toStdString();
        return QByteArray::fromStdString(test::frame(payload, {1, true, m_isDeflated ? 4U : 0U, m_isClient}));
    }

    QByteArray answerTo(int number)
    {
        const QByteArray id = "resp_" + QByteArray::number(number);
        QByteArray end = completed;
        end.replace("INPUT", QByteArray::number(number)).replace("TOTAL", QByteArray::number(number + 2));
        QByteArray frames; // one by one, since each is compressed by the one before
        for (const QByteArray &text : {QByteArray(created).replace("ID", id), delta, end.replace("ID", id)})
            frames += frameOf(text);
        return frames;
    }

private:
    bool m_isClient;
    bool m_isDeflated;
    test::MessageDeflater m_deflater;
};

std::function<void(proxy::ProxyConfig &)> routingOpenAiTo(const RawUpstream &upstream)
{
    return [port = upstream.port()](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("openai=http://127.0.0.1:" + std::to_string(port)));
    };
}

} // namespace

class TestExchangeRecorder : public QObject
{
    Q_OBJECT

private slots:
    void givesEachCallOfAWebSocketWhileItIsOpen_data();
    void givesEachCallOfAWebSocketWhileItIsOpen();
    void cutsTheCallThatRunsWhenTheWebSocketEnds();
    void namesTheStatusThatAnErrorNames();
    void makesNoCallOfOtherConnections_data();
    void makesNoCallOfOtherConnections();
};

void TestExchangeRecorder::givesEachCallOfAWebSocketWhileItIsOpen_data()
{
    QTest::addColumn<QByteArray>("extensions");
    QTest::addColumn<bool>("takesOver");
    const QByteArray deflate = "Sec-WebSocket-Extensions: permessage-deflate";
    QTest::newRow("plain") << QByteArray() << false;
    QTest::newRow("deflated") << deflate + "\r\n" << true;
    QTest::newRow("deflated, not taking over")
        << deflate + "; client_no_context_takeover; server_no_context_takeover\r\n" << false;
}

void TestExchangeRecorder::givesEachCallOfAWebSocketWhileItIsOpen()
{
    QFETCH(QByteArray, extensions);
    QFETCH(bool, takesOver);
    constexpr int count = 3;
    End client(true, !extensions.isEmpty(), takesOver);
    End server(false, !extensions.isEmpty(), takesOver);
    QList<QByteArray> questions;
    QList<QByteArray> answers;
    for (int i = 1; i <= count; ++i) {
        questions << client.frameOf(asked);
        answers << server.answerTo(i);
    }

    std::promise<QByteArray> received;
    RawUpstream upstream([&](RawSocket &socket, int) {
        QByteArray all = socket.readHead();
        socket.send(switched(extensions));
        for (int i = 0; i < count; ++i) {
            all += socket.readBytes(questions[i].size());
            socket.send(answers[i]);
        }
        received.set_value(all + socket.readToEnd());
    });
    ProxyFixture proxy(1, routingOpenAiTo(upstream));
    RawSocket socket = proxy.connect();
    socket.send(upgrade("/~me/openai/v1/responses", extensions));
    QVERIFY(socket.readHead().contains(extensions));
    for (int i = 0; i < count; ++i) {
        socket.send(questions[i]);
        QCOMPARE(socket.readBytes(answers[i].size()), answers[i]);
    }

    QTRY_COMPARE(proxy.all<LlmEvent>().size(), std::size_t(count));
    QVERIFY(proxy.all<ProxyEvent>(HookEvent::OnResponse).empty()); // it is still open
    const auto calls = proxy.all<LlmEvent>();
    for (int i = 0; i < count; ++i) {
        const LlmEvent &call = calls[std::size_t(i)];
        QCOMPARE(call.provider, std::string("openai"));
        QCOMPARE(call.sandbox, std::string("me"));
        QCOMPARE(call.path, std::string("/v1/responses"));
        QCOMPARE(call.model.value_or(""), std::string("answered"));
        QCOMPARE(call.details.answerId.value_or(""), "resp_" + std::to_string(i + 1));
        QCOMPARE(call.tokens.input.value_or(0), i + 1);
        QCOMPARE(call.tokens.output.value_or(0), 2);
        QCOMPARE(call.usage, UsageState::Reported);
        QCOMPARE(call.status.value_or(0), 101);
        QVERIFY(call.streaming && !call.error);
        QVERIFY(call.latencyUs && call.ttftUs && call.durationUs);
        QVERIFY(0 <= *call.latencyUs && *call.latencyUs <= *call.ttftUs && *call.ttftUs <= *call.durationUs);
    }
    QVERIFY(proxy.all<CallProgress>().size() >= std::size_t(count));
    QCOMPARE(proxy.all<CallProgress>().front().model.value_or(""), std::string("asked"));

    socket.close();
    auto all = received.get_future();
    QVERIFY(all.wait_for(std::chrono::seconds(8)) == std::future_status::ready);
    QVERIFY(all.get().endsWith("\r\n\r\n" + questions.join()));
    const auto events = proxy.finished(1);
    QCOMPARE(events[0].id, calls[0].id);
    QCOMPARE(events[0].responseBytes.value_or(0), std::uint64_t(answers.join().size()));
    QCOMPARE(proxy.all<LlmEvent>().size(), std::size_t(count));
}

void TestExchangeRecorder::cutsTheCallThatRunsWhenTheWebSocketEnds()
{
    End client(true, false, false);
    End server(false, false, false);
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(switched({}));
        socket.readSome();
        socket.send(server.frameOf(created) + server.frameOf(delta));
    });
    ProxyFixture proxy(1, routingOpenAiTo(upstream));
    RawSocket socket = proxy.connect();
    socket.send(upgrade("/openai/v1/responses") + client.frameOf(asked));
    socket.readToEnd();
    socket.close();
    proxy.finished(1);
    const auto calls = proxy.all<LlmEvent>();
    QCOMPARE(calls.size(), std::size_t(1));
    QCOMPARE(calls[0].usage, UsageState::Partial);
    QCOMPARE(calls[0].model.value_or(""), std::string("answered"));
    QVERIFY(calls[0].error);
    QVERIFY(!calls[0].tokens.input && !calls[0].tokens.output);
}

void TestExchangeRecorder::namesTheStatusThatAnErrorNames()
{
    End client(true, false, false);
    End server(false, false, false);
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(switched({}));
        socket.readSome();
        socket.send(server.frameOf(failed));
        socket.readSome();
    });
    ProxyFixture proxy(1, routingOpenAiTo(upstream));
    RawSocket socket = proxy.connect();
    socket.send(upgrade("/openai/v1/responses"));
    socket.readHead();
    socket.send(client.frameOf(asked));
    QTRY_COMPARE(proxy.all<LlmEvent>().size(), std::size_t(1));
    const LlmEvent call = proxy.all<LlmEvent>().front();
    QCOMPARE(call.status.value_or(0), 429);
    QCOMPARE(call.usage, UsageState::Missing);
    QCOMPARE(call.error.value_or(""), std::string("usage_limit_reached: wait"));
    socket.close();
    QCOMPARE(proxy.finished(1)[0].status.value_or(0), 101);
}

void TestExchangeRecorder::makesNoCallOfOtherConnections_data()
{
    QTest::addColumn<QByteArray>("request"); // PORT: the upstream's
    QTest::addColumn<QByteArray>("answer");
    const QByteArray call = QByteArray::fromStdString(End(false, false, false).answerTo(1).toStdString());
    QTest::newRow("no call on it") << upgrade("/openai/v1/responses") << switched({}) + "\x81\x02{}";
    QTest::newRow("another path") << upgrade("/openai/v1/chat") << switched({}) + call;
    QTest::newRow("refused") << upgrade("/openai/v1/responses")
                             << QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    QTest::newRow("a tunnel") << QByteArray("CONNECT 127.0.0.1:PORT HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n")
            + upgrade("/v1/responses") << switched({}) + call;
}

void TestExchangeRecorder::makesNoCallOfOtherConnections()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answer);
    });
    ProxyFixture proxy(1, routingOpenAiTo(upstream));
    QVERIFY(proxy.ask(request.replace("PORT", QByteArray::number(upstream.port()))).endsWith(answer.right(2)));
    proxy.finished(1);
    QVERIFY(proxy.all<LlmEvent>().empty());
}

QTEST_GUILESS_MAIN(TestExchangeRecorder)
#include "tst_exchangerecorder.moc"
