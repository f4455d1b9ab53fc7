#include "core/llm/streamusage.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace hookscope;
using namespace hookscope::llm;

namespace {

const QByteArray asked = R"({"include_usage":true})";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray edited(const QByteArray &body)
{
    const auto edit = streamUsageEdit(std::string_view(body.constData(), std::size_t(body.size())));
    if (!edit)
        return "alone";
    QByteArray result = body;
    return result.replace(qsizetype(edit->at), qsizetype(edit->removed),
                          QByteArray(edit->inserted.data(), qsizetype(edit->inserted.size())));
}

// The stream in pieces that end at the given places.
QByteArray filtered(const QByteArray &stream, bool isNullAdded, const QList<qsizetype> &cuts = {})
{
    StreamUsageFilter filter(StreamUsage{isNullAdded});
    const std::string_view all(stream.constData(), std::size_t(stream.size()));
    std::string out;
    std::size_t from = 0;
    for (const qsizetype cut : cuts) {
        filter.feed(all.substr(from, std::size_t(cut) - from), out);
        from = std::size_t(cut);
    }
    filter.feed(all.substr(from), out);
    filter.finish(out);
    return QByteArray::fromStdString(out);
}

QByteArray bytewise(const QByteArray &stream, bool isNullAdded)
{
    QList<qsizetype> cuts;
    for (qsizetype i = 1; i < stream.size(); ++i)
        cuts.append(i);
    return filtered(stream, isNullAdded, cuts);
}

// What a stream would have been unasked, made in another way: whole events and plain text.
QByteArray withoutUsage(const QByteArray &stream, bool isNullAdded)
{
    QByteArray result;
    for (qsizetype from = 0; from < stream.size();) {
        qsizetype end = stream.indexOf("\n\n", from);
        end = end < 0 ? stream.size() : end + 2;
        QByteArray event = stream.mid(from, end - from);
        from = end;
        if (event.contains("\"choices\":[]") && event.contains("\"usage\":{"))
            continue;
        if (isNullAdded)
            event.replace(",\"usage\":null", "");
        result += event;
    }
    return result;
}

http::RequestHead post(http::FieldList more = {}, http::Framing framing = {http::Framing::Kind::Length, 100})
{
    http::RequestHead head{"POST", "/", 1, {{"Content-Type", "application/json"}}, framing};
    head.fields.insert(head.fields.end(), more.begin(), more.end());
    return head;
}

} // namespace

class TestStreamUsage : public QObject {
    Q_OBJECT
private slots:
    void knowsWhomToAsk_data();
    void knowsWhomToAsk();
    void leavesRequestsAloneByTheirHead_data();
    void leavesRequestsAloneByTheirHead();
    void editsTheBodyAsLittleAsPossible_data();
    void editsTheBodyAsLittleAsPossible();
    void findsTheStreamFlagInALongBody();
    void takesOutOfRecordedStreamsWhatWasAdded_data();
    void takesOutOfRecordedStreamsWhatWasAdded();
    void takesOutOfEventsWhatWasAdded_data();
    void takesOutOfEventsWhatWasAdded();
    void passesEachEventWhenItIsWhole();
    void passesEventsThatAreTooLong();
    void leavesLlamaCppItsTimings();
};

void TestStreamUsage::knowsWhomToAsk_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("verdict"); // "", "asked", "asked, nulls are added"
    const auto row = [](const char *host, const char *path, const char *verdict) {
        QTest::addRow("%s%s", host, path) << QString::fromLatin1(host) << QString::fromLatin1(path) << QString::fromLatin1(verdict);
    };
    row("api.openai.com", "/v1/chat/completions", "nulls");
    row("api.openai.com", "/v1/completions", "nulls");
    row("api.openai.com", "/v1/chat/completions/?x=/responses", "nulls");
    row("api.openai.com", "/v1/responses", "");
    row("api.openai.com", "/v1/embeddings", "");
    row("api.openai.com", "/v1/threads/t/completions", "");
    row("x.openai.azure.com", "/openai/deployments/d/chat/completions?api-version=2024-10-21", "nulls");
    row("x.services.ai.azure.com", "/models/chat/completions", "nulls");
    row("api.githubcopilot.com", "/chat/completions", "nulls");
    row("copilot-proxy.githubusercontent.com", "/v1/engines/e/completions", "");
    row("dashscope-intl.aliyuncs.com", "/compatible-mode/v1/chat/completions", "nulls");
    row("ollama.com", "/v1/chat/completions", "asked");
    row("ollama.com", "/api/chat", "");
    row("llm.example", "/v1/chat/completions", "nulls");
    row("llm.example", "/v1/completions", "asked");
    row("llm.example", "/v1/fim/completions", "");
    row("llm.example", "/v1/messages", "");
    for (const char *host : {"api.deepseek.com", "api.groq.com", "api.mistral.ai", "api.together.xyz",
                             "api.perplexity.ai", "openrouter.ai", "api.z.ai", "api.x.ai", "api.anthropic.com",
                             "generativelanguage.googleapis.com", "api.moonshot.ai", "api.minimax.io"})
        row(host, "/v1/chat/completions", "");
}

