#include "core/outbox/outbox.h"
#include "failingsync.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hookscope;

namespace {

QueuedEvent eventFor(const char *hook, const QByteArray &json)
{
    QueuedEvent result;
    result.hookName = QString::fromLatin1(hook);
    result.id = "msg_" + json;
    result.mark = {ExchangeId::next(), HookEvent::OnResponse, true};
    result.madeMs = QDateTime::currentMSecsSinceEpoch();
    result.json = json;
    return result;
}

std::vector<QueuedEvent> events(const char *hook, int count, int first = 0)
{
    std::vector<QueuedEvent> result;
    for (int i = first; i < first + count; ++i)
        result.push_back(eventFor(hook, QByteArray::number(i)));
    return result;
}

QByteArrayList jsonOf(const std::vector<QueuedEvent> &events)
{
    QByteArrayList list;
    for (const QueuedEvent &each : events)
        list.append(each.json);
    return list;
}

int modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? static_cast<int>(status.st_mode & 0777)
                                                                     : -1;
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void execute(const QString &path, const QString &sql)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(sql));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
}

const QString hook = QStringLiteral("a");

} // namespace

class OutboxTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString folder() const { return m_dir->filePath(QStringLiteral("data")); }
    QString file() const { return folder() + QStringLiteral("/outbox.db"); }

    QStringList movedAside() const
    {
        return QDir(folder()).entryList({QStringLiteral("outbox.db.corrupt-*Z")});
    }

