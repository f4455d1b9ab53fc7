#include "core/hooks/hookset.h"
#include "core/hooks/plainset.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

QList<Hook> hooksOf(const QByteArray &list)
{
    const auto set = hookSetFromJson(list);
    return set && set->bad.isEmpty() ? set->hooks : QList<Hook>();
}

} // namespace

class TestPlainSet : public QObject {
    Q_OBJECT
private slots:
    void takesWhatTheModelKnows();
    void saysWhatItCannotTake_data();
    void saysWhatItCannotTake();
    void savesForThisUserAlone();
};

// agentkernel's own form, to the byte of its values.
void TestPlainSet::takesWhatTheModelKnows()
{
    const QByteArray list = R"([
  {
    "name": "calls",
    "event": "on_response",
    "target": {
      "type": "file",
      "path": "/var/tmp/llm.jsonl"
    }
  },
  {
    "name": "notify",
    "event": "on_request",
    "target": {
      "type": "webhook",
      "url": "https://example.org/llm"
    }
  },
  {
    "name": "log",
    "event": "on_request",
    "target": {
      "type": "audit"
    }
  }
]
)";
    const PlainSet set = plainSetOf(hooksOf(list));
    QCOMPARE(set.hooks.size(), 3);
    QVERIFY(set.leftOut.isEmpty());
    QCOMPARE(toJson(set), list);
    QCOMPARE(toJson(plainSetOf({})), QByteArray("[]\n"));
}

void TestPlainSet::saysWhatItCannotTake_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *keys, const char *reason) {
        QTest::newRow(name) << QByteArray(keys) << QString::fromLatin1(reason);
    };
    row("off", R"("event":"on_request","target":{"type":"audit"},"enabled":false)",
        "it is off, and agentkernel would fire it");
    row("condition", R"("event":"on_request","target":{"type":"audit"},"when":"host:a")",
        "agentkernel has no \"when\"");
    row("delivery",
        R"("event":"on_request","target":{"type":"webhook","url":"http://h"},"delivery":"at_least_once","sign_with":["K"])",
        "agentkernel has no \"delivery\", \"sign_with\"");
    row("rotation", R"("event":"on_request","target":{"type":"file","path":"/a","rotate":{"max_age_s":60}})",
        "agentkernel has no \"target.rotate\"");
    row("program", R"("event":"on_request","target":{"type":"exec","command":["/x"]})",
        "agentkernel has no target \"exec\"");
    row("budget", R"("event":"on_budget","target":{"type":"notify"})",
        "agentkernel has no budgets; agentkernel has no target \"notify\"");
    row("a key of others", R"("event":"on_request","target":{"type":"audit"},"colour":"red")",
        "agentkernel has no \"colour\"");
}

void TestPlainSet::saysWhatItCannotTake()
{
    QFETCH(QByteArray, keys);
    QFETCH(QString, reason);
    const QList<Hook> hooks = hooksOf("[{\"name\":\"a\"," + keys + "}]");
    QCOMPARE(hooks.size(), 1);
    const PlainSet set = plainSetOf(hooks);
    QVERIFY(set.hooks.isEmpty());
    QCOMPARE(set.leftOut, (QList<PlainSet::LeftOut>{{QStringLiteral("a"), reason}}));
}

void TestPlainSet::savesForThisUserAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("plain.json"));
    const PlainSet set =
        plainSetOf(hooksOf(R"([{"name":"a","event":"on_request","target":{"type":"audit"}}])"));
    QVERIFY(savePlainSet(path, set));
    QCOMPARE(QFile(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto read = loadHookSet(path);
    QVERIFY(read);
    QCOMPARE(read->hooks, set.hooks);
    const auto failed = savePlainSet(folder.filePath(QStringLiteral("none/x.json")), set);
    QVERIFY(!failed && failed.error().text.contains(QStringLiteral("none/x.json")));
}

QTEST_APPLESS_MAIN(TestPlainSet)
#include "tst_plainset.moc"
