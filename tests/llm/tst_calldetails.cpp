#include "tests/llm/spoken.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::test;

// What is read beside the tokens: what a price depends on, why there is no usage, what no reader knows.

namespace {

constexpr const char *json = "application/json";

// "asked>answered id stop tier searches/fetches cost [portions]", a dash for what is absent.
QByteArray detailsOf(const llm::CallFacts &facts)
{
    const auto text = [](const auto &value) {
        if constexpr (requires { *value + 1; })
            return value ? std::to_string(*value) : std::string("-");
        else
            return value.value_or("-");
    };
    const CallDetails &details = facts.details;
    std::string all = text(details.requestModel) + '>' + text(facts.model) + ' ' + text(details.answerId) + ' '
        + text(details.stopReason) + ' ' + text(details.serviceTier) + ' ' + text(details.webSearches) + '/'
        + text(details.webFetches) + ' ' + text(facts.billing.reportedCost);
    for (const llm::Portion &portion : facts.billing.portions)
        all += " [" + text(portion.model) + ' ' + text(portion.tokens.input) + '/' + text(portion.tokens.output) + ']';
    return QByteArray::fromStdString(all);
}

Spoken answered(const char *path, const char *answer, const char *host = "", const char *request = "{}")
{
    Spoken call{path, request, answer, 200, json};
    call.host = host;
    return call;
}

} // namespace

class tst_CallDetails final : public QObject {
    Q_OBJECT

private slots:
    void readsWhatACallWas_data();
    void readsWhatACallWas();
    void saysWhyThereIsNoUsage_data();
    void saysWhyThereIsNoUsage();
    void tellsWhatItDoesNotUnderstand_data();
    void tellsWhatItDoesNotUnderstand();
    void recognisesAPathOfNoTable_data();
    void recognisesAPathOfNoTable();
    void takesNoRequestWithoutAModelForACall();
    void sumsABatch();
    void readsNoOtherFile();
    void readsPartsOfAPrompt();
    void readsALongCacheWrite();
    void knowsTheRegionOfAHost();
    void saysNoNumberThatDoesNotFit_data();
    void saysNoNumberThatDoesNotFit();
};

