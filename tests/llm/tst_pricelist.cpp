#include "core/llm/pricelist.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hookscope;

Q_DECLARE_METATYPE(llm::CallFacts)

// The numbers are those of TOKENS.md section 8 where a row says so, at the prices of resources/prices.json.

namespace {

constexpr qlonglong none = -1;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

llm::PriceList shippedList(std::vector<llm::OwnPrice> own = {})
{
    const QByteArray json = contentOf(QStringLiteral(HOOKSCOPE_FIXTURES "/../../resources/prices.json"));
    auto list = llm::PriceList::fromJson(json.toStdString(), std::move(own));
    if (!list)
        qFatal("%s", list.error().c_str());
    return *std::move(list);
}

llm::CallFacts call(const char *provider, const char *model, TokenUsage tokens)
{
    llm::CallFacts facts;
    facts.provider = provider;
    facts.model = model;
    facts.tokens = tokens;
    facts.usage = UsageState::Reported;
    return facts;
}

TokenUsage tokensOf(std::int64_t input, std::int64_t output, std::int64_t cacheRead = 0,
                    std::int64_t cacheWrite = 0)
{
    return {
        .input = input, .output = output, .cacheRead = cacheRead, .cacheWrite = cacheWrite, .reasoning = {}};
}

// As the rows write it: USD times 10^12, or none.
qlonglong amountOf(const std::optional<llm::Cost> &cost)
{
    return cost ? cost->amount : none;
}

} // namespace

class tst_PriceList final : public QObject {
    Q_OBJECT

private slots:
    void costsWhatTheProviderCharges_data();
    void costsWhatTheProviderCharges();
    void reproducesWhatProvidersReport_data();
    void reproducesWhatProvidersReport();
    void matchesNamesExactly_data();
    void matchesNamesExactly();
    void takesOwnPricesFirst_data();
    void takesOwnPricesFirst();
    void billsPortionsAlone();
    void refusesABadList_data();
    void refusesABadList();

private:
    const llm::PriceList m_list = shippedList();
};

