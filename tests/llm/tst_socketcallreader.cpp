#include "core/llm/socketcallreader.h"
#include "tests/llm/spoken.h"
#include "tests/websocket.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>
#include <random>

using namespace hookscope;

// Every recorded websocket in tests/fixtures/open, in frames of any make, and the sessions that no recording
// has.

namespace {

constexpr std::size_t whole = std::string::npos;

struct Message {
    bool isClient;
    std::string text;
};

QString fixtures()
{
    return QStringLiteral(HOOKSCOPE_FIXTURES "/open/");
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// How messages become bytes.
struct Wire {
    bool isDeflated = false;
    bool takesOver = true;
    std::size_t fragment = 0; // size; 0: one frame
    unsigned opcode = 1;
    std::size_t piece = whole; // 0: of random sizes
};

// A socket whose messages come one by one, each 10 µs after the one before.
class Session {
public:
    explicit Session(const std::string &url, const Wire &wire = {}, const http::FieldList &fields = {})
        : m_wire(wire)
        , m_clientDeflater(wire.takesOver)
        , m_serverDeflater(wire.takesOver)
    {
        const QUrl parsed(QString::fromStdString(url));
        http::FieldList head = fields;
        head.push_back({"Upgrade", "websocket"});
        const auto path = parsed.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded);
        reader = llm::SocketCallReader::forRequest(
            {"GET", path.toStdString(), llm::providerOfHost(parsed.host().toStdString(), {}), head});
        http::FieldList answer{{"Upgrade", "WebSocket"}};
        if (wire.isDeflated) {
            answer.push_back({"Sec-WebSocket-Extensions",
                              wire.takesOver ? "permessage-deflate"
                                             : "permessage-deflate; server_no_context_takeover; "
                                               "client_no_context_takeover"});
        }
        if (reader)
            reader->upgraded(answer);
    }

    void say(const Message &message)
    {
        nowUs += 10;
        auto &deflater = message.isClient ? m_clientDeflater : m_serverDeflater;
        const std::string payload = m_wire.isDeflated ? deflater.deflated(message.text) : message.text;
        const test::FrameOptions options{m_wire.opcode, true, m_wire.isDeflated ? 4U : 0U, message.isClient};
        feed(message.isClient,
             m_wire.fragment ? test::fragmented(payload, m_wire.fragment, options)
                             : test::frame(payload, options));
    }

    void feed(bool isClient, std::string_view bytes)
    {
        while (!bytes.empty()) {
            const std::string part(bytes.substr(0, m_wire.piece ? m_wire.piece : 1 + m_random() % 90));
            bytes.remove_prefix(part.size());
            if (isClient)
                reader->clientBytes(part, nowUs);
            else
                reader->serverBytes(part, nowUs);
            take();
        }
    }

    void close()
    {
        nowUs += 10;
        reader->closed(nowUs);
        take();
    }

    std::unique_ptr<llm::SocketCallReader> reader;
    std::vector<llm::SocketCall> calls;
    std::int64_t nowUs = 0;

private:
    void take()
    {
        for (auto &call : reader->takeEnded())
            calls.push_back(std::move(call));
    }

    Wire m_wire;
    test::MessageDeflater m_clientDeflater;
    test::MessageDeflater m_serverDeflater;
    std::mt19937 m_random{42};
};

struct Case {
    explicit Case(const QString &name)
    {
        const QString folder = fixtures() + name + u'/';
        const auto object = [&](const char *file) {
            return QJsonDocument::fromJson(contentOf(folder + QLatin1String(file))).object();
        };
        expected = object("expected.json");
        url = object("meta.json").value(u"url").toString().toStdString();
        for (const auto &line : contentOf(folder + QStringLiteral("response.frames.jsonl")).split('\n')) {
            const auto message = QJsonDocument::fromJson(line).object();
            if (!message.isEmpty())
                messages.push_back({message.value(u"direction").toString() == QStringLiteral("client"),
                                    message.value(u"payload").toString().toStdString()});
        }
    }

