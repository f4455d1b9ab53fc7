#include "core/hooks/knowneffects.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

Hook hookTo(const HookTarget &target)
{
    Hook hook;
    hook.name = QStringLiteral("a");
    hook.target = target;
    return hook;
}

Hook webhook(const char *url, const char *header = nullptr)
{
    Hook hook = hookTo(WebhookTarget{QString::fromLatin1(url)});
    if (header)
        hook.sending.fields = {{QStringLiteral("X"), QString::fromLatin1(header)}};
    return hook;
}

Hook program(const QStringList &command)
{
    ExecTarget exec;
    exec.command = command;
    return hookTo(exec);
}

} // namespace

class TestKnownEffects : public QObject {
    Q_OBJECT
private slots:
    void knowsWhatItLearned_data();
    void knowsWhatItLearned();
    void survivesTheProgram();
    void holdsNoUrl();
    void knowsEverythingWithoutAFile();
    void startsAnewWithAFileThatIsNone();
};

void TestKnownEffects::knowsWhatItLearned_data()
{
    QTest::addColumn<Hook>("learned");
    QTest::addColumn<Hook>("asked");
    QTest::addColumn<bool>("isKnown");
    const auto row = [](const char *name, const Hook &learned, const Hook &asked, bool isKnown) {
        QTest::newRow(name) << learned << asked << isKnown;
    };
    const Hook here = webhook("https://a.example/x");
    row("the same", here, here, true);
    Hook renamed = here;
    renamed.name = QStringLiteral("b");
    renamed.event = HookEvent::OnRequest;
    renamed.delivery.mode = DeliveryMode::AtLeastOnce;
    row("the same by another name", here, renamed, true);
    row("another host", here, webhook("https://b.example/x"), false);
    row("another path", here, webhook("https://a.example/y"), false);
    row("with a header", here, webhook("https://a.example/x", "1"), true);
    row("with a secret", here, webhook("https://a.example/x", "{secret:KEY}"), false);
    row("another secret", webhook("https://a.example/", "{secret:A}"),
        webhook("https://a.example/", "{secret:B}"), false);
    row("that secret for another", webhook("https://a.example/", "{secret:A}"),
        webhook("https://b.example/", "{secret:A}"), false);
    Hook anywhere = here;
    anywhere.sending.allowsPrivate = true;
    row("to private addresses", here, anywhere, false);
    row("file", hookTo(FileTarget{QStringLiteral("/a")}), hookTo(FileTarget{QStringLiteral("/a")}), true);
    row("another file", hookTo(FileTarget{QStringLiteral("/a")}), hookTo(FileTarget{QStringLiteral("/b")}),
        false);
    row("program", program({QStringLiteral("/x"), QStringLiteral("a b")}),
        program({QStringLiteral("/x"), QStringLiteral("a b")}), true);
    row("other arguments", program({QStringLiteral("/x"), QStringLiteral("a b")}),
        program({QStringLiteral("/x"), QStringLiteral("a"), QStringLiteral("b")}), false);
    row("collector for a webhook", here, hookTo(OtlpTarget{QStringLiteral("https://a.example/x")}), false);
    row("audit", here, hookTo(AuditTarget()), true);
    row("notification", here, hookTo(NotifyTarget()), true);
}

void TestKnownEffects::knowsWhatItLearned()
{
    QFETCH(Hook, learned);
    QFETCH(Hook, asked);
    QFETCH(bool, isKnown);
    const QTemporaryDir folder;
    KnownEffects known(folder.filePath(QStringLiteral("known.json")));
    QVERIFY(known.learn({learned}));
    QCOMPARE(known.knows(asked), isKnown);
}

void TestKnownEffects::survivesTheProgram()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("config/known.json"));
    {
        KnownEffects known(path);
        QVERIFY(!known.knows(webhook("https://a.example/")));
        QVERIFY(known.learn({webhook("https://a.example/")}));
    }
    QVERIFY(KnownEffects(path).knows(webhook("https://a.example/")));
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestKnownEffects::holdsNoUrl()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("known.json"));
    QVERIFY(KnownEffects(path).learn({webhook("https://user:hunter2@a.example/t0ken")}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(!content.isEmpty());
    QVERIFY(!content.contains("hunter2") && !content.contains("t0ken") && !content.contains("example"));
}

void TestKnownEffects::knowsEverythingWithoutAFile()
{
    KnownEffects known({});
    QVERIFY(known.knows(webhook("https://a.example/")));
    QVERIFY(known.learn({webhook("https://a.example/")}));
}

void TestKnownEffects::startsAnewWithAFileThatIsNone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("known.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"no\": [list");
    file.close();
    KnownEffects known(path);
    QVERIFY(!known.knows(webhook("https://a.example/")));
    QVERIFY(known.learn({webhook("https://a.example/")}));
    QVERIFY(KnownEffects(path).knows(webhook("https://a.example/")));
}

QTEST_GUILESS_MAIN(TestKnownEffects)
#include "tst_knowneffects.moc"
