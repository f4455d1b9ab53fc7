#include "tests/encode.h"
#include "tests/llm/spoken.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::test;

class tst_CallReader final : public QObject {
    Q_OBJECT

private slots:
    void tellsCalls_data();
    void tellsCalls();
    void recognisesByContent_data();
    void recognisesByContent();
    void keepsErrors_data();
    void keepsErrors();
    void findsTheModel_data();
    void findsTheModel();
    void readsALongRequest();
    void readsACompressedRequest();
    void readsALongLine();
    void readsABigAnswerWithoutKeepingIt();
    void timesTheFirstContent_data();
    void timesTheFirstContent();
    void tellsMoreAsItGoes();
    void namesSessionAndRequest();
    void stopsAtABomb();
    void stopsAtABrokenCoding();
    void tellsOfAnUnknownCoding();
    void aCutCompressedStreamIsPartial();
    void survivesNoise();
};

void tst_CallReader::tellsCalls_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isCall");
    const auto add = [](const char *method, const char *path, bool isCall) {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << isCall;
    };
    for (const char *path : {"/v1/chat/completions",
                             "/chat/completions/",
                             "//openai/deployments/d/chat/completions?api-version=1",
                             "/v1/responses",
                             "/v1/responses/compact",
                             "/backend-api/codex/responses",
                             "/v1/completions",
                             "/v1/embeddings",
                             "/v1/messages?beta=true",
                             "/api/anthropic/v1/messages",
                             "/v1beta/models/gemini-2.5-pro:generateContent",
                             "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
                             "/v1internal:streamGenerateContent?alt=sse",
                             "/v1beta/models/e:batchEmbedContents",
                             "/v1/projects/p/locations/l/publishers/anthropic/models/c@1:streamRawPredict",
                             "/v1/chat",
                             "/v2/chat",
                             "/v2/embed",
                             "/api/chat",
                             "/api/generate",
                             "/api/embed"}) {
        add("POST", path, true);
    }
    for (const char *path :
         {"/v1/messages/count_tokens", "/v1/messages/batches", "/v1beta/models/g:countTokens",
          "/v1/responses/input_tokens", "/v1/responses/resp_1/cancel", "/v1/threads/t/messages",
          "/v1beta/cachedContents", "/v1/traces/ingest", "/v1/files", "/v1/batches",
          "/v1beta/models/g:batchGenerateContent", "/api/tags", "/api/pull", "/", "",
          "/v1internal:loadCodeAssist", "/chatter", "/v1/engines",
          "/model/anthropic.claude%3A0/count-tokens"}) {
        add("POST", path, false);
    }
    for (const char *path : {"/v1/models", "/v1/chat/completions", "/v1/responses/resp_1?stream=true",
                             "/v1/responses", "/api/v1/generation?id=gen-1"}) {
        add("GET", path, false);
    }
    add("OPTIONS", "/v1/messages", false);
}

void tst_CallReader::tellsCalls()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    for (const auto &host : {std::string("api.openai.com"), std::string()}) {
        const auto provider =
            path.contains("/v1/chat") || path.contains("/v2/") ? std::nullopt : llm::providerOfHost(host, {});
        const auto reader =
            llm::CallReader::forRequest({method.toStdString(), path.toStdString(), provider, {}});
        QTEST(reader != nullptr, "isCall");
    }
}

void tst_CallReader::recognisesByContent_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("provider");
    const auto add = [](const char *name, Spoken call, const char *provider) {
        QTest::newRow(name) << call << QByteArray(provider);
    };
    const std::string type = "application/json";
    add("chat",
        {"/x/v1/chat/completions", "", R"({"object":"chat.completion","model":"m","choices":[]})", 200, type},
        "openai");
    add("messages",
        {"/v1/messages", "", R"({"type":"message","model":"c","usage":{"input_tokens":1}})", 200, type},
        "anthropic");
    add("Gemini", {"/v1beta/models/g:generateContent", "", R"({"candidates":[{}]})", 200, type}, "google");
    add("Cohere", {"/v2/chat", "", R"({"usage":{"billed_units":{"input_tokens":1}}})", 200, type}, "cohere");
    add("Ollama", {"/api/chat", "", R"({"model":"l","done":true})", 200, type}, "ollama");
    add("an error", {"/v1/chat/completions", R"({"model":"m"})", R"({"error":{"message":"no"}})", 401, type},
        "openai");
    add("a chat program of its own", {"/api/chat", R"({"text":"hello"})", R"({"answer":"hello"})", 200, type},
        "");
    add("a page", {"/v1/chat", R"({"model":"m"})", "<html></html>", 200, "text/html"}, "");
    add("an error of no model", {"/api/chat", R"({"text":"a"})", R"({"error":"not found"})", 404, type}, "");
    add("some other completion", {"/completion", R"({"text":"a"})", R"({"content":"b"})", 200, type}, "");
    add("other events", {"/api/chat", "{}", events({R"({"type":"text","text":"hello"})"})}, "");
    add("no answer", {"/v1/chat/completions", R"({"model":"m"})", "", 200, type}, "");
    Spoken known{"/v1/chat/completions", R"({"model":"m"})", "<html></html>", 502, "text/html"};
    known.host = "api.groq.com";
    add("a known host's page", known, "groq");
}