    // What each call is expected to be: the cases of one call say it at the top alone.
    QJsonArray responses() const
    {
        const auto list = expected.value(u"extra").toObject().value(u"responses").toArray();
        return list.isEmpty() ? QJsonArray{expected} : list;
    }

    QJsonObject expected;
    std::string url;
    std::vector<Message> messages;
};

QJsonValue number(const std::optional<std::int64_t> &value)
{
    return value ? QJsonValue(static_cast<qint64>(*value)) : QJsonValue();
}

QJsonObject readOf(const TokenUsage &tokens)
{
    return {
        {QStringLiteral("input_tokens"), number(tokens.input)},
        {QStringLiteral("output_tokens"), number(tokens.output)},
        {QStringLiteral("total_tokens"), number(tokens.total())},
        {QStringLiteral("cache_read_tokens"), number(tokens.cacheRead)},
        {QStringLiteral("cache_write_tokens"), number(tokens.cacheWrite)},
        {QStringLiteral("reasoning_tokens"), number(tokens.reasoning)},
        {QStringLiteral("audio_input_tokens"), number(tokens.audioInput)},
        {QStringLiteral("audio_output_tokens"), number(tokens.audioOutput)},
    };
}

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// Those members of `expected` that `read` has.
QJsonObject expectedOf(const QJsonObject &expected, QJsonObject read)
{
    for (auto it = read.begin(); it != read.end(); ++it) {
        if (expected.contains(it.key()) || !it.key().startsWith(QStringLiteral("audio")))
            it.value() = expected.value(it.key()).isUndefined() ? QJsonValue() : expected.value(it.key());
    }
    return read;
}

void addTo(std::optional<std::int64_t> &sum, const std::optional<std::int64_t> &number)
{
    if (number)
        sum = sum.value_or(0) + *number;
}

TokenUsage sumOf(const std::vector<llm::SocketCall> &calls)
{
    TokenUsage sum;
    for (const auto &call : calls) {
        for (const auto part : {&TokenUsage::input, &TokenUsage::output, &TokenUsage::cacheRead,
                                &TokenUsage::cacheWrite, &TokenUsage::reasoning})
            addTo(sum.*part, call.facts.tokens.*part);
    }
    return sum;
}

// "id model state in/out r/w/reasoning begun+answered+content+ended !status error", dashes for the absent.
std::string textOf(const llm::SocketCall &call)
{
    const auto &facts = call.facts;
    const auto since = [&](const std::optional<std::int64_t> &us) {
        return us ? std::to_string(*us - call.begunUs) : std::string("-");
    };
    std::string text = facts.details.answerId.value_or("-") + ' ' + facts.model.value_or("-") + ' '
        + test::textOf(facts) + ' ' + std::to_string(call.begunUs) + '+' + since(call.answeredUs) + '+'
        + since(facts.firstContentUs) + '+' + since(call.endedUs);
    if (call.status)
        text += " !" + std::to_string(*call.status);
    if (facts.error)
        text += ' ' + *facts.error;
    return text;
}

const std::string codex = "wss://chatgpt.com/backend-api/codex/responses";
const std::string realtime = "wss://api.openai.com/v1/realtime?model=gpt-realtime";
const std::string live = "wss://generativelanguage.googleapis.com/ws/"
                         "google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

Message create(const std::string &members = R"(,"model":"asked")")
{
    return {true, R"({"type":"response.create")" + members + "}"};
}

Message server(const std::string &text)
{
    return {false, text};
}

// A server's message about a response, which is an object of that kind.
Message about(const std::string &object, const std::string &type, const std::string &id,
              const std::string &members)
{
    return server("{\"type\":\"response." + type + "\",\"event_id\":\"e\",\"response\":{\"object\":\""
                  + object + "\",\"id\":\"" + id + '\"' + members + "}}");
}

Message response(const std::string &type, const std::string &id, const std::string &members = {})
{
    return about("response", type, id, members);
}

Message realtimeResponse(const std::string &type, const std::string &id, const std::string &members = {})
{
    return about("realtime.response", type, id, members);
}

Message delta(const std::string &id = {})
{
    const std::string member = id.empty() ? std::string() : "\"response_id\":\"" + id + "\",";
    return server(R"({"type":"response.output_text.delta",)" + member + R"("delta":"x"})");
}

std::string usage(int input, int output)
{
    return R"(,"model":"answered","usage":{"input_tokens":)" + std::to_string(input) + R"(,"output_tokens":)"
        + std::to_string(output) + R"(,"total_tokens":)" + std::to_string(input + output) + "}";
}

using Messages = std::vector<Message>;
using Expected = std::vector<std::string>;

} // namespace