void TestStreamUsage::knowsWhomToAsk()
{
    QFETCH(QString, host);
    QFETCH(QString, path);
    QFETCH(QString, verdict);
    const auto usage = streamUsageOf(post(), path.toStdString(), providerOfHost(host.toStdString(), {}));
    QCOMPARE(!usage ? QString() : usage->isNullAdded ? QStringLiteral("nulls") : QStringLiteral("asked"), verdict);
}

void TestStreamUsage::leavesRequestsAloneByTheirHead_data()
{
    using Kind = http::Framing::Kind;
    QTest::addColumn<http::RequestHead>("head");
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("plain") << post() << true;
    QTest::newRow("chunked") << post({}, {Kind::Chunked, 0}) << true;
    QTest::newRow("16 MiB") << post({}, {Kind::Length, longestEditedBody}) << true;
    QTest::newRow("above 16 MiB") << post({}, {Kind::Length, longestEditedBody + 1}) << false;
    QTest::newRow("no body") << post({}, {}) << false;
    QTest::newRow("expects 100") << post({{"Expect", "100-Continue"}}) << true;
    QTest::newRow("expects something else") << post({{"Expect", "tea"}}) << false;
    QTest::newRow("encoded") << post({{"Content-Encoding", "zstd"}}) << false;
    QTest::newRow("two types") << post({{"content-type", "application/json"}}) << false;
    QTest::newRow("digest") << post({{"Content-Digest", "sha-256=:x:"}}) << false;
    QTest::newRow("AWS signature") << post({{"Authorization", "AWS4-HMAC-SHA256 Credential=x"}}) << false;
    QTest::newRow("bearer") << post({{"Authorization", "Bearer x"}}) << true;
    const auto typed = [](const char *type) {
        http::RequestHead head = post();
        head.fields.front().value = type;
        return head;
    };
    QTest::newRow("UTF-8") << typed("Application/JSON; charset=UTF-8") << true;
    QTest::newRow("Latin-1") << typed("application/json; charset=latin1") << false;
    QTest::newRow("text") << typed("text/plain") << false;
    http::RequestHead get = post();
    get.method = "GET";
    QTest::newRow("GET") << get << false;
}

void TestStreamUsage::leavesRequestsAloneByTheirHead()
{
    QFETCH(http::RequestHead, head);
    QFETCH(bool, isAsked);
    QCOMPARE(streamUsageOf(head, "/v1/chat/completions", std::nullopt).has_value(), isAsked);
}

