#include "tests/llm/spoken.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::test;

// What the wire says and what is right, case by case. A number in front is that of a mistake which some
// other program is known to have made. Of the 44 that are known, those about prices and names (6 to 10, 15,
// 42, 43) are rows of tst_pricelist and tst_modelname, sums (12, 13, 33 to 37, 44) of tst_usagetotals,
// websockets (24) of tst_socketcallreader, long and compressed bodies (29 to 31) of tst_callreader. 38 to 40
// are about log files and telemetry, which are not read.

namespace {

std::string chunk(std::string_view rest)
{
    return std::string(R"({"object":"chat.completion.chunk","model":"m",)").append(rest).append("}");
}

const std::string hello = R"("choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}])";
const std::string hi =
    R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}})";

void row(const char *name, Spoken call, const char *expected)
{
    QTest::newRow(name) << call << QByteArray(expected);
}

void messages(const char *name, std::string answer, const char *expected, bool isWhole = true)
{
    Spoken call{"/v1/messages", R"({"model":"claude","stream":true})", std::move(answer)};
    call.isWhole = isWhole;
    row(name, call, expected);
}

void chat(const char *name, std::string answer, const char *expected, std::string host = {},
          bool isWhole = true)
{
    Spoken call{"/v1/chat/completions", R"({"model":"m","stream":true})", std::move(answer)};
    call.host = std::move(host);
    call.isWhole = isWhole;
    row(name, call, expected);
}

void json(const char *name, std::string path, std::string answer, const char *expected, std::string host = {})
{
    Spoken call{std::move(path), R"({"model":"m"})", std::move(answer), 200, "application/json"};
    call.host = std::move(host);
    row(name, call, expected);
}

} // namespace

class tst_UsageCases final : public QObject {
    Q_OBJECT

private slots:
    void countsRight_data();
    void countsRight();

private:
    void anthropicCases();
    void openAiCases();
    void responsesCases();
    void chatCases();
    void googleCases();
    void otherCases();
};

void tst_UsageCases::countsRight_data()
{
    QTest::addColumn<Spoken>("call");
    QTest::addColumn<QByteArray>("expected");
    anthropicCases();
    openAiCases();
    responsesCases();
    chatCases();
    googleCases();
    otherCases();
}

void tst_UsageCases::anthropicCases()
{
    const auto start25 = started(R"({"input_tokens":25,"output_tokens":1})");
    messages(
        "1: the prompt is in the start",
        events(
            {started(R"({"input_tokens":50,"cache_read_input_tokens":2400,"cache_creation_input_tokens":120,)"
                     R"("output_tokens":1})"),
             hi, delta(R"({"output_tokens":9})")}),
        "reported 2570/9 2400/120/-");
    messages(
        "2: the cache is in the delta",
        events(
            {started(R"({"input_tokens":3602,"output_tokens":0})"),
             delta(
                 R"({"cache_read_input_tokens":3604,"cache_creation_input_tokens":0,"output_tokens":878})")}),
        "reported 7206/878 3604/0/-");
    messages("3: cumulative, not added",
             events({start25, hi, delta(R"({"input_tokens":25,"output_tokens":15})")}),
             "reported 25/15 -/-/-");
    messages("3: the last of several deltas",
             events({start25, delta(R"({"output_tokens":7})"), delta(R"({"output_tokens":15})")}),
             "reported 25/15 -/-/-");
    messages("4: numbers in the delta alone",
             events({started(R"({"input_tokens":0,"output_tokens":0})"),
                     delta(R"({"input_tokens":812,"output_tokens":33})")}),
             "reported 812/33 -/-/-");
    messages("5: no space after the colon",
             "event:message_start\r\ndata:" + start25
                 + "\r\n\r\nevent:message_delta\r\ndata:" + delta(R"({"output_tokens":15})") + "\r\n\r\n",
             "reported 25/15 -/-/-");
    messages("null does not undo",
             events({started(R"({"input_tokens":5,"cache_read_input_tokens":7,"output_tokens":1})"),
                     delta(R"({"input_tokens":null,"cache_read_input_tokens":null,"output_tokens":15})")}),
             "reported 12/15 7/-/-");
    messages("11: aborted, the start's output is no answer's", events({start25, hi}), "partial 25/- -/-/-",
             false);
    messages("11: ended well but without a delta", events({start25, hi}), "partial 25/- -/-/-");
    messages("cut behind the statement", events({start25, delta(R"({"output_tokens":15})")}),
             "reported 25/15 -/-/-", false);
    messages("an error in the stream",
             events({start25, hi,
                     R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})"}),
             "partial 25/- -/-/-");
    messages("cache writes by lifetime",
             events({started(R"({"input_tokens":10,"cache_creation":{"ephemeral_5m_input_tokens":100,)"
                             R"("ephemeral_1h_input_tokens":20},"output_tokens":1})"),
                     delta(R"({"output_tokens":2})")}),
             "reported 130/2 -/120/-");
    messages("usage in the text is text",
             events({start25,
                     R"({"type":"content_block_delta","delta":{"text":"{\"usage\":{\"output_tokens\":9}}"}})",
                     delta(R"({"output_tokens":15})")}),
             "reported 25/15 -/-/-");
    messages("12: each call of a loop by itself",
             events({started(R"({"input_tokens":3,"cache_read_input_tokens":20000,"output_tokens":1})"),
                     delta(R"({"output_tokens":40})")}),
             "reported 20003/40 20000/-/-");
    messages("several lines of data in an event",
             "data: {\"type\":\"message_delta\",\ndata: \"usage\":\ndata: {\"input_tokens\":4,"
             "\"output_tokens\":2}}\n\n",
             "reported 4/2 -/-/-");
}