Q_DECLARE_METATYPE(Wire)
Q_DECLARE_METATYPE(Messages)
Q_DECLARE_METATYPE(Expected)

class tst_SocketCallReader final : public QObject {
    Q_OBJECT

private slots:
    void readsRecordings_data();
    void readsRecordings();
    void readsRecordingsOfUnknownHosts_data() { cases(); }
    void readsRecordingsOfUnknownHosts();
    void survivesACutAnywhere_data() { cases(); }
    void survivesACutAnywhere();
    void tellsCallsApart_data();
    void tellsCallsApart();
    void knowsWhatIsASocketOfCalls_data();
    void knowsWhatIsASocketOfCalls();
    void makesNoCallOfOtherMessages_data();
    void makesNoCallOfOtherMessages();
    void saysWhatIsKnownWhileACallRuns();
    void saysThatItCannotRead_data();
    void saysThatItCannotRead();
    void keepsTheClientsSession();

private:
    static QStringList names();
    static void cases();
};

QStringList tst_SocketCallReader::names()
{
    QStringList list;
    const auto providers = QDir(fixtures()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const auto &provider : providers) {
        const auto folders =
            QDir(fixtures() + provider).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const auto &folder : folders) {
            const QString name = provider + u'/' + folder;
            if (QFile::exists(fixtures() + name + QStringLiteral("/response.frames.jsonl")))
                list << name;
        }
    }
    return list;
}

void tst_SocketCallReader::cases()
{
    QTest::addColumn<QString>("name");
    QVERIFY(names().size() >= 5);
    for (const auto &name : names())
        QTest::newRow(qPrintable(name)) << name;
}

void tst_SocketCallReader::readsRecordings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Wire>("wire");
    for (const auto &name : names()) {
        const auto row = [&](const char *wireName, const Wire &wire) {
            QTest::addRow("%s, %s", qPrintable(name), wireName) << name << wire;
        };
        row("whole", {});
        row("byte by byte", {false, true, 0, 1, 1});
        row("in pieces", {false, true, 0, 1, 0});
        row("binary", {false, true, 0, 2, whole});
        row("fragmented", {false, true, 37, 1, 0});
        row("deflated", {true, true, 0, 1, whole});
        row("deflated, byte by byte", {true, true, 0, 1, 1});
        row("deflated, not taking over", {true, false, 0, 1, 0});
        row("deflated and fragmented", {true, true, 11, 1, 0});
    }
}

void tst_SocketCallReader::readsRecordings()
{
    QFETCH(QString, name);
    QFETCH(Wire, wire);
    const Case recorded(name);
    Session session(recorded.url, wire);
    QVERIFY(session.reader);
    for (const auto &message : recorded.messages)
        session.say(message);

    const auto responses = recorded.responses();
    QCOMPARE(qsizetype(session.calls.size()), responses.size()); // while the socket is open
    for (qsizetype i = 0; i < responses.size(); ++i) {
        const auto &call = session.calls[static_cast<std::size_t>(i)];
        const auto read = readOf(call.facts.tokens);
        QCOMPARE(textOf(read), textOf(expectedOf(responses.at(i).toObject(), read)));
        QCOMPARE(call.facts.usage, UsageState::Reported);
        QCOMPARE(QString::fromStdString(call.facts.model.value_or("")),
                 recorded.expected.value(u"model").toString());
        QVERIFY(call.facts.streaming && !call.facts.error && !call.status);
        QVERIFY(call.answeredUs && *call.answeredUs > call.begunUs);
        QVERIFY(call.facts.firstContentUs && *call.facts.firstContentUs >= *call.answeredUs);
        QVERIFY(call.endedUs > *call.facts.firstContentUs);
    }
    const auto sum = readOf(sumOf(session.calls));
    QCOMPARE(textOf(sum), textOf(expectedOf(recorded.expected, sum)));
    session.close();
    QCOMPARE(qsizetype(session.calls.size()), responses.size());
}

