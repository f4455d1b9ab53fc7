#include "core/hooks/hookset.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookscope;

class HookSetTest : public QObject {
    Q_OBJECT

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<cannot be read>");
    }

    static bool write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    static int modeOf(const QString &path)
    {
        struct stat status;
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : -1;
    }

    static HookSet sample()
    {
        return {
            QStringLiteral("mine"),
            {{QStringLiteral("a"), HookEvent::OnRequest, AuditTarget(), true, {}},
             {QStringLiteral("b"), HookEvent::OnResponse, FileTarget{QStringLiteral("/tmp/b")}, false, {}}},
            {},
            {}};
    }

private slots:
    void writesTheKeysInTheModelsOrder()
    {
        HookSet set{
            QStringLiteral("mine"),
            {{QStringLiteral("w"), HookEvent::OnRequest, WebhookTarget{QStringLiteral("http://h/")}, false,
              QJsonObject{
                  {QStringLiteral("a_key"), 1},
                  {QStringLiteral("target"), QJsonObject{{QStringLiteral("headers"), QJsonArray()}}}}}},
            {},
            QJsonObject{{QStringLiteral("about"), QStringLiteral("x")}}};
        QCOMPARE(hookSetToJson(set),
                 QByteArray(R"({
  "name": "mine",
  "hooks": [
    {
      "name": "w",
      "event": "on_request",
      "target": {
        "type": "webhook",
        "url": "http:%1h/",
        "headers": []
      },
      "enabled": false,
      "a_key": 1
    }
  ],
  "about": "x"
}
)")
                     .replace("%1", "//")); // moc takes slashes in a raw string for a comment
    }

    void writesNoEnabledKeyForEnabledHooks()
    {
        HookSet set = sample();
        set.hooks.removeLast();
        QVERIFY(!hookSetToJson(set).contains("enabled"));
    }

    void escapesStrings()
    {
        HookSet set;
        const char16_t lone[] = {u'"', u'\\', u'\n', 0x01, 0xd800, 0xfc, 0};
        set.name = QString::fromUtf16(lone);
        const QByteArray text = hookSetToJson(set);
        QCOMPARE(text.count('\n'), 4);
        QVERIFY(!text.contains('\x01'));
        QVERIFY(text.contains("\xc3\xbc"));
        const auto again = hookSetFromJson(text);
        QVERIFY(again);
        QCOMPARE(again->name, set.name);
    }

    void readsBothForms()
    {
        const QByteArray list = R"([{"name":"a","event":"on_request","target":{"type":"audit"}}])";
        const auto bare = hookSetFromJson(list);
        QVERIFY(bare);
        QCOMPARE(bare->hooks.size(), 1);
        QVERIFY(bare->name.isEmpty());
        const auto object = hookSetFromJson(R"({"name":"n","hooks":)" + list + "}");
        QVERIFY(object);
        QCOMPARE(object->hooks, bare->hooks);
        QCOMPARE(object->name, QStringLiteral("n"));
        QVERIFY(hookSetToJson(*bare).startsWith("{\n  \"name\": \"\",\n  \"hooks\": ["));
    }

    void reportsBadHooksAndKeepsThemInPlace()
    {
        const QByteArray text = R"({"hooks": [
            "junk",
            {"name":"a","event":"on_request","target":{"type":"audit"}},
            {"name":"","event":"on_request","target":{"type":"audit"}},
            {"name":"b","event":"on_request","target":{"type":"webhook","url":"nope"}},
            {"name":"a","event":"on_response","target":{"type":"audit"},"secret":7},
            {"name":"c","event":"on_request","target":{"type":"audit"}},
            null ]})";
        const auto set = hookSetFromJson(text);
        QVERIFY(set);
        QCOMPARE(set->hooks.size(), 2);
        QList<int> positions;
        for (const BadHook &bad : set->bad)
            positions.append(bad.position);
        QCOMPARE(positions, (QList<int>{0, 2, 3, 4, 6}));
        QCOMPARE(set->bad.at(1).reason, QStringLiteral("Hook name cannot be empty"));
        QCOMPARE(set->bad.at(2).reason, QStringLiteral("Webhook URL must start with http:// or https://"));
        QCOMPARE(set->bad.at(3).reason, QStringLiteral("a hook named a stands at position 1 already"));
        const auto values = [](const QByteArray &bytes) {
            return QJsonDocument::fromJson(bytes).object().value(QLatin1String("hooks")).toArray();
        };
        QCOMPARE(values(hookSetToJson(*set)), values(text));
        const auto again = hookSetFromJson(hookSetToJson(*set));
        QVERIFY(again);
        QCOMPARE(*again, *set);
    }

    void keepsBadHooksThatStoodBehindRemovedOnes()
    {
        auto set =
            hookSetFromJson(R"([{"name":"a","event":"on_request","target":{"type":"audit"}}, 1, 2, 3])");
        QVERIFY(set);
        set->hooks.clear();
        const auto again = hookSetFromJson(hookSetToJson(*set));
        QVERIFY(again);
        QCOMPARE(again->bad.size(), 3);
        QCOMPARE(again->bad.at(0).json, QJsonValue(1));
        QCOMPARE(again->bad.at(2).json, QJsonValue(3));
    }

    void keepsUnknownKeys()
    {
        const QByteArray text = R"({"version":2,"hooks":[{"name":"a","event":"on_request","target":)"
                                R"({"type":"audit","x":1},"y":[true]}],"name":"n"})";
        const auto set = hookSetFromJson(text);
        QVERIFY(set);
        QCOMPARE(QJsonDocument::fromJson(hookSetToJson(*set)), QJsonDocument::fromJson(text));
    }

    void namesThePlaceOfAParseError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        const auto row = [](const char *name, const char *text, const char *place) {
            QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(place);
        };
        row("empty", "", "line 1, column 1:");
        row("white space", " \n ", "line 1, column 1:");
        row("a word", "{\n  \"hooks\": nope\n}", "line 2, column 13:");
        row("comma too many", "[1,\n2,\n]", "line 3, column 1:");
        row("cut", "{\"name\": \"x\",\n\"hooks\": [1", "line 2, column 11:");
        row("behind the end", "[]\n x", "line 2, column 2:");
        row("letters of two bytes", "[\"\xc3\xbc\xc3\xbc\" x]", "line 1, column 7:");
    }

    void namesThePlaceOfAParseError()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        const auto set = hookSetFromJson(text);
        QVERIFY(!set);
        QVERIFY2(set.error().text.startsWith(place), qPrintable(set.error().text));
    }

    void refusesWhatIsNoHookSet_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no hooks") << QByteArray(R"({"name":"x"})");
        QTest::newRow("hooks is an object") << QByteArray(R"({"hooks":{}})");
        QTest::newRow("name is a number") << QByteArray(R"({"name":3,"hooks":[]})");
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe[\0]\0", 6);
        QTest::newRow("10,000 lists deep") << QByteArray(10'000, '[') + QByteArray(10'000, ']');
    }

    void refusesWhatIsNoHookSet()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!hookSetFromJson(text));
    }

    void loadsWhatItSaved()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("new/deep/set.json"));
        QVERIFY(saveHookSet(path, sample()));
        const auto set = loadHookSet(path);
        QVERIFY(set);
        QCOMPARE(*set, sample());
        QCOMPARE(modeOf(path), 0600);
        QCOMPARE(modeOf(dir.filePath(QStringLiteral("new"))), 0700);
        QCOMPARE(modeOf(dir.filePath(QStringLiteral("new/deep"))), 0700);
    }

    void narrowsTheModeOfAFileThatIsThere()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("set.json"));
        QVERIFY(write(path, "[]"));
        QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x6664)));
        QVERIFY(saveHookSet(path, sample()));
        QCOMPARE(modeOf(path), 0600);
    }

    void doesNotWriteThroughASymbolicLink()
    {
        const QTemporaryDir dir;
        const QString target = dir.filePath(QStringLiteral("target.json"));
        QVERIFY(write(target, "precious"));
        const QString link = dir.filePath(QStringLiteral("set.json"));
        QVERIFY(QFile::link(target, link));
        const auto saved = saveHookSet(link, sample());
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::Refused);
        QVERIFY2(saved.error().text.contains(target), qPrintable(saved.error().text));
        QCOMPARE(contentOf(target), QByteArray("precious"));
        QVERIFY(QFileInfo(link).isSymLink());

        const QString dangling = dir.filePath(QStringLiteral("dangling.json"));
        QVERIFY(QFile::link(dir.filePath(QStringLiteral("nowhere")), dangling));
        QVERIFY(!saveHookSet(dangling, sample()));
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("nowhere"))));
    }

    void touchesRegularFilesOnly()
    {
        const QTemporaryDir dir;
        const QString pipe = dir.filePath(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        for (const QString &path : {dir.path(), pipe, QStringLiteral("/dev/null")}) {
            const auto loaded = loadHookSet(path);
            QVERIFY(!loaded);
            QVERIFY2(loaded.error().text.contains(path), qPrintable(loaded.error().text));
            QVERIFY(!saveHookSet(path, sample()));
        }
    }

    void namesAFileThatCannotBeRead()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("none.json"));
        const auto set = loadHookSet(path);
        QVERIFY(!set);
        QCOMPARE(set.error().code, ErrorCode::NotFound);
        QVERIFY(set.error().text.contains(path));
    }

    void namesFileAndPlaceOfAParseError()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("bad.json"));
        QVERIFY(write(path, "{\n \"hooks\": [,]\n}"));
        const auto set = loadHookSet(path);
        QVERIFY(!set);
        QVERIFY(set.error().text.contains(path));
        QVERIFY2(set.error().text.contains(QLatin1String("line 2, column 12")), qPrintable(set.error().text));
    }

    void keepsTheOldFileWholeIfThereIsNoRoom()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("set.json"));
        QVERIFY(saveHookSet(path, sample()));
        const QByteArray before = contentOf(path);
        HookSet large = sample();
        large.name = QString(50'000, QLatin1Char('x'));

        std::signal(SIGXFSZ, SIG_IGN);
        rlimit old;
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit small{20'000, old.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto saved = saveHookSet(path, large);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);

        QVERIFY(!saved);
        QVERIFY2(saved.error().text.contains(path), qPrintable(saved.error().text));
        QCOMPARE(contentOf(path), before);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }
};

QTEST_GUILESS_MAIN(HookSetTest)
#include "tst_hookset.moc"