void TestStreamUsage::editsTheBodyAsLittleAsPossible_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &result = "alone") {
        QTest::newRow(name) << body << result;
    };
    row("last member", R"({"model":"m","stream":true})", R"({"model":"m","stream":true,"stream_options":)" + asked + "}");
    row("first member", R"({"stream":true,"model":"m"})", R"({"stream":true,"stream_options":)" + asked + R"(,"model":"m"})");
    row("space everywhere", " {\r\n\t\"stream\" : true , \"n\" : 1.0e+0 }\n ",
        " {\r\n\t\"stream\" : true,\"stream_options\":" + asked + " , \"n\" : 1.0e+0 }\n ");
    row("empty options", R"({"stream_options": { },"stream":true})", R"({"stream_options": {"include_usage":true },"stream":true})");
    row("other options", R"({"stream_options":{"include_obfuscation":false},"stream":true})",
        R"({"stream_options":{"include_usage":true,"include_obfuscation":false},"stream":true})");
    row("options null", R"({"stream":true,"stream_options":null})", R"({"stream":true,"stream_options":)" + asked + "}");
    row("Unicode and escapes", R"({"messages":[{"content":"\"stream\":true ü 😀 \\"}],"stream":true,"x":"\u00e4\\\""})",
        R"({"messages":[{"content":"\"stream\":true ü 😀 \\"}],"stream":true,"stream_options":)" + asked + R"(,"x":"\u00e4\\\""})");
    row("asks already", R"({"stream":true,"stream_options":{"include_usage":true}})");
    row("refuses", R"({"stream":true,"stream_options":{"include_usage":false}})");
    row("says null", R"({"stream":true,"stream_options":{"include_usage":null}})");
    row("options of another kind", R"({"stream":true,"stream_options":[]})");
    row("no stream", R"({"model":"m"})");
    row("stream false", R"({"stream":false})");
    row("stream as text", R"({"stream":"true"})");
    row("stream as a number", R"({"stream":1})");
    row("nested only", R"({"messages":[{"stream":true}],"metadata":{"stream":true}})");
    row("nested true, own false", R"({"x":{"stream":true},"stream":false})");
    row("stream twice", R"({"stream":true,"stream":true})");
    row("stream twice, escaped", R"({"stream":true,"str\u0065am":false})");
    row("stream escaped", R"({"str\u0065am":true})");
    row("options twice", R"({"stream":true,"stream_options":{},"stream_options":{}})");
    row("options twice, escaped", R"({"stream":true,"stream_option\u0073":{},"stream_options":{}})");
    row("include_usage escaped", R"({"stream":true,"stream_options":{"include\u005fusage":false}})");
    row("cut", R"({"stream":true)");
    row("more behind it", R"({"stream":true} {})");
    row("comma at the end", R"({"stream":true,})");
    row("bad value elsewhere", R"({"stream":true,"x":[1,}]})");
    row("bad UTF-8", "{\"stream\":true,\"x\":\"\xff\"}");
    row("byte order mark", "\xEF\xBB\xBF{\"stream\":true}");
    row("UTF-16", QByteArray("{\0\"\0s\0", 6));
    row("array", R"([{"stream":true}])");
    row("text", "true");
    row("nothing", "");
    QByteArray many = "{\"stream\":true";
    for (int i = 0; i < 1000; ++i)
        many += ",\"" + QByteArray::number(i) + "\":1";
    row("over 1000 members", many + "}");
}

void TestStreamUsage::editsTheBodyAsLittleAsPossible()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, result);
    QCOMPARE(edited(body), result);
}