void tst_CallReader::recognisesByContent()
{
    QFETCH(Spoken, call);
    QFETCH(QByteArray, provider);
    const auto reader = played(call);
    QVERIFY(reader);
    QCOMPARE(reader->isCall(), !provider.isEmpty());
    if (reader->isCall())
        QCOMPARE(QByteArray::fromStdString(reader->facts().provider), provider);
}

void tst_CallReader::keepsErrors_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("error");
    const auto add = [](const char *name, const char *path, const char *answer, const char *error) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(answer) << QByteArray(error);
    };
    const char *chatPath = "/v1/chat/completions";
    add("OpenAI", chatPath,
        R"({"error":{"message":"No \"m\"","type":"invalid_request_error","param":null,"code":"model_not_found"}})",
        "invalid_request_error: No \"m\"");
    add("without a type", chatPath, R"({"error":{"message":"No","type":null,"code":"x"}})", "x: No");
    add("Anthropic", "/v1/messages",
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"})",
        "overloaded_error: Overloaded");
    add("Google", "/v1beta/models/g:generateContent",
        R"({"error":{"code":429,"message":"Slow","status":"RESOURCE_EXHAUSTED"}})",
        "RESOURCE_EXHAUSTED: Slow");
    add("Google, in an array", "/v1beta/models/g:streamGenerateContent",
        R"([{"error":{"code":429,"message":"Slow","status":"X"}}])", "X: Slow");
    add("xAI", chatPath, R"({"code":"denied","error":"Not you"})", "denied: Not you");
    add("Mistral", chatPath, R"({"object":"error","message":"Bad","type":"invalid","code":"1"})",
        "invalid: Bad");
    add("Mistral's detail", chatPath, R"({"detail":"Unauthorized"})", "Unauthorized");
    add("Cohere", "/v2/chat", R"({"id":"x","message":"invalid api token"})", "invalid api token");
    add("Ollama", "/api/chat", R"({"error":"model 'x' not found"})", "model 'x' not found");
    add("a page", chatPath, "<html>Bad gateway</html>",
        "the answer is no JSON and no stream of it: application/json");
}

// 32: the row is kept, with the model that was asked for.
void tst_CallReader::keepsErrors()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, answer);
    Spoken call{path.toStdString(), R"({"model":"asked","stream":true})", answer.toStdString(), 429,
                "application/json"};
    call.host = "api.openai.com";
    if (path.startsWith("/v2/"))
        call.host = "api.cohere.com";
    for (const std::size_t piece : {std::string::npos, std::size_t(1)}) {
        const auto reader = played(call, piece);
        QVERIFY(reader->isCall());
        const auto &facts = reader->facts();
        QTEST(QByteArray::fromStdString(facts.error.value_or("")), "error");
        QCOMPARE(*facts.model, std::string(path.contains("models/g") ? "g" : "asked"));
        QVERIFY(!facts.streaming || path.contains(":stream"));
        QVERIFY(facts.usage == UsageState::Missing);
        QVERIFY(facts.tokens == TokenUsage());
    }
}

