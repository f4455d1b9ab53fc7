#include "core/dispatch/collectordelivery.h"
#include "core/events/eventjson.h"
#include "core/otlp/otlpspan.h"
#include "receiver.h"
#include "running.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace hookscope;

namespace {

CollectorTiming quickly()
{
    CollectorTiming timing;
    timing.batchMs = 1;
    timing.firstWaitMs = 1;
    return timing;
}

LlmEvent callOf(const char *model = "gpt-4o")
{
    LlmEvent call = llmEvent();
    call.host = "api.openai.com";
    call.method = "POST";
    call.model = model;
    call.details.requestModel = model;
    call.status = 200;
    call.durationUs = 1'000;
    call.tokens.input = 10;
    call.usage = UsageState::Reported;
    return call;
}

QByteArray pathOf(const Receiver::Request &request)
{
    return request.head.split(' ').value(1);
}

QJsonArray spansOf(const QByteArray &body)
{
    return QJsonDocument::fromJson(body)[QLatin1String("resourceSpans")][0][QLatin1String("scopeSpans")][0]
                                        [QLatin1String("spans")]
                                            .toArray();
}

// A collector's hooks as the dispatcher has them, without the thread, and what was told.
struct Stage {
    explicit Stage(const CollectorTiming &timing = quickly())
        : delivery(tally, timing)
    {
        tally.setCompletion(
            [this](const QString &name, DeliveryCounts &now) { delivery.complete(name, now); });
        QObject::connect(&tally, &DeliveryTally::countsChanged, &tally,
                         [this](const QString &name, const DeliveryCounts &now) { counts[name] = now; });
        QObject::connect(&tally, &DeliveryTally::fired, &tally,
                         [this](const QList<HookOutcome> &told) { outcomes += told; });
        QObject::connect(&tally, &DeliveryTally::attempted, &tally,
                         [this](const QList<DeliveryAttempt> &told) { attempts += told; });
        QObject::connect(&tally, &DeliveryTally::lineMade, &tally,
                         [this](const QString &, const QString &line) { lines.append(line); });
    }

    void setHooks(const QList<Hook> &list)
    {
        hooks = list;
        QSet<QString> names;
        for (const Hook &hook : list)
            names.insert(hook.name);
        tally.setHooks(names);
        delivery.setHooks(list);
    }

    template <class E> void take(const E &event)
    {
        delivery.follow(event);
        for (const Hook &hook : hooks)
            delivery.add(hook, event, {event.id, HookEvent::OnResponse, std::is_same_v<E, LlmEvent>});
    }

    DeliveryTally tally;
    CollectorDelivery delivery;
    QList<Hook> hooks;
    QMap<QString, DeliveryCounts> counts;
    QList<HookOutcome> outcomes;
    QList<DeliveryAttempt> attempts;
    QStringList lines;
};

Hook collector(const Receiver &receiver, const QString &name = QStringLiteral("team"))
{
    return hookTo(name, OtlpTarget{receiver.url(QString())}, HookEvent::OnResponse);
}

// Spans are taken, metrics too.
QByteArray taken(const Receiver::Request &)
{
    return Receiver::status("200 OK", "Content-Type: application/json\r\n", "{\"partialSuccess\":{}}");
}

} // namespace

class CollectorDeliveryTest : public QObject {
    Q_OBJECT

    const QString m_team = QStringLiteral("team");

private slots:
    void initTestCase() { qputenv("http_proxy", "http://127.0.0.1:1"); }

    void sendsSpansOfCallsAndOfOtherAnswers()
    {
        Receiver receiver(taken);
        Stage stage;
        stage.setHooks({collector(receiver)});
        LlmEvent call = callOf();
        ProxyEvent request = proxyEvent(HookEvent::OnRequest, "https://api.openai.com:8443/v1/x");
        request.id = call.id;
        ProxyEvent itsAnswer = proxyEvent(HookEvent::OnResponse);
        itsAnswer.id = call.id;
        const ProxyEvent another = proxyEvent(HookEvent::OnResponse);
        stage.delivery.follow(request);
        stage.take(call);
        stage.take(itsAnswer);
        stage.take(another);
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(2));

