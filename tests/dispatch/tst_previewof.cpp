#include "core/dispatch/previewof.h"
#include "receiver.h"
#include "running.h"

#include <QFile>
#include <QHostInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

const QByteArray key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

QByteArray nameOf(const QByteArray &line)
{
    return line.left(line.indexOf(':')).toLower();
}

// The lines of a head, sorted: QNAM's order is its own affair. Those whose values are made later by name
// alone.
QList<QByteArray> comparable(QList<QByteArray> lines, const QList<QByteArray> &later)
{
    for (QByteArray &line : lines) {
        const QByteArray name = nameOf(line);
        line = later.contains(name) ? name : line.contains(": ") ? name + line.mid(name.size()) : line;
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

QList<QByteArray> linesOf(const Receiver::Request &request)
{
    QList<QByteArray> lines;
    for (const QByteArray &line : request.head.trimmed().split('\n'))
        lines << line.trimmed();
    return lines;
}

QList<QByteArray> linesOf(const DeliveryPreview::Part &part)
{
    QList<QByteArray> lines;
    for (const QString &line : part.head)
        lines << line.toUtf8();
    return lines;
}

Event callEvent()
{
    LlmEvent call = llmEvent();
    call.model = "gpt-4o";
    call.host = "api.openai.com";
    call.tokens.input = 10;
    call.tokens.output = 5;
    call.usage = UsageState::Reported;
    call.durationUs = 1'500'000;
    return call;
}

} // namespace

class TestPreviewOf : public QObject {
    Q_OBJECT
private slots:
    void isWhatAWebhookGets_data();
    void isWhatAWebhookGets();
    void holdsNoSecret();
    void isWhatAFileGets();
    void isWhatAProgramGets();
    void isWhatACollectorGets();
    void isTheLineOfOthers();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void isOfASampleWithoutAnEvent();
};

void TestPreviewOf::isWhatAWebhookGets_data()
{
    QTest::addColumn<Hook>("hook");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const Hook &hook, const QString &path = QStringLiteral("/hook")) {
        QTest::newRow(name) << hook << path;
    };
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{}, HookEvent::OnResponse);
    row("plain", hook);
    row("query", hook, QStringLiteral("/a%20b/?x=1&y=%C3%BC#part"));
    row("no path", hook, QString());
    Hook more = hook;
    more.sending.fields = {{QStringLiteral("X-Team"), QStringLiteral("blue")},
                           {QStringLiteral("accept-language"), QStringLiteral("fr")}};
    more.delivery.batch = Batching{10, 0};
    row("headers, array", more);
    Hook made = hook;
    made.sending.body = *PayloadTemplate::compile(QStringLiteral("{\"text\": \"{{summary}}\"}"));
    row("template", made);
    made.sending.signWith = QStringList{QStringLiteral("KEY")};
    row("signed", made);
}

void TestPreviewOf::isWhatAWebhookGets()
{
    QFETCH(Hook, hook);
    QFETCH(QString, path);
    Receiver receiver;
    hook.target = WebhookTarget{receiver.url(path)};
    Running running;
    running.setSecrets({{QStringLiteral("KEY"), key}});
    running.setHooks({hook});
    const Event event = callEvent();
    running.dispatch(batchOf({event}));
    QTRY_COMPARE(receiver.requests.size(), 1);

    const DeliveryPreview preview = previewOf(hook, CapturedEvent{event, {}, 0});
    QVERIFY2(preview.problem.isEmpty(), qPrintable(preview.problem));
    QCOMPARE(preview.parts.size(), 1);
    QCOMPARE(preview.parts.first().body, receiver.requests.first().body);
    const QList<QByteArray> later{"webhook-id", "webhook-timestamp", "webhook-signature"};
    QCOMPARE(comparable(linesOf(preview.parts.first()), later),
             comparable(linesOf(receiver.requests.first()), later));
}

void TestPreviewOf::holdsNoSecret()
{
    Hook hook = hookTo(QStringLiteral("a"),
                       WebhookTarget{QStringLiteral("https://user:pass1@example.com/x?token=pass2&a=b")},
                       HookEvent::OnResponse);
    hook.sending.fields = {{QStringLiteral("X-Api-Key"), QStringLiteral("k {secret:TOKEN}")}};
    hook.sending.body =
        *PayloadTemplate::compile(QStringLiteral("{\"k\": \"{secret:OTHER}\", \"m\": \"{{model}}\"}"));
    hook.sending.signWith = QStringList{QStringLiteral("KEY")};
    const DeliveryPreview preview = previewOf(hook, CapturedEvent{callEvent(), {}, 0});
    QVERIFY2(preview.problem.isEmpty(), qPrintable(preview.problem));
    const DeliveryPreview::Part &part = preview.parts.first();
    const QString head = part.head.join(QLatin1Char('\n'));
    QVERIFY2(!head.contains(QLatin1String("pass")) && !part.title.contains(QLatin1String("pass")),
             qPrintable(head));
    QVERIFY(head.contains(QLatin1String("POST /x?token=***&a=b HTTP/1.1")));
    QVERIFY(head.contains(QLatin1String("Authorization: Basic ***")));
    QVERIFY(head.contains(QLatin1String("X-Api-Key: k ***")));
    QVERIFY(head.contains(QStringLiteral("webhook-signature: ‹made at each try, with KEY›")));
    QCOMPARE(part.body, QByteArray("{\"k\": \"***\", \"m\": \"gpt-4o\"}"));
}