void tst_UsageCases::openAiCases()
{
    json(
        "14: cached is inside", "/v1/chat/completions",
        R"({"object":"chat.completion","model":"m","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":20,)"
        R"("total_tokens":30,"prompt_tokens_details":{"cached_tokens":5}}})",
        "reported 10/20 5/-/-");
    json(
        "16: reasoning is inside", "/v1/responses",
        R"({"object":"response","model":"m","usage":{"input_tokens":16845360,"input_tokens_details":)"
        R"({"cached_tokens":16358912},"output_tokens":63820,"output_tokens_details":{"reasoning_tokens":24882},)"
        R"("total_tokens":16909180}})",
        "reported 16845360/63820 16358912/-/24882");
    json(
        "17: a write is inside", "/v1/chat/completions",
        R"({"object":"chat.completion","model":"m","usage":{"prompt_tokens":100,"completion_tokens":2,"total_tokens":102,)"
        R"("cache_write_input_tokens":60}})",
        "reported 100/2 -/60/-");
    json(
        "18: details in the singular", "/v1/responses",
        R"({"object":"response","usage":{"input_tokens":9,"input_token_details":{"cached_tokens":3},"output_tokens":1}})",
        "reported 9/1 3/-/-");
}

void tst_UsageCases::responsesCases()
{
    Spoken responses{"/v1/responses", R"({"model":"m","stream":true})", {}};
    const std::string usage =
        R"("usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":4},"output_tokens":5,"total_tokens":12})";
    const std::string text = R"({"type":"response.output_text.delta","delta":"Hi"})";
    responses.answer =
        events({text, R"({"type":"response.incomplete","response":{"model":"m",)" + usage + "}}"});
    row("19: incomplete", responses, "reported 7/5 4/-/-");
    responses.answer = events(
        {text, R"({"type":"response.failed","response":{"model":"m","error":{"code":"x"},)" + usage + "}}"});
    row("19: failed", responses, "reported 7/5 4/-/-");
    responses.answer =
        events({text, R"({"type":"response.failed","response":{"error":{"code":"x"},"usage":null}})"});
    row("19: failed without", responses, "missing -/- -/-/-");
    responses.answer = events({R"({"type":"response.completed","response":{"output":[],)" + usage + "}}"});
    row("20: no output in the end", responses, "reported 7/5 4/-/-");
}