void tst_CallReader::findsTheModel_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("model");
    const auto add = [](const char *name, const char *path, const char *request, const char *answer,
                        const char *model) {
        QTest::newRow(name) << Spoken{path, request, answer, 200, "application/json"} << QByteArray(model);
    };
    add("the one that answered", "/v1/chat/completions", R"({"model":"gpt-4o"})",
        R"({"model":"gpt-4o-2024-08-06"})", "gpt-4o-2024-08-06");
    add("an empty one is none", "/v1/chat/completions", R"({"model":"gpt-4o"})", R"({"model":""})", "gpt-4o");
    add("the deployment", "/openai/deployments/my%20gpt/chat/completions", "{}", "{}", "my gpt");
    add("Google's path", "/v1beta/models/gemini-2.5-pro:generateContent", R"({"model":"models/x"})", "{}",
        "gemini-2.5-pro");
    add("Vertex", "/v1/projects/p/publishers/anthropic/models/claude-3%4020:rawPredict", "{}", "{}",
        "claude-3@20");
    add("Code Assist", "/v1internal:generateContent",
        R"({"model":"gemini-2.5-pro","request":{"model":"no"}})", "{}", "gemini-2.5-pro");
    add("with escapes", "/v1/chat/completions", R"({"model":"a\/b"})", "{}", "a/b");
    add("none", "/v1/chat/completions", R"({"messages":[{"model":"no"}]})", "{}", "");
    add("not a string", "/v1/chat/completions", R"({"model":["a"]})", "{}", "");
    add("no JSON at all", "/v1/chat/completions", "--boundary\r\nmodel", "{}", "");
}

void tst_CallReader::findsTheModel()
{
    QFETCH(Spoken, call);
    QTEST(QByteArray::fromStdString(played(call, 5)->facts().model.value_or("")), "model");
}

// 31
void tst_CallReader::readsALongRequest()
{
    const std::string text(300'000, 'x');
    Spoken call{"/v1/messages",
                R"({"messages":[{"content":")" + text + R"("}],"model":"claude","stream":true})", ""};
    auto reader = readerOf(call);
    reader->requestBody(call.request);
    reader->requestEnded();
    QCOMPARE(*reader->facts().model, std::string("claude"));
    QVERIFY(reader->facts().streaming);
}

// 29
void tst_CallReader::readsACompressedRequest()
{
    for (const std::string coding : {"zstd", "gzip", "br", "deflate"}) {
        Spoken call{"/v1/responses",
                    test::encoded(R"({"input":"hello","model":"gpt-5","stream":true})", coding), ""};
        call.requestHead.push_back({"content-encoding", coding});
        auto reader = readerOf(call);
        for (const char byte : call.request)
            reader->requestBody({&byte, 1});
        reader->requestEnded();
        QCOMPARE(*reader->facts().model, std::string("gpt-5"));
        QVERIFY(reader->facts().streaming);
    }
}

// 30
void tst_CallReader::readsALongLine()
{
    const std::string text(3'000'000, 'x');
    Spoken call{"/v1/responses", "{}",
                events({R"({"type":"response.completed","response":{"output":[{"text":")" + text
                        + R"("}],"model":"m","usage":{"input_tokens":7,"output_tokens":5}}})"})};
    for (const std::size_t piece : {std::string::npos, std::size_t(16'384)})
        QCOMPARE(textOf(played(call, piece)->facts()), std::string("reported 7/5 -/-/-"));
}

void tst_CallReader::readsABigAnswerWithoutKeepingIt()
{
    Spoken call{"/v1/embeddings", R"({"model":"e"})", "", 200, "application/json"};
    auto reader = readerOf(call);
    reader->requestBody(call.request);
    reader->requestEnded();
    reader->answerHead(200, {{"content-type", "application/json"}});
    reader->answerBody(R"({"object":"list","data":[{"embedding":[)", 1);
    std::string numbers;
    for (int i = 0; i < 4000; ++i)
        numbers += "-0.012345678,";
    for (int i = 0; i < 1000; ++i)
        reader->answerBody(numbers, 1);
    reader->answerBody(R"(0]}],"model":"e-1","usage":{"prompt_tokens":5,"total_tokens":5}})", 1);
    reader->answerEnded(true);
    QCOMPARE(textOf(reader->facts()), std::string("reported 5/0 -/-/-"));
    QCOMPARE(*reader->facts().model, std::string("e-1"));
    QVERIFY(!reader->facts().firstContentUs);
}

void tst_CallReader::timesTheFirstContent_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QByteArray>("first");
    const auto add = [](const char *name, const char *path, const QStringList &before, const char *first) {
        QTest::newRow(name) << QByteArray(path) << before << QByteArray(first);
    };
    const auto role = QStringLiteral(
        R"({"object":"chat.completion.chunk","choices":[{"delta":{"role":"assistant","content":""}}]})");
    const char *chatPath = "/v1/chat/completions";
    add("text", chatPath, {role}, R"({"choices":[{"delta":{"content":"H"}}]})");
    add("reasoning", chatPath, {role}, R"({"choices":[{"delta":{"content":null,"reasoning":"H"}}]})");
    add("a tool", chatPath, {role}, R"({"choices":[{"delta":{"tool_calls":[{"index":0}]}}]})");
    add("legacy text", "/v1/completions", {}, R"({"object":"text_completion","choices":[{"text":"H"}]})");
    add("messages", "/v1/messages",
        {QStringLiteral(R"({"type":"message_start","message":{"model":"c"}})"),
         QStringLiteral(R"({"type":"ping"})"),
         QStringLiteral(R"({"type":"content_block_start","content_block":{"type":"text","text":""}})")},
        R"({"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"H"}})");
    add("responses", "/v1/responses",
        {QStringLiteral(R"({"type":"response.created","response":{"model":"m"}})"),
         QStringLiteral(R"({"type":"response.output_item.added","item":{"type":"reasoning"}})")},
        R"({"type":"response.reasoning_summary_text.delta","delta":"H"})");
    add("Gemini", "/v1beta/models/g:streamGenerateContent?alt=sse",
        {QStringLiteral(R"({"usageMetadata":{"trafficType":"X"}})")},
        R"({"candidates":[{"content":{"parts":[{"text":"H"}]}}]})");
    add("Cohere", "/v2/chat",
        {QStringLiteral(R"({"type":"message-start","id":"c"})"),
         QStringLiteral(R"({"type":"content-start"})")},
        R"({"type":"content-delta","delta":{"message":{"content":{"text":"H"}}}})");
    add("Ollama", "/api/chat", {QStringLiteral(R"({"model":"l","message":{"content":""},"done":false})")},
        R"({"model":"l","message":{"content":"","thinking":"H"},"done":false})");
}

