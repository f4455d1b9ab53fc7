#include "core/otlp/callmetrics.h"
#include "otlpreading.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::otlp;

namespace {

LlmEvent callOf(std::optional<std::int64_t> input, std::optional<std::int64_t> output,
                std::int64_t durationUs)
{
    LlmEvent call;
    call.provider = "anthropic";
    call.path = "/v1/messages";
    call.host = "api.anthropic.com";
    call.sandbox = "local";
    call.status = 200;
    call.tokens.input = input;
    call.tokens.output = output;
    call.durationUs = durationUs;
    call.usage = UsageState::Reported;
    return call;
}

// The points of a metric, by the value of the attribute `key`.
QMap<QString, QJsonObject> points(const CallMetrics &metrics, const char *name, const char *key,
                                  std::int64_t nowUs = 9)
{
    QMap<QString, QJsonObject> found;
    for (const QJsonValue &metric : documentOf(metrics.text(nowUs)).array()) {
        if (metric[QLatin1String("name")] != QLatin1String(name))
            continue;
        for (const QJsonValue &point :
             metric[QLatin1String("histogram")][QLatin1String("dataPoints")].toArray()) {
            const auto attributes = attributesOf(point[QLatin1String("attributes")]);
            found.insert(
                attributes.value(QString::fromLatin1(key)).value(QLatin1String("stringValue")).toString(),
                point.toObject());
        }
    }
    return found;
}

constexpr const char *tokenUsage = "gen_ai.client.token.usage";
constexpr const char *duration = "gen_ai.client.operation.duration";

} // namespace

class CallMetricsTest : public QObject {
    Q_OBJECT
private slots:
    void sumsTokensAndDurations()
    {
        CallMetrics metrics(1'700'000'000'000'000);
        QVERIFY(metrics.isEmpty());
        metrics.count(callOf(130'213, 300, 2'750'000), {443, 0});
        metrics.count(callOf(4, 0, 10'000), {443, 0});
        const auto tokens = points(metrics, tokenUsage, "gen_ai.token.type", 1'700'000'060'000'000);
        QCOMPARE(tokens.keys(), (QStringList{QStringLiteral("input"), QStringLiteral("output")}));
        const QJsonObject input = tokens.value(QStringLiteral("input"));
        QCOMPARE(input[QLatin1String("count")].toString(), QStringLiteral("2"));
        QCOMPARE(input[QLatin1String("sum")].toDouble(), 130'217.0);
        QCOMPARE(input[QLatin1String("startTimeUnixNano")].toString(), QStringLiteral("1700000000000000000"));
        QCOMPARE(input[QLatin1String("timeUnixNano")].toString(), QStringLiteral("1700000060000000000"));
        const QJsonArray bounds{1,      4,      16,      64,        256,       1024,       4096,
                                16'384, 65'536, 262'144, 1'048'576, 4'194'304, 16'777'216, 67'108'864};
        QCOMPARE(input[QLatin1String("explicitBounds")].toArray(), bounds);
        const QJsonArray buckets = input[QLatin1String("bucketCounts")].toArray();
        QCOMPARE(buckets.size(), bounds.size() + 1);
        QCOMPARE(buckets[1].toString(), QStringLiteral("1")); // 4: a bound is of the bucket below it
        QCOMPARE(buckets[9].toString(), QStringLiteral("1")); // up to 262144
        QCOMPARE(tokens.value(QStringLiteral("output"))[QLatin1String("bucketCounts")][0].toString(),
                 QStringLiteral("1"));

        const QJsonObject seconds =
            points(metrics, duration, "gen_ai.operation.name").value(QStringLiteral("chat"));
        QCOMPARE(seconds[QLatin1String("sum")].toDouble(), 2.76);
        const QJsonArray secondBounds{0.01, 0.02, 0.04, 0.08,  0.16,  0.32,  0.64,
                                      1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92};
        QCOMPARE(seconds[QLatin1String("explicitBounds")].toArray(), secondBounds);
        QCOMPARE(seconds[QLatin1String("bucketCounts")][0].toString(), QStringLiteral("1"));
        QCOMPARE(seconds[QLatin1String("bucketCounts")][9].toString(), QStringLiteral("1"));
    }

    void isCumulative()
    {
        CallMetrics metrics(1);
        metrics.count(callOf(1, 1, 1), {});
        for (const QJsonValue &metric : documentOf(metrics.text(2)).array())
            QCOMPARE(metric[QLatin1String("histogram")][QLatin1String("aggregationTemporality")].toInt(), 2);
        metrics.text(2);
        metrics.count(callOf(1, 1, 1), {});
        QCOMPARE(points(metrics, tokenUsage, "gen_ai.token.type")
                     .value(QStringLiteral("input"))[QLatin1String("count")]
                     .toString(),
                 QStringLiteral("2"));
    }

    void neverEndsBeforeItsBeginning()
    {
        CallMetrics metrics(1'000);
        metrics.count(callOf(1, 1, 1), {});
        const QJsonObject point = points(metrics, tokenUsage, "gen_ai.token.type", 999).first();
        QCOMPARE(point[QLatin1String("timeUnixNano")], point[QLatin1String("startTimeUnixNano")]);
    }

    void countsNoTokensThatNobodyStated()
    {
        CallMetrics metrics(1);
        metrics.count(callOf(std::nullopt, std::nullopt, 5), {});
        LlmEvent cut = callOf(100, 1, 5);
        cut.usage = UsageState::Partial;
        metrics.count(cut, {});
        QVERIFY(points(metrics, tokenUsage, "gen_ai.token.type").isEmpty());
        QCOMPARE(
            points(metrics, duration, "gen_ai.operation.name").first()[QLatin1String("count")].toString(),
            QStringLiteral("2"));
    }

    void tellsFailuresApart()
    {
        CallMetrics metrics(1);
        metrics.count(callOf(1, 1, 5), {});
        LlmEvent failed = callOf(std::nullopt, std::nullopt, 5);
        failed.status = 529;
        metrics.count(failed, {});
        QCOMPARE(points(metrics, duration, "error.type").keys(),
                 (QStringList{QString(), QStringLiteral("529")}));
    }

    void boundsItsSeries()
    {
        CallMetrics metrics(1);
        for (std::size_t i = 0; i < CallMetrics::mostSeries + 10; ++i) {
            LlmEvent call = callOf(std::nullopt, std::nullopt, 5);
            call.sandbox = std::to_string(i);
            metrics.count(call, {});
        }
        const QJsonArray all = documentOf(metrics.text(2)).array();
        const QJsonArray series = all[0][QLatin1String("histogram")][QLatin1String("dataPoints")].toArray();
        QCOMPARE(series.size(), static_cast<int>(CallMetrics::mostSeries) + 1);
        int overflowing = 0;
        for (const QJsonValue &point : series) {
            if (attributesOf(point[QLatin1String("attributes")])
                    .contains(QStringLiteral("otel.metric.overflow"))) {
                ++overflowing;
                QCOMPARE(point[QLatin1String("count")].toString(), QStringLiteral("10"));
            }
        }
        QCOMPARE(overflowing, 1);
    }
};

QTEST_APPLESS_MAIN(CallMetricsTest)
#include "tst_callmetrics.moc"