void tst_CallDetails::readsWhatACallWas_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("details");
    const auto add = [](const char *name, Spoken call, const char *details) {
        QTest::newRow(name) << call << QByteArray(details);
    };
    add("chat",
        answered("/v1/chat/completions",
                 R"({"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-2024-08-06","service_tier":"flex",)"
                 R"("choices":[{"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2}})",
                 "", R"({"model":"gpt-4o"})"),
        "gpt-4o>gpt-4o-2024-08-06 chatcmpl-1 length flex -/- -");
    add("responses",
        answered("/v1/responses",
                 R"({"id":"resp_1","object":"response","model":"m","status":"incomplete","service_tier":"default",)"
                 R"("incomplete_details":{"reason":"max_output_tokens"},"tool_usage":{"web_search":{"num_requests":2}},)"
                 R"("usage":{"input_tokens":1,"output_tokens":2}})"),
        "->m resp_1 max_output_tokens default 2/- -");
    Spoken stream{"/v1/responses", "{}",
                  events({R"({"type":"response.created","response":{"id":"resp_2","model":"m","status":"in_progress"}})",
                          R"({"type":"response.output_item.added","item":{"id":"item_1","status":"in_progress"}})",
                          R"({"type":"response.completed","response":{"id":"resp_2","status":"completed",)"
                          R"("service_tier":"priority","usage":{"input_tokens":1,"output_tokens":2}}})"})};
    add("responses, stream", stream, "->m resp_2 completed priority -/- -");
    stream.isWhole = false;
    stream.answer.resize(stream.answer.rfind("data: "));
    add("responses, cut: in progress is no reason to stop", stream, "->m resp_2 - - -/- -");
    add("chat, stream: the reason is in a chunk of its own",
        {"/v1/chat/completions", "{}",
         events({R"({"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"delta":{"content":"a"},"finish_reason":null}]})",
                 R"({"id":"c1","choices":[{"delta":{"content":"b"},"finish_reason":null}]})",
                 R"({"id":"c1","choices":[{"delta":{},"finish_reason":"stop"}]})"})},
        "->m c1 stop - -/- -");
    add("Anthropic",
        answered("/v1/messages",
                 R"({"type":"message","id":"msg_1","model":"c","stop_reason":"end_turn","usage":{"input_tokens":1,)"
                 R"("output_tokens":2,"service_tier":"standard","server_tool_use":{"web_search_requests":3,)"
                 R"("web_fetch_requests":1}}})"),
        "->c msg_1 end_turn standard 3/1 -");
    add("Anthropic, with an advisor",
        answered("/v1/messages",
                 R"({"type":"message","id":"msg_2","model":"c","usage":{"input_tokens":1,"output_tokens":2,)"
                 R"("iterations":[{"type":"message","input_tokens":1,"output_tokens":2},{"type":"advisor_message",)"
                 R"("model":"opus","input_tokens":10,"cache_read_input_tokens":5,"output_tokens":20}]}})"),
        "->c msg_2 - - -/- - [- 1/2] [opus 15/20]");
    add("Gemini",
        answered("/v1beta/models/g:generateContent",
                 R"({"responseId":"r1","modelVersion":"g-1","candidates":[{"finishReason":"STOP"}],)"
                 R"("usageMetadata":{"promptTokenCount":1,"trafficType":"ON_DEMAND"}})"),
        "g>g-1 r1 STOP ON_DEMAND -/- -");
    add("Cohere is billed by other numbers",
        answered("/v2/chat",
                 R"({"id":"i","finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":8,"output_tokens":3},)"
                 R"("tokens":{"input_tokens":503,"output_tokens":4}}})",
                 "api.cohere.com"),
        "->- i COMPLETE - -/- - [- 8/3]");
    add("OpenRouter's charge",
        answered("/api/v1/chat/completions",
                 R"({"id":"gen-1","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.01058775}})",
                 "openrouter.ai"),
        "->m gen-1 - - -/- 10587750000");
    add("OpenRouter with one's own key: its fee and the upstream's",
        answered("/api/v1/chat/completions",
                 R"({"id":"gen-1","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.01,)"
                 R"("is_byok":true,"cost_details":{"upstream_inference_cost":0.2}}})",
                 "openrouter.ai"),
        "->m gen-1 - - -/- 210000000000");
    add("OpenRouter with one's own key, of which nothing is said",
        answered("/api/v1/chat/completions",
                 R"({"id":"gen-1","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.01,"is_byok":true}})",
                 "openrouter.ai"),
        "->m gen-1 - - -/- -");
    add("xAI's ticks",
        answered("/v1/chat/completions",
                 R"({"id":"x","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost_in_usd_ticks":731000}})",
                 "api.x.ai"),
        "->m x - - -/- 73100000");
    add("Perplexity's sum",
        answered("/chat/completions",
                 R"({"id":"p","model":"sonar","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,)"
                 R"("num_search_queries":4,"cost":{"total_cost":0.005}}})",
                 "api.perplexity.ai"),
        "->sonar p - - 4/- 5000000000");
    add("a cost of whose meaning nothing is known",
        answered("/v1/chat/completions",
                 R"({"id":"u","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":7}})"),
        "->m u - - -/- -");
    add("Bedrock",
        answered("/model/us.amazon.nova-2-lite-v1%3A0/converse",
                 R"({"output":{"message":{}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":2}})",
                 "bedrock-runtime.us-east-1.amazonaws.com"),
        "us.amazon.nova-2-lite-v1:0>us.amazon.nova-2-lite-v1:0 - end_turn - -/- -");
    add("Bedrock by a resource name",
        answered("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.meta.llama3/converse",
                 R"({"output":{"message":{}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":2}})",
                 "bedrock-runtime.us-east-1.amazonaws.com"),
        "us.meta.llama3>us.meta.llama3 - end_turn - -/- -");
    add("Ollama", answered("/api/chat", R"({"model":"l","done":true,"done_reason":"stop","eval_count":1})"),
        "->l - stop - -/- -");
}

void tst_CallDetails::readsWhatACallWas()
{
    QFETCH(Spoken, call);
    for (const auto piece : {std::string::npos, std::size_t(1)})
        QTEST(detailsOf(played(call, piece)->facts()), "details");
}

