#include "core/outbox/outbox.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

QByteArray answerOf(int status)
{
    return QByteArray(
               R"({"timestamp":"2026-01-01T00:00:00Z","sandbox":"s","method":"GET","url":"http://a.test/",)")
        + R"("host":"a.test","status":)" + QByteArray::number(status)
        + R"(,"secret_injected":false,"latency_ms":3,"event":"on_response","id":"00000000-0000-0000-0000-000000000001"})";
}

} // namespace

// The real program, as scripts start it.
class TestGivenUp : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    struct Run {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };

    Run run(const QStringList &arguments) const
    {
        QProcess program;
        program.start(QStringLiteral(HOOKSCOPE_BINARY),
                      arguments + QStringList{QStringLiteral("--data-dir"), m_dir->path()});
        if (!program.waitForFinished())
            return {};
        return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
    }

    void giveUp(Outbox &outbox) const
    {
        outbox.open(m_dir->path());
        std::vector<QueuedEvent> events;
        for (const int status : {404, 500, 503}) {
            QueuedEvent event;
            event.hookName = QStringLiteral("a");
            event.id = "msg_" + QByteArray::number(status);
            event.madeMs = QDateTime::currentMSecsSinceEpoch();
            event.json = answerOf(status);
            event.attempts = 2;
            events.push_back(event);
        }
        QCOMPARE(outbox.append(events), 3u);
        outbox.bury(events, QStringLiteral("it said \"no\""));
    }

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void listsAndSendsAgain();
    void hasNothingWithoutAnOutbox();
    void leavesAnOutboxThatIsInUseAlone();
};

void TestGivenUp::listsAndSendsAgain()
{
    {
        Outbox outbox;
        giveUp(outbox);
    }
    const Run all = run({QStringLiteral("--list-given-up"), QString()});
    QCOMPARE(all.code, 0);
    QCOMPARE(all.out.count('\n'), 3);
    const QJsonObject first = QJsonDocument::fromJson(all.out.left(all.out.indexOf('\n'))).object();
    QCOMPARE(first.value(QLatin1String("hook")).toString(), QStringLiteral("a"));
    QCOMPARE(first.value(QLatin1String("webhook_id")).toString(), QStringLiteral("msg_404"));
    QCOMPARE(first.value(QLatin1String("tries")).toInt(), 2);
    QCOMPARE(first.value(QLatin1String("reason")).toString(), QStringLiteral("it said \"no\""));
    QCOMPARE(first.value(QLatin1String("event")).toObject().value(QLatin1String("status")).toInt(), 404);
    QVERIFY(first.contains(QLatin1String("made")) && first.contains(QLatin1String("given_up")));

    QCOMPARE(run({QStringLiteral("--list-given-up"), QStringLiteral("status>=500")}).out.count('\n'), 2);
    const Run resent = run({QStringLiteral("--resend-given-up"), QStringLiteral("status:503")});
    QCOMPARE(resent.code, 0);
    QVERIFY2(resent.err.contains("1 events wait again"), resent.err.constData());
    QCOMPARE(run({QStringLiteral("--list-given-up"), QString()}).out.count('\n'), 2);
    Outbox outbox;
    outbox.open(m_dir->path());
    const auto waiting = outbox.waiting(QStringLiteral("a"), 0, 10);
    QCOMPARE(waiting.size(), 1u);
    QCOMPARE(waiting[0].id, QByteArray("msg_503"));
    QCOMPARE(waiting[0].attempts, 0);
}

void TestGivenUp::hasNothingWithoutAnOutbox()
{
    const Run listed = run({QStringLiteral("--list-given-up"), QString()});
    QCOMPARE(listed.code, 0);
    QCOMPARE(listed.out, QByteArray());
    QVERIFY(run({QStringLiteral("--resend-given-up"), QString()})
                .err.contains("Nothing that was given up fits."));
    QVERIFY(QDir(m_dir->path()).isEmpty());
}

void TestGivenUp::leavesAnOutboxThatIsInUseAlone()
{
    Outbox outbox;
    giveUp(outbox);
    for (const char *option : {"--list-given-up", "--resend-given-up"}) {
        const Run refused = run({QString::fromLatin1(option), QString()});
        QCOMPARE(refused.code, 1);
        QCOMPARE(refused.out, QByteArray());
        QVERIFY2(refused.err.contains("outbox.db cannot be used"), refused.err.constData());
    }
    QCOMPARE(outbox.deadLetters({}, 10).size(), 3);
}

QTEST_GUILESS_MAIN(TestGivenUp)
#include "tst_givenup.moc"