void TestStreamUsage::findsTheStreamFlagInALongBody()
{
    const QByteArray text = QByteArray("{\\\"stream\\\":false,[").repeated(16'000);
    const QByteArray before = R"({"messages":[{"role":"user","content":")" + text + R"("}],"stream":true)";
    QVERIFY(before.size() > 300'000);
    QCOMPARE(edited(before + "}"), before + ",\"stream_options\":" + asked + "}");
}

void TestStreamUsage::takesOutOfRecordedStreamsWhatWasAdded_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isNullAdded");
    QTest::addColumn<bool>("isChanged");
    const QDir open(QStringLiteral(HOOKSCOPE_FIXTURES "/open"));
    const auto rows = [&open](const char *name, bool isNullAdded, bool isChanged) {
        const QString text = QString::fromLatin1(name);
        const QDir folder(open.filePath(text.section(u'/', 0, 0)));
        const auto cases = folder.entryList({text.section(u'/', 1)}, QDir::Dirs);
        if (cases.isEmpty())
            qFatal("no recording %s", name);
        for (const QString &found : cases) {
            QTest::newRow(qPrintable(folder.dirName() + u'/' + found))
                << folder.filePath(found + QStringLiteral("/response.sse")) << isNullAdded << isChanged;
        }
    };
    rows("openai/chat-stream-usage-*", true, true);
    rows("openai/chat-stream-cached-*", true, true);
    rows("openai/chat-stream-reasoning-*", true, true);
    rows("openai/completions-stream-usage-*", true, true);
    rows("azure-openai/chat-stream-usage-*", true, true);
    rows("azure-openai/chat-stream-model-router-*", true, true);
    rows("github-copilot/chat-stream-01", true, true);
    rows("dashscope/chat-stream-*", true, true);
    rows("ollama/v1-chat-stream-*", false, true);
    rows("gpustack/chat-stream-*", true, true); // the usage itself is in a chunk with choices
    rows("openai/chat-stream-no-usage-*", true, false);
    rows("openai/completions-stream-no-usage-*", true, false);
    rows("azure-openai/chat-stream-no-usage-*", true, false);
    rows("vllm/chat-stream-no-usage-*", true, false);
    rows("github-copilot/chat-stream-gemini-*", true, false);
    rows("perplexity/chat-stream-*", true, false);
    rows("mistral/chat-stream-*", true, false);
    rows("anthropic/messages-stream-01", true, false);
    rows("openai/responses-stream-01", true, false);
}

void TestStreamUsage::takesOutOfRecordedStreamsWhatWasAdded()
{
    QFETCH(QString, path);
    QFETCH(bool, isNullAdded);
    QFETCH(bool, isChanged);
    const QByteArray stream = contentOf(path);
    QVERIFY(!stream.isEmpty());
    const QByteArray expected = isChanged ? withoutUsage(stream, isNullAdded) : stream;
    QCOMPARE(expected != stream, isChanged);
    QCOMPARE(filtered(stream, isNullAdded), expected);
    QCOMPARE(bytewise(stream, isNullAdded), expected);
    for (qsizetype cut = 1; cut < stream.size(); cut += 1 + stream.size() / 300)
        QVERIFY2(filtered(stream, isNullAdded, {cut}) == expected, qPrintable(QString::number(cut)));
}

void TestStreamUsage::takesOutOfEventsWhatWasAdded_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("result");
    QTest::addColumn<bool>("isNullAdded");
    const QByteArray chunk = R"(data: {"choices":[{"delta":{"content":"a"}}])";
    const QByteArray extra = R"(data: {"choices":[],"usage":{"prompt_tokens":1}})";
    const QByteArray done = "data: [DONE]\n\n";
    const auto row = [](const char *name, const QByteArray &stream, const QByteArray &result, bool isNullAdded = true) {
        QTest::newRow(name) << stream << result << isNullAdded;
        const auto rowWith = [&](const char *lineEnd) {
            QTest::addRow("%s, %s", name, qPrintable(QString::fromLatin1(QByteArray(lineEnd).toHex())))
                << QByteArray(stream).replace("\n", lineEnd) << QByteArray(result).replace("\n", lineEnd) << isNullAdded;
        };
        rowWith("\r\n");
        rowWith("\r");
    };
    row("null and chunk", chunk + ",\"usage\":null}\n\n" + extra + "\n\n" + done, chunk + "}\n\n" + done);
    row("no blank line at the end", chunk + "}\n\n" + extra, chunk + "}\n\n");
    row("no line end at the end", chunk + ",\"usage\":null}", chunk + "}");
    row("spaces", "data: {\"choices\": [ {} ], \"usage\": null, \"x\": 1}\n\ndata:{ \"usage\" : {} , \"choices\" : [ ] }\n\n" + done,
        "data: {\"choices\": [ {} ], \"x\": 1}\n\n" + done);
    row("null first", "data: {\"usage\":null,\"choices\":[{}]}\n\n", "data: {\"choices\":[{}]}\n\n");
    row("null is the server's own", chunk + ",\"usage\":null}\n\n" + extra + "\n\n", chunk + ",\"usage\":null}\n\n", false);
    row("null nested", "data: {\"choices\":[{\"usage\":null}]}\n\n", "data: {\"choices\":[{\"usage\":null}]}\n\n");
    row("null in text", chunk + ",\"x\":\",\\\"usage\\\":null\",\"usage\":null}\n\n", chunk + ",\"x\":\",\\\"usage\\\":null\"}\n\n");
    row("Azure's first chunk", "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n", "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n");
    row("Azure's first chunk with null", "data: {\"choices\":[],\"prompt_filter_results\":[],\"usage\":null}\n\n",
        "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n");
    row("usage beside choices", chunk + ",\"usage\":{\"prompt_tokens\":1}}\n\n", chunk + ",\"usage\":{\"prompt_tokens\":1}}\n\n");
    row("usage without choices", "data: {\"usage\":{\"a\":1}}\n\n", "data: {\"usage\":{\"a\":1}}\n\n");
    row("usage twice", "data: {\"choices\":[],\"usage\":{},\"usage\":{}}\n\n", "data: {\"choices\":[],\"usage\":{},\"usage\":{}}\n\n");
    row("error event", "event: error\ndata: {\"error\":{\"usage\":null}}\n\n", "event: error\ndata: {\"error\":{\"usage\":null}}\n\n");
    row("more after the usage", extra + "\n\n" + chunk + ",\"usage\":null}\n\n", chunk + "}\n\n");
    row("name and id go with it", "id: 7\nevent: m\n" + extra + "\n\n" + done, done);
    row("comment stays", ": ping\n" + extra + "\n\n: ping\n\n" + done, ": ping\n: ping\n\n" + done);
    row("blank lines", "\n\n\n" + extra + "\n\n\n\n" + done, "\n\n\n\n\n" + done);
    row("two data lines", "data: {\"choices\":[],\ndata: \"usage\":{}}\n\n", "data: {\"choices\":[],\ndata: \"usage\":{}}\n\n");
    row("no JSON", "data: \"usage\" is no object\n\n", "data: \"usage\" is no object\n\n");
    row("cut JSON", "data: {\"choices\":[],\"usage\":{\"a\":\n\n", "data: {\"choices\":[],\"usage\":{\"a\":\n\n");
    row("nothing", "", "");
}