void tst_CallDetails::saysWhyThereIsNoUsage_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("note");
    const auto add = [](const char *name, Spoken call, const char *note) {
        QTest::newRow(name) << call << QByteArray(note);
    };
    const auto chunk = events({R"({"object":"chat.completion.chunk","model":"m","choices":[{"delta":{"content":"a"}}]})"});
    add("22: the client did not ask", {"/v1/chat/completions", R"({"model":"m","stream":true})", chunk},
        "the client did not ask for it (stream_options.include_usage)");
    add("the client asked",
        {"/v1/chat/completions", R"({"model":"m","stream":true,"stream_options":{"include_usage":true}})", chunk},
        "the provider did not state it");
    Spoken cut{"/v1/messages", "{}", events({started(R"({"input_tokens":25,"output_tokens":1})")})};
    cut.isWhole = false;
    add("11: cut", cut, "the answer was cut before its usage was stated whole");
    add("seconds",
        answered("/v1/audio/transcriptions", R"({"text":"a","usage":{"type":"duration","seconds":4}})", "api.openai.com"),
        "the provider states this call's usage in seconds, not in tokens");
    add("an endpoint without",
        answered("/v1/complete", R"({"type":"completion","model":"claude-2","completion":" a"})"),
        "this endpoint does not state usage");
    add("an error needs no note",
        {"/v1/chat/completions", R"({"model":"m"})", R"({"error":{"message":"no"}})", 401, json}, "");
    add("nor does what is reported", answered("/api/chat", R"({"model":"l","done":true,"eval_count":1})"), "");
}

void tst_CallDetails::saysWhyThereIsNoUsage()
{
    QFETCH(Spoken, call);
    QTEST(QByteArray::fromStdString(played(call)->facts().details.usageNote.value_or("")), "note");
}

void tst_CallDetails::tellsWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("error"); // empty: understood
    const auto add = [](const char *name, Spoken call, const char *error) {
        call.host = "api.openai.com";
        QTest::newRow(name) << call << QByteArray(error);
    };
    const char *chat = "/v1/chat/completions";
    add("another JSON", {chat, R"({"model":"m"})", R"({"result":"hello"})", 200, json},
        "no reader understands this answer");
    add("a page", {chat, R"({"model":"m"})", "<html>", 200, "text/html"},
        "the answer is no JSON and no stream of it: text/html");
    add("nothing", {chat, R"({"model":"m"})", "", 200, json}, "no reader understands this answer");
    Spoken packed{chat, R"({"model":"m"})", "abc", 200, json};
    packed.answerHead = {{"Content-Encoding", "lzma"}};
    add("an unknown coding", packed, "the answer's content-encoding is not known");
    add("an error is understood", {chat, R"({"model":"m"})", "no", 500, "text/plain"}, "");
    Spoken cut{chat, R"({"model":"m"})", "{", 200, json};
    cut.isWhole = false;
    add("what was cut may have been", cut, "");
    add("MiniMax refuses with status 200",
        {chat, R"({"model":"m"})", R"({"choices":null,"model":"m","base_resp":{"status_code":1004,"status_msg":"no key"}})",
         200, json},
        "1004: no key");
}

void tst_CallDetails::tellsWhatItDoesNotUnderstand()
{
    QFETCH(Spoken, call);
    QFETCH(QByteArray, error);
    const auto reader = played(call);
    QVERIFY(reader->isCall());
    QCOMPARE(reader->facts().details.isUnderstood, error.isEmpty() || error.startsWith("1004"));
    if (!error.isEmpty())
        QCOMPARE(QByteArray::fromStdString(reader->facts().error.value_or("")), error);
}