void tst_SocketCallReader::readsRecordingsOfUnknownHosts()
{
    QFETCH(QString, name);
    const Case recorded(name);
    QUrl url(QString::fromStdString(recorded.url));
    url.setHost(QStringLiteral("llm.example.org"));
    Session session(url.toString().toStdString());
    for (const auto &message : recorded.messages)
        session.say(message);
    session.close();
    const auto sum = readOf(sumOf(session.calls));
    QCOMPARE(textOf(sum), textOf(expectedOf(recorded.expected, sum)));
    const bool isLive = name.startsWith(QStringLiteral("gemini"));
    QCOMPARE(session.calls.at(0).facts.provider, std::string(isLive ? "google" : "openai"));
}

void tst_SocketCallReader::survivesACutAnywhere()
{
    QFETCH(QString, name);
    const Case recorded(name);
    for (std::size_t count = 0; count < recorded.messages.size(); ++count) {
        Session session(recorded.url);
        for (std::size_t i = 0; i < count; ++i)
            session.say(recorded.messages[i]);
        const auto &next = recorded.messages[count];
        const auto bytes = test::frame(next.text, {1, true, 0, next.isClient});
        session.feed(next.isClient, std::string_view(bytes).substr(0, bytes.size() - 1));
        const auto before = session.calls.size();
        session.close();
        // What was running is cut; what had ended stays, and stays right.
        QVERIFY(session.calls.size() <= before + 1);
        const auto responses = recorded.responses();
        for (std::size_t i = 0; i < session.calls.size(); ++i) {
            const auto &facts = session.calls[i].facts;
            QCOMPARE(facts.usage == UsageState::Reported, i < before);
            QCOMPARE(facts.error.has_value(), i >= before);
            const auto read = readOf(facts.tokens);
            if (i < before)
                QCOMPARE(textOf(read), textOf(expectedOf(responses.at(qsizetype(i)).toObject(), read)));
        }
    }
}

