#include "core/dispatch/hookdispatcher.h"
#include "core/events/eventjson.h"
#include "receiver.h"
#include "running.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookscope;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<cannot be read>");
}

} // namespace

class HookDispatcherTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_count = 0;

    QString newPath() { return m_dir.filePath(QStringLiteral("file%1").arg(++m_count)); }

private slots:
    void initTestCase() { qputenv("http_proxy", "http://127.0.0.1:1"); }

    void sendsEachEventToTheHooksOfItsMoment()
    {
        Receiver receiver;
        const QString onRequest = newPath();
        const QString onResponse = newPath();
        Running running;
        running.setHooks(
            {hookTo(QStringLiteral("req-file"), FileTarget{onRequest}),
             hookTo(QStringLiteral("resp-file"), FileTarget{onResponse}, HookEvent::OnResponse),
             hookTo(QStringLiteral("req-web"), WebhookTarget{receiver.url(QStringLiteral("/req"))}),
             hookTo(QStringLiteral("resp-web"), WebhookTarget{receiver.url(QStringLiteral("/resp"))},
                    HookEvent::OnResponse),
             hookTo(QStringLiteral("resp-audit"), AuditTarget(), HookEvent::OnResponse)});
        const ProxyEvent request = proxyEvent(HookEvent::OnRequest);
        const ProxyEvent response = proxyEvent(HookEvent::OnResponse);
        const LlmEvent call = llmEvent();
        running.dispatch(batchOf({Started{}, request, Answered{}, CallProgress{}, call, response}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);

        QCOMPARE(contentOf(onRequest), QByteArray::fromStdString(toJson(request) + "\n"));
        QCOMPARE(contentOf(onResponse),
                 QByteArray::fromStdString(toJson(call) + "\n" + toJson(response) + "\n"));
        QSet<QByteArray> bodies;
        for (const Receiver::Request &got : receiver.requests)
            bodies.insert(got.head.left(got.head.indexOf(" HTTP")) + ' ' + got.body);
        QCOMPARE(bodies,
                 (QSet<QByteArray>{"POST /req " + QByteArray::fromStdString(toJson(request)),
                                   "POST /resp " + QByteArray::fromStdString(toJson(call)),
                                   "POST /resp " + QByteArray::fromStdString(toJson(response))}));
        QCOMPARE(running.counts("req-file").delivered, 1u);
        QCOMPARE(running.counts("resp-file").delivered, 2u);
        QCOMPARE(running.counts("req-web").delivered, 1u);
        QCOMPARE(running.counts("resp-web").delivered, 2u);
        QCOMPARE(running.counts("resp-audit").delivered, 2u);
        QVERIFY(running.counts("resp-audit").lastTime.isValid());
        QCOMPARE(running.failed.size(), 0);
    }

    void sendsWhatTheConditionOfTheHookHoldsFor_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<bool>("takesCall");
        QTest::addColumn<bool>("takesResponse");
        QTest::newRow("none") << QString() << true << true;
        QTest::newRow("of calls") << "provider:openai" << true << false;
        QTest::newRow("of both") << "-status>=500" << true << true;
        QTest::newRow("of answers") << "url:*" << false << true;
        QTest::newRow("never") << "status>=500" << false << false;
    }

    void sendsWhatTheConditionOfTheHookHoldsFor()
    {
        QFETCH(QString, when);
        QFETCH(bool, takesCall);
        QFETCH(bool, takesResponse);
        const QString path = newPath();
        Hook hook = hookTo(QStringLiteral("some"), FileTarget{path}, HookEvent::OnResponse);
        hook.when = Filter::compile(when).value();
        Running running;
        running.setHooks({hook});
        const ProxyEvent response = proxyEvent(HookEvent::OnResponse);
        const LlmEvent call = llmEvent();
        running.dispatch(batchOf({Started{}, proxyEvent(HookEvent::OnRequest), call, response}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        std::string expected;
        if (takesCall)
            expected += toJson(call) + "\n";
        if (takesResponse)
            expected += toJson(response) + "\n";
        QCOMPARE(QFile::exists(path) ? contentOf(path) : QByteArray(), QByteArray::fromStdString(expected));
        QCOMPARE(running.counts("some").delivered, quint64(takesCall) + quint64(takesResponse));
    }

    void tellsWhatBecameOfEachEventAtEachHook()
    {
        Receiver receiver;
        Running running;
        running.setHooks({hookTo(QStringLiteral("file"), FileTarget{newPath()}),
                          hookTo(QStringLiteral("no-file"), FileTarget{QStringLiteral("/dev/null/x")}),
                          hookTo(QStringLiteral("web"), WebhookTarget{receiver.url(QStringLiteral("/"))},
                                 HookEvent::OnResponse),
                          hookTo(QStringLiteral("audit"), AuditTarget(), HookEvent::OnResponse)});
        const ProxyEvent request = proxyEvent(HookEvent::OnRequest);
        const LlmEvent call = llmEvent();
        BodyKept body;
        body.text = std::make_shared<const std::string>("no hook gets it");
        running.dispatch(batchOf({request, call, body}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QTRY_COMPARE(running.outcomes.size(), 4);
        using Result = HookOutcome::Result;
        const auto of = [&](const char *name) {
            for (const HookOutcome &outcome : running.outcomes) {
                if (outcome.hookName == QLatin1String(name))
                    return outcome;
            }
            return HookOutcome();
        };
        QCOMPARE(of("file").result, Result::Delivered);
        QCOMPARE(of("file").mark, (DeliveryMark{request.id, HookEvent::OnRequest, false}));
        QCOMPARE(of("no-file").result, Result::Failed);
        QVERIFY(!of("no-file").text.isEmpty());
        QCOMPARE(of("web").result, Result::Delivered);
        QCOMPARE(of("web").mark, (DeliveryMark{call.id, HookEvent::OnResponse, true}));
        QCOMPARE(of("audit").mark.exchange, call.id);
        QVERIFY(of("audit").time.isValid());
    }

    void tellsOnlyTheLastOfVeryManyOutcomes()
    {
        Running running;
        running.setHooks({hookTo(QStringLiteral("file"), FileTarget{newPath()})});
        running.dispatch(requests(5000));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(running.counts("file").delivered, 5000u);
        QVERIFY(!running.outcomes.isEmpty() && running.outcomes.size() <= 1000);
    }

    void auditsEveryEventAlsoWithoutHooks()
    {
        const QString path = newPath();
        const int fd = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const ProxyEvent request = proxyEvent(HookEvent::OnRequest);
        const ProxyEvent response = proxyEvent(HookEvent::OnResponse);
        const LlmEvent call = llmEvent();
        {
            Running running(fd);
            running.dispatch(batchOf({Started{}, request, call, response}));
            running.flush();
            QTRY_COMPARE(running.flushed, 1);
        }
        ::close(fd);
        QCOMPARE(contentOf(path),
                 QByteArray::fromStdString(auditLine(request) + "\n" + auditLine(call) + "\n"
                                           + auditLine(response) + "\n"));
        QVERIFY(contentOf(path).startsWith("[proxy:audit] local GET http"));
    }

    void countsAnAuditHookOnce()
    {
        const QString path = newPath();
        const int fd = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        {
            Running running(fd);
            running.setHooks(
                {hookTo(QStringLiteral("a"), AuditTarget()), hookTo(QStringLiteral("b"), AuditTarget())});
            running.dispatch(requests(3));
            running.flush();
            QTRY_COMPARE(running.flushed, 1);
            QCOMPARE(running.counts("a").delivered, 3u);
            QCOMPARE(running.counts("b").delivered, 3u);
        }
        ::close(fd);
        QCOMPARE(contentOf(path).count('\n'), 3);
    }

    void aDisabledHookGetsNothing()
    {
        Receiver receiver;
        const QString path = newPath();
        Hook web = hookTo(QStringLiteral("web"), WebhookTarget{receiver.url()});
        Hook file = hookTo(QStringLiteral("file"), FileTarget{path});
        web.enabled = file.enabled = false;
        Running running;
        running.setHooks({web, file});
        running.dispatch(requests(5));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(receiver.connections, 0);
        QVERIFY(!QFile::exists(path));
        QCOMPARE(running.counts("web"), DeliveryCounts());
    }

    void aHangingReceiverDelaysNoOther()
    {
        Receiver hanging([](const Receiver::Request &) { return QByteArray(); });
        Receiver healthy;
        Running running;
        running.setHooks({hookTo(QStringLiteral("A"), WebhookTarget{hanging.url()}),
                          hookTo(QStringLiteral("B"), WebhookTarget{healthy.url()})});
        running.dispatch(requests(200));
        QTRY_COMPARE(running.counts("B").delivered, 200u);
        QCOMPARE(healthy.requests.size(), 200);
        QCOMPARE(running.counts("A").delivered, 0u);
        QCOMPARE(hanging.requests.size(), inFlightLimit);
    }

    void dropsAndCountsWhatTheQueueCannotHold()
    {
        Receiver hanging([](const Receiver::Request &) { return QByteArray(); });
        Running running;
        running.setHooks({hookTo(QStringLiteral("A"), WebhookTarget{hanging.url()})});
        running.dispatch(requests(HookDispatcher::queueLimit + inFlightLimit + 4));
        QTRY_COMPARE(running.counts("A").dropped, 4u);
        QVERIFY(running.failed.size() >= 1);
        QVERIFY(running.failed.first().contains(QLatin1String("full")));
    }

    void dropsTheQueueOfARemovedHook()
    {
        Receiver hanging([](const Receiver::Request &) { return QByteArray(); });
        Running running;
        const Hook kept = hookTo(QStringLiteral("kept"), WebhookTarget{hanging.url()});
        Hook disabled = hookTo(QStringLiteral("off"), WebhookTarget{hanging.url()});
        running.setHooks({kept, hookTo(QStringLiteral("gone"), WebhookTarget{hanging.url()}), disabled});
        running.dispatch(requests(10));
        disabled.enabled = false;
        running.setHooks({kept, disabled});
        QTRY_COMPARE(running.counts("off").dropped, 4u); // 6 are under way
        QCOMPARE(running.counts("gone").dropped, 0u);
        QCOMPARE(running.counts("kept").dropped, 0u);
    }

    void countsStartAnewForAHookOfARemovedName()
    {
        Running running;
        const QList<Hook> hooks{hookTo(QStringLiteral("a"), AuditTarget())};
        running.setHooks(hooks);
        running.dispatch(requests(3));
        QTRY_COMPARE(running.counts("a").delivered, 3u);
        running.setHooks(hooks);
        running.dispatch(requests(1));
        QTRY_COMPARE(running.counts("a").delivered, 4u);
        running.setHooks({});
        running.setHooks(hooks);
        running.dispatch(requests(1));
        QTRY_COMPARE(running.counts("a").delivered, 1u);
    }

    void countsAndNamesFailures()
    {
        Receiver broken([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
        const QString log = newPath();
        const int fd = ::open(QFile::encodeName(log).constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        QUrl url(broken.url());
        url.setUserInfo(QStringLiteral("me:canary-12345"));
        {
            Running running(fd);
            running.setHooks({hookTo(QStringLiteral("web"), WebhookTarget{url.toString()}),
                              hookTo(QStringLiteral("file"), FileTarget{m_dir.path()})});
            running.dispatch(requests(20));
            running.flush();
            QTRY_COMPARE(running.flushed, 1);
            QCOMPARE(running.counts("web").failed, 20u);
            QCOMPARE(running.counts("web").retried, 40u); // three tries each
            QVERIFY(running.counts("web").lastError.contains(QLatin1String("500")));
            QCOMPARE(running.counts("file").failed, 20u);
            QVERIFY(running.counts("file").lastError.contains(m_dir.path()));
            // the first at once, the others together
            QTRY_COMPARE(running.failed.size(), 3);
            for (const QString &line : running.failed)
                QVERIFY(line.startsWith(QLatin1String("[proxy:hook] ")));
        }
        ::close(fd);
        const QByteArray lines = contentOf(log);
        QCOMPARE(lines.count("[proxy:hook] web: "), 2);
        QVERIFY(lines.contains("19 more failures"));
        QCOMPARE(lines.count("[proxy:hook] file: "), 1);
        QVERIFY(!lines.contains("canary"));
    }

    void manyHooksShareAFile()
    {
        const QString path = newPath();
        Running running;
        running.setHooks({hookTo(QStringLiteral("a"), FileTarget{path}),
                          hookTo(QStringLiteral("b"), FileTarget{path}),
                          hookTo(QStringLiteral("c"), FileTarget{path}, HookEvent::OnResponse)});
        running.dispatch(batchOf({proxyEvent(HookEvent::OnRequest), proxyEvent(HookEvent::OnResponse)}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(contentOf(path).count('\n'), 3);
    }

    void writesALargeBatchWhole()
    {
        const QString path = newPath();
        Running running;
        running.setHooks({hookTo(QStringLiteral("a"), FileTarget{path})});
        running.dispatch(requests(20'000));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        const QList<QByteArray> lines = contentOf(path).split('\n');
        QCOMPARE(lines.size(), 20'001);
        for (int i = 0; i < 20'000; i += 997)
            QVERIFY(QJsonDocument::fromJson(lines.at(i)).isObject());
        QCOMPARE(running.counts("a").delivered, 20'000u);
    }

    void notesATornLine()
    {
        const QString path = newPath();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"cut") == 5 && (file.close(), true));
        Running running;
        running.setHooks({hookTo(QStringLiteral("a"), FileTarget{path})});
        running.dispatch(requests(1));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QTRY_COMPARE(running.failed.size(), 1);
        QVERIFY(running.failed.first().contains(path));
        QCOMPARE(running.counts("a").failed, 0u);
        QCOMPARE(running.counts("a").delivered, 1u);
    }

    void deliversBudgetsToTheirHooksAlone()
    {
        Receiver receiver;
        const QString budgets = newPath();
        const QString others = newPath();
        const QString log = newPath();
        const int fd = ::open(QFile::encodeName(log).constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        BudgetEvent event;
        event.budget = "daily";
        event.limit = 5;
        {
            Running running(fd);
            running.setHooks(
                {hookTo(QStringLiteral("file"), FileTarget{budgets}, HookEvent::OnBudget),
                 hookTo(QStringLiteral("web"), WebhookTarget{receiver.url()}, HookEvent::OnBudget),
                 hookTo(QStringLiteral("request"), FileTarget{others}, HookEvent::OnRequest),
                 hookTo(QStringLiteral("response"), FileTarget{others}, HookEvent::OnResponse)});
            running.dispatchBudget(event);
            QTRY_COMPARE(running.counts("file").delivered, 1u);
            QTRY_COMPARE(running.counts("web").delivered, 1u);
            QCOMPARE(running.counts("request").delivered + running.counts("response").delivered, 0u);
            QCOMPARE(contentOf(budgets), QByteArray::fromStdString(toJson(event)) + '\n');
            running.dispatch(batchOf({proxyEvent(HookEvent::OnRequest), llmEvent()}));
            QTRY_COMPARE(running.counts("response").delivered, 1u);
            QCOMPARE(running.counts("file").delivered, 1u);
        }
        ::close(fd);
        QVERIFY(!contentOf(log).contains("daily")); // the audit log stays what it was
    }

    void triesABudgetHookOut()
    {
        const QString path = newPath();
        Running running;
        running.test(hookTo(QStringLiteral("file"), FileTarget{path}, HookEvent::OnBudget));
        QTRY_COMPARE(running.tested.size(), 1);
        QVERIFY(running.tested.first().delivered);
        const QJsonObject sent = QJsonDocument::fromJson(contentOf(path)).object();
        QCOMPARE(sent.value(QLatin1String("event")).toString(), QStringLiteral("on_budget"));
        QCOMPARE(sent.value(QLatin1String("budget")).toString(), QStringLiteral("test"));
    }

    void aStalledAuditReaderHoldsNothingUp()
    {
        int ends[2];
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const QString path = newPath();
        {
            Running running(ends[1]);
            running.setHooks({hookTo(QStringLiteral("file"), FileTarget{path}),
                              hookTo(QStringLiteral("audit"), AuditTarget())});
            running.dispatch(requests(40'000));
            QTRY_COMPARE(running.counts("file").delivered, 40'000u);
            const DeliveryCounts audit = running.counts("audit");
            QCOMPARE(audit.delivered + audit.dropped, 40'000u);
            QVERIFY(audit.dropped > 0);
            running.flush(1);
            QTRY_COMPARE(running.flushed, 1);
        }
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void flushIsBoundedAndAnswersOncePerCall()
    {
        Receiver hanging;
        QPointer<QTcpSocket> socket;
        hanging.onRequest = [&](QTcpSocket *from) {
            socket = from;
        };
        Running running;
        running.setHooks({hookTo(QStringLiteral("A"), WebhookTarget{hanging.url()})});
        running.dispatch(requests(1));
        running.flush(50);
        running.flush(100'000);
        QTRY_COMPARE(running.flushed, 1);
        QTRY_VERIFY(socket);
        socket->write(Receiver::status("200 OK"));
        QTRY_COMPARE(running.flushed, 2);
        QCOMPARE(running.counts("A").delivered, 1u);
        running.flush(0);
        QTRY_COMPARE(running.flushed, 3);
        running.test(hookTo(QStringLiteral("a"), AuditTarget())); // something behind it
        QTRY_COMPARE(running.tested.size(), 1);
        QCOMPARE(running.flushed, 3);
    }

    void tellsWhatWasLeftAtTheEnd()
    {
        Receiver hanging([](const Receiver::Request &) { return QByteArray(); });
        const QString log = newPath();
        const int fd = ::open(QFile::encodeName(log).constData(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        {
            Running running(fd);
            running.setHooks({hookTo(QStringLiteral("A"), WebhookTarget{hanging.url()})});
            running.dispatch(requests(9));
            running.flush(1);
            QTRY_COMPARE(running.flushed, 1);
        }
        ::close(fd);
        QVERIFY2(contentOf(log).contains("[proxy:hook] A: stopped before 9 events were delivered\n"),
                 contentOf(log).constData());
    }

    void tellsCountsInSteps()
    {
        Running running;
        running.setHooks({hookTo(QStringLiteral("a"), AuditTarget())});
        for (int i = 0; i < 500; ++i)
            running.dispatch(requests(1));
        QTRY_COMPARE(running.counts("a").delivered, 500u);
        QVERIFY(running.emissions < 250);
    }

    void testsAWebhook()
    {
        Receiver receiver([](const Receiver::Request &) {
            return Receiver::status("201 Created", {}, "thanks\x1b[2J" + QByteArray(1000, 'z'));
        });
        Running running;
        Hook hook = hookTo(QStringLiteral("new"), WebhookTarget{receiver.url()}, HookEvent::OnResponse);
        hook.enabled = false;
        running.test(hook);
        QTRY_COMPARE(running.tested.size(), 1);
        const auto result = running.tested.first();
        QCOMPARE(result.hookName, QStringLiteral("new"));
        QVERIFY(result.delivered);
        QVERIFY2(result.text.startsWith(QLatin1String("Answered 201 in ")), qPrintable(result.text));
        QVERIFY(result.text.contains(QLatin1String(" ms: thanks\\u001b[2Jzzz")));
        QVERIFY(result.text.size() < 300);
        const QJsonObject sent = QJsonDocument::fromJson(receiver.requests.first().body).object();
        QCOMPARE(sent.value(QLatin1String("sandbox")).toString(), QStringLiteral("test"));
        QCOMPARE(sent.value(QLatin1String("event")).toString(), QStringLiteral("on_response"));
        QCOMPARE(running.emissions, 0);
    }

    void testsPastAFullQueue()
    {
        int seen = 0;
        Receiver receiver([&](const Receiver::Request &request) {
            ++seen;
            return request.body.contains("\"test\"") ? Receiver::status("200 OK") : QByteArray();
        });
        Running running;
        const Hook hook = hookTo(QStringLiteral("A"), WebhookTarget{receiver.url()});
        running.setHooks({hook});
        running.dispatch(requests(50));
        QTRY_COMPARE(seen, inFlightLimit);
        running.test(hook);
        QTRY_COMPARE(running.tested.size(), 1);
        QVERIFY(running.tested.first().delivered);
    }

    void testsAFileAndTheAuditLog()
    {
        const QString path = newPath();
        Running running;
        running.test(hookTo(QStringLiteral("f"), FileTarget{path}));
        running.test(hookTo(QStringLiteral("a"), AuditTarget()));
        QTRY_COMPARE(running.tested.size(), 2);
        QVERIFY(running.tested.at(0).delivered);
        QVERIFY(running.tested.at(1).delivered);
        QVERIFY(contentOf(path).contains("\"sandbox\":\"test\""));
    }

    void saysWhyATestFailed_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("text");
        QTest::newRow("not valid") << QStringLiteral("nope")
                                   << QStringLiteral("Webhook URL must start with http:// or https://");
        QTest::newRow("line break") << QStringLiteral("http://127.0.0.1/\r\nX: y")
                                    << QStringLiteral("line break");
        QTest::newRow("nobody there") << QStringLiteral("http://127.0.0.1:1/") << QStringLiteral("refused");
    }

    void saysWhyATestFailed()
    {
        QFETCH(QString, url);
        QFETCH(QString, text);
        Running running;
        running.test(hookTo(QStringLiteral("h"), WebhookTarget{url}));
        QTRY_COMPARE(running.tested.size(), 1);
        const auto result = running.tested.first();
        QVERIFY(!result.delivered);
        QVERIFY2(result.text.contains(text), qPrintable(result.text));
    }

    void anInvalidHookFailsAndSendsNothing()
    {
        Running running;
        running.setHooks(
            {hookTo(QStringLiteral("h"), WebhookTarget{QStringLiteral("http://127.0.0.1/\r\nX: y")})});
        running.dispatch(requests(2));
        QTRY_COMPARE(running.counts("h").failed, 2u);
        QVERIFY(running.counts("h").lastError.contains(QLatin1String("line break")));
    }

    void doesNotFireOnItsOwnDeliveries()
    {
        const QString path = newPath();
        Running running;
        running.setHooks({hookTo(QStringLiteral("req"), FileTarget{path}),
                          hookTo(QStringLiteral("resp"), FileTarget{path}, HookEvent::OnResponse)});
        Started own;
        own.id = ExchangeId::next();
        own.head = {{"User-Agent", "hookscope/" HOOKSCOPE_VERSION}};
        ProxyEvent request = proxyEvent(HookEvent::OnRequest);
        ProxyEvent response = proxyEvent(HookEvent::OnResponse);
        request.id = response.id = own.id;
        const ProxyEvent other = proxyEvent(HookEvent::OnRequest, "http://example.com/other");
        running.dispatch(batchOf({own, request}));
        running.dispatch(batchOf({other, response}));
        running.flush();
        QTRY_COMPARE(running.flushed, 1);
        QCOMPARE(contentOf(path), QByteArray::fromStdString(toJson(other) + "\n"));
    }

private:
    static constexpr int inFlightLimit = 6; // in flight per endpoint
};

QTEST_GUILESS_MAIN(HookDispatcherTest)
#include "tst_hookdispatcher.moc"
