#include "core/llm/callreader.h"
#include "tests/encode.h"
#include "tests/fuzz/aws.h"
#include "tests/fuzz/input.h"

#include <simdjson.h>

using namespace hookscope;
using fuzz::require;

namespace {

struct Place {
    std::string_view path;
    std::string_view method = "POST";
};

constexpr Place places[]{
    {"/v1/chat/completions"},
    {"/v1/responses"},
    {"/v1/embeddings"},
    {"/v1/audio/transcriptions"},
    {"/v1/images/generations"},
    {"/v1/messages"},
    {"/v1/complete"},
    {"/v1beta/models/gemini-2.5-flash:generateContent"},
    {"/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"},
    {"/v1internal:streamGenerateContent"},
    {"/v1/projects/p/locations/l/publishers/google/models/text-embedding-005:predict"},
    {"/v1/projects/p/locations/l/publishers/anthropic/models/claude:streamRawPredict"},
    {"/v1beta/interactions"},
    {"/api/chat"},
    {"/api/embed"},
    {"/v1/chat"},
    {"/v2/chat"},
    {"/v2/embed"},
    {"/model/amazon.nova-lite-v1:0/converse"},
    {"/model/arn%3Aaws%3Abedrock%3Aeu%3A1%3Ainference-profile%2Fx/converse-stream"},
    {"/model/amazon.titan-text-lite-v1/invoke"},
    {"/model/anthropic.claude-3-haiku/invoke-with-response-stream"},
    {"/openai/deployments/d/chat/completions?api-version=1"},
    {"/api/v1/services/aigc/text-generation/generation"},
    {"/v1/messages/batches/msgbatch_1/results", "GET"},
    {"/v1/files/file-1/content", "GET"},
    {"/v1/text/chatcompletion_v2"},
    {"/somewhere/else"}, // in no table: one reader per dialect reads along
};

constexpr std::string_view hosts[]{
    "llm.example.org",   "api.openai.com",          "api.anthropic.com", "generativelanguage.googleapis.com",
    "api.cohere.com",    "api.x.ai",                "openrouter.ai",     "ai-gateway.vercel.sh",
    "api.perplexity.ai", "api.mistral.ai",          "api.groq.com",      "bedrock-runtime.us-east-1.amazonaws.com",
    "api.minimax.io",    "aiplatform.googleapis.com"};

constexpr std::string_view requestTypes[]{"application/json", "multipart/form-data; boundary=b", "text/plain"};
constexpr std::string_view answerTypes[]{"application/json", "text/event-stream", "application/x-ndjson",
                                         "application/vnd.amazon.eventstream", "text/html", ""};
constexpr std::string_view codings[]{"", "", "", "", "gzip", "br", "zstd", "raw"};
constexpr int statuses[]{200, 200, 200, 201, 400, 429, 500};

struct Call {
    Place place;
    std::string_view host;
    std::string_view requestType;
    std::string_view answerType;
    std::string_view coding; // of both bodies, where they are sent with one
    int status = 200;
    std::string request;
    std::string answer;
};

http::FieldList headOf(std::string_view contentType, std::string_view coding)
{
    http::FieldList head{{"Content-Type", std::string(contentType)}, {"X-RateLimit-Limit-Requests", "60"}};
    if (!coding.empty())
        head.push_back({"Content-Encoding", coding == "raw" ? "deflate" : std::string(coding)});
    return head;
}


enum class End { Whole, Cut };

// feed(bytes, take) calls take for what is to be one piece.
template <class Feed>
std::unique_ptr<llm::CallReader> played(const Call &call, std::string_view coding, End end, Feed feed)
{
    const auto requestHead = headOf(call.requestType, coding);
    auto reader = llm::CallReader::forRequest(
        {call.place.method, call.place.path, llm::providerOfHost(call.host, {}), requestHead});
    if (!reader)
        return nullptr;
    const auto request = test::encoded(call.request, coding);
    const auto answer = test::encoded(call.answer, coding);
    feed(std::string_view(request), [&](std::string_view piece) { reader->requestBody(piece); });
    reader->requestEnded();
    reader->answerHead(call.status, headOf(call.answerType, coding));
    feed(std::string_view(answer), [&](std::string_view piece) { reader->answerBody(piece, 1); });
    reader->answerEnded(end == End::Whole);
    return reader;
}

void requireCounts(const TokenUsage &tokens)
{
    for (const auto &count :
         {tokens.input, tokens.output, tokens.cacheRead, tokens.cacheWrite, tokens.reasoning, tokens.cacheWrite1h,
          tokens.audioInput, tokens.audioOutput, tokens.imageInput, tokens.imageOutput})
        require(count.value_or(0) >= 0, "no number of tokens is negative");
}

// What holds of any call.
void requireSense(const llm::CallFacts &facts)
{
    requireCounts(facts.tokens);
    for (const auto &portion : facts.billing.portions)
        requireCounts(portion.tokens);
    require(facts.billing.reportedCost.value_or(0) >= 0, "no cost is negative");
    require(facts.details.webSearches.value_or(0) >= 0 && facts.details.webFetches.value_or(0) >= 0,
            "no number of searches is negative");
    require(facts.usage != UsageState::Reported || facts.tokens.input || facts.tokens.output,
            "reported usage has a number");
    require(facts.usage != UsageState::Missing || facts.tokens == TokenUsage(), "missing usage has no number");
    require(facts.error.value_or("").size() <= 1024, "an error is a sentence or two");
    for (const auto &text : {facts.details.stopReason, facts.details.serviceTier, facts.requestId})
        require(text.value_or("").size() <= 256, "a name is short");
    require(facts.details.rateLimits.size() <= 16, "there are few limits");
}

// Left out are firstContentUs, which is when a piece came, and the words and ids among the details: an
// event that lies whole in a piece is passed over if no number can be in it, and with it its words.
void requireSame(const llm::CallReader &one, const llm::CallReader &other)
{
    const auto &a = one.facts();
    const auto &b = other.facts();
    require(one.isCall() == other.isCall(), "the same call");
    require(a.provider == b.provider && a.model == b.model && a.details.requestModel == b.details.requestModel,
            "the same model");
    require(a.tokens == b.tokens, "the same tokens");
    require(a.usage == b.usage, "the same state of usage");
    require(a.streaming == b.streaming, "the same kind of answer");
    require(a.session == b.session && a.requestId == b.requestId, "the same ids");
    require(a.billing.reportedCost == b.billing.reportedCost
                && a.billing.portions.size() == b.billing.portions.size(),
            "the same bill");
    require(a.error == b.error, "the same error");
    require(a.details.webSearches == b.details.webSearches && a.details.webFetches == b.details.webFetches
                && a.details.rateLimits == b.details.rateLimits
                && a.details.isUnderstood == b.details.isUnderstood,
            "the same details");
}

// Whether each event and each line is JSON. One that is not may be passed over where it lies whole in a
// piece, and is read as far as it goes where it does not.
bool isReadable(std::string_view answer)
{
    simdjson::dom::parser parser;
    while (!answer.empty()) {
        auto line = answer.substr(0, answer.find_first_of("\r\n"));
        answer.remove_prefix(std::min(answer.size(), line.size() + 1));
        if (line.starts_with("data:"))
            line.remove_prefix(5);
        const auto first = line.find_first_not_of(' ');
        if (first == line.npos || (line[first] != '{' && line[first] != '['))
            continue;
        if (line != "[DONE]" && line != " [DONE]"
            && parser.parse(line.data(), line.size()).error() != simdjson::SUCCESS)
            return false;
    }
    return true;
}

// A cut answer whose usage is called reported has the numbers of the whole one.
void requireNoWrongReport(const Call &call, const llm::CallFacts &whole, std::size_t size)
{
    Call cut = call;
    cut.answer.resize(std::min(size, cut.answer.size()));
    const auto reader = played(cut, "", End::Cut, [](std::string_view bytes, const auto &take) { take(bytes); });
    requireSense(reader->facts());
    if (reader->facts().usage == UsageState::Reported)
        require(reader->facts().tokens == whole.tokens, "a cut answer reports what the whole one does");
}

} // namespace