void tst_CallDetails::recognisesAPathOfNoTable_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("found"); // provider and numbers; empty: no call
    const auto add = [](const char *name, const char *host, const char *request, std::string answer,
                        const char *found, const char *type = json) {
        Spoken call{"/generate-text", request, std::move(answer), 200, type};
        call.host = host;
        call.requestHead = {{"Content-Type", json}};
        QTest::newRow(name) << call << QByteArray(found);
    };
    const char *named = R"({"model":"m"})";
    const char *chat = R"({"object":"chat.completion","model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}})";
    add("chat", "", named, chat, "openai reported 3/4 -/-/-");
    add("messages", "", named, R"({"type":"message","model":"m","usage":{"input_tokens":3,"output_tokens":4}})",
        "anthropic reported 3/4 -/-/-");
    add("messages, stream", "", named,
        events({started(R"({"input_tokens":3,"output_tokens":1})"), delta(R"({"output_tokens":4})")}),
        "anthropic reported 3/4 -/-/-", "text/event-stream");
    add("Gemini", "", named, R"({"candidates":[{}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4}})",
        "google reported 3/4 -/-/-");
    add("Cohere", "", named, R"({"usage":{"tokens":{"input_tokens":3,"output_tokens":4}}})",
        "cohere reported 3/4 -/-/-");
    add("Ollama", "", named, "{\"model\":\"m\",\"done\":false}\n{\"model\":\"m\",\"done\":true,\"prompt_eval_count\":3,\"eval_count\":4}\n",
        "ollama reported 3/4 -/-/-", "application/x-ndjson");
    add("Bedrock", "", named, R"({"output":{},"usage":{"inputTokens":3,"outputTokens":4}})",
        "bedrock reported 3/4 -/-/-");
    add("a known host's name stays", "api.groq.com", named, chat, "groq reported 3/4 -/-/-");
    add("no model was asked for", "", R"({"text":"a"})", chat, "");
    add("a page", "", named, chat, "", "text/html");
    add("something else", "", named, R"({"items":[]})", "");
    add("something else of a known host", "api.groq.com", named, R"({"items":[]})", "groq missing -/- -/-/-");
}

void tst_CallDetails::recognisesAPathOfNoTable()
{
    QFETCH(Spoken, call);
    QFETCH(QByteArray, found);
    for (const auto piece : {std::string::npos, std::size_t(1), std::size_t(7)}) {
        const auto reader = played(call, piece);
        QVERIFY(reader);
        QCOMPARE(reader->isCall(), !found.isEmpty());
        if (reader->isCall())
            QCOMPARE(QByteArray::fromStdString(reader->facts().provider + ' ' + textOf(reader->facts())), found);
    }
}

// Telemetry that a client sends to its provider's host is none while it runs, either.
void tst_CallDetails::takesNoRequestWithoutAModelForACall()
{
    for (const bool namesModel : {false, true}) {
        Spoken call{"/telemetry", "", "", 200, json};
        call.host = "api.anthropic.com";
        call.requestHead = {{"Content-Type", json}};
        const auto reader = readerOf(call);
        QVERIFY(!reader->isCall());
        reader->requestBody(namesModel ? R"({"model":"m"})" : R"({"events":[]})");
        reader->requestEnded();
        QCOMPARE(reader->isCall(), namesModel);
    }
}

void tst_CallDetails::sumsABatch()
{
    auto reader = llm::CallReader::forRequest(
        {"GET", "/v1/messages/batches/msgbatch_7/results", llm::providerOfHost("api.anthropic.com", {}), {}});
    reader->requestEnded();
    reader->answerHead(200, {{"Content-Type", "application/x-jsonl"}});
    QVERIFY(!reader->isCall());
    reader->answerBody(
        R"({"custom_id":"a","result":{"type":"succeeded","message":{"model":"sonnet","usage":{"input_tokens":5,"output_tokens":1}}}})"
        "\n"
        R"({"custom_id":"b","result":{"type":"errored","error":{"type":"x"}}})"
        "\n"
        R"({"custom_id":"c","result":{"type":"succeeded","message":{"model":"haiku","usage":{"input_tokens":7,"output_tokens":2}}}})"
        "\n"
        R"({"custom_id":"d","result":{"type":"succeeded","message":{"model":"sonnet","usage":{"input_tokens":1,"output_tokens":1}}}})"
        "\n",
        1);
    reader->answerEnded(true);
    QVERIFY(reader->isCall());
    const auto &facts = reader->facts();
    QCOMPARE(QByteArray::fromStdString(textOf(facts)), QByteArray("reported 13/4 -/-/-"));
    QCOMPARE(detailsOf(facts), QByteArray("->sonnet msgbatch_7 - batch -/- - [sonnet 6/2] [haiku 7/2]"));
    QVERIFY(facts.billing.isBatch);
    QVERIFY(!facts.streaming);
}