void tst_UsageCases::chatCases()
{
    const auto last = R"("choices":[],"usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":11})";
    chat("21: nulls, then a chunk without choices",
         events({chunk(hello + R"(,"usage":null)"), chunk(hello + R"(, "usage" : null)"), chunk(last),
                 "[DONE]"}),
         "reported 8/3 -/-/-");
    chat("21: usage is not the last",
         events({chunk(hello), chunk(last), chunk(R"("choices":[],"usage":null)"), "[DONE]"}),
         "reported 8/3 -/-/-");
    chat("22: none asked for", events({chunk(hello), chunk(hello), "[DONE]"}), "missing -/- -/-/-");
    chat("22: cut before it", events({chunk(hello), chunk(hello)}), "partial -/- -/-/-", {}, false);
    chat("cut before anything", "", "missing -/- -/-/-", {}, false);
    chat("cut behind it", events({chunk(hello), chunk(last)}), "reported 8/3 -/-/-", {}, false);
    const auto growing = [](int n) {
        return chunk(hello + R"(,"usage":{"prompt_tokens":8,"completion_tokens":)" + std::to_string(n) + "}");
    };
    chat("growing with every chunk", events({growing(1), growing(2), growing(9)}), "reported 8/9 -/-/-");
    chat("growing, cut", events({growing(1), growing(2)}), "partial 8/2 -/-/-", {}, false);
    chat("23: zeros are a report",
         events({chunk(R"("choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0})"),
                 "[DONE]"}),
         "reported 0/0 -/-/-");
    const auto zeros =
        chunk(hello + R"(,"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0})");
    chat("23: zeros all along", events({zeros, zeros, "[DONE]"}), "reported 0/0 -/-/-");
    chat("zeros before a cut are none", events({zeros, zeros}), "partial -/- -/-/-", {}, false);
    chat("an event that breaks off inside says nothing",
         events({chunk(hello), R"({"choices":[],"usage":{"prompt_tokens":1,"completion_)", chunk(hello), chunk(last),
                 R"({"choices":[{"delta":{"content":"b)"}),
         "reported 8/3 -/-/-");
    chat("empty usage is none", events({chunk(hello + R"(,"usage":{})"), "[DONE]"}), "missing -/- -/-/-");
    chat(
        "25: a cache hit is inside",
        events({chunk(
            R"("choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":4,)"
            R"("total_tokens":104,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36})")}),
        "reported 100/4 64/-/-");
    chat("usage of a choice (Moonshot)",
         events(
             {chunk(hello),
              chunk(R"("choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":19,)"
                    R"("completion_tokens":13,"total_tokens":32,"cached_tokens":19}}])"),
              "[DONE]"}),
         "reported 19/13 19/-/-");
    chat("a cached prefix larger than the prompt (Grok on Azure)",
         events({chunk(R"("choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,)"
                       R"("prompt_tokens_details":{"cached_tokens":161}})")}),
         "reported 10/2 10/-/-");
    chat("a rest that nothing explains",
         events({chunk(R"("choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,)"
                       R"("total_tokens":99})")}),
         "reported 10/2 -/-/-");
    json(
        "a copy beside it is not added (Vercel)", "/v1/chat/completions",
        R"({"object":"chat.completion","model":"google/gemini","choices":[{"message":{"provider_metadata":{"google":)"
        R"({"usageMetadata":{"promptTokenCount":9}}}}}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,)"
        R"("completion_tokens_details":{"reasoning_tokens":25}}})",
        "reported 9/27 -/-/25", "ai-gateway.vercel.sh");
    json(
        "41: OpenRouter's prompt includes what was cached", "/api/v1/chat/completions",
        R"({"id":"gen-1","object":"chat.completion","model":"m","choices":[],"usage":{"prompt_tokens":17903,)"
        R"("completion_tokens":10,"total_tokens":17913,"prompt_tokens_details":{"cached_tokens":17817}}})",
        "reported 17903/10 17817/-/-", "openrouter.ai");
    Spoken refused{"/v1/chat/completions", R"({"model":"m"})", R"({"error":{"message":"slow down"}})", 429,
                   "application/json"};
    row("32: an error has no usage", refused, "missing -/- -/-/-");
    json("a fraction is no count", "/v1/chat/completions",
         R"({"object":"chat.completion","usage":{"prompt_tokens":7.6,"completion_tokens":7.0}})", "reported -/7 -/-/-");
    json(
        "numbers that are none", "/v1/chat/completions",
        R"({"object":"chat.completion","usage":{"prompt_tokens":-5,"completion_tokens":"7","total_tokens":1e300}})",
        "missing -/- -/-/-");
}