void tst_SocketCallReader::tellsCallsApart_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<Messages>("messages");
    QTest::addColumn<Expected>("calls");

    const std::string cut = "the websocket was closed before the answer was complete";
    const auto rateLimit = server(R"({"type":"error","status":429,"error":{"type":"usage_limit_reached",)"
                                  R"("code":null,"message":"wait"},"headers":{}})");

    QTest::newRow("one after the other")
        << codex
        << Messages{create(), response("created", "a"), delta(), response("completed", "a", usage(1, 2)),
                    create(), response("created", "b"), delta(), response("completed", "b", usage(3, 4))}
        << Expected{"a answered reported 1/2 -/-/- 10+10+20+30", "b answered reported 3/4 -/-/- 50+10+20+30"};
    QTest::newRow("an id that is none")
        << codex << Messages{response("completed", std::string(300, 'x'), usage(1, 2))} << Expected{};
    QTest::newRow("a model that is none")
        << codex
        << Messages{create(",\"model\":\"" + std::string(300, 'x') + '\"'), response("completed", "a")}
        << Expected{"a - missing -/- -/-/- 10+10+-+10"};
    QTest::newRow("the same id again")
        << codex
        << Messages{create(), response("created", "a"), response("completed", "a", usage(1, 2)),
                    response("completed", "a", usage(1, 2)), response("created", "a")}
        << Expected{"a answered reported 1/2 -/-/- 10+10+-+20"};
    QTest::newRow("incomplete, failed")
        << codex
        << Messages{create(), response("incomplete", "a", usage(1, 2)), create(),
                    response("failed", "b",
                             R"(,"error":{"code":"server_error","message":"oh"})" + usage(0, 0))}
        << Expected{"a answered reported 1/2 -/-/- 10+10+-+10",
                    "b answered reported 0/0 -/-/- 30+10+-+10 server_error: oh"};
    QTest::newRow("a warm-up") << codex
                               << Messages{create(R"(,"model":"asked","generate":false)"),
                                           response("created", "a"), response("completed", "a", usage(0, 0))}
                               << Expected{"a answered reported 0/0 -/-/- 10+10+-+20"};
    QTest::newRow("no usage") << codex << Messages{create(), response("completed", "a")}
                              << Expected{"a asked missing -/- -/-/- 10+10+-+10"};
    QTest::newRow("refused") << codex << Messages{create(), rateLimit}
                             << Expected{
                                    "- asked missing -/- -/-/- 10+10+-+10 !429 usage_limit_reached: wait"};
    QTest::newRow("failed within")
        << codex << Messages{create(), response("created", "a"),
                             delta(),  rateLimit,
                             create(), response("completed", "b", usage(1, 2))}
        << Expected{"a asked missing -/- -/-/- 10+10+20+30 !429 usage_limit_reached: wait",
                    "b answered reported 1/2 -/-/- 50+10+-+10"};
    QTest::newRow("an error between calls") << codex << Messages{rateLimit} << Expected{};
    QTest::newRow("not answered") << codex << Messages{create()}
                                  << Expected{"- asked missing -/- -/-/- 10+-+-+10 " + cut};
    QTest::newRow("cut") << codex
                         << Messages{create(), response("created", "a", R"(,"model":"answered")"), delta()}
                         << Expected{"a answered partial -/- -/-/- 10+10+20+30 " + cut};

    QTest::newRow("two at once") << realtime
                                 << Messages{create({}),
                                             create({}),
                                             realtimeResponse("created", "a"),
                                             realtimeResponse("created", "b"),
                                             delta("b"),
                                             delta("a"),
                                             realtimeResponse("done", "b", usage(3, 4)),
                                             realtimeResponse("done", "a", usage(1, 2))}
                                 << Expected{"b answered reported 3/4 -/-/- 20+20+30+50",
                                             "a answered reported 1/2 -/-/- 10+20+50+70"};
    QTest::newRow("begun by the server")
        << realtime << Messages{realtimeResponse("created", "a"), realtimeResponse("done", "a", usage(1, 2))}
        << Expected{"a answered reported 1/2 -/-/- 10+0+-+10"};
    QTest::newRow("the session's model")
        << realtime
        << Messages{server(R"({"type":"session.created","session":{"model":"of-session"}})"), create({}),
                    realtimeResponse("done", "a")}
        << Expected{"a of-session missing -/- -/-/- 20+10+-+10"};
    QTest::newRow("the URL's model") << realtime << Messages{create({}), realtimeResponse("done", "a")}
                                     << Expected{"a gpt-realtime missing -/- -/-/- 10+10+-+10"};
    QTest::newRow("the deployment") << std::string(
        "wss://x.openai.azure.com/openai/realtime?api-version=1&deployment=my%2Drt")
                                    << Messages{create({}), realtimeResponse("done", "a")}
                                    << Expected{"a my-rt missing -/- -/-/- 10+10+-+10"};
    QTest::newRow("the client's model")
        << std::string("wss://api.openai.com/v1/realtime")
        << Messages{{true, R"({"type":"session.update","session":{"model":"wanted"}})"},
                    create({}),
                    realtimeResponse("done", "a")}
        << Expected{"a wanted missing -/- -/-/- 20+10+-+10"};
    QTest::newRow("failed")
        << realtime
        << Messages{create({}),
                    realtimeResponse(
                        "done", "a",
                        R"(,"status":"failed","status_details":)"
                        R"({"type":"failed","error":{"type":"insufficient_quota","message":"pay"}})")}
        << Expected{"a gpt-realtime missing -/- -/-/- 10+10+-+10 insufficient_quota: pay"};
    QTest::newRow("a refused event")
        << realtime
        << Messages{create(R"(,"event_id":"mine")"), create(R"(,"event_id":"other")"),
                    server(R"({"type":"error","error":{"type":"invalid","message":"no","event_id":"mine"}})"),
                    realtimeResponse("created", "a"), realtimeResponse("done", "a", usage(1, 2))}
        << Expected{"- gpt-realtime missing -/- -/-/- 10+20+-+20 invalid: no",
                    "a answered reported 1/2 -/-/- 20+20+-+30"};
    QTest::newRow("an error that names no event")
        << realtime
        << Messages{create({}), server(R"({"type":"error","error":{"type":"invalid","message":"no"}})"),
                    realtimeResponse("created", "a"), realtimeResponse("done", "a", usage(1, 2))}
        << Expected{"a answered reported 1/2 -/-/- 30+0+-+10"};
    QTest::newRow("an error that names no event, and nothing behind")
        << realtime
        << Messages{create({}), server(R"({"type":"error","error":{"type":"invalid","message":"no"}})")}
        << Expected{"- gpt-realtime missing -/- -/-/- 10+10+-+20 invalid: no"};
    QTest::newRow("an error that ends nothing")
        << realtime
        << Messages{create({}), realtimeResponse("created", "a"),
                    server(R"({"type":"error","error":{"type":"invalid","message":"no"}})"),
                    realtimeResponse("done", "a", usage(1, 2))}
        << Expected{"a answered reported 1/2 -/-/- 10+10+-+30"};
    QTest::newRow("transcription is another model's")
        << realtime
        << Messages{create({}), realtimeResponse("created", "a"),
                    server(R"({"type":"conversation.item.input_audio_transcription.completed","usage":)"
                           R"({"type":"tokens","input_tokens":90,"output_tokens":9,"total_tokens":99}})"),
                    realtimeResponse("done", "a", usage(1, 2))}
        << Expected{"a answered reported 1/2 -/-/- 10+10+-+30"};

    const Message setup{true, R"({"setup":{"model":"models/m"}})"};
    const Message ask{true, R"({"clientContent":{"turns":[],"turnComplete":true}})"};
    const Message tool{true, R"({"toolResponse":{"functionResponses":[]}})"};
    const Message speech{true, R"({"realtimeInput":{"audio":{"data":"AAAA"}}})"};
    const auto ready = server(R"({"setupComplete":{}})");
    const auto content = server(R"({"serverContent":{"modelTurn":{"parts":[{"text":"x"}]}}})");
    const auto complete = server(R"({"serverContent":{"turnComplete":true}})");
    const std::string numbers = R"("usageMetadata":{"promptTokenCount":10,"toolUsePromptTokenCount":1,)"
                                R"("responseTokenCount":5,"thoughtsTokenCount":2,"totalTokenCount":16})";
    const auto completeWith = server(R"({"serverContent":{"turnComplete":true},)" + numbers + "}");
    const auto usageAlone = server("{" + numbers + "}");
    const std::string counted = "reported 11/7 -/-/2 ";

    QTest::newRow("turns") << live
                           << Messages{setup, ready, ask, content, completeWith, ask, content, completeWith}
                           << Expected{"- models/m " + counted + "30+10+10+20",
                                       "- models/m " + counted + "60+10+10+20"};
    QTest::newRow("usage behind the turn")
        << live << Messages{setup, ask, content, complete, usageAlone, ask, complete, content}
        << Expected{"- models/m " + counted + "20+10+10+20", "- models/m missing -/- -/-/- 60+10+-+10",
                    "- models/m partial -/- -/-/- 80+0+0+10 " + cut};
    QTest::newRow("usage before the turn's end, and again")
        << live << Messages{setup, ask, content, usageAlone, completeWith, usageAlone}
        << Expected{"- models/m " + counted + "20+10+10+30"};
    QTest::newRow("usage within the turn and behind it")
        << live
        << Messages{setup,
                    ask,
                    server(R"({"toolCall":{"functionCalls":[{}]},"usageMetadata":{"promptTokenCount":4}})"),
                    content,
                    complete,
                    usageAlone}
        << Expected{"- models/m " + counted + "20+10+10+30"};
    QTest::newRow("a tool within the turn")
        << live
        << Messages{ask, server(R"({"toolCall":{"functionCalls":[{"name":"f"}]}})"), tool, content,
                    completeWith}
        << Expected{"- - " + counted + "10+10+10+40"};
    QTest::newRow("spoken") << live << Messages{setup, ready, speech, speech, content, completeWith}
                            << Expected{"- models/m " + counted + "50+0+0+10"};
    QTest::newRow("interrupted")
        << live
        << Messages{ask,          content, ask,         server(R"({"serverContent":{"interrupted":true}})"),
                    completeWith, content, completeWith}
        << Expected{"- - " + counted + "10+10+10+40", "- - " + counted + "30+30+30+40"};
    QTest::newRow("no answer") << live << Messages{setup, ready, ask}
                               << Expected{"- models/m missing -/- -/-/- 30+-+-+10 " + cut};
}