void tst_CallDetails::readsNoOtherFile()
{
    for (const std::string_view content :
         {"%PDF-1.7", "{\"a\":1}\n{\"usage\":{\"input_tokens\":1}}\n", "",
          "{\"custom_id\":\"a\",\"method\":\"POST\",\"body\":{\"model\":\"m\"}}\n"}) {
        auto reader = llm::CallReader::forRequest(
            {"GET", "/v1/files/file-1/content", llm::providerOfHost("api.openai.com", {}), {}});
        reader->requestEnded();
        reader->answerHead(200, {{"Content-Type", "application/octet-stream"}});
        reader->answerBody(content, 1);
        reader->answerEnded(true);
        QVERIFY(!reader->isCall());
    }
}

void tst_CallDetails::readsPartsOfAPrompt()
{
    const auto reader = played(answered(
        "/v1/chat/completions",
        R"({"id":"c","object":"chat.completion","model":"m","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":50,)"
        R"("prompt_tokens_details":{"audio_tokens":20,"image_tokens":30},"completion_tokens_details":{"audio_tokens":40}}})"));
    const auto &tokens = reader->facts().tokens;
    QCOMPARE(tokens.audioInput, 20);
    QCOMPARE(tokens.imageInput, 30);
    QCOMPARE(tokens.audioOutput, 40);
    const auto gemini = played(answered(
        "/v1beta/models/g:generateContent",
        R"({"candidates":[{}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"promptTokensDetails":)"
        R"([{"modality":"TEXT","tokenCount":2},{"modality":"IMAGE","tokenCount":7}]}})"));
    QCOMPARE(gemini->facts().tokens.imageInput, 7);
    QVERIFY(!gemini->facts().tokens.audioInput);
}

void tst_CallDetails::readsALongCacheWrite()
{
    const auto reader = played(answered(
        "/v1/messages",
        R"({"type":"message","model":"c","usage":{"input_tokens":1,"output_tokens":2,"cache_creation_input_tokens":30,)"
        R"("cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"speed":"fast","inference_geo":"us"}})"));
    QCOMPARE(reader->facts().tokens.cacheWrite, 30);
    QCOMPARE(reader->facts().tokens.cacheWrite1h, 20);
    QVERIFY(reader->facts().billing.isFast);
    QCOMPARE(reader->facts().billing.region, std::string("us"));
}

// Its tokens cost more than the list says, so that the list must not be taken.
void tst_CallDetails::knowsTheRegionOfAHost()
{
    const char *answer = R"({"object":"chat.completion","model":"m","usage":{"prompt_tokens":1,"completion_tokens":1}})";
    QCOMPARE(played(answered("/v1/chat/completions", answer, "eu.api.openai.com"))->facts().billing.region,
             std::string("eu"));
    QVERIFY(!played(answered("/v1/chat/completions", answer, "api.openai.com"))->facts().billing.region);
}

void tst_CallDetails::saysNoNumberThatDoesNotFit_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("numbers");
    const std::string most = "9007199254740991"; // the largest that is taken for a count
    std::string many;
    for (int i = 0; i < 200; ++i)
        many += R"({"type":"message","input_tokens":)" + most + R"(,"output_tokens":1},)";
    many.pop_back();
    const std::string message =
        R"({"type":"message","model":"c","usage":{"input_tokens":1,"output_tokens":2,"iterations":[)" + many + "]}}";
    QTest::newRow("a sum over iterations") << answered("/v1/messages", message.c_str())
                                           << QByteArray("reported 1/2 -/-/-");
    const char *predict = "/v1/projects/p/locations/l/publishers/google/models/e:predict";
    const char *host = "aiplatform.googleapis.com";
    const auto predictions = [](const std::string &count) {
        const std::string one = R"({"embeddings":{"statistics":{"token_count":)" + count + "}}}";
        return R"({"predictions":[{"embeddings":{"statistics":{"token_count":3}}},)" + one + "]}";
    };
    QTest::newRow("embeddings") << answered(predict, predictions("4").c_str(), host)
                                << QByteArray("reported 7/0 -/-/-");
    for (const char *bad : {"-4", "4.5", "9223372036854775807"})
        QTest::newRow(bad) << answered(predict, predictions(bad).c_str(), host) << QByteArray("missing -/- -/-/-");
}

void tst_CallDetails::saysNoNumberThatDoesNotFit()
{
    QFETCH(Spoken, call);
    QTEST(QByteArray::fromStdString(textOf(played(call)->facts())), "numbers");
}

QTEST_APPLESS_MAIN(tst_CallDetails)
#include "tst_calldetails.moc"
