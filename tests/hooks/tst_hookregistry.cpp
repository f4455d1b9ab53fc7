#include "core/hooks/hookregistry.h"

#include <QSignalSpy>
#include <QTest>

using namespace hookscope;

class HookRegistryTest : public QObject {
    Q_OBJECT

    static Hook audit(const QString &name, HookEvent event = HookEvent::OnRequest)
    {
        return {name, event, AuditTarget(), true, {}};
    }

    static QStringList names(const QList<Hook> &hooks)
    {
        QStringList result;
        for (const Hook &hook : hooks)
            result.append(hook.name);
        return result;
    }

    static QStringList list(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

private slots:
    void registersAHook()
    {
        HookRegistry registry;
        QSignalSpy added(&registry, &HookRegistry::hookAdded);
        QSignalSpy whole(&registry, &HookRegistry::snapshotChanged);
        QVERIFY(registry.registerHook(audit(QStringLiteral("my-hook"))));
        QCOMPARE(registry.hooks().size(), 1);
        QCOMPARE(added.count(), 1);
        QCOMPARE(added.first().first().value<Hook>().name, QStringLiteral("my-hook"));
        QCOMPARE(whole.count(), 1);
        QCOMPARE(whole.first().first().value<HookRegistry::Snapshot>()->size(), 1);
    }

    void refusesAnEmptyName()
    {
        HookRegistry registry;
        QSignalSpy whole(&registry, &HookRegistry::snapshotChanged);
        const auto result = registry.registerHook(audit(QString()));
        QVERIFY(!result);
        QCOMPARE(result.error().text, QStringLiteral("Hook name cannot be empty"));
        QVERIFY(registry.hooks().isEmpty());
        QCOMPARE(whole.count(), 0);
    }

    void refusesAnInvalidWebhookUrl()
    {
        HookRegistry registry;
        const auto result = registry.registerHook({QStringLiteral("bad-url"),
                                                   HookEvent::OnRequest,
                                                   WebhookTarget{QStringLiteral("not-a-url")},
                                                   true,
                                                   {}});
        QVERIFY(!result);
        QCOMPARE(result.error().text, QStringLiteral("Webhook URL must start with http:// or https://"));
        QVERIFY(registry.hooks().isEmpty());
    }

    void removesOnce()
    {
        HookRegistry registry;
        QVERIFY(registry.registerHook({QStringLiteral("removable"),
                                       HookEvent::OnResponse,
                                       FileTarget{QStringLiteral("/tmp/hook.jsonl")},
                                       true,
                                       {}}));
        QSignalSpy removed(&registry, &HookRegistry::hookRemoved);
        QVERIFY(registry.remove(QStringLiteral("removable")));
        QVERIFY(!registry.remove(QStringLiteral("removable")));
        QCOMPARE(registry.hooks().size(), 0);
        QCOMPARE(removed.count(), 1);
    }

    void findsTheHooksOfAnEvent()
    {
        HookRegistry registry;
        QVERIFY(registry.registerHook(audit(QStringLiteral("on-req"), HookEvent::OnRequest)));
        QVERIFY(registry.registerHook(audit(QStringLiteral("on-resp"), HookEvent::OnResponse)));
        Hook disabled = audit(QStringLiteral("off"), HookEvent::OnResponse);
        disabled.enabled = false;
        QVERIFY(registry.registerHook(disabled));
        QCOMPARE(names(registry.hooksFor(HookEvent::OnRequest)), list("on-req"));
        QCOMPARE(names(registry.hooksFor(HookEvent::OnResponse)), list("on-resp"));
    }

    void takesInitialHooks()
    {
        HookRegistry registry({audit(QStringLiteral("h1")), audit(QString()), audit(QStringLiteral("h2"))});
        QCOMPARE(names(registry.hooks()), list("h1 h2"));
    }

    void keepsTheOrderOfRegistration()
    {
        HookRegistry registry;
        const QStringList order = list("zeta alpha mid 9 beta");
        for (const QString &name : order)
            QVERIFY(registry.registerHook(audit(name)));
        QCOMPARE(names(registry.hooks()), order);
        QCOMPARE(names(registry.hooksFor(HookEvent::OnRequest)), order);
    }

    void replacesInPlace()
    {
        HookRegistry registry({audit(QStringLiteral("a")), audit(QStringLiteral("b"))});
        QSignalSpy added(&registry, &HookRegistry::hookAdded);
        QSignalSpy changed(&registry, &HookRegistry::hookChanged);
        QVERIFY(registry.registerHook(audit(QStringLiteral("a"), HookEvent::OnResponse)));
        QCOMPARE(names(registry.hooks()), list("a b"));
        QCOMPARE(registry.find(QStringLiteral("a"))->event, HookEvent::OnResponse);
        QCOMPARE(added.count(), 0);
        QCOMPARE(changed.count(), 1);
    }

    void aRefusedReplacementLeavesTheOldOne()
    {
        HookRegistry registry({audit(QStringLiteral("a"))});
        QVERIFY(!registry.registerHook(
            {QStringLiteral("a"), HookEvent::OnRequest, FileTarget{QString()}, true, {}}));
        QCOMPARE(*registry.find(QStringLiteral("a")), audit(QStringLiteral("a")));
    }

    void findsByName()
    {
        HookRegistry registry({audit(QStringLiteral("a"))});
        QVERIFY(registry.find(QStringLiteral("a")));
        QVERIFY(!registry.find(QStringLiteral("b")));
    }

    void replacesAllAndSaysWhatChanged()
    {
        HookRegistry registry(
            {audit(QStringLiteral("a")), audit(QStringLiteral("b")), audit(QStringLiteral("c"))});
        QSignalSpy added(&registry, &HookRegistry::hookAdded);
        QSignalSpy changed(&registry, &HookRegistry::hookChanged);
        QSignalSpy removed(&registry, &HookRegistry::hookRemoved);
        QSignalSpy whole(&registry, &HookRegistry::snapshotChanged);
        QStringList seenOnRemoval;
        connect(&registry, &HookRegistry::hookRemoved, this,
                [&] { seenOnRemoval = names(registry.hooks()); });
        QVERIFY(registry.replaceAll({audit(QStringLiteral("c")), audit(QStringLiteral("new")),
                                     audit(QStringLiteral("a"), HookEvent::OnResponse)}));
        QCOMPARE(names(registry.hooks()), list("c new a"));
        QCOMPARE(added.count(), 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.first().first().toString(), QStringLiteral("b"));
        QCOMPARE(whole.count(), 1);
        QCOMPARE(seenOnRemoval, list("c new a"));
    }

    void tellsWhatTheUserRemoved_data()
    {
        QTest::addColumn<QStringList>("after");
        QTest::addColumn<bool>("isRemoval");
        QTest::addColumn<QStringList>("discarded");
        QTest::newRow("another set") << list("c") << false << QStringList();
        QTest::newRow("one") << list("a c") << true << list("b");
        QTest::newRow("all") << QStringList() << true << list("a b c");
        QTest::newRow("renamed") << list("a x c") << true << QStringList();
        QTest::newRow("none") << list("c b a") << true << QStringList();
    }

    void tellsWhatTheUserRemoved()
    {
        QFETCH(QStringList, after);
        QFETCH(bool, isRemoval);
        QFETCH(QStringList, discarded);
        HookRegistry registry(
            {audit(QStringLiteral("a")), audit(QStringLiteral("b")), audit(QStringLiteral("c"))});
        QSignalSpy spy(&registry, &HookRegistry::hooksDiscarded);
        QList<Hook> hooks;
        for (const QString &each : std::as_const(after))
            hooks << audit(each);
        using Absence = HookRegistry::Absence;
        QVERIFY(registry.replaceAll(hooks, isRemoval ? Absence::Removed : Absence::NotLoaded));
        QCOMPARE(spy.count(), discarded.isEmpty() ? 0 : 1);
        if (!discarded.isEmpty())
            QCOMPARE(names(spy.first().first().value<QList<Hook>>()), discarded);
    }

    void tellsOfANewOrderOnly()
    {
        HookRegistry registry({audit(QStringLiteral("a")), audit(QStringLiteral("b"))});
        QSignalSpy changed(&registry, &HookRegistry::hookChanged);
        QSignalSpy whole(&registry, &HookRegistry::snapshotChanged);
        QVERIFY(registry.replaceAll({audit(QStringLiteral("b")), audit(QStringLiteral("a"))}));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(whole.count(), 1);
    }

    void replacesAllOrNothing()
    {
        HookRegistry registry({audit(QStringLiteral("a"))});
        QSignalSpy whole(&registry, &HookRegistry::snapshotChanged);
        QVERIFY(!registry.replaceAll({audit(QStringLiteral("x")), audit(QString())}));
        const auto twice = registry.replaceAll({audit(QStringLiteral("x")), audit(QStringLiteral("x"))});
        QVERIFY(!twice);
        QVERIFY(twice.error().text.contains(QLatin1String("\"x\"")));
        QCOMPARE(names(registry.hooks()), list("a"));
        QCOMPARE(whole.count(), 0);
    }

    void aSnapshotNeverChanges()
    {
        HookRegistry registry({audit(QStringLiteral("a"))});
        const HookRegistry::Snapshot before = registry.snapshot();
        QVERIFY(registry.registerHook(audit(QStringLiteral("b"))));
        QVERIFY(registry.remove(QStringLiteral("a")));
        QCOMPARE(names(*before), list("a"));
        QCOMPARE(names(*registry.snapshot()), list("b"));
    }
};

QTEST_GUILESS_MAIN(HookRegistryTest)
#include "tst_hookregistry.moc"
