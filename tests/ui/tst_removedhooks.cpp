#include "ui/hooks/hooksetdocument.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

Hook audit(const char *name)
{
    Hook hook;
    hook.name = QString::fromLatin1(name);
    return hook;
}

} // namespace

// What the user does to hooks, and whether it removes any: what waits for a removed one is given up.
class TestRemovedHooks : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void anEditRemoves();
    void soDoesUndoingAnAddition();
    void renamingDoesNot();
    void switchingOffDoesNot();
    void anotherSetDoesNot();

private:
    int discarded() const { return static_cast<int>(spy->size()); }

    std::unique_ptr<HookRegistry> registry;
    std::unique_ptr<HookSetDocument> document;
    std::unique_ptr<QSignalSpy> spy;
};

void TestRemovedHooks::init()
{
    registry = std::make_unique<HookRegistry>();
    document = std::make_unique<HookSetDocument>(*registry);
    QVERIFY(document->edit(QStringLiteral("add"), {{audit("a"), audit("b")}, {}}));
    spy = std::make_unique<QSignalSpy>(registry.get(), &HookRegistry::hooksDiscarded);
}

void TestRemovedHooks::cleanup()
{
    spy.reset();
    document.reset();
    registry.reset();
}

void TestRemovedHooks::anEditRemoves()
{
    QVERIFY(document->edit(QStringLiteral("remove"), {{audit("b")}, {}}));
    QCOMPARE(discarded(), 1);
    QCOMPARE(spy->last()[0].value<QList<Hook>>(), QList<Hook>{audit("a")});
    document->undoStack().undo();
    QCOMPARE(discarded(), 1);
    document->undoStack().redo();
    QCOMPARE(discarded(), 2);
}

void TestRemovedHooks::soDoesUndoingAnAddition()
{
    document->undoStack().undo();
    QCOMPARE(discarded(), 1);
    QCOMPARE(spy->last()[0].value<QList<Hook>>().size(), 2);
}

void TestRemovedHooks::renamingDoesNot()
{
    QVERIFY(document->edit(QStringLiteral("rename"), {{audit("x"), audit("b")}, {}}));
    document->undoStack().undo();
    QCOMPARE(discarded(), 0);
}

void TestRemovedHooks::switchingOffDoesNot()
{
    Hook off = audit("a");
    off.enabled = false;
    QVERIFY(document->edit(QStringLiteral("off"), {{off, audit("b")}, {}}));
    QCOMPARE(discarded(), 0);
}

void TestRemovedHooks::anotherSetDoesNot()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("set.json"));
    QVERIFY(document->saveAs(path));
    document->startNew();
    QVERIFY(registry->hooks().isEmpty());
    QVERIFY(document->open(path));
    QVERIFY(saveHookSet(path, {QStringLiteral("s"), {audit("b")}, {}, {}}));
    QVERIFY(document->open(path)); // another program took one out, or its text cannot be read just now
    QCOMPARE(registry->hooks().size(), 1);
    QCOMPARE(discarded(), 0);
}

QTEST_MAIN(TestRemovedHooks)
#include "tst_removedhooks.moc"
