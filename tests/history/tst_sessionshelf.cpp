#include "core/history/sessionshelf.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace hookscope;

class TestSessionShelf : public QObject {
    Q_OBJECT
private slots:
    void init();
    void takesOnlyGoodNames_data();
    void takesOnlyGoodNames();
    void savesACopyAsLongAsItWas();
    void savesNothingTwice();
    void leavesNothingOfAFailedCopy();
    void listsSessionsOnly();
    void deletesASessionAndNothingElse();

private:
    QList<Segment> segments() const { return segmentsIn(currentSessionPath(shelf())); }
    QString shelf() const { return dir->path(); }
    void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> dir;
};

void TestSessionShelf::init()
{
    dir = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(currentSessionPath(shelf())));
    write(currentSessionPath(shelf()) + QStringLiteral("/00000001.jsonl"), "1\n2\n");
    write(currentSessionPath(shelf()) + QStringLiteral("/00000002.jsonl"), "3\n");
}

void TestSessionShelf::takesOnlyGoodNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char *what, const QString &name, bool isGood) {
        QTest::newRow(what) << name << isGood;
    };
    row("a word", QStringLiteral("monday"), true);
    row("words", QStringLiteral("Before the fix 2026-11-26_1.0"), true);
    row("other letters", QStringLiteral("Größe 漢字"), true);
    row("nothing", QString(), false);
    row("a space", QStringLiteral(" "), false);
    row("a space at the end", QStringLiteral("a "), false);
    row("up", QStringLiteral(".."), false);
    row("hidden", QStringLiteral(".a"), false);
    row("a path", QStringLiteral("a/b"), false);
    row("a path up", QStringLiteral("../a"), false);
    row("a line end", QStringLiteral("a\nb"), false);
    row("NUL", QStringLiteral("a") + QChar(0) + QStringLiteral("b"), false);
    row("an override", QStringLiteral("a") + QChar(0x202e), false);
    row("the running one", QStringLiteral("current"), false);
    row("the running one in capitals", QStringLiteral("Current"), false);
    row("long", QString(64, u'x'), true);
    row("too long", QString(65, u'x'), false);
}

void TestSessionShelf::takesOnlyGoodNames()
{
    QFETCH(QString, name);
    QFETCH(bool, isGood);
    const auto checked = checkSessionName(name);
    QCOMPARE(checked.has_value(), isGood);
    QCOMPARE(saveSession(shelf(), name, segments()).has_value(), isGood);
    if (!isGood)
        QVERIFY(!checked.error().text.isEmpty());
}

void TestSessionShelf::savesACopyAsLongAsItWas()
{
    auto taken = segments();
    taken[1].bytes = 1;
    QVERIFY(saveSession(shelf(), QStringLiteral("a"), taken));
    const auto saved = segmentsIn(sessionPath(shelf(), QStringLiteral("a")));
    QCOMPARE(saved.size(), 2);
    QCOMPARE(saved[0].bytes, 4);
    QCOMPARE(saved[1].bytes, 1);
    struct stat status;
    QCOMPARE(::stat(QFile::encodeName(saved[0].path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
}

void TestSessionShelf::savesNothingTwice()
{
    QVERIFY(saveSession(shelf(), QStringLiteral("a"), segments()));
    const auto again = saveSession(shelf(), QStringLiteral("a"), segments());
    QVERIFY(!again);
    QVERIFY(again.error().code == ErrorCode::AlreadyInUse);
    QVERIFY(!saveSession(shelf(), QStringLiteral("b"), {}));
}

void TestSessionShelf::leavesNothingOfAFailedCopy()
{
    auto taken = segments();
    taken.append({currentSessionPath(shelf()) + QStringLiteral("/00000003.jsonl"), 3, 10});
    QVERIFY(!saveSession(shelf(), QStringLiteral("a"), taken));
    QCOMPARE(QDir(shelf()).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden),
             QStringList{QStringLiteral("current")});
}

void TestSessionShelf::listsSessionsOnly()
{
    QVERIFY(saveSession(shelf(), QStringLiteral("b"), segments()));
    QVERIFY(saveSession(shelf(), QStringLiteral("a"), segments()));
    QVERIFY(QDir(shelf()).mkdir(QStringLiteral("empty")));
    QVERIFY(
        QFile::link(sessionPath(shelf(), QStringLiteral("a")), sessionPath(shelf(), QStringLiteral("link"))));
    const auto sessions = savedSessions(shelf());
    QCOMPARE(sessions.size(), 2);
    QCOMPARE(sessions[0].name, QStringLiteral("a"));
    QCOMPARE(sessions[0].bytes, 6);
    QCOMPARE(sessions[1].name, QStringLiteral("b"));
}

void TestSessionShelf::deletesASessionAndNothingElse()
{
    QVERIFY(saveSession(shelf(), QStringLiteral("a"), segments()));
    QVERIFY(removeSession(shelf(), QStringLiteral("a")));
    QVERIFY(!QFile::exists(sessionPath(shelf(), QStringLiteral("a"))));
    QVERIFY(!removeSession(shelf(), QStringLiteral("a")));
    QVERIFY(!removeSession(shelf(), QStringLiteral("current")));
    QVERIFY(!removeSession(shelf(), QStringLiteral("..")));

    QVERIFY(saveSession(shelf(), QStringLiteral("b"), segments()));
    write(sessionPath(shelf(), QStringLiteral("b")) + QStringLiteral("/mine.txt"), "x");
    QVERIFY(!removeSession(shelf(), QStringLiteral("b")));
    QVERIFY(QFile::exists(sessionPath(shelf(), QStringLiteral("b")) + QStringLiteral("/mine.txt")));
}

QTEST_APPLESS_MAIN(TestSessionShelf)
#include "tst_sessionshelf.moc"
