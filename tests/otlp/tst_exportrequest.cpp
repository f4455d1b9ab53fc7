#include "core/otlp/exportrequest.h"
#include "otlpreading.h"

#include <QTest>

using namespace hookscope::otlp;

class ExportRequestTest : public QObject {
    Q_OBJECT
private slots:
    void saysWhoExports()
    {
        const auto check = [](const QJsonValue &group, const char *scopes) {
            const auto resource = attributesOf(group[QLatin1String("resource")][QLatin1String("attributes")]);
            QCOMPARE(resource.value(QStringLiteral("service.name")), text("hookscope"));
            QCOMPARE(resource.value(QStringLiteral("service.version")), text(HOOKSCOPE_VERSION));
            QCOMPARE(resource.value(QStringLiteral("service.instance.id")), text("an id"));
            const QJsonValue scope = group[QLatin1String(scopes)][0][QLatin1String("scope")];
            QCOMPARE(scope[QLatin1String("name")].toString(), QStringLiteral("hookscope"));
        };
        const QJsonDocument traces = documentOf(tracesRequest("an id", {"{\"name\":\"a\"}", "{}"}));
        check(traces[QLatin1String("resourceSpans")][0], "scopeSpans");
        const QJsonArray spans =
            traces[QLatin1String("resourceSpans")][0][QLatin1String("scopeSpans")][0][QLatin1String("spans")]
                .toArray();
        QCOMPARE(spans.size(), 2);
        QCOMPARE(spans[0][QLatin1String("name")].toString(), QStringLiteral("a"));

        const QJsonDocument metrics = documentOf(metricsRequest("an id", "[{\"name\":\"m\"}]"));
        check(metrics[QLatin1String("resourceMetrics")][0], "scopeMetrics");
        QCOMPARE(metrics[QLatin1String("resourceMetrics")][0][QLatin1String("scopeMetrics")][0]
                        [QLatin1String("metrics")][0][QLatin1String("name")]
                            .toString(),
                 QStringLiteral("m"));
    }
};

QTEST_APPLESS_MAIN(ExportRequestTest)
#include "tst_exportrequest.moc"