        QCOMPARE(receiver.requests.size(), 1);
        QCOMPARE(pathOf(receiver.requests[0]), QByteArray("/v1/traces"));
        QVERIFY(receiver.requests[0].head.toLower().contains("content-type: application/json"));
        const QJsonArray spans = spansOf(receiver.requests[0].body);
        QCOMPARE(spans.size(), 2);
        QCOMPARE(spans[0],
                 QJsonDocument::fromJson(QByteArray::fromStdString(otlp::spanOf(call, {8443, 0}))).object());
        QCOMPARE(spans[1][QLatin1String("name")].toString(), QStringLiteral("GET"));
        QCOMPARE(stage.attempts.size(), 1);
        QCOMPARE(stage.attempts[0].events, 2);
        QCOMPARE(stage.attempts[0].status, 200);
        QCOMPARE(stage.outcomes.size(), 2);
        QCOMPARE(stage.outcomes[0].result, HookOutcome::Result::Delivered);
        QCOMPARE(stage.counts[m_team].waiting, quint64(0));
    }

    void tellsCallsOfOneExchangeApart()
    {
        Receiver receiver(taken);
        Stage stage;
        stage.setHooks({collector(receiver)});
        LlmEvent call = callOf();
        stage.take(call);
        stage.take(call);
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(2));
        QSet<QString> ids;
        for (const auto &request : receiver.requests) {
            for (const QJsonValue &span : spansOf(request.body))
                ids.insert(span[QLatin1String("spanId")].toString());
        }
        QCOMPARE(ids.size(), 2);
    }

    void takesTheUrlOfOneSignalAndQueriesToo_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("bare") << QString() << QByteArray("/v1/traces");
        QTest::newRow("slash") << QStringLiteral("/") << QByteArray("/v1/traces");
        QTest::newRow("folder") << QStringLiteral("/otlp/") << QByteArray("/otlp/v1/traces");
        QTest::newRow("traces") << QStringLiteral("/v1/traces") << QByteArray("/v1/traces");
        QTest::newRow("metrics") << QStringLiteral("/a%20b/v1/metrics") << QByteArray("/a%20b/v1/traces");
        QTest::newRow("query") << QStringLiteral("/o?tenant=1") << QByteArray("/o/v1/traces?tenant=1");
    }

    void takesTheUrlOfOneSignalAndQueriesToo()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, expected);
        Receiver receiver(taken);
        Stage stage;
        Hook hook = collector(receiver);
        hook.target = OtlpTarget{receiver.url(path)};
        stage.setHooks({hook});
        stage.take(callOf());
        QTRY_COMPARE(receiver.requests.size(), 1);
        QCOMPARE(pathOf(receiver.requests[0]), expected);
    }

    void sendsMetricsInTheirOwnTime()
    {
        Receiver receiver(taken);
        CollectorTiming timing = quickly();
        timing.metricsMs = 1;
        Stage stage(timing);
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        const auto lastMetrics = [&] {
            QJsonValue last;
            for (const auto &request : receiver.requests) {
                if (pathOf(request) == "/v1/metrics")
                    last = QJsonDocument::fromJson(request.body).object();
            }
            return last[QLatin1String("resourceMetrics")][0][QLatin1String("scopeMetrics")][0]
                       [QLatin1String("metrics")]
                           .toArray();
        };
        QTRY_COMPARE(lastMetrics().size(), 2);
        QCOMPARE(lastMetrics()[0][QLatin1String("name")].toString(),
                 QStringLiteral("gen_ai.client.token.usage"));
    }

    void triesAgainAsTheProtocolSays_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("isTriedAgain");
        const auto row = [](const char *name, const QByteArray &answer, bool isTriedAgain) {
            QTest::newRow(name) << answer << isTriedAgain;
        };
        for (const char *line : {"429 Too Many", "502 Bad", "503 Unavailable", "504 Timeout"})
            row(line, Receiver::status(line), true);
        row("503 with Retry-After", Receiver::status("503 Unavailable", "Retry-After: 0\r\n"), true);
        for (const char *line : {"400 Bad", "401 Unauthorized", "404 Not Found", "408 Timeout",
                                 "413 Too Large", "500 Internal", "501 Not Implemented"})
            row(line, Receiver::status(line), false);
        row("a redirect", Receiver::status("307 Temporary", "Location: http://127.0.0.1:1/\r\n"), false);
    }

    void triesAgainAsTheProtocolSays()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, isTriedAgain);
        int tries = 0;
        Receiver receiver(
            [&](const Receiver::Request &request) { return ++tries == 1 ? answer : taken(request); });
        Stage stage;
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        if (isTriedAgain) {
            QTRY_COMPARE(stage.counts[m_team].delivered, quint64(1));
            QCOMPARE(stage.counts[m_team].retried, quint64(1));
            QCOMPARE(receiver.requests.size(), 2);
            QCOMPARE(receiver.requests[0].body, receiver.requests[1].body);
            QCOMPARE(stage.attempts.size(), 2);
            QCOMPARE(stage.attempts[0].webhookId, stage.attempts[1].webhookId);
            QVERIFY(stage.attempts[0].nextTry.isValid());
            QCOMPARE(stage.counts[m_team].state, DeliveryState::Ok);
        } else {
            QTRY_COMPARE(stage.counts[m_team].failed, quint64(1));
            QCOMPARE(stage.outcomes.size(), 1);
            QCOMPARE(stage.outcomes[0].result, HookOutcome::Result::Failed);
            QCOMPARE(stage.counts[m_team].state, DeliveryState::Failing);
            QVERIFY2(stage.counts[m_team].lastError.contains(QLatin1String("Collector http://127.0.0.1")),
                     qPrintable(stage.counts[m_team].lastError));
            stage.take(callOf());
            QTRY_COMPARE(stage.counts[m_team].delivered, quint64(1));
            QCOMPARE(receiver.requests.size(), 2);
        }
    }

    void waitsAsLongAsTheCollectorAsksFor()
    {
        Receiver receiver([](const Receiver::Request &) {
            return Receiver::status("429 Too Many", "Retry-After: 100\r\n");
        });
        Stage stage;
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        QTRY_COMPARE(stage.attempts.size(), 1);
        QVERIFY(stage.attempts[0].time.secsTo(stage.attempts[0].nextTry) >= 99);
        QTRY_COMPARE(stage.counts[m_team].state, DeliveryState::Retrying);
        QCOMPARE(stage.counts[m_team].waiting, quint64(1));
    }

    void flushingDoesNotWaitForWhatTheCollectorAskedFor()
    {
        Receiver receiver([](const Receiver::Request &request) {
            return pathOf(request) == "/v1/metrics" ? Receiver::status("429 Too Many", "Retry-After: 100\r\n")
                                                    : taken(request);
        });
        CollectorTiming timing = quickly();
        timing.batchMs = 0; // the span goes first: what the metrics are told would hold it back
        timing.metricsMs = 1;
        Stage stage(timing);
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        QTRY_COMPARE(stage.attempts.size(), 2);
        stage.take(callOf());
        stage.delivery.setFlushing(true);
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(2));
    }

    void givesUpWhatDidNotGetThroughForLong()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("503 Unavailable"); });
        CollectorTiming timing = quickly();
        timing.longestMs = 5;
        Stage stage(timing);
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        QTRY_COMPARE(stage.counts[m_team].failed, quint64(1));
        QCOMPARE(stage.counts[m_team].waiting, quint64(0));
    }

    void tellsWhatTheCollectorRejected()
    {
        Receiver receiver([](const Receiver::Request &) {
            return Receiver::status("200 OK", {},
                                    R"({"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}})");
        });
        Stage stage;
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        stage.take(callOf());
        QTRY_COMPARE(stage.counts[m_team].failed, quint64(1));
        QCOMPARE(stage.counts[m_team].delivered, quint64(1));
        QCOMPARE(stage.counts[m_team].lastError, QStringLiteral("The collector rejected 1 of 2: too old"));
        QCOMPARE(receiver.requests.size(), 1); // and is not asked again
    }

    void sendsNoMetricsToACollectorThatTakesNone()
    {
        Receiver receiver([](const Receiver::Request &request) {
            return pathOf(request) == "/v1/metrics" ? Receiver::status("404 Not Found") : taken(request);
        });
        CollectorTiming timing = quickly();
        timing.metricsMs = 1;
        Stage stage(timing);
        stage.setHooks({collector(receiver)});
        stage.take(callOf());
        QTRY_COMPARE(stage.attempts.size(), 2);
        stage.take(callOf());
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(2));
        QCOMPARE(receiver.requests.size(), 3);
        QCOMPARE(stage.counts[m_team].failed, quint64(0));
        QCOMPARE(stage.counts[m_team].state, DeliveryState::Ok);
    }

    void sendsItsHeaderFieldsAndShowsNoSecret()
    {
        const QByteArray secret = "s3cr3t-value";
        Receiver receiver([&](const Receiver::Request &) { return Receiver::status("401 No", {}, secret); });
        Stage stage;
        stage.delivery.setSecrets(
            [&](const QString &name) { return name == QLatin1String("TOKEN") ? secret : QByteArray(); });
        Hook hook = collector(receiver);
        hook.sending.fields = {{QStringLiteral("X-Tenant"), QStringLiteral("blue")},
                               {QStringLiteral("X-Key"), QStringLiteral("team/{secret:TOKEN}")},
                               {QStringLiteral("Authorization"), QStringLiteral("Bearer {secret:TOKEN}")}};
        QVERIFY(validate(hook));
        stage.setHooks({hook});
        stage.take(callOf());
        QTRY_COMPARE(stage.attempts.size(), 1);
        QVERIFY(receiver.requests[0].head.contains("X-Tenant: blue\r\n"));
        QVERIFY(receiver.requests[0].head.contains("X-Key: team/s3cr3t-value\r\n"));
        QVERIFY(receiver.requests[0].head.contains("Authorization: Bearer s3cr3t-value\r\n"));
        QVERIFY2(!stage.attempts[0].answer.contains(secret), stage.attempts[0].answer);
        QVERIFY(!stage.outcomes[0].text.contains(QString::fromLatin1(secret)));
    }

    void waitsForASecretThatIsNotThere()
    {
        Receiver receiver(taken);
        Stage stage;
        QByteArray secret;
        stage.delivery.setSecrets([&](const QString &) { return secret; });
        Hook hook = collector(receiver);
        hook.sending.fields = {{QStringLiteral("Authorization"), QStringLiteral("Bearer {secret:TOKEN}")}};
        stage.setHooks({hook});
        stage.take(callOf());
        QTRY_VERIFY(!stage.attempts.isEmpty());
        QVERIFY2(stage.attempts[0].text.contains(QLatin1String("TOKEN")), qPrintable(stage.attempts[0].text));
        QCOMPARE(receiver.requests.size(), 0);
        secret = "now";
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(1));
    }

    void boundsItsQueue()
    {
        Receiver receiver([](const Receiver::Request &) { return QByteArray(); }); // it never answers
        Stage stage{CollectorTiming()};
        stage.setHooks({collector(receiver)});
        const int count = static_cast<int>(CollectorLane::mostSpans + CollectorLane::batchSpans) + 3;
        const LlmEvent call = callOf();
        for (int i = 0; i < count; ++i)
            stage.take(call);
        stage.tally.flush();
        QCOMPARE(stage.counts[m_team].dropped, quint64(3));
        QCOMPARE(stage.counts[m_team].waiting, quint64(count - 3));
        QVERIFY(stage.counts[m_team].oldestWaiting.isValid());
        stage.setHooks({}); // the hook is removed
        QVERIFY(stage.delivery.undelivered().isEmpty());
    }

    void sendsAtMost512SpansAtOnce()
    {
        Receiver receiver(taken);
        Stage stage;
        stage.setHooks({collector(receiver)});
        const LlmEvent call = callOf();
        for (int i = 0; i < 1100; ++i)
            stage.take(call);
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(1100));
        for (const auto &request : receiver.requests)
            QVERIFY(spansOf(request.body).size() <= 512);
    }

    void anotherHookDoesNotWaitForACollectorThatHangs()
    {
        Receiver hanging([](const Receiver::Request &) { return QByteArray(); });
        Receiver receiver(taken);
        Stage stage;
        stage.setHooks({collector(hanging, QStringLiteral("hanging")), collector(receiver)});
        stage.take(callOf());
        QTRY_COMPARE(stage.counts[m_team].delivered, quint64(1));
    }

    void flushesSpansAndMetrics()
    {
        Receiver receiver(taken);
        Running running;
        running.setHooks({collector(receiver)});
        const LlmEvent call = callOf();
        ProxyEvent answer = proxyEvent(HookEvent::OnResponse);
        answer.id = call.id;
        running.dispatch(batchOf({call, answer}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(receiver.requests.size(), 2);
        QCOMPARE(pathOf(receiver.requests[0]), QByteArray("/v1/traces"));
        QCOMPARE(spansOf(receiver.requests[0].body).size(), 1);
        QCOMPARE(pathOf(receiver.requests[1]), QByteArray("/v1/metrics"));
        QTRY_COMPARE(running.counts("team").delivered, quint64(1));
    }

    void flushDoesNotWaitForACollectorThatIsNotThere()
    {
        Running running;
        running.setHooks(
            {hookTo(m_team, OtlpTarget{QStringLiteral("http://127.0.0.1:1")}, HookEvent::OnResponse)});
        running.dispatch(batchOf({callOf()}));
        running.flush(60'000);
        QTRY_COMPARE(running.flushed, 1);
        QTRY_VERIFY2(running.counts("team").lastError.startsWith(
                         QLatin1String("Export to http://127.0.0.1:1 failed: ")),
                     qPrintable(running.counts("team").lastError));
    }

    void looksAtTheHooksCondition()
    {
        Receiver receiver(taken);
        Running running;
        Hook hook = collector(receiver);
        hook.when = *Filter::compile(QStringLiteral("model:claude*"));
        running.setHooks({hook});
        running.dispatch(batchOf({callOf("gpt-4o"), callOf("claude-opus-4")}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        const QJsonArray spans = spansOf(receiver.requests.value(0).body);
        QCOMPARE(spans.size(), 1);
        QCOMPARE(spans[0][QLatin1String("name")].toString(), QStringLiteral("chat claude-opus-4"));
    }

    void theTestShowsTheCollectorsAnswer()
    {
        QByteArray answer = taken({});
        Receiver receiver([&](const Receiver::Request &) { return answer; });
        Running running;
        running.test(collector(receiver));
        QTRY_COMPARE(running.tested.size(), 1);
        QVERIFY(running.tested[0].delivered);
        QVERIFY2(running.tested[0].text.startsWith(QLatin1String("Answered 200 in ")),
                 qPrintable(running.tested[0].text));
        QCOMPARE(spansOf(receiver.requests[0].body)[0][QLatin1String("name")].toString(),
                 QStringLiteral("chat gpt-4o"));

        answer = Receiver::status("200 OK", {},
                                  R"({"partialSuccess":{"rejectedSpans":1,"errorMessage":"no tenant"}})");
        running.test(collector(receiver));
        QTRY_COMPARE(running.tested.size(), 2);
        QVERIFY(!running.tested[1].delivered);
        QCOMPARE(running.tested[1].text, QStringLiteral("The collector rejected 1 of 1: no tenant"));

        answer = Receiver::status("415 Unsupported Media Type", {}, "protobuf only");
        running.test(collector(receiver));
        QTRY_COMPARE(running.tested.size(), 3);
        QVERIFY(!running.tested[2].delivered);
        QVERIFY2(running.tested[2].text.contains(QLatin1String("protobuf only")),
                 qPrintable(running.tested[2].text));

        running.test(hookTo(m_team, OtlpTarget{receiver.url()}, HookEvent::OnRequest));
        QTRY_COMPARE(running.tested.size(), 4);
        QVERIFY(running.tested[3].text.contains(QLatin1String("on_response")));
    }
};

QTEST_GUILESS_MAIN(CollectorDeliveryTest)
#include "tst_collectordelivery.moc"