void TestPreviewOf::isWhatAFileGets()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.jsonl"));
    const Hook hook = hookTo(QStringLiteral("a"), FileTarget{path, {}}, HookEvent::OnResponse);
    Running running;
    running.setHooks({hook});
    const Event event = callEvent();
    running.dispatch(batchOf({event}));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(previewOf(hook, CapturedEvent{event, {}, 0}).parts.first().body, file.readAll());
}

void TestPreviewOf::isWhatAProgramGets()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("got"));
    ExecTarget exec;
    exec.command = QStringList{QStringLiteral("/bin/cp"), QStringLiteral("/dev/stdin"), path};
    const Hook hook = hookTo(QStringLiteral("a"), exec, HookEvent::OnResponse);
    Running running;
    running.setHooks({hook});
    const Event event = callEvent();
    running.dispatch(batchOf({event}));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const DeliveryPreview preview = previewOf(hook, CapturedEvent{event, {}, 0});
    QCOMPARE(preview.parts.size(), 2);
    QCOMPARE(preview.parts[0].head, exec.command);
    QCOMPARE(preview.parts[1].body, file.readAll());
}

void TestPreviewOf::isWhatACollectorGets()
{
    Receiver receiver;
    Hook hook =
        hookTo(QStringLiteral("a"), OtlpTarget{receiver.url(QStringLiteral("/otlp"))}, HookEvent::OnResponse);
    hook.sending.fields = {{QStringLiteral("X-Team"), QStringLiteral("blue")}};
    Running running;
    running.setHooks({hook});
    const Event event = callEvent();
    running.dispatch(batchOf({event}));
    running.flush();
    QTRY_COMPARE(receiver.requests.size(), 2);
    const DeliveryPreview preview = previewOf(hook, CapturedEvent{event, {}, 0});
    QVERIFY2(preview.problem.isEmpty(), qPrintable(preview.problem));
    QCOMPARE(preview.parts.size(), 2);
    QCOMPARE(comparable(linesOf(preview.parts.first()), {}),
             comparable(linesOf(receiver.requests.first()), {}));
    // But for the id of who exports.
    const QByteArray got = receiver.requests.first().body;
    const QByteArray shown = preview.parts.first().body;
    QCOMPARE(shown.size(), got.size());
    const qsizetype at = shown.indexOf("00000000-0000-0000-0000-000000000000");
    QVERIFY(at > 0);
    QCOMPARE(shown.left(at), got.left(at));
    QCOMPARE(shown.mid(at + 36), got.mid(at + 36));
    QVERIFY(preview.parts.last().head.first().contains(QLatin1String("/otlp/v1/metrics")));
    QVERIFY(preview.parts.last().body.contains("gen_ai.client.token.usage"));
}

void TestPreviewOf::isTheLineOfOthers()
{
    const CapturedEvent event{callEvent(), {}, 0};
    const DeliveryPreview audit =
        previewOf(hookTo(QStringLiteral("a"), AuditTarget{}, HookEvent::OnResponse), event);
    QVERIFY(audit.parts.first().body.startsWith("[proxy:llm] local openai /v1/chat/completions"));
    const DeliveryPreview notify =
        previewOf(hookTo(QStringLiteral("a"), NotifyTarget{}, HookEvent::OnResponse), event);
    QCOMPARE(notify.parts.first().title, QStringLiteral("a"));
    QVERIFY2(notify.parts.first().body.contains("gpt-4o"), notify.parts.first().body);
}

void TestPreviewOf::saysWhatIsWrong_data()
{
    QTest::addColumn<Hook>("hook");
    QTest::addColumn<QString>("text");
    QTest::newRow("no URL") << hookTo(QStringLiteral("a"), WebhookTarget{}) << "must start with http";
    QTest::newRow("no path") << hookTo(QStringLiteral("a"), FileTarget{}) << "cannot be empty";
    Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{QStringLiteral("http://h/")});
    hook.sending.fields = {{QStringLiteral("Host"), QStringLiteral("x")}};
    QTest::newRow("field") << hook << "is set by Hookscope itself";
}

void TestPreviewOf::saysWhatIsWrong()
{
    QFETCH(Hook, hook);
    QFETCH(QString, text);
    const DeliveryPreview preview = previewOf(hook, {});
    QVERIFY(preview.parts.isEmpty());
    QVERIFY2(preview.problem.contains(text), qPrintable(preview.problem));
}

void TestPreviewOf::isOfASampleWithoutAnEvent()
{
    for (const HookEvent moment : {HookEvent::OnRequest, HookEvent::OnResponse, HookEvent::OnBudget}) {
        const Hook hook = hookTo(QStringLiteral("a"), FileTarget{QStringLiteral("/x"), {}}, moment);
        const DeliveryPreview preview = previewOf(hook, {});
        QVERIFY(preview.parts.first().body.contains("\"test\""));
    }
    const Hook collector = hookTo(QStringLiteral("a"), OtlpTarget{QStringLiteral("http://127.0.0.1:4318")},
                                  HookEvent::OnResponse);
    QCOMPARE(previewOf(collector, {}).parts.size(), 2);
}

QTEST_GUILESS_MAIN(TestPreviewOf)
#include "tst_previewof.moc"