void tst_SocketCallReader::tellsCallsApart()
{
    QFETCH(std::string, url);
    QFETCH(Messages, messages);
    QFETCH(Expected, calls);
    Session session(url);
    QVERIFY(session.reader);
    for (const auto &message : messages)
        session.say(message);
    session.close();
    Expected read;
    for (const auto &call : session.calls)
        read.push_back(textOf(call));
    QCOMPARE(read.size(), calls.size());
    for (std::size_t i = 0; i < calls.size(); ++i)
        QCOMPARE(QByteArray::fromStdString(read[i]), QByteArray::fromStdString(calls[i]));
}

void tst_SocketCallReader::knowsWhatIsASocketOfCalls_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("upgrade");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("responses") << std::string("GET") << std::string("/v1/responses")
                               << std::string("websocket") << true;
    QTest::newRow("Copilot") << std::string("GET") << std::string("/responses?x=1")
                             << std::string("h2c, WebSocket") << true;
    QTest::newRow("realtime") << std::string("GET") << std::string("/openai/v1/realtime/?model=a")
                              << std::string("websocket") << true;
    QTest::newRow("live, with a short-lived token")
        << std::string("GET")
        << std::string("/ws/"
                       "google.ai.generativelanguage.v1alpha.GenerativeService."
                       "BidiGenerateContentConstrained?access_token=x")
        << std::string("websocket") << true;
    QTest::newRow("live on Vertex") << std::string(
        "GET") << std::string("/ws/google.cloud.aiplatform.v1.LlmBidiService/BidiGenerateContent")
                                    << std::string("websocket") << true;
    QTest::newRow("an answer that is fetched")
        << std::string("GET") << std::string("/v1/responses") << std::string() << false;
    QTest::newRow("another protocol")
        << std::string("GET") << std::string("/v1/responses") << std::string("h2c") << false;
    QTest::newRow("a POST") << std::string("POST") << std::string("/v1/responses") << std::string("websocket")
                            << false;
    QTest::newRow("another path") << std::string("GET") << std::string("/v1/chat") << std::string("websocket")
                                  << false;
}

