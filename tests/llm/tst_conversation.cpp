#include "core/llm/conversation.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace hookscope::llm;

namespace {

QString nameOf(MessagePart::Kind kind)
{
    static const char *const names[] = {"text", "thinking", "call", "result", "image", "audio", "other"};
    return QString::fromLatin1(names[int(kind)]);
}

// "user text: What is…", "assistant call get_weather: {…", one a line.
QString linesOf(const std::vector<MessagePart> &parts)
{
    QStringList lines;
    for (const MessagePart &part : parts) {
        const QString tool =
            part.toolName.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(part.toolName);
        lines << QString::fromStdString(part.role) + QLatin1Char(' ') + nameOf(part.kind) + tool
                + QStringLiteral(": ") + QString::fromStdString(part.text).simplified().left(40);
    }
    return lines.join(QLatin1Char('\n'));
}

std::string contentOf(const QString &folder, const QString &pattern)
{
    const QDir dir(QStringLiteral(HOOKSCOPE_FIXTURES "/open/") + folder);
    const QStringList names = dir.entryList({pattern});
    QFile file(dir.filePath(names.value(0)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TestConversation : public QObject {
    Q_OBJECT

private slots:
    void readsRecordings_data();
    void readsRecordings();
    void readsEveryRecordingWithoutAComplaint();
    void readsParts_data();
    void readsParts();
    void listsTools();
    void saysWhatCannotBeRead_data();
    void saysWhatCannotBeRead();
    void masksAKeyThatDeltasMade();
};

void TestConversation::readsRecordings_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("answered");
    QTest::newRow("anthropic/messages-stream-server-tool-01") << QString() << QString();
    QTest::newRow("anthropic/messages-stream-thinking-01") << QString() << QString();
    QTest::newRow("anthropic/messages-json-thinking-01") << QString() << QString();
    QTest::newRow("openai/chat-stream-usage-01") << QString() << QString();
    QTest::newRow("together/chat-json-01") << QString() << QString();
    QTest::newRow("deepseek/responses-stream-01") << QString() << QString();
    QTest::newRow("xai/responses-json-01") << QString() << QString();
    QTest::newRow("openai/responses-stream-01") << QString() << QString();
    QTest::newRow("gemini/stream-sse-01") << QString() << QString();
    QTest::newRow("gemini/stream-json-array-01") << QString() << QString();
    QTest::newRow("gemini/generate-json-tool-use-01") << QString() << QString();
    QTest::newRow("gemini/stream-sse-thinking-01") << QString() << QString();
    QTest::newRow("ollama/api-chat-stream-01") << QString() << QString();
    QTest::newRow("ollama/api-generate-stream-01") << QString() << QString();
    QTest::newRow("ollama/v1-chat-stream-01") << QString() << QString();
    QTest::newRow("cohere/v2-chat-stream-reasoning-01") << QString() << QString();
    QTest::newRow("cohere/v2-chat-stream-01") << QString() << QString();
    QTest::newRow("cohere/v1-chat-stream-01") << QString() << QString();
    QTest::newRow("openai/chat-error-01") << QString() << QString();
    QTest::newRow("openai/completions-stream-usage-01") << QString() << QString();
}

void TestConversation::readsRecordings()
{
    QFETCH(QString, asked);
    QFETCH(QString, answered);
    const QString folder = QString::fromUtf8(QTest::currentDataTag());
    const Conversation read = readConversation(contentOf(folder, QStringLiteral("request.json")),
                                               contentOf(folder, QStringLiteral("response.*")));
    if (qEnvironmentVariableIsSet("PRINTROWS")) {
        printf("@@%s\n%s\n%%%%\n%s\n##%s\n", qPrintable(folder), qPrintable(linesOf(read.asked)),
               qPrintable(linesOf(read.answered)), read.problem.c_str());
        return;
    }
    QCOMPARE(read.problem, std::string());
    QCOMPARE(linesOf(read.asked), asked);
    QCOMPARE(linesOf(read.answered), answered);
}

void TestConversation::readsEveryRecordingWithoutAComplaint()
{
    QDir root(QStringLiteral(HOOKSCOPE_FIXTURES "/open"));
    int read = 0;
    for (const QString &provider : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString &name :
             QDir(root.filePath(provider)).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QString folder = provider + QLatin1Char('/') + name;
            const bool isGeneration = name.contains(QLatin1String("chat"))
                || name.contains(QLatin1String("messages")) || name.contains(QLatin1String("responses"))
                || name.startsWith(QLatin1String("stream-")) || name.startsWith(QLatin1String("generate-"));
            const std::string answer = contentOf(folder, QStringLiteral("response.*"));
            const bool isJson =
                answer.starts_with('{') || answer.starts_with("data") || answer.starts_with("event");
            if (!isGeneration || !isJson || name.contains(QLatin1String("-ws-")))
                continue;
            const Conversation conversation = readConversation({}, answer);
            QVERIFY2(
                conversation.problem.empty(),
                qPrintable(folder + QStringLiteral(": ") + QString::fromStdString(conversation.problem)));
            ++read;
        }
    }
    QVERIFY(read > 60);
}

void TestConversation::readsParts_data()
{
    QTest::addColumn<std::string>("request");
    QTest::addColumn<QString>("asked");
    const auto row = [](const char *name, const char *request, const char *asked) {
        QTest::newRow(name) << std::string(request) << QString::fromUtf8(asked);
    };
    row("Anthropic's blocks",
        R"json({"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"(4000 base64 characters left out)"}},
            {"type":"text","text":"What is it?"}]},
            {"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"x"},
            {"type":"tool_use","id":"t1","name":"look","input":{"at":1}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"a cat"}]}]}]})json",
        "system text: Be brief.\nuser image: image/png, 3000 bytes\nuser text: What is it?\nassistant "
        "thinking: Hm\n"
        "assistant call look: {\"at\":1}\ntool result: a cat");
    row("OpenAI's media",
        R"({"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AAAA"}},
            {"type":"input_audio","input_audio":{"format":"wav","data":"AAAAAAAA"}}]}]})",
        "user image: image/jpeg, 3 bytes\nuser audio: audio/wav, 6 bytes");
    row("Responses' items",
        R"({"instructions":"Be brief.","input":[{"role":"user","content":"Hi"},
            {"type":"custom_tool_call","call_id":"c","name":"patch","input":"diff"},
            {"type":"custom_tool_call_output","call_id":"c","output":"done"},
            {"type":"local_shell_call","id":"s","action":{"command":["ls"]}}]})",
        "system text: Be brief.\nuser text: Hi\nassistant call patch: diff\ntool result: done\n"
        "assistant call local_shell_call: {\"command\":[\"ls\"]}");
    row("Gemini's media", R"({"contents":{"parts":{"inlineData":{"mimeType":"audio/mp3","data":"AAAA"}}}})",
        "user audio: audio/mp3, 3 bytes");
    row("a prompt", R"({"prompt":"Once"})", "user text: Once");
    row("something else", R"({"messages":[{"role":"user","content":[{"type":"odd","x":1}]}]})",
        "user other odd: {\"type\":\"odd\",\"x\":1}");
}