void tst_CallReader::timesTheFirstContent()
{
    QFETCH(QByteArray, path);
    QFETCH(QStringList, before);
    QFETCH(QByteArray, first);
    const auto reader = readerOf({path.toStdString(), "", ""});
    reader->requestEnded();
    reader->answerHead(200, {{"content-type", "text/event-stream"}});
    reader->answerBody(": waiting\n\n", 1);
    for (const auto &event : before)
        reader->answerBody(events({event.toStdString()}), 2);
    QVERIFY(!reader->facts().firstContentUs);
    const auto bytes = events({first.toStdString()});
    reader->answerBody(std::string_view(bytes).substr(0, bytes.size() - 1), 3);
    reader->answerBody(std::string_view(bytes).substr(bytes.size() - 1), 4);
    QVERIFY(reader->facts().firstContentUs == 4);
    reader->answerBody(bytes, 5);
    reader->answerEnded(true);
    QVERIFY(reader->facts().firstContentUs == 4);
}

void tst_CallReader::tellsMoreAsItGoes()
{
    const auto reader = readerOf({"/v1/messages", "", ""});
    QVERIFY(!reader->isCall());
    reader->requestBody(R"({"model":"asked","str)");
    QCOMPARE(*reader->facts().model, std::string("asked"));
    reader->requestBody(R"(eam":true})");
    QVERIFY(reader->facts().streaming);
    reader->requestEnded();
    reader->answerHead(200, {{"content-type", "text/event-stream"}});
    QVERIFY(!reader->isCall());
    reader->answerBody(events({started(R"({"input_tokens":25,"output_tokens":1})")}), 1);
    QVERIFY(reader->isCall());
    QCOMPARE(*reader->facts().model, std::string("claude"));
    QCOMPARE(textOf(reader->facts()), std::string("partial 25/- -/-/-"));
    reader->answerBody(events({delta(R"({"output_tokens":15})")}), 2);
    QCOMPARE(textOf(reader->facts()), std::string("reported 25/15 -/-/-"));
}

void tst_CallReader::namesSessionAndRequest()
{
    Spoken call{"/v1/messages", "{}", R"({"type":"message","request_id":"req_body"})", 200,
                "application/json"};
    call.requestHead = {{"X-Claude-Code-Session-Id", "s-1"}};
    call.answerHead = {{"X-Request-Id", "second"}, {"Request-Id", "first"}};
    QCOMPARE(*played(call)->facts().session, std::string("s-1"));
    QCOMPARE(*played(call)->facts().requestId, std::string("first"));
    call.requestHead = {{"session_id", "s-2"}};
    call.answerHead = {{"x-ds-trace-id", "trace"}};
    QCOMPARE(*played(call)->facts().session, std::string("s-2"));
    QCOMPARE(*played(call)->facts().requestId, std::string("trace"));
    call.requestHead = {{"Session-Id", "s-3"}};
    call.answerHead = {{"x-request-id", ""}};
    QCOMPARE(*played(call)->facts().session, std::string("s-3"));
    QCOMPARE(*played(call)->facts().requestId, std::string("req_body"));
    call.requestHead = {{"session-id", "two words"}};
    QVERIFY(!played(call)->facts().session);
}