void tst_SocketCallReader::knowsWhatIsASocketOfCalls()
{
    QFETCH(std::string, method);
    QFETCH(std::string, path);
    QFETCH(std::string, upgrade);
    QFETCH(bool, isOne);
    const http::FieldList head{{"upgrade", upgrade}};
    const auto reader = llm::SocketCallReader::forRequest({method, path, std::nullopt, head});
    QCOMPARE(reader != nullptr, isOne);
}

void tst_SocketCallReader::makesNoCallOfOtherMessages_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<Messages>("messages");
    QTest::newRow("a quiz")
        << std::string("/responses")
        << Messages{
               create(), server(R"({"type":"response.done","response":{"id":1,"object":"answer"}})"),
               server(
                   R"({"type":"response.done","response":{"id":"1"},"usage":{"input_tokens":1,"output_tokens":1}})")};
    QTest::newRow("no JSON") << std::string("/realtime")
                             << Messages{{true, "hello"}, server("\x01\x02{"), server("[1,2"), server("")};
    QTest::newRow("a game") << std::string("/x/BidiGenerateContent")
                            << Messages{{true, R"({"clientContent":{"turnComplete":true}})"},
                                        server(R"({"serverContent":{"turnComplete":true}})")};
}

// On a host that is not known.
void tst_SocketCallReader::makesNoCallOfOtherMessages()
{
    QFETCH(std::string, path);
    QFETCH(Messages, messages);
    Session session("wss://example.org" + path);
    for (const auto &message : messages) {
        session.say(message);
        QVERIFY(!session.reader->running());
    }
    session.close();
    QVERIFY(session.calls.empty());
}

