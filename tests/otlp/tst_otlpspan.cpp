#include "core/otlp/otlpspan.h"
#include "otlpreading.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::otlp;

namespace {

LlmEvent sampleOfAll()
{
    LlmEvent call;
    call.id = ExchangeId::next();
    call.timestampUs = 1'800'000'003'500'000;
    call.sandbox = "claude";
    call.provider = "google";
    call.host = "generativelanguage.googleapis.com";
    call.method = "POST";
    call.path = "/v1beta/models/gemini-3-pro:streamGenerateContent";
    call.model = "gemini-3-pro-001";
    call.status = 200;
    call.tokens = {1000, 300, 600, 50, 120};
    call.streaming = true;
    call.process = Process{"node", 4711};
    call.session = "a session";
    call.requestId = "req_1";
    call.cost = 10'200'000'000;
    call.ttftUs = 412'000;
    call.durationUs = 2'750'000;
    call.usage = UsageState::Reported;
    call.details.requestModel = "gemini-3-pro";
    call.details.answerId = "resp_1";
    call.details.stopReason = "STOP";
    return call;
}

QJsonObject spanObject(const std::string &text)
{
    return documentOf(text).object();
}

} // namespace

class OtlpSpanTest : public QObject {
    Q_OBJECT
private slots:
    void tellsACallInTheWordsOfTheConventions()
    {
        const LlmEvent call = sampleOfAll();
        const QJsonObject span = spanObject(spanOf(call, {443, 0}));
        QCOMPARE(span[QLatin1String("name")].toString(), QStringLiteral("generate_content gemini-3-pro"));
        QCOMPARE(span[QLatin1String("kind")].toInt(), 3);
        QCOMPARE(span[QLatin1String("startTimeUnixNano")].toString(), QStringLiteral("1800000000750000000"));
        QCOMPARE(span[QLatin1String("endTimeUnixNano")].toString(), QStringLiteral("1800000003500000000"));
        QCOMPARE(span[QLatin1String("status")].toObject(), QJsonObject());
        const auto attributes = attributesOf(span[QLatin1String("attributes")]);
        const QMap<QString, QJsonObject> expected{
            {QStringLiteral("gen_ai.operation.name"), text("generate_content")},
            {QStringLiteral("gen_ai.provider.name"), text("gcp.gemini")},
            {QStringLiteral("gen_ai.request.model"), text("gemini-3-pro")},
            {QStringLiteral("gen_ai.response.model"), text("gemini-3-pro-001")},
            {QStringLiteral("server.address"), text("generativelanguage.googleapis.com")},
            {QStringLiteral("server.port"), whole("443")},
            {QStringLiteral("gen_ai.conversation.id"), text("a session")},
            {QStringLiteral("gen_ai.request.stream"), QJsonObject{{QStringLiteral("boolValue"), true}}},
            {QStringLiteral("gen_ai.response.id"), text("resp_1")},
            {QStringLiteral("gen_ai.response.finish_reasons"),
             QJsonObject{{QStringLiteral("arrayValue"),
                          QJsonObject{{QStringLiteral("values"), QJsonArray{text("STOP")}}}}}},
            {QStringLiteral("hookscope.time_to_first_token"), decimal(0.412)},
            {QStringLiteral("gen_ai.usage.input_tokens"), whole("1000")},
            {QStringLiteral("gen_ai.usage.output_tokens"), whole("300")},
            {QStringLiteral("gen_ai.usage.cache_read.input_tokens"), whole("600")},
            {QStringLiteral("gen_ai.usage.cache_creation.input_tokens"), whole("50")},
            {QStringLiteral("gen_ai.usage.reasoning.output_tokens"), whole("120")},
            {QStringLiteral("http.request.method"), text("POST")},
            {QStringLiteral("http.response.status_code"), whole("200")},
            {QStringLiteral("url.path"), text("/v1beta/models/gemini-3-pro:streamGenerateContent")},
            {QStringLiteral("hookscope.sandbox"), text("claude")},
            {QStringLiteral("hookscope.session"), text("a session")},
            {QStringLiteral("hookscope.exchange_id"), text(call.id.text().c_str())},
            {QStringLiteral("hookscope.request_id"), text("req_1")},
            {QStringLiteral("hookscope.usage"), text("reported")},
            {QStringLiteral("hookscope.cost_usd"), decimal(0.0102)},
            {QStringLiteral("hookscope.process.name"), text("node")},
            {QStringLiteral("hookscope.process.pid"), whole("4711")},
        };
        QCOMPARE(attributes.keys(), expected.keys());
        for (auto it = expected.begin(); it != expected.end(); ++it)
            QVERIFY2(attributes.value(it.key()) == it.value(), qPrintable(it.key()));
    }

    void leavesOutWhatIsNotKnown()
    {
        LlmEvent call;
        call.id = ExchangeId::next();
        call.timestampUs = 5'000'000;
        call.provider = "openai";
        call.path = "/v1/chat/completions";
        call.method = "POST";
        const QJsonObject span = spanObject(spanOf(call, {}));
        QCOMPARE(span[QLatin1String("name")].toString(), QStringLiteral("chat"));
        QCOMPARE(span[QLatin1String("startTimeUnixNano")], span[QLatin1String("endTimeUnixNano")]);
        const auto attributes = attributesOf(span[QLatin1String("attributes")]);
        const QStringList expected{QStringLiteral("gen_ai.operation.name"),
                                   QStringLiteral("gen_ai.provider.name"),
                                   QStringLiteral("hookscope.exchange_id"),
                                   QStringLiteral("hookscope.sandbox"),
                                   QStringLiteral("hookscope.usage"),
                                   QStringLiteral("http.request.method"),
                                   QStringLiteral("url.path")};
        QCOMPARE(attributes.keys(), expected);
    }

