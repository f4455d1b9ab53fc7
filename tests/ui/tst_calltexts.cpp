#include "ui/live/detailtexts.h"

#include "tests/ui/sampleevents.h"

#include <QTest>

using namespace hookscope;
using samples::Batch;

// What the detail pane says of LLM calls.
class TestCallTexts : public QObject {
    Q_OBJECT
private slots:
    void saysWhatACallWas_data();
    void saysWhatACallWas();
    void leavesOutWhatMostCallsDoNotHave();
    void listsEachCallOfAWebsocket();
    void showsNoControlCharacter();
};

namespace {

LlmEvent plain()
{
    return Batch::costing({}, 1'063'761'250'000);
}

QString valueOf(const QList<Fact> &facts, const QString &name)
{
    for (const Fact &fact : facts) {
        if (fact.name.trimmed() == name)
            return fact.value;
    }
    return QStringLiteral("(none)");
}

} // namespace

void TestCallTexts::saysWhatACallWas_data()
{
    QTest::addColumn<LlmEvent>("call");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *title, const char *name, const char *value, auto change) {
        LlmEvent call = plain();
        change(call);
        QTest::newRow(title) << call << QString::fromUtf8(name) << QString::fromUtf8(value);
    };
    const auto limit = [](std::optional<std::string> most, std::optional<std::string> remaining,
                          std::optional<std::string> reset) {
        return [=](LlmEvent &c) {
            c.details.rateLimits = {{"requests", most, remaining, reset}};
        };
    };
    using C = LlmEvent;
    row("price list", "Cost", "$1.06376125, by the price list", [](C &) {});
    row("own prices", "Cost", "$1.06376125, by your own prices",
        [](C &c) { c.costSource = CostSource::OwnPrices; });
    row("provider", "Cost", "$1.06376125, as the provider stated it",
        [](C &c) { c.costSource = CostSource::Provider; });
    row("no cost", "Cost", "—", [](C &c) { c.cost.reset(); });
    row("cut short", "Cost", "≥\u202f$1.06376125, by the price list",
        [](C &c) { c.usage = UsageState::Partial; });
    row("cut short, tokens", "Input", "≥\u202f10", [](C &c) { c.usage = UsageState::Partial; });
    row("why usage is missing", "Usage", "not reported by the provider — the client did not ask for it",
        [](C &c) {
            c.usage = UsageState::Missing;
            c.details.usageNote = "the client did not ask for it";
        });
    row("usage reported", "Usage", "as the provider reported it", [](C &) {});
    row("other model", "Model asked for", "m-latest", [](C &c) { c.details.requestModel = "m-latest"; });
    row("same model", "Model asked for", "(none)", [](C &c) { c.details.requestModel = "m"; });
    row("tier", "Service tier", "flex", [](C &c) { c.details.serviceTier = "flex"; });
    row("stop reason", "Stop reason", "end_turn", [](C &c) { c.details.stopReason = "end_turn"; });
    row("answer id", "Answer id", "msg_1", [](C &c) { c.details.answerId = "msg_1"; });
    row("cache for an hour", "for an hour", "2,000", [](C &c) { c.tokens.cacheWrite1h = 2000; });
    row("audio in", "audio heard", "3", [](C &c) { c.tokens.audioInput = 3; });
    row("audio out", "audio spoken", "4", [](C &c) { c.tokens.audioOutput = 4; });
    row("images in", "images seen", "5", [](C &c) { c.tokens.imageInput = 5; });
    row("images out", "images made", "6", [](C &c) { c.tokens.imageOutput = 6; });
    row("web searches", "Web searches", "2", [](C &c) { c.details.webSearches = 2; });
    row("web fetches", "Web pages fetched", "1", [](C &c) { c.details.webFetches = 1; });
    row("limit", "Limit: requests", "59 of 60 left, reset: 1s", limit("60", "59", "1s"));
    row("limit without a reset", "Limit: requests", "59 of 60 left", limit("60", "59", {}));
    row("what is left only", "Limit: requests", "59 left", limit({}, "59", {}));
    row("the most only", "Limit: requests", "at most 60", limit("60", {}, {}));
    row("a reset only", "Limit: requests", "reset: 1s", limit({}, {}, "1s"));
    row("nothing of a limit", "Limit: requests", "—", limit({}, {}, {}));
    row("not understood", "Not understood", "the answer is in a form that Hookscope does not know",
        [](C &c) { c.details.isUnderstood = false; });
    row("not understood, and why", "Not understood", "no usage in 3 events", [](C &c) {
        c.details.isUnderstood = false;
        c.error = "no usage in 3 events";
    });
}