private slots:
    void initTestCase() { FailingSync::install(); }
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void keepsWhatWaitsInItsOrderOverARestart()
    {
        {
            Outbox outbox;
            outbox.open(folder());
            QVERIFY2(outbox.state().isDurable, qPrintable(outbox.state().text));
            auto first = events("a", 3);
            auto other = events("b", 2, 10);
            QCOMPARE(outbox.append(first), 3u);
            QCOMPARE(outbox.append(other), 2u);
        }
        Outbox outbox;
        outbox.open(folder());
        auto later = events("a", 1, 3);
        QCOMPARE(outbox.append(later), 1u);
        const auto waiting = outbox.waiting(hook, 0, 100);
        QCOMPARE(jsonOf(waiting), (QByteArrayList{"0", "1", "2", "3"}));
        QCOMPARE(waiting[1].id, QByteArray("msg_1"));
        QVERIFY(waiting[1].mark.isLlmEvent);
        QCOMPARE(waiting[3].mark, later[0].mark);
        QCOMPARE(jsonOf(outbox.waiting(hook, waiting[1].sequence, 1)), QByteArrayList{"2"});
        QCOMPARE(outbox.waitingOf(hook), 4u);
        QCOMPARE(outbox.state().waiting, 6u);
    }

    void isForItsUserAlone()
    {
        Outbox outbox;
        outbox.open(folder());
        auto some = events("a", 1);
        outbox.append(some);
        QCOMPARE(modeOf(folder()), 0700);
        QCOMPARE(modeOf(file()), 0600);
        QCOMPARE(modeOf(file() + QStringLiteral("-wal")), 0600);
    }

    void narrowsAFileThatOthersCouldRead()
    {
        QVERIFY(QDir().mkpath(folder()));
        overwrite(file(), {});
        QVERIFY(QFile::setPermissions(file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        Outbox outbox;
        outbox.open(folder());
        QCOMPARE(modeOf(file()), 0600);
    }

    void forgetsWhatWasDelivered()
    {
        Outbox outbox;
        outbox.open(folder());
        auto some = events("a", 4);
        outbox.append(some);
        outbox.noteDelivered({some[0], some[2]});
        QCOMPARE(jsonOf(outbox.waiting(hook, 0, 10)), (QByteArrayList{"1", "3"}));
        QCOMPARE(outbox.waitingOf(hook), 2u);
    }

    void remembersTriesAndTheArrayThatWasSent()
    {
        {
            Outbox outbox;
            outbox.open(folder());
            auto some = events("a", 1);
            outbox.append(some);
            some[0].attempts = 3;
            some[0].nextMs = 123456;
            some[0].batchId = "msg_batch";
            outbox.noteTried(some);
        }
        Outbox outbox;
        outbox.open(folder());
        const auto waiting = outbox.waiting(hook, 0, 10);
        QCOMPARE(waiting.size(), 1u);
        QCOMPARE(waiting[0].attempts, 3);
        QCOMPARE(waiting[0].nextMs, 123456);
        QCOMPARE(waiting[0].batchId, QByteArray("msg_batch"));
    }

    void survivesAKill()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) { // ends by force in the middle of its work, after it said how far it was
            Outbox outbox;
            outbox.open(folder());
            for (int i = 0;; ++i) {
                auto one = events("a", 1, i);
                outbox.append(one);
                if (i % 3 == 2)
                    outbox.noteDelivered(one);
                [[maybe_unused]] const ssize_t told = ::write(ends[1], "x", 1);
            }
        }
        char told = 0;
        for (int i = 0; i < 50; ++i)
            QCOMPARE(::read(ends[0], &told, 1), 1);
        QCOMPARE(::kill(child, SIGKILL), 0);
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        ::close(ends[1]);
        int count = 50;
        while (::read(ends[0], &told, 1) == 1)
            ++count;
        ::close(ends[0]);

        Outbox outbox;
        outbox.open(folder());
        QVERIFY2(outbox.state().isDurable && outbox.state().text.isEmpty(), qPrintable(outbox.state().text));
        const QByteArrayList waiting = jsonOf(outbox.waiting(hook, 0, 1'000'000));
        for (int i = 0; i < count; ++i)
            QCOMPARE(waiting.contains(QByteArray::number(i)), i % 3 != 2);
    }

    void keepsWhatWasGivenUpAndSendsItAgain()
    {
        Outbox outbox;
        outbox.open(folder());
        auto some = events("a", 4);
        auto other = events("b", 1, 10);
        outbox.append(some);
        outbox.append(other);
        some[1].attempts = 9;
        outbox.bury({some[0], some[1], some[2]}, QStringLiteral("it is gone"));
        outbox.bury(other, QStringLiteral("no"));
        QCOMPARE(outbox.deadOf(hook), 3u);
        QCOMPARE(outbox.waitingOf(hook), 1u);
        QCOMPARE(jsonOf(outbox.waiting(hook, 0, 10)), QByteArrayList{"3"});

        const QList<DeadLetter> letters = outbox.deadLetters({}, 100);
        QCOMPARE(letters.size(), 4);
        QCOMPARE(letters[1].hookName, hook);
        QCOMPARE(letters[1].attempts, 9);
        QCOMPARE(letters[1].reason, QStringLiteral("it is gone"));
        QCOMPARE(letters[1].webhookId, QByteArray("msg_1"));
        QCOMPARE(letters[1].json, QByteArray("1"));
        QVERIFY(letters[1].given.isValid());

        DeadLetterChoice one;
        one.sequences = QList<qint64>{some[1].sequence};
        QCOMPARE(outbox.deadLetters(one, 100).size(), 1);
        outbox.revive(one);
        auto waiting = outbox.waiting(hook, 0, 10);
        QCOMPARE(jsonOf(waiting), (QByteArrayList{"1", "3"}));
        QCOMPARE(waiting[0].id, QByteArray("msg_1"));
        QCOMPARE(waiting[0].attempts, 0);

        DeadLetterChoice later;
        later.givenSince = QDateTime::currentDateTimeUtc().addSecs(60);
        outbox.revive(later);
        QCOMPARE(outbox.state().dead, 3u);
        DeadLetterChoice ofHook;
        ofHook.hookName = hook;
        QVERIFY(outbox.revive(ofHook).contains(hook));
        QCOMPARE(outbox.waitingOf(hook), 4u);
        QCOMPARE(outbox.deadOf(QStringLiteral("b")), 1u);
        outbox.revive({});
        QCOMPARE(outbox.state().dead, 0u);
        outbox.bury(other, QStringLiteral("no"));
        outbox.discard({});
        QCOMPARE(outbox.state().dead, 0u);
        QCOMPARE(outbox.state().waiting, 4u);
    }

    void givesUpWhatNoHookIsThereFor()
    {
        Outbox outbox;
        outbox.open(folder());
        auto old = events("gone", 2);
        auto ours = events("a", 1);
        old[0].madeMs = 1000;
        ours[0].madeMs = 1000;
        outbox.append(old);
        outbox.append(ours);
        outbox.tidy(2000, {hook});
        QCOMPARE(outbox.deadOf(QStringLiteral("gone")), 1u);
        QCOMPARE(outbox.waitingOf(QStringLiteral("gone")), 1u);
        QCOMPARE(outbox.waitingOf(hook), 1u);
    }

    void movesADamagedFileAside_data()
    {
        QTest::addColumn<QByteArray>("bytes"); // empty: cut in the middle
        QTest::newRow("text")
            << QByteArray("not a data base at all, but long enough to look like one\n").repeated(50);
        QTest::newRow("zeros") << QByteArray(8192, '\0');
        QTest::newRow("header alone") << QByteArray("SQLite format 3\0garbage", 24);
        QTest::newRow("cut") << QByteArray();
    }

    void movesADamagedFileAside()
    {
        QFETCH(QByteArray, bytes);
        if (bytes.isEmpty()) {
            {
                Outbox outbox;
                outbox.open(folder());
                auto many = events("a", 2000);
                outbox.append(many);
            }
            QVERIFY(QFile::resize(file(), QFileInfo(file()).size() / 2 / 4096 * 4096 + 100));
            QFile::remove(file() + QStringLiteral("-wal"));
        } else {
            QVERIFY(QDir().mkpath(folder()));
            overwrite(file(), bytes);
        }
        const qint64 size = QFileInfo(file()).size();
        Outbox outbox;
        outbox.open(folder());
        QVERIFY2(outbox.state().isDurable, qPrintable(outbox.state().text));
        QVERIFY2(outbox.state().text.contains(QLatin1String("damaged")), qPrintable(outbox.state().text));
        QCOMPARE(movedAside().size(), 1);
        QCOMPARE(QFileInfo(folder() + u'/' + movedAside().first()).size(), size);
        auto some = events("a", 2);
        QCOMPARE(outbox.append(some), 2u);
        QCOMPARE(outbox.waiting(hook, 0, 10).size(), 2u);
    }

    void leavesTheFileOfANewerProgramAlone()
    {
        {
            Outbox outbox;
            outbox.open(folder());
            auto some = events("a", 1);
            outbox.append(some);
        }
        execute(file(), QStringLiteral("PRAGMA user_version=2"));
        Outbox outbox;
        QSignalSpy changed(&outbox, &Outbox::stateChanged);
        outbox.open(folder());
        QCOMPARE(changed.count(), 1);
        QVERIFY(!outbox.state().isDurable);
        QVERIFY2(outbox.state().text.contains(QLatin1String("newer")), qPrintable(outbox.state().text));
        auto some = events("a", 2, 5);
        QCOMPARE(outbox.append(some), 2u); // from memory
        QCOMPARE(jsonOf(outbox.waiting(hook, 0, 10)), (QByteArrayList{"5", "6"}));
        QVERIFY(movedAside().isEmpty());
    }

    void refusesWhatIsNoFileOfItsOwn_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"folder", "link", "pipe"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void refusesWhatIsNoFileOfItsOwn()
    {
        QFETCH(QString, kind);
        QVERIFY(QDir().mkpath(folder()));
        if (kind == QLatin1String("folder")) {
            QVERIFY(QDir().mkpath(file()));
        } else if (kind == QLatin1String("link")) {
            overwrite(m_dir->filePath(QStringLiteral("other")), {});
            QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("other")), file()));
        } else {
            QCOMPARE(::mkfifo(QFile::encodeName(file()).constData(), 0600), 0);
        }
        Outbox outbox;
        outbox.open(folder());
        QVERIFY(!outbox.state().isDurable);
        auto some = events("a", 1);
        QCOMPARE(outbox.append(some), 1u);
        QCOMPARE(outbox.waiting(hook, 0, 10).size(), 1u);
    }

    void oneProgramAtATime()
    {
        OutboxLimits limits;
        limits.reopenMs = 10;
        auto first = std::make_unique<Outbox>();
        first->open(folder());
        Outbox second(limits);
        second.open(folder());
        QVERIFY(!second.state().isDurable);
        QVERIFY2(second.state().text.contains(QLatin1String("another program")),
                 qPrintable(second.state().text));
        auto some = events("a", 2);
        second.append(some);
        first.reset();
        QTRY_VERIFY(second.state().isDurable);
        QCOMPARE(jsonOf(second.waiting(hook, 0, 10)), (QByteArrayList{"0", "1"}));
    }

    void goesOnFromMemoryWhileTheDiskIsFull()
    {
        OutboxLimits limits;
        limits.fileBytes = 80 * 4096;
        limits.heldRows = 5;
        limits.retryMs = 10;
        Outbox outbox(limits);
        QSignalSpy changed(&outbox, &Outbox::stateChanged);
        outbox.open(folder());
        std::vector<QueuedEvent> all;
        while (outbox.state().isDurable) {
            std::vector<QueuedEvent> one{eventFor("a", QByteArray(4000, 'x'))};
            QCOMPARE(outbox.append(one), 1u);
            all.push_back(one[0]);
            QVERIFY(all.size() < 100);
        }
        QCOMPARE(changed.count(), 1);
        QVERIFY2(outbox.state().text.contains(QLatin1String("full")), qPrintable(outbox.state().text));
        auto more = events("a", 10);
        QCOMPARE(outbox.append(more), 4u); // one is held already
        QCOMPARE(outbox.waiting(hook, 0, 1000).size(), all.size() + 4);
        QCOMPARE(outbox.waitingOf(hook), all.size() + 4);

        // what is delivered meanwhile stays so, though the file may not take that either
        const std::size_t half = all.size() / 2;
        outbox.noteDelivered(std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(half)));
        QCOMPARE(outbox.waiting(hook, 0, 1000).size(), all.size() - half + 4);
        QTRY_VERIFY(outbox.state().isDurable);
        QVERIFY(outbox.state().text.isEmpty());
        const auto waiting = outbox.waiting(hook, 0, 1000);
        QCOMPARE(waiting.size(), all.size() - half + 4);
        QCOMPARE(waiting.back().json, QByteArray("3"));
        QVERIFY(std::is_sorted(waiting.begin(), waiting.end(), [](const auto &left, const auto &right) {
            return left.sequence < right.sequence;
        }));
    }

    // A sync that failed is not tried again and believed: what was to be committed is written once more.
    void goesOnFromMemoryWhileTheDiskDoesNotSync()
    {
        OutboxLimits limits;
        limits.retryMs = 10;
        auto some = events("a", 1);
        auto more = events("a", 2, 1);
        {
            Outbox outbox(limits);
            outbox.open(folder());
            QCOMPARE(outbox.append(some), 1u);
            FailingSync failing;
            QCOMPARE(outbox.append(more), 2u);
            QVERIFY(!outbox.state().isDurable);
            QVERIFY2(outbox.state().text.contains(QLatin1String("disk I/O error")),
                     qPrintable(outbox.state().text));
            QCOMPARE(outbox.heldOf(hook), 2u);
            QCOMPARE(jsonOf(outbox.waiting(hook, 0, 10)), (QByteArrayList{"0", "1", "2"}));
            outbox.noteDelivered({some[0], more[0]});
            QTest::qWait(0);
            outbox.takeUpAgain();
            QVERIFY(!outbox.state().isDurable);
            failing.end();
            QTRY_VERIFY(outbox.state().isDurable);
            QCOMPARE(outbox.heldOf(hook), 0u);
        }
        Outbox again;
        again.open(folder());
        QCOMPARE(jsonOf(again.waiting(hook, 0, 10)), QByteArrayList{"2"});
    }

    void closesWhatWaitsForAHookAndOpensItAgain()
    {
        Outbox outbox;
        outbox.open(folder());
        auto some = events("a", 4);
        auto other = events("b", 1);
        outbox.append(some);
        outbox.append(other);
        some[0].attempts = 3;
        some[0].nextMs = 77;
        outbox.noteTried({some[0]});
        outbox.bury({some[3]}, QStringLiteral("no"));
        const auto closed = outbox.close(hook);
        QVERIFY(closed);
        QCOMPARE(closed->events, 3u);
        QCOMPARE(outbox.waitingOf(hook), 0u);
        QCOMPARE(outbox.deadOf(hook), 4u);
        QCOMPARE(outbox.waitingOf(QStringLiteral("b")), 1u);
        DeadLetterChoice one;
        one.sequences = QList<qint64>{some[1].sequence};
        outbox.discard(one);
        outbox.reopen(hook, *closed);
        const auto waiting = outbox.waiting(hook, 0, 10);
        QCOMPARE(waiting.size(), 2u);
        QCOMPARE(waiting[0], some[0]);
        QCOMPARE(waiting[1], some[2]);
        QCOMPARE(outbox.deadOf(hook), 1u);
    }

    void filtersWhatWasGivenUp_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QByteArrayList>("ids");
        const auto row = [](const char *text, const QByteArrayList &ids) {
            QTest::newRow(text) << QString::fromLatin1(text) << ids;
        };
        row("", {"request", "answer", "call", "budget", "text"});
        row("status>=500", {"answer"});
        row("model:gpt*", {"call"});
        row("host:one.example", {"request", "answer"});
        row("-status>=500", {"request", "call"});
        row("since:2001-01-01", {"call"});
        row("until:2001-01-01", {"request", "answer"});
        row("nowhere", {});
    }

    void filtersWhatWasGivenUp()
    {
        QFETCH(QString, filter);
        QFETCH(QByteArrayList, ids);
        const std::pair<const char *, const char *> letters[] = {
            {"request",
             "{'timestamp':'2000-01-01T00:00:00Z','sandbox':'s','method':'GET','url':'http://one.example/"
             "','host':'one.example','status':null,'secret_injected':false,'latency_ms':null,'event':'on_"
             "request','id':'00000000-0000-0000-0000-000000000001'}"},
            {"answer",
             "{'timestamp':'2000-01-01T00:00:00Z','sandbox':'s','method':'GET','url':'http://one.example/"
             "','host':'one.example','status':503,'secret_injected':false,'latency_ms':3,'event':'on_"
             "response','id':'00000000-0000-0000-0000-000000000001'}"},
            {"call",
             "{'timestamp':'2020-01-01T00:00:00Z','sandbox':'s','provider':'openai','host':'two.example','"
             "method':'POST','path':'/"
             "v1','model':'gpt-4o','status':200,'latency_ms':3,'input_tokens':1,'output_tokens':2,'total_"
             "tokens':3,'streaming':false,'secret_injected':false,'event':'on_response','id':'00000000-0000-"
             "0000-0000-000000000002'}"},
            {"budget",
             "{'timestamp':'2020-01-01T00:00:00Z','event':'on_budget','budget':'all','period':'month','kind':"
             "'exceeded','limit_usd':1,'spent_usd':2}"},
            {"text", "no JSON"},
        };
        Outbox outbox;
        outbox.open(folder());
        std::vector<QueuedEvent> all;
        for (const auto &[id, json] : letters) {
            all.push_back(eventFor("a", QByteArray(json).replace('\'', '"')));
            all.back().id = id;
        }
        outbox.append(all);
        outbox.bury(all, QStringLiteral("no"));
        DeadLetterChoice choice;
        choice.filter = *Filter::compile(filter);
        const auto idsOf = [&outbox](const DeadLetterChoice &of, int limit) {
            QByteArrayList list;
            for (const DeadLetter &letter : outbox.deadLetters(of, limit))
                list << letter.webhookId;
            return list;
        };
        QCOMPARE(idsOf(choice, 10), ids);
        QCOMPARE(idsOf(choice, 1), ids.mid(0, 1));
        outbox.revive(choice);
        QCOMPARE(outbox.waitingOf(hook), static_cast<quint64>(ids.size()));
        outbox.bury(outbox.waiting(hook, 0, 10), QStringLiteral("no"));
        outbox.discard(choice);
        QCOMPARE(outbox.deadOf(hook), static_cast<quint64>(5 - ids.size()));
    }

    void isBoundedInRowsAndBytes_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("bytes");
        QTest::newRow("rows") << 5 << 1'000'000;
        QTest::newRow("bytes") << 1000 << 5;
    }

    void isBoundedInRowsAndBytes()
    {
        QFETCH(int, rows);
        QFETCH(int, bytes);
        OutboxLimits limits;
        limits.rows = static_cast<quint64>(rows);
        limits.bytes = static_cast<quint64>(bytes);
        limits.heldRows = 2;
        limits.retryMs = 10;
        Outbox outbox(limits);
        outbox.open(folder());
        std::vector<QueuedEvent> all = events("a", 5);
        QCOMPARE(outbox.append(all), 5u);
        QVERIFY(outbox.state().isDurable);
        auto more = events("a", 3, 5);
        QCOMPARE(outbox.append(more), 2u); // in memory
        QVERIFY(!outbox.state().isDurable);
        QVERIFY2(outbox.state().text.contains(QLatin1String("full")), qPrintable(outbox.state().text));
        outbox.noteDelivered({all[0], all[1]});
        QTRY_VERIFY(outbox.state().isDurable);
        QCOMPARE(jsonOf(outbox.waiting(hook, 0, 10)), (QByteArrayList{"2", "3", "4", "5", "6"}));
    }

    void hasNothingToDoWithAFileBeforeItIsOpened()
    {
        Outbox outbox;
        auto some = events("a", 2);
        QCOMPARE(outbox.append(some), 2u);
        QVERIFY(!outbox.state().isDurable);
        outbox.noteDelivered({some[0]});
        outbox.bury({some[1]}, QStringLiteral("no"));
        QCOMPARE(outbox.waitingOf(hook), 0u);
        QCOMPARE(outbox.deadOf(hook), 0u); // a dead letter needs a file
        QVERIFY(outbox.deadLetters({}, 10).isEmpty());
    }
};

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
