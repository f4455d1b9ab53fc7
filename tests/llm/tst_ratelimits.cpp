#include "core/llm/ratelimits.h"

#include <QTest>

using namespace hookscope;

class tst_RateLimits final : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void keepsAFew();
};

namespace {

QByteArray textOf(const std::vector<RateLimit> &limits)
{
    std::string text;
    for (const RateLimit &limit : limits)
        text += '[' + limit.name + ' ' + limit.limit.value_or("-") + ' ' + limit.remaining.value_or("-") + ' '
            + limit.reset.value_or("-") + ']';
    return QByteArray::fromStdString(text);
}

} // namespace

void tst_RateLimits::reads_data()
{
    QTest::addColumn<http::FieldList>("head");
    QTest::addColumn<QByteArray>("limits");
    const auto add = [](const char *name, http::FieldList head, const char *limits) {
        QTest::newRow(name) << head << QByteArray(limits);
    };
    add("OpenAI",
        {{"X-Ratelimit-Limit-Requests", "500"},
         {"x-ratelimit-remaining-requests", "499"},
         {"x-ratelimit-reset-tokens", "6ms"},
         {"x-ratelimit-reset-requests", "1m3.2s"}},
        "[requests 500 499 1m3.2s][tokens - - 6ms]");
    add("Anthropic",
        {{"anthropic-ratelimit-input-tokens-limit", "1000"},
         {"anthropic-ratelimit-input-tokens-remaining", "900"},
         {"anthropic-ratelimit-input-tokens-reset", "2026-08-19T14:34:25Z"},
         {"anthropic-ratelimit-unified-reset", "1787150602"}},
        "[input-tokens 1000 900 2026-08-19T14:34:25Z][unified - - 1787150602]");
    add("Mistral", {{"x-ratelimit-limit-tokens-minute", "5"}, {"x-ratelimit-remaining-tokens-minute", "4"}},
        "[tokens-minute 5 4 -]");
    add("Together", {{"x-ratelimit-limit", "5"}, {"x-ratelimit-reset", "1"}}, "[requests 5 - 1]");
    add("Cohere", {{"x-trial-endpoint-call-limit", "20"}, {"x-trial-endpoint-call-remaining", "19"}},
        "[call 20 19 -]");
    add("Codex", {{"x-codex-primary-used-percent", "12.5"}, {"x-codex-primary-reset-at", "1787150602"}},
        "[primary 12.5% used - 1787150602]");
    add("when to come back", {{"Retry-After", "30"}}, "[retry after - - 30]");
    add("none of these", {{"x-request-id", "r"}, {"x-ratelimit-tokens-query-cost", "3"}, {"x-ratelimit-", "1"}}, "");
    add("empty", {{"x-ratelimit-limit-requests", ""}}, "");
    add("too long", {{"x-ratelimit-limit-requests", std::string(4096, '9')}}, "");
}

void tst_RateLimits::reads()
{
    QFETCH(http::FieldList, head);
    QTEST(textOf(llm::rateLimitsIn(head)), "limits");
}

void tst_RateLimits::keepsAFew()
{
    http::FieldList head;
    for (int i = 0; i < 1000; ++i)
        head.push_back({"x-ratelimit-limit-" + std::to_string(i), "1"});
    QCOMPARE(llm::rateLimitsIn(head).size(), std::size_t(16));
}

QTEST_APPLESS_MAIN(tst_RateLimits)
#include "tst_ratelimits.moc"