void tst_CallReader::stopsAtABomb()
{
    Spoken call{"/v1/chat/completions", "{}", "", 200, "application/json"};
    call.answer = test::encoded(R"({"model":"m","x":")" + std::string(64'000'000, 'x') + "\"}", "gzip");
    call.answerHead = {{"content-encoding", "gzip"}};
    call.host = "api.openai.com";
    const auto reader = played(call);
    QVERIFY(reader->isCall());
    QVERIFY(reader->facts().usage == UsageState::Missing);
    QCOMPARE(*reader->facts().error, std::string("the answer decodes to more than is read"));
}

void tst_CallReader::stopsAtABrokenCoding()
{
    Spoken call{"/v1/messages", "{}", "", 200, "text/event-stream"};
    call.answer = test::encoded(events({started(R"({"input_tokens":25,"output_tokens":1})")}), "gzip")
        + "\x1f\x8b\x08" + std::string(1000, '\xff');
    call.answerHead = {{"content-encoding", "gzip"}};
    const auto reader = played(call, 50);
    QCOMPARE(textOf(reader->facts()), std::string("partial 25/- -/-/-"));
    QCOMPARE(*reader->facts().error, std::string("the answer does not decode as its content-encoding says"));
}

void tst_CallReader::tellsOfAnUnknownCoding()
{
    Spoken call{"/v1/messages", R"({"model":"asked"})", "bytes", 200, "application/json"};
    call.answerHead = {{"content-encoding", "compress"}};
    call.host = "api.anthropic.com";
    QCOMPARE(*played(call)->facts().error, std::string("the answer's content-encoding is not known"));
    QCOMPARE(*played(call)->facts().model, std::string("asked"));
}

void tst_CallReader::aCutCompressedStreamIsPartial()
{
    Spoken call{"/v1/messages", "{}", "", 200, "application/json"};
    const auto whole = test::encoded(
        R"({"type":"message","model":"c","usage":{"input_tokens":3,"output_tokens":4}})", "gzip");
    call.answerHead = {{"content-encoding", "gzip"}};
    call.answer = whole;
    QCOMPARE(textOf(played(call)->facts()), std::string("reported 3/4 -/-/-"));
    // The document was whole before the coding's own end was cut off.
    call.answer = whole.substr(0, whole.size() - 4);
    QCOMPARE(textOf(played(call)->facts()), std::string("reported 3/4 -/-/-"));
    call.answer = whole.substr(0, whole.size() - 14);
    QVERIFY(played(call)->facts().usage != UsageState::Reported);
}

void tst_CallReader::survivesNoise()
{
    std::uint32_t seed = 5;
    const auto next = [&] {
        return seed = seed * 1664525U + 1013904223U, seed >> 16U;
    };
    const std::string_view words[]{"data: ",
                                   "\n\n",
                                   "\r",
                                   "{",
                                   "}",
                                   "[",
                                   "]",
                                   "\"usage\":",
                                   "\"choices\":",
                                   "\"prompt_tokens\":",
                                   "1",
                                   ",",
                                   "\"type\":\"message_start\"",
                                   "\"message\":",
                                   "\\",
                                   "\"",
                                   "null",
                                   "\xEF\xBB\xBF",
                                   "[DONE]",
                                   "\"usageMetadata\":",
                                   "\xff",
                                   "iterations"};
    const char *paths[]{"/v1/chat/completions", "/v1/messages", "/m/g:streamGenerateContent", "/v2/chat",
                        "/api/chat"};
    for (int round = 0; round < 4000; ++round) {
        Spoken call{paths[round % 5], "", ""};
        for (int i = 0; i < 60; ++i)
            call.answer += words[next() % std::size(words)];
        call.request = call.answer.substr(0, 50);
        call.status = round % 7 == 0 ? 500 : 200;
        // How it is cut makes no difference.
        const auto whole = played(call);
        const auto parts = played(call, 1 + next() % 6);
        QVERIFY2(textOf(parts->facts()) == textOf(whole->facts()),
                 qPrintable(QString::fromStdString(call.answer)));
        QVERIFY2(parts->facts().error == whole->facts().error,
                 qPrintable(QString::fromStdString(call.answer)));
        QCOMPARE(parts->isCall(), whole->isCall());
    }
}

QTEST_APPLESS_MAIN(tst_CallReader)
#include "tst_callreader.moc"