void tst_UsageCases::googleCases()
{
    const auto answer = [](std::string_view usage, std::string_view rest = "") {
        return R"({"candidates":[{"content":{"parts":[{"text":"a"}]})" + std::string(rest)
            + R"(}],"modelVersion":"g","usageMetadata":)" + std::string(usage) + "}";
    };
    Spoken call{"/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "{}", {}};
    const auto same = answer(R"({"promptTokenCount":5000,"candidatesTokenCount":3,"totalTokenCount":5003})");
    call.answer = events({same, same, same});
    row("26: repeated, not summed", call, "reported 5000/3 -/-/-");
    call.answer = events({answer(
        R"({"promptTokenCount":220,"candidatesTokenCount":5,"thoughtsTokenCount":185,"totalTokenCount":410})")});
    row("27: thoughts are outside", call, "reported 220/190 -/-/185");
    call.answer = events(
        {answer(R"({"trafficType":"ON_DEMAND"})"), answer(R"({"promptTokenCount":6,"totalTokenCount":6})")});
    row("28: on chunks with content; the traffic alone is no statement", call, "reported 6/0 -/-/-");
    call.answer = events({same});
    call.isWhole = false;
    row("cut before it finished", call, "partial 5000/3 -/-/-");
    call.answer = events(
        {answer(R"({"promptTokenCount":5000,"candidatesTokenCount":9})", R"(,"finishReason":"STOP")")});
    row("cut behind it", call, "reported 5000/9 -/-/-");
    call.answer = "[" + same + "\n,\n" + same;
    call.contentType = "application/json";
    row("an array that was cut", call, "partial 5000/3 -/-/-");
    call.answer = "[" + same + "\n,\n" + same.substr(0, same.size() - 10);
    row("an array that was cut inside", call, "partial 5000/3 -/-/-");
}

void tst_UsageCases::otherCases()
{
    json("Cohere: floats", "/v2/chat",
         R"({"id":"c","message":{"role":"assistant"},"usage":{"billed_units":{"input_tokens":8.0},)"
         R"("tokens":{"input_tokens":503.0,"output_tokens":11.0}}})",
         "reported 503/11 -/-/-");
    json("Cohere: only billed units", "/v1/chat",
         R"({"generation_id":"g","meta":{"billed_units":{"input_tokens":7,"output_tokens":2}}})",
         "reported 7/2 -/-/-");
    json("Cohere: rerank has no tokens", "/v2/rerank",
         R"({"results":[],"meta":{"billed_units":{"search_units":1}}})", "missing -/- -/-/-",
         "api.cohere.com");
    json("Ollama: a prompt that was in the cache", "/api/chat", R"({"model":"l","done":true,"eval_count":4})",
         "reported -/4 -/-/-");
    Spoken lines{"/api/chat", R"({"model":"l"})",
                 "{\"model\":\"l\",\"message\":{\"content\":\"a\"},\"done\":false}\n"
                 "{\"model\":\"l\",\"message\":{\"content\":\"b\"},\"done\":false}\n",
                 200, "application/x-ndjson"};
    lines.isWhole = false;
    row("Ollama: cut", lines, "partial -/- -/-/-");
    lines.answer +=
        "what is this\n{\"model\":\"l\",\"done\":true,\"prompt_eval_count\":3,\"eval_count\":2}\n";
    row("Ollama: a line that is none", lines, "reported 3/2 -/-/-");

    const std::string piece = R"({"content":"a","stop":false,"tokens_predicted":1,"tokens_evaluated":196})";
    const std::string last = R"({"content":"","stop":true,"model":"q","tokens_predicted":9,"tokens_evaluated":196,)"
                             R"("tokens_cached":204,"timings":{"cache_n":160,"prompt_n":36}})";
    json("llama.cpp: its own endpoint", "/completion", last, "reported 196/9 160/-/-");
    Spoken stream{"/completion", R"({"prompt":"p","stream":true})", events({piece, piece, last})};
    row("llama.cpp: a stream", stream, "reported 196/9 160/-/-");
    stream.answer = events({piece, piece});
    stream.isWhole = false;
    row("llama.cpp: cut", stream, "partial 196/1 -/-/-");
}

void tst_UsageCases::countsRight()
{
    QFETCH(Spoken, call);
    QFETCH(QByteArray, expected);
    for (const std::size_t piece : {std::string::npos, std::size_t(1), std::size_t(37)})
        QCOMPARE(QByteArray::fromStdString(textOf(played(call, piece)->facts())), expected);
}

QTEST_APPLESS_MAIN(tst_UsageCases)
#include "tst_usagecases.moc"