void tst_PriceList::costsWhatTheProviderCharges_data()
{
    QTest::addColumn<llm::CallFacts>("facts");
    QTest::addColumn<qlonglong>("pico");
    using Change = void (*)(llm::CallFacts &);
    const auto row = [](const char *name, llm::CallFacts facts, qlonglong pico, Change change = nullptr) {
        if (change)
            change(facts);
        QTest::newRow(name) << facts << pico;
    };
    const auto sonnet45 = [](std::int64_t input) {
        return call("anthropic", "claude-sonnet-4-5-20250929", tokensOf(input, 0));
    };
    const auto opus46 = call("anthropic", "claude-opus-4-6", tokensOf(1000, 100));
    const auto gpt5 = call("openai", "gpt-5-2025-08-07", tokensOf(1000, 100));

    row("case 6: a write is charged once",
        call("anthropic", "claude-3-7-sonnet-20250219", tokensOf(12'307, 550, 0, 12'304)), 54'399'000'000);
    row("case 7", call("anthropic", "claude-opus-4-7", tokensOf(159'223, 2745, 0, 159'217)),
        1'063'761'250'000);
    row("case 8: cached in a stream",
        call("anthropic", "claude-3-5-haiku-20241022", tokensOf(2459, 23, 2455)), 291'600'000);
    row("case 9: five minutes and an hour",
        call("anthropic", "claude-sonnet-4-20250514", tokensOf(3010, 0, 0, 3000)),
        30'000'000 + 3'750'000'000 + 12'000'000'000, [](auto &facts) { facts.tokens.cacheWrite1h = 2000; });
    row("case 10: up to 200,000", sonnet45(200'000), 600'000'000'000);
    row("case 10: above 200,000", sonnet45(200'001), 1'200'006'000'000);
    row("case 10: above, without such a tier", call("anthropic", "claude-opus-4-6", tokensOf(200'001, 0)),
        1'000'005'000'000);
    row("case 10: web searches", sonnet45(0), 30'000'000'000,
        [](auto &facts) { facts.details.webSearches = 3; });
    row("case 10: fast", opus46, 6 * 7'500'000'000, [](auto &facts) { facts.billing.isFast = true; });
    row("case 10: in the US", opus46, 8'250'000'000, [](auto &facts) { facts.billing.region = "us"; });
    row("anywhere", opus46, 7'500'000'000, [](auto &facts) { facts.billing.region = "global"; });
    row("in a region that has no price", opus46, none, [](auto &facts) { facts.billing.region = "mars"; });
    row("fast without a price for it", sonnet45(1), none, [](auto &facts) { facts.billing.isFast = true; });
    row("case 15: cached input at its price",
        call("openai", "gpt-5", tokensOf(51'232 + 1'188'096, 12'909, 1'188'096)), 341'642'000'000);
    row("case 42: at Anthropic", call("anthropic", "claude-3-7-sonnet-20250219", tokensOf(150, 10, 50)),
        465'000'000);
    row("case 42: at Bedrock",
        call("bedrock", "us.anthropic.claude-3-7-sonnet-20250219-v1:0", tokensOf(150, 10, 50)), 465'000'000);
    row("Claude Code's own sum", call("anthropic", "claude-opus-4-8", tokensOf(5334, 57, 4000, 100)),
        10'220'000'000);

    row("batch", gpt5, 1'125'000'000, [](auto &facts) { facts.billing.isBatch = true; });
    row("standard", gpt5, 2'250'000'000, [](auto &facts) { facts.details.serviceTier = "default"; });
    row("flex", gpt5, 1'125'000'000, [](auto &facts) { facts.details.serviceTier = "flex"; });
    row("priority", gpt5, 4'500'000'000, [](auto &facts) { facts.details.serviceTier = "priority"; });
    row("a tier that is not known", gpt5, none, [](auto &facts) { facts.details.serviceTier = "scale"; });
    row("a tier that the model has not", call("deepseek", "deepseek-chat", tokensOf(1, 1)), none,
        [](auto &facts) { facts.details.serviceTier = "flex"; });
    row("a long prompt in a tier that knows none", call("openai", "gpt-5.4", tokensOf(272'001, 1)), none,
        [](auto &facts) { facts.details.serviceTier = "priority"; });
    row("reasoning is in the output", gpt5, 2'250'000'000, [](auto &facts) { facts.tokens.reasoning = 64; });
    row("sound", call("google", "gemini-2.5-flash", tokensOf(100, 10)),
        50 * 300'000 + 50 * 1'000'000 + 10 * 2'500'000, [](auto &facts) { facts.tokens.audioInput = 50; });
    row("sound, perhaps cached", call("google", "gemini-2.5-flash", tokensOf(100, 10, 20)), none,
        [](auto &facts) { facts.tokens.audioInput = 50; });
    row("sound without a price", call("mistral", "mistral-large-2512", tokensOf(100, 10)), none,
        [](auto &facts) { facts.tokens.audioInput = 50; });
    row("an embedding has no output",
        call("openai", "text-embedding-3-small",
             {.input = 5, .output = {}, .cacheRead = {}, .cacheWrite = {}, .reasoning = {}}),
        100'000);
    row("web searches without a price", gpt5, none, [](auto &facts) { facts.details.webSearches = 1; });
    row("cached without a price",
        call("together", "meta-llama/llama-3.3-70b-instruct-turbo", tokensOf(9, 1, 3)), none);
    row("cached costs as input", call("cerebras", "llama-3.3-70b", tokensOf(10, 0, 5)), 8'500'000);
    row("parts above the whole", call("openai", "gpt-5", tokensOf(10, 1, 11)), none);
    row("nonsense", call("openai", "gpt-5", tokensOf(INT64_MAX, INT64_MAX, INT64_MAX)), none);
    row("negative", call("openai", "gpt-5", tokensOf(-1, 1)), none);
    row("no output said",
        call("openai", "gpt-5",
             {.input = 5, .output = {}, .cacheRead = {}, .cacheWrite = {}, .reasoning = {}}),
        none);
    row("usage is missing", gpt5, none, [](auto &facts) { facts.usage = UsageState::Missing; });
    row("usage is partial", gpt5, none, [](auto &facts) { facts.usage = UsageState::Partial; });
    row("nothing used", call("openai", "gpt-5", tokensOf(0, 0)), 0);
}

void tst_PriceList::costsWhatTheProviderCharges()
{
    QFETCH(llm::CallFacts, facts);
    QFETCH(qlonglong, pico);
    const auto cost = m_list.costOf(facts);
    QCOMPARE(amountOf(cost), pico);
    if (cost)
        QCOMPARE(cost->source, CostSource::PriceList);
}

// TOKENS.md 1.2. Left out: a call on the user's own key, for which OpenRouter charges nothing, a free model,
// and Perplexity, whose fee for a request the tokens do not show.
void tst_PriceList::reproducesWhatProvidersReport_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"xai/chat-json-01", "xai/chat-stream-01", "xai/chat-stream-03", "xai/responses-json-01",
          "xai/responses-stream-01", "openrouter/chat-json-cache-01", "openrouter/chat-stream-01",
          "openrouter/chat-stream-04", "openrouter/chat-stream-reasoning-01",
          "vercel-gateway/chat-json-gemini-01", "vercel-gateway/chat-stream-gemini-01"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_PriceList::reproducesWhatProvidersReport()
{
    QFETCH(QString, name);
    const QByteArray json = contentOf(QStringLiteral(HOOKSCOPE_FIXTURES "/open/%1/expected.json").arg(name));
    const QJsonObject expected = QJsonDocument::fromJson(json).object();
    const QJsonObject extra = expected.value(u"extra").toObject();
    const auto count = [&](QLatin1String key) -> std::optional<std::int64_t> {
        const auto value = expected.value(key);
        return value.isDouble() ? std::optional<std::int64_t>(value.toInteger()) : std::nullopt;
    };
    const auto facts = call(expected.value(u"provider").toString().toUtf8().constData(),
                            expected.value(u"model").toString().toUtf8().constData(),
                            {.input = count(QLatin1String("input_tokens")),
                             .output = count(QLatin1String("output_tokens")),
                             .cacheRead = count(QLatin1String("cache_read_tokens")),
                             .cacheWrite = count(QLatin1String("cache_write_tokens")),
                             .reasoning = count(QLatin1String("reasoning_tokens"))});
    const qlonglong reported = extra.contains(u"reported_cost_usd_ticks")
        ? extra.value(u"reported_cost_usd_ticks").toInteger() * 100
        : qRound64(extra.value(u"reported_cost_usd").toDouble() * 1e12);
    QVERIFY(reported > 0);
    QCOMPARE(amountOf(m_list.costOf(facts)), reported);
}

void tst_PriceList::matchesNamesExactly_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<qlonglong>("inputPico"); // one token's
    const auto row = [](const char *provider, const char *model, qlonglong pico) {
        QTest::addRow("%s %s", provider, model) << QByteArray(provider) << QByteArray(model) << pico;
    };
    row("openai", "gpt-4o", 2'500'000);
    row("openai", "gpt-4o-2024-08-06", 2'500'000);
    row("openai", "gpt-4o-2031-01-01", 2'500'000);
    row("openai", "gpt-4o-2024-05-13", none); // dearer than gpt-4o; the sources contradict each other
    row("openai", "gpt-4o-mini", 150'000);
    row("openai", "gpt-4", 30'000'000);
    row("openai", "gpt-4o-", none);
    row("openai", "gpt-4ox", none);
    row("openai", "gpt", none);
    row("openai", "openai/gpt-4o", 2'500'000);
    row("openai", "GPT-4o", 2'500'000);
    row("anthropic", "claude-haiku-4.5", 1'000'000);
    row("anthropic", "claude-haiku-4-5", 1'000'000);
    row("anthropic", "claude-haiku-4-5-20251001", 1'000'000);
    row("anthropic", "claude-3-5-sonnet-20241022", 3'000'000);
    row("anthropic", "claude-2", 8'000'000);
    row("anthropic", "claude", none);
    row("google", "models/gemini-2.5-flash", 300'000);
    row("vertex", "claude-3-7-sonnet@20250219", 3'000'000);
    row("vertex", "claude-3-7-sonnet-20250219", 3'000'000);
    row("bedrock", "global.anthropic.claude-haiku-4-5-20251001-v1:0", 1'000'000);
    row("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0", 1'100'000);
    row("bedrock", "ca.anthropic.claude-haiku-4-5-20251001-v1:0", 1'100'000);
    row("bedrock",
        "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0",
        1'100'000);
    row("bedrock", "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc", none);
    row("bedrock", "claude-haiku-4-5-20251001", none); // does not say in which regions it ran
    row("azure-openai", "gpt-4o-2024-08-06", 2'500'000);
    row("azure-foundry", "gpt-4o-2024-08-06", 2'500'000);
    row("fireworks", "accounts/fireworks/models/deepseek-v3", 900'000);
    row("groq", "openai/gpt-oss-120b", 150'000);
    row("openrouter", "anthropic/claude-4.6-sonnet-20260217", 3'000'000);
    // Another provider's price is not this one's.
    row("groq", "gpt-4o", none);
    row("openai", "claude-haiku-4-5", none);
    row("openai", "gpt-oss-20b", none);
    row("ollama", "gpt-4o", none);
    row("github-copilot", "gpt-4o", none);
    row("huggingface-router", "meta-llama/llama-3.1-8b-instruct", none);
    row("someone", "gpt-4o", none);
    row("", "", none);
    row("custom", "openai/gpt-4o", 2'500'000);
    row("custom", "claude-haiku-4.5", 1'000'000);
    row("custom", "o3", 2'000'000);
    row("custom", "gpt-oss-120b", none);
    row("custom", "mistral-large-2512", none);
}

void tst_PriceList::matchesNamesExactly()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, model);
    QFETCH(qlonglong, inputPico);
    QCOMPARE(amountOf(m_list.costOf(call(provider.constData(), model.constData(), tokensOf(1, 0)))),
             inputPico);
}

void tst_PriceList::takesOwnPricesFirst_data()
{
    QTest::addColumn<llm::CallFacts>("facts");
    QTest::addColumn<qlonglong>("pico");
    QTest::addColumn<int>("source");
    const auto row = [](const char *name, llm::CallFacts facts, qlonglong pico, CostSource source,
                        std::optional<PicoUsd> reported = {}) {
        facts.billing.reportedCost = reported;
        QTest::newRow(name) << facts << pico << static_cast<int>(source);
    };
    const auto tokens = tokensOf(10, 2, 3, 4);
    row("own", call("ollama", "llama3:70b", tokens), 10 * 7 + 2 * 9, CostSource::OwnPrices);
    row("own before reported", call("ollama", "llama3:70b", tokens), 88, CostSource::OwnPrices, 5);
    row("own before the list", call("openai", "GPT-5-2025-08-07", tokens),
        3 * 100 + 3 * 10 + 4 * 100 + 2 * 1000, CostSource::OwnPrices);
    row("of another provider", call("groq", "gpt-5", tokens), none, CostSource::None);
    row("in another spelling", call("anthropic", "claude-haiku-4-5-20251001", tokensOf(1, 0)), 1,
        CostSource::OwnPrices);
    row("the first that matches", call("xai", "llama3:1b", tokensOf(1, 0)), 7, CostSource::OwnPrices);
    row("a snapshot's price is that snapshot's", call("openai", "gpt-4o-2024-11-20", tokensOf(1, 0)),
        2'500'000, CostSource::PriceList);
    row("reported before the list", call("anthropic", "claude-opus-4-8", tokens), 5, CostSource::Provider, 5);
    row("reported without a list", call("perplexity", "sonar", tokens), 5, CostSource::Provider, 5);
    row("reported nonsense", call("perplexity", "sonar", tokens), none, CostSource::None, -5);
    auto missing = call("perplexity", "sonar", {});
    missing.usage = UsageState::Missing;
    row("reported without tokens", missing, 5, CostSource::Provider, 5);
}

void tst_PriceList::takesOwnPricesFirst()
{
    QFETCH(llm::CallFacts, facts);
    QFETCH(qlonglong, pico);
    QFETCH(int, source);
    const auto list =
        shippedList({{.model = "llama*", .provider = "", .input = 7, .output = 9},
                     {.model = "llama3:1b", .provider = "", .input = 8, .output = 9},
                     {.model = "gpt-5*", .provider = "OpenAI", .input = 100, .output = 1000, .cacheRead = 10},
                     {.model = "gpt-4o-2024-08-06", .provider = "", .input = 1, .output = 1},
                     {.model = "claude-haiku-4.5", .provider = "", .input = 1, .output = 1}});
    const auto cost = list.costOf(facts);
    QCOMPARE(amountOf(cost), pico);
    QCOMPARE(static_cast<int>(cost ? cost->source : CostSource::None), source);
}

void tst_PriceList::billsPortionsAlone()
{
    auto facts = call("anthropic", "claude-sonnet-4-6", tokensOf(1'000'000, 1'000'000));
    facts.billing.portions = {{{}, tokensOf(100, 10)}, {"claude-opus-4-6", tokensOf(100, 10)}};
    facts.details.webSearches = 1;
    QCOMPARE(amountOf(m_list.costOf(facts)), 450'000'000 + 750'000'000 + 10'000'000'000);
    facts.billing.portions.push_back({"a-model-without-a-price", tokensOf(1, 1)});
    QCOMPARE(amountOf(m_list.costOf(facts)), none);
}

void tst_PriceList::refusesABadList_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isGood");
    const auto list = [](const char *model) {
        return QByteArray(R"({"version":1,"date":"2026-01-01","providers":[{"names":["p"],"models":{"m":)")
            + model + "}}]}";
    };
    QTest::newRow("good") << list(R"({"input":0.15,"output":0.000001})") << true;
    QTest::newRow("no price") << list("null") << true;
    QTest::newRow("tiers") << list(R"({"input":1,"above":[{"tokens":5,"input":2}],"batch":"half"})") << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("no object") << QByteArray("[1]") << false;
    QTest::newRow("another version") << list("null").replace(":1,", ":2,") << false;
    QTest::newRow("no date") << list("null").replace("date", "day") << false;
    QTest::newRow("no input") << list(R"({"output":1})") << false;
    QTest::newRow("seven decimals") << list(R"({"input":0.0000001})") << false;
    QTest::newRow("negative") << list(R"({"input":-1})") << false;
    QTest::newRow("a text") << list(R"({"input":"1"})") << false;
    QTest::newRow("too much") << list(R"({"input":1e9})") << false;
    QTest::newRow("an unknown kind") << list(R"({"input":1,"video":1})") << false;
    QTest::newRow("an unknown share") << list(R"({"input":1,"batch":"third"})") << false;
    QTest::newRow("no limit") << list(R"({"input":1,"above":[{"input":2}]})") << false;
    QTest::newRow("limits out of order")
        << list(R"({"input":1,"above":[{"tokens":5,"input":2},{"tokens":4,"input":2}]})") << false;
}

void tst_PriceList::refusesABadList()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isGood);
    const auto list = llm::PriceList::fromJson(json.toStdString());
    QCOMPARE(list.has_value(), isGood);
    if (isGood)
        QCOMPARE(list->date(), std::string("2026-01-01"));
    else
        QVERIFY(!list.error().empty());
}

QTEST_APPLESS_MAIN(tst_PriceList)
#include "tst_pricelist.moc"