void TestStreamUsage::takesOutOfEventsWhatWasAdded()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, result);
    QFETCH(bool, isNullAdded);
    QCOMPARE(filtered(stream, isNullAdded), result);
    QCOMPARE(bytewise(stream, isNullAdded), result);
    for (qsizetype cut = 1; cut < stream.size(); ++cut)
        QCOMPARE(filtered(stream, isNullAdded, {cut}), result);
}

void TestStreamUsage::passesEachEventWhenItIsWhole()
{
    StreamUsageFilter filter(StreamUsage{true});
    std::string out;
    const auto fed = [&](std::string_view bytes) {
        out.clear();
        filter.feed(bytes, out);
        return out;
    };
    QCOMPARE(fed("data: {\"a\""), std::string());
    QCOMPARE(fed(":1}\n"), std::string());
    QCOMPARE(fed("\n"), std::string("data: {\"a\":1}\n\n"));
    QCOMPARE(fed("data: 1\r\n\r"), std::string("data: 1\r\n\r"));
    QCOMPARE(fed("\ndata: 2"), std::string("\n"));
    QCOMPARE(fed("\n\n: ping\n"), std::string("data: 2\n\n: ping\n"));
    QCOMPARE(fed("data: [DONE]\n\n"), std::string("data: [DONE]\n\n"));
}

void TestStreamUsage::passesEventsThatAreTooLong()
{
    const QByteArray text(StreamUsageFilter::longestEvent, 'x');
    const QByteArray longEvent = R"(data: {"choices":[],"usage":{"a":")" + text + "\"}}\n\n";
    const QByteArray next = R"(data: {"choices":[],"usage":{}})" "\n\n";
    QCOMPARE(filtered(longEvent + next, true), longEvent);
    StreamUsageFilter filter(StreamUsage{true});
    std::string out;
    const QByteArray first = longEvent.left(longEvent.size() - 10);
    filter.feed(std::string_view(first.constData(), std::size_t(first.size())), out);
    QCOMPARE(QByteArray::fromStdString(out), first);
}

// Unasked, they are in the last chunk with choices; asked, in the one that is taken out.
void TestStreamUsage::leavesLlamaCppItsTimings()
{
    const QByteArray stream
        = contentOf(QStringLiteral(HOOKSCOPE_FIXTURES "/open/llamacpp/chat-stream-01/response.sse"));
    const qsizetype timings = stream.indexOf(",\"timings\":");
    const QByteArray member = stream.mid(timings, stream.indexOf("}}\n", timings) + 1 - timings);
    QVERIFY(member.contains("predicted_ms"));
    QByteArray expected = withoutUsage(stream, true);
    expected.insert(expected.indexOf("}\n\ndata: [DONE]"), member);
    QCOMPARE(filtered(stream, true), expected);
    QCOMPARE(bytewise(stream, true), expected);
    QCOMPARE(filtered(expected, true), expected);
    const qsizetype usage = stream.lastIndexOf("data: {", timings);
    QCOMPARE(filtered(stream.left(usage), true), stream.left(usage));
}

QTEST_GUILESS_MAIN(TestStreamUsage)
#include "tst_streamusage.moc"
