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
    QTest::newRow("anthropic/messages-stream-server-tool-01")
        << QString::fromUtf8("user text: Search the web: what is the latest stabl")
        << QString::fromUtf8(
               "assistant call web_search: {\"query\": \"latest stable Ruby version\"}\n"
               "tool result web_search_tool_result: {\"type\":\"web_search_result\",\"title\":\"Rub\n"
               "assistant text: The latest stable Ruby version is 4.0.6\n"
               "assistant text: , which\n"
               "assistant text: was released in July 2026\n"
               "assistant text: .");
    QTest::newRow("anthropic/messages-stream-thinking-01")
        << QString::fromUtf8("user text: What is 2 + 2? Think before you answer.")
        << QString::fromUtf8("assistant thinking: This is a simple arithmetic question. Le\n"
                             "assistant text: 2 + 2 = 4 This is a basic addition probl");
    QTest::newRow("anthropic/messages-json-thinking-01")
        << QString::fromUtf8("user text: What is 5 + 3?")
        << QString::fromUtf8("assistant thinking: This is a simple arithmetic question. 5 \n"
                             "assistant text: 5 + 3 = **8**");
    QTest::newRow("openai/chat-stream-usage-01")
        << QString::fromUtf8("user text: Tell me: the capital of the country; the")
        << QString::fromUtf8("assistant call get_country: {}");
    QTest::newRow("together/chat-json-01")
        << QString::fromUtf8("user text: Tell me a joke about OpenTelemetry.")
        << QString::fromUtf8("assistant text: Why don't we ever hear secrets at a Open");
    QTest::newRow("deepseek/responses-stream-01")
        << QString::fromUtf8("user text: What is the temperature in Tokyo?\n"
                             "assistant thinking: The user asks about temperature in Tokyo\n"
                             "assistant call get_temperature: {\"city\": \"Tokyo\"}\n"
                             "tool result: 21.0")
        << QString::fromUtf8("assistant text: The current temperature in Tokyo is **21");
    QTest::newRow("xai/responses-json-01")
        << QString::fromUtf8(
               "user text: Search the web: what is the latest stabl\n"
               "assistant thinking: The question is: \"Search the web: what i\n"
               "assistant call web_search_call: {\"type\":\"search\",\"query\":\"latest stable \n"
               "assistant call web_search_call: {\"type\":\"search\",\"query\":\"Ruby latest st\n"
               "assistant thinking: (encrypted by the provider)\n"
               "assistant thinking: (encrypted by the provider)\n"
               "assistant thinking: (encrypted by the provider)\n"
               "assistant text: **The latest stable Ruby version is 4.0.\n"
               "user text: Thanks. Now just say OK.")
        << QString::fromUtf8("assistant thinking: The user says: \"Thanks. Now just say OK.\n"
                             "assistant text: OK");
    QTest::newRow("openai/responses-stream-01")
        << QString::fromUtf8("user text: What is the capital of France?")
        << QString::fromUtf8("assistant call get_capital: {\"country\":\"France\"}");
    QTest::newRow("gemini/stream-sse-01")
        << QString::fromUtf8("system text: You are a helpful assistant that can ans\n"
                             "user text: What's the weather like in San Francisco")
        << QString::fromUtf8("assistant call get_weather: {\"location\":\"San Francisco\"}");
    QTest::newRow("gemini/stream-json-array-01")
        << QString::fromUtf8("user text: What is 15 * 7?\n"
                             "assistant call calculate: {\"expression\":\"15 * 7\"}\n"
                             "tool result calculate: {\"response\":\"105\"}")
        << QString::fromUtf8("assistant text: 15 * 7 is 105.");
    QTest::newRow("gemini/generate-json-tool-use-01")
        << QString::fromUtf8("system text: You are a helpful chatbot.\n"
                             "user text: What is the first sentence on the page h")
        << QString::fromUtf8("assistant text: Pydantic AI is a Python agent framework ");
    QTest::newRow("gemini/stream-sse-thinking-01")
        << QString::fromUtf8("system text: You are a helpful assistant\n"
                             "user text: Say hi in Portuguese")
        << QString::fromUtf8("assistant text: Olá!");
    QTest::newRow("ollama/api-chat-stream-01")
        << QString::fromUtf8("user text: How many feet are in a nautical mile? Re")
        << QString::fromUtf8("assistant text: {\"answer\": \"600\"}");
    QTest::newRow("ollama/api-generate-stream-01")
        << QString::fromUtf8("user text: Count from 1 to 5")
        << QString::fromUtf8("assistant text: Okay, here we go! 1, 2, 3, 4, 5");
    QTest::newRow("ollama/v1-chat-stream-01")
        << QString::fromUtf8("user text: What's the weather in Berlin? (52.5200, \n"
                             "assistant thinking: We need to call weather function with la\n"
                             "assistant call weather: {\"latitude\":\"52.5200\",\"longitude\":\"13.40\n"
                             "tool result: Current weather at 52.5200, 13.4050: 15°\n"
                             "assistant text: The current weather in Berlin (at 52.520\n"
                             "user text: What's the weather in Paris? (48.8575, 2")
        << QString::fromUtf8("assistant thinking: We need to fetch weather for Paris coord\n"
                             "assistant call weather: {\"latitude\":\"48.8575\",\"longitude\":\"2.351");
    QTest::newRow("cohere/v2-chat-stream-reasoning-01")
        << QString::fromUtf8("user text: Who created Ruby? Use the document.")
        << QString::fromUtf8("assistant thinking: The document clearly states that Ruby wa\n"
                             "assistant text: According to the document, Ruby was crea");
    QTest::newRow("cohere/v2-chat-stream-01")
        << QString::fromUtf8("system text: You must use tools whenever possible.\n"
                             "user text: What's the best language to learn?\n"
                             "assistant call best_language_to_learn: {}\n"
                             "tool result: Ruby\n"
                             "assistant text: Ruby is the best language to learn.\n"
                             "user text: Tell me again: what's the best language ")
        << QString::fromUtf8("assistant call best_language_to_learn: ");
    QTest::newRow("cohere/v1-chat-stream-01")
        << QString::fromUtf8("user text: Tell me a joke, pirate style")
        << QString::fromUtf8("assistant text: Arrrr, matey! Shiver me timbers, here's ");
    QTest::newRow("openai/chat-error-01")
        << QString::fromUtf8("user text: What's in this image?\n"
                             "user image: https://example.com/test-image.jpg")
        << QString::fromUtf8("assistant other error: Error while downloading https://example.");
    QTest::newRow("openai/completions-stream-usage-01")
        << QString::fromUtf8("user text: def fib(n): if n <= 1: return n else: re")
        << QString::fromUtf8("assistant text: + fib(n-3) + fib(n-4) def fibn(n): if n ");
}

void TestConversation::readsRecordings()
{
    QFETCH(QString, asked);
    QFETCH(QString, answered);
    const QString folder = QString::fromUtf8(QTest::currentDataTag());
    const Conversation read = readConversation(contentOf(folder, QStringLiteral("request.json")),
                                               contentOf(folder, QStringLiteral("response.*")));
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
