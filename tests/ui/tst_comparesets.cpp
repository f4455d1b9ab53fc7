#include "ui/hooks/comparesetsdialog.h"

#include <QAbstractItemModel>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>
#include <QTextBlock>

using namespace hookscope;

namespace {

QByteArray hook(const char *name, const char *path, const char *more = "")
{
    return QByteArray("{\"name\":\"") + name + R"(","event":"on_response","target":{"type":"file","path":")"
        + path + "\"}" + more + '}';
}

HookSet setOf(const QByteArray &list)
{
    return hookSetFromJson('[' + list + ']').value_or(HookSet());
}

QStringList changedLines(const QPlainTextEdit &pane)
{
    QStringList lines;
    for (QTextBlock block = pane.document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().background().style() != Qt::NoBrush)
            lines << block.text().simplified();
    }
    return lines;
}

} // namespace

class TestCompareSets : public QObject {
    Q_OBJECT
private slots:
    void listsWhatDiffers();
    void showsBothTextsBesideEachOther();
    void saysThatThereIsNoDifference();
    void showsNamesAsTheyAre();

private:
    QString cell(int row, int column) const
    {
        return m_dialog->findChild<QTableView *>()->model()->index(row, column).data().toString();
    }
    void open(const QByteArray &here, const QByteArray &there)
    {
        m_dialog = new CompareSetsDialog(setOf(here).hooks, QStringLiteral("mine.json"), setOf(there),
                                         QStringLiteral("theirs.json"));
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_keeper.reset(m_dialog);
        m_dialog->show();
    }
    const QPlainTextEdit &pane(const char *name) const
    {
        return *m_dialog->findChild<QPlainTextEdit *>(QLatin1String(name));
    }
    QString summary() const { return m_dialog->findChild<QLabel *>(QStringLiteral("setSummary"))->text(); }

    CompareSetsDialog *m_dialog = nullptr;
    std::unique_ptr<CompareSetsDialog> m_keeper;
};

void TestCompareSets::listsWhatDiffers()
{
    open(hook("a", "/a") + ',' + hook("b", "/b") + ',' + hook("c", "/c") + ',' + hook("d", "/d"),
         hook("d", "/d") + ',' + hook("b", "/x", ",\"when\":\"cost>1\"") + ',' + hook("c", "/c") + ','
             + hook("e", "/e") + ",{\"name\":\"bad\"}");
    QCOMPARE(summary(),
             QStringLiteral(
                 "Hooks only here: 1, only there: 1, that differ: 1, alike: 2. Those that both have are in "
                 "another order there. Entries there that cannot be used, and are not compared: 1."));
    const QAbstractItemModel *model = m_dialog->findChild<QTableView *>()->model();
    QCOMPARE(model->rowCount(), 3);
    QCOMPARE(cell(0, 0), QStringLiteral("a"));
    QCOMPARE(cell(0, 1), QStringLiteral("− only in mine.json"));
    QCOMPARE(cell(1, 0), QStringLiteral("b"));
    QCOMPARE(cell(1, 1), QStringLiteral("differs"));
    QCOMPARE(cell(1, 2), QStringLiteral("target.path, when"));
    QCOMPARE(cell(2, 1), QStringLiteral("+ only in theirs.json"));
}

void TestCompareSets::showsBothTextsBesideEachOther()
{
    open(hook("b", "/b"), hook("b", "/x", ",\"when\":\"cost>1\""));
    QCOMPARE(changedLines(pane("setHere")),
             (QStringList{QStringLiteral("− \"path\": \"/b\""), QStringLiteral("− }")}));
    const QStringList there = changedLines(pane("setThere"));
    QVERIFY2(there.contains(QStringLiteral("+ \"path\": \"/x\""))
                 && there.contains(QStringLiteral("+ \"when\": \"cost>1\"")),
             qPrintable(there.join(QLatin1Char('|'))));
    // What is alike stands in the same line of both.
    QCOMPARE(pane("setHere").blockCount(), pane("setThere").blockCount());
    QCOMPARE(pane("setHere").document()->lastBlock().text(), QStringLiteral("  }"));
    QCOMPARE(pane("setThere").document()->lastBlock().text(), QStringLiteral("  }"));
    open(hook("a", "/a"), {});
    QVERIFY(pane("setHere").toPlainText().contains(QStringLiteral("− ")));
    QVERIFY(pane("setThere").toPlainText().trimmed().isEmpty());
}

void TestCompareSets::saysThatThereIsNoDifference()
{
    open(hook("a", "/a"), hook("a", "/a"));
    QCOMPARE(summary(), QStringLiteral("Hooks only here: 0, only there: 0, that differ: 0, alike: 1."));
    QVERIFY(!m_dialog->findChild<QTableView *>());
}

void TestCompareSets::showsNamesAsTheyAre()
{
    open(hook("<b>x</b>\\u202e", "/a"), {});
    QCOMPARE(cell(0, 0), QStringLiteral("<b>x</b>‹U+202E›"));
}

QTEST_MAIN(TestCompareSets)
#include "tst_comparesets.moc"