void TestConversation::readsParts()
{
    QFETCH(std::string, request);
    QFETCH(QString, asked);
    const Conversation read = readConversation(request, {});
    QCOMPARE(read.problem, std::string());
    QCOMPARE(linesOf(read.asked), asked);
}

void TestConversation::listsTools()
{
    const Conversation read = readConversation(
        R"({"messages":[],"tools":[{"type":"function","function":{"name":"a","description":"does","parameters":{"x": 1}}},
            {"name":"b","input_schema":{}},{"type":"web_search_20250305","name":"web_search"},
            {"functionDeclarations":[{"name":"c","parameters":{}}]},{"googleSearch":{}}]})",
        {});
    const std::vector<DeclaredTool> tools{
        {"a", "does", 7}, {"b", "", 2}, {"web_search", "", 0}, {"c", "", 2}, {"googleSearch", "", 0}};
    QCOMPARE(read.tools, tools);
}

void TestConversation::saysWhatCannotBeRead_data()
{
    QTest::addColumn<std::string>("request");
    QTest::addColumn<std::string>("answer");
    QTest::newRow("no JSON") << std::string("hello") << std::string();
    QTest::newRow("cut") << std::string(R"({"messages":[{"role":"user")") << std::string();
    QTest::newRow("other JSON") << std::string(R"({"a":1})") << std::string();
    QTest::newRow("answer is HTML") << std::string(R"({"messages":[]})") << std::string("<html>");
    QTest::newRow("answer is cut")
        << std::string(R"({"messages":[]})")
        << std::string("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"cho");
    QTest::newRow("deep") << std::string(100'000, '[') << std::string();
}

void TestConversation::saysWhatCannotBeRead()
{
    QFETCH(std::string, request);
    QFETCH(std::string, answer);
    QVERIFY(!readConversation(request, answer).problem.empty());
}

void TestConversation::masksAKeyThatDeltasMade()
{
    const auto event = [](const std::string &text) {
        return R"(data: {"choices":[{"index":0,"delta":{"content":")" + text + "\"}}]}\n\n";
    };
    const Conversation read = readConversation({}, event("sk-01234567") + event("89abcdefXYZ"));
    QCOMPARE(linesOf(read.answered), QStringLiteral("assistant text: ***"));
}

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