// A call is read the same in whatever pieces it comes, and through whatever coding. The first bytes choose
// what kind of call it is and how it is cut; request and answer follow, with a line of "====" between.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    Call call;
    call.place = input.oneOf(places);
    call.host = input.oneOf(hosts);
    call.requestType = input.oneOf(requestTypes);
    call.answerType = input.oneOf(answerTypes);
    call.coding = input.oneOf(codings);
    call.status = input.oneOf(statuses);
    const auto seed = input.byte();
    const auto cut = input.byte();
    call.request = input.section();
    call.answer = call.answerType.find("amazon") == std::string_view::npos ? std::string(input.rest())
                                                                           : fuzz::withChecksums(input.rest());

    const auto atOnce = [](std::string_view bytes, const auto &take) { take(bytes); };
    const auto whole = played(call, "", End::Whole, atOnce);
    if (!whole)
        return 0;
    requireSense(whole->facts());
    const bool isSniffed = call.place.path == std::end(places)[-1].path;
    const auto pieces = played(call, call.coding, End::Whole, [&](std::string_view bytes, const auto &take) {
        fuzz::inPieces(bytes, seed, take);
    });
    requireSense(pieces->facts());
    // Where nothing but the answer tells the dialect, the first that shows itself stays: that of an answer
    // which is two at once depends on how much came with its first piece.
    simdjson::dom::parser parser;
    const bool isRequestJson = parser.parse(call.request.data(), call.request.size()).error() == simdjson::SUCCESS;
    if (isSniffed || !isRequestJson || !isReadable(call.answer))
        return 0;
    requireSame(*whole, *pieces);
    requireNoWrongReport(call, whole->facts(), call.answer.size() * cut / 256);
    requireNoWrongReport(call, whole->facts(), call.answer.size());
    return 0;
}