void TestCallTexts::saysWhatACallWas()
{
    QFETCH(LlmEvent, call);
    QFETCH(QString, name);
    Exchange exchange;
    exchange.calls = {call};
    QTEST(valueOf(tokenFacts(exchange), name), "value");
    const QString inOverview = valueOf(overviewFacts(exchange, 0, {.slowUs = 1}), name);
    if (inOverview != QStringLiteral("(none)"))
        QTEST(inOverview, "value");
}

void TestCallTexts::leavesOutWhatMostCallsDoNotHave()
{
    LlmEvent call = plain();
    call.tokens.cacheWrite1h = 0;
    call.tokens.audioInput = 0;
    call.details.webSearches = 0;
    QStringList names;
    for (const Fact &fact : callFacts(call))
        names.append(fact.name.trimmed());
    const QStringList expected{QStringLiteral("Model"),
                               QStringLiteral("Usage"),
                               QStringLiteral("Input"),
                               QStringLiteral("read from cache"),
                               QStringLiteral("written to cache"),
                               QStringLiteral("Output"),
                               QStringLiteral("reasoning"),
                               QStringLiteral("Total"),
                               QStringLiteral("Cost")};
    QCOMPARE(names, expected);
}

void TestCallTexts::listsEachCallOfAWebsocket()
{
    Exchange exchange;
    exchange.calls = {plain(), Batch::costing({}, {}), plain()};
    exchange.calls[0].details.answerId = "resp_a";
    exchange.calls[2].details.answerId = "resp_c";
    QStringList seen;
    for (const Fact &fact : tokenFacts(exchange)) {
        if (fact.value.isEmpty())
            seen.append(fact.name);
        else if (fact.name == QStringLiteral("Answer id") || fact.name == QStringLiteral("Cost"))
            seen.append(fact.value);
    }
    const QString cost = QStringLiteral("$1.06376125, by the price list");
    const QStringList expected{QStringLiteral("Call 1 of 3"),
                               QStringLiteral("resp_a"),
                               cost,
                               QStringLiteral("Call 2 of 3"),
                               QStringLiteral("—"),
                               QStringLiteral("Call 3 of 3"),
                               QStringLiteral("resp_c"),
                               cost};
    QCOMPARE(seen, expected);
    const QList<Fact> overview = overviewFacts(exchange, 0, {.slowUs = 1});
    QCOMPARE(valueOf(overview, QStringLiteral("LLM calls")), QStringLiteral("3"));
    QCOMPARE(valueOf(overview, QStringLiteral("Cost")), QStringLiteral("≥\u202f$2.1275225, for 3 calls"));
    QCOMPARE(valueOf(overview, QStringLiteral("Answer id")), QStringLiteral("(none)"));
}

void TestCallTexts::showsNoControlCharacter()
{
    const std::string bad = "a\x1b[31m\nb";
    LlmEvent call = plain();
    call.model = bad;
    call.error = bad;
    call.usage = UsageState::Missing;
    call.details = {bad + "2", bad, bad, bad, {}, {}, {{bad, bad, bad, bad}}, bad, false};
    for (const Fact &fact : callFacts(call)) {
        for (const QString &text : {fact.name, fact.value}) {
            for (const QChar c : text)
                QVERIFY2(c.category() != QChar::Other_Control, qPrintable(fact.name));
        }
    }
}

QTEST_GUILESS_MAIN(TestCallTexts)
#include "tst_calltexts.moc"