void tst_SocketCallReader::saysWhatIsKnownWhileACallRuns()
{
    Session session(codex);
    QVERIFY(!session.reader->running());
    session.say(create());
    QVERIFY(session.reader->running());
    QCOMPARE(session.reader->running()->facts.model.value_or(""), std::string("asked"));
    QCOMPARE(session.reader->running()->facts.details.requestModel.value_or(""), std::string("asked"));
    session.say(response("created", "a", R"(,"model":"answered")"));
    QCOMPARE(session.reader->running()->facts.model.value_or(""), std::string("answered"));
    QVERIFY(!session.reader->running()->facts.firstContentUs);
    session.say(delta());
    QVERIFY(session.reader->running()->facts.firstContentUs);
    session.say(response("completed", "a", usage(1, 2)));
    QVERIFY(!session.reader->running());
    QCOMPARE(session.calls.at(0).facts.details.requestModel.value_or(""), std::string("asked"));
}

void tst_SocketCallReader::saysThatItCannotRead_data()
{
    QTest::addColumn<std::string>("host");
    QTest::addColumn<Messages>("messages");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Expected>("calls");
    const std::string bad = "\x83";
    const std::string closed = test::frame("\x03\xf3quota", {8});
    const std::string why = "a websocket frame is of no known kind";
    QTest::newRow("within a call") << std::string("api.openai.com")
                                   << Messages{create(), response("created", "a")} << bad + '\0'
                                   << Expected{"a asked partial -/- -/-/- 10+10+-+10 " + why};
    QTest::newRow("between calls") << std::string("api.openai.com")
                                   << Messages{create(), response("completed", "a", usage(1, 2))}
                                   << bad + '\0'
                                   << Expected{"a answered reported 1/2 -/-/- 10+10+-+10",
                                               "- - missing -/- -/-/- 20+-+-+0 " + why};
    QTest::newRow("who knows what") << std::string("example.org") << Messages{} << bad + '\0' << Expected{};
    QTest::newRow("closed with a reason")
        << std::string("api.openai.com") << Messages{create()} << closed
        << Expected{"- asked missing -/- -/-/- 10+-+-+0 websocket closed with 1011: quota"};
    QTest::newRow("closed as it should")
        << std::string("api.openai.com") << Messages{} << test::frame("\x03\xe8", {8}) << Expected{};
}

void tst_SocketCallReader::saysThatItCannotRead()
{
    QFETCH(std::string, host);
    QFETCH(Messages, messages);
    QFETCH(std::string, bytes);
    QFETCH(Expected, calls);
    Session session("wss://" + host + "/v1/responses");
    for (const auto &message : messages)
        session.say(message);
    session.feed(false, bytes);
    session.say(response("completed", "later", usage(1, 2)));
    session.close();
    Expected read;
    for (const auto &call : session.calls)
        read.push_back(textOf(call));
    QCOMPARE(read, calls);
}

void tst_SocketCallReader::keepsTheClientsSession()
{
    Session session(codex, {}, {{"Session-Id", "s1"}});
    session.say(create());
    session.close();
    QCOMPARE(session.calls.at(0).facts.session.value_or(""), std::string("s1"));
}

QTEST_APPLESS_MAIN(tst_SocketCallReader)
#include "tst_socketcallreader.moc"