    void keepsAZeroThatTheProviderStated()
    {
        LlmEvent call = sampleOfAll();
        call.tokens.cacheRead = 0;
        const auto attributes = attributesOf(spanObject(spanOf(call, {}))[QLatin1String("attributes")]);
        QCOMPARE(attributes.value(QStringLiteral("gen_ai.usage.cache_read.input_tokens")), whole("0"));
    }

    void saysThatACallFailed()
    {
        LlmEvent call = sampleOfAll();
        call.status = 429;
        call.error = "rate_limit_error: \"slow\" down";
        const QJsonObject span = spanObject(spanOf(call, {}));
        const QJsonObject expected{{QStringLiteral("code"), 2},
                                   {QStringLiteral("message"), QString::fromStdString(*call.error)}};
        QCOMPARE(span[QLatin1String("status")].toObject(), expected);
        const auto attributes = attributesOf(span[QLatin1String("attributes")]);
        QCOMPARE(attributes.value(QStringLiteral("error.type")), text("429"));
        QVERIFY(!attributes.contains(QStringLiteral("gen_ai.response.model")));
    }

    void makesOneTraceOfASessionAndTheSameSpanOfTheSameCall()
    {
        LlmEvent first = sampleOfAll();
        LlmEvent second = sampleOfAll();
        QCOMPARE(traceIdOf(first), traceIdOf(second));
        QVERIFY(spanIdOf(first.id, 0) != spanIdOf(second.id, 0));
        QVERIFY(spanIdOf(first.id, 0) != spanIdOf(first.id, 1));
        QCOMPARE(spanOf(first, {443, 0}), spanOf(first, {443, 0}));
        second.session = "another";
        QVERIFY(traceIdOf(first) != traceIdOf(second));
        second.session.reset();
        QString exchange = QString::fromStdString(second.id.text());
        QCOMPARE(QString::fromStdString(traceIdOf(second)), exchange.remove(u'-'));
        QCOMPARE(traceIdOf(first).size(), std::size_t(32));
        QCOMPARE(spanIdOf(first.id, 0).size(), std::size_t(16));
    }

    void tellsARequestInTheWordsForHttp()
    {
        ProxyEvent answer;
        answer.event = HookEvent::OnResponse;
        answer.id = ExchangeId::next();
        answer.timestampUs = 2'000'000;
        answer.sandbox = "local";
        answer.method = "GET";
        answer.url = "http://example.com:8080/x?key=***";
        answer.host = "example.com";
        answer.status = 503;
        answer.durationUs = 1'500'000;
        answer.requestBytes = 0;
        answer.responseBytes = 12;
        const QJsonObject span = spanObject(spanOf(answer));
        QCOMPARE(span[QLatin1String("name")].toString(), QStringLiteral("GET"));
        QCOMPARE(span[QLatin1String("kind")].toInt(), 3);
        QCOMPARE(span[QLatin1String("startTimeUnixNano")].toString(), QStringLiteral("500000000"));
        QCOMPARE(span[QLatin1String("status")][QLatin1String("code")].toInt(), 2);
        const auto attributes = attributesOf(span[QLatin1String("attributes")]);
        QCOMPARE(attributes.value(QStringLiteral("http.request.method")), text("GET"));
        QCOMPARE(attributes.value(QStringLiteral("http.response.status_code")), whole("503"));
        QCOMPARE(attributes.value(QStringLiteral("error.type")), text("503"));
        QCOMPARE(attributes.value(QStringLiteral("server.address")), text("example.com"));
        QCOMPARE(attributes.value(QStringLiteral("server.port")), whole("8080"));
        QCOMPARE(attributes.value(QStringLiteral("url.full")), text("http://example.com:8080/x?key=***"));
        QCOMPARE(attributes.value(QStringLiteral("http.response.body.size")), whole("12"));
    }

    void tellsATunnelAndAnUnknownMethod()
    {
        ProxyEvent answer;
        answer.id = ExchangeId::next();
        answer.method = "CONNECT";
        answer.url = "example.com:443";
        answer.host = "example.com";
        auto attributes = attributesOf(spanObject(spanOf(answer))[QLatin1String("attributes")]);
        QCOMPARE(attributes.value(QStringLiteral("server.port")), whole("443"));
        QVERIFY(!attributes.contains(QStringLiteral("url.full")));
        QVERIFY(!attributes.contains(QStringLiteral("http.response.status_code")));

        answer.method = "BREW\n";
        const QJsonObject span = spanObject(spanOf(answer));
        QCOMPARE(span[QLatin1String("name")].toString(), QStringLiteral("HTTP"));
        attributes = attributesOf(span[QLatin1String("attributes")]);
        QCOMPARE(attributes.value(QStringLiteral("http.request.method")), text("_OTHER"));
        QCOMPARE(attributes.value(QStringLiteral("http.request.method_original")), text("BREW\n"));
    }

    void isValidJsonWhateverTheTextsHold()
    {
        LlmEvent call = sampleOfAll();
        call.details.requestModel = std::string("a\"b\\c\0\xff\xe2\x80\xa8", 10);
        call.error = "\x1b[31m";
        QVERIFY(!spanObject(spanOf(call, {})).isEmpty());
    }
};

QTEST_APPLESS_MAIN(OtlpSpanTest)
#include "tst_otlpspan.moc"
