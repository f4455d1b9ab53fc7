#include "ui/live/filterbar.h"
#include "ui/live/filterchips.h"
#include "ui/live/filterline.h"
#include "ui/live/filtersuggestions.h"
#include "ui/live/seenvalues.h"

#include "tests/ui/sampleevents.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace hookscope;
using samples::Batch;

namespace {

QStringList textsOf(const FilterSuggestions &suggestions)
{
    QStringList texts;
    for (const FilterSuggestion &item : suggestions.items)
        texts.append(item.text);
    return texts;
}

QStringList valuesOf(FilterFieldId field)
{
    if (field == FilterFieldId::Model)
        return {QStringLiteral("gpt-5"), QStringLiteral("claude opus"), QStringLiteral("opus-4")};
    return field == FilterFieldId::Host ? QStringList{QStringLiteral("opus.example")} : QStringList();
}

} // namespace

class TestFilterBar final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void takesTypingInAfterARest();
    void keepsTheLastRightFilterWhileTheTextIsWrong();
    void addsWhatTheTogglesAsk();
    void addsAConditionToTheText_data();
    void addsAConditionToTheText();
    void showsSavedFiltersAsChips();
    void choosesWhatToGroupBy();
    void suggestsWhatFits_data();
    void suggestsWhatFits();
    void insertsTheFirstSuggestionOnTab();
    void collectsTheValuesOfTheNewestRecords();

private:
    FilterLine *line() const { return bar->findChild<FilterLine *>(QStringLiteral("filterText")); }
    QLabel *error() const { return bar->findChild<QLabel *>(QStringLiteral("filterError")); }

    std::unique_ptr<EventLog> log;
    std::unique_ptr<FilterBar> bar;
};

void TestFilterBar::init()
{
    log = std::make_unique<EventLog>();
    bar = std::make_unique<FilterBar>(*log);
}

void TestFilterBar::cleanup()
{
    bar.reset();
    log.reset();
}

void TestFilterBar::takesTypingInAfterARest()
{
    QSignalSpy changes(bar.get(), &FilterBar::filterChanged);
    QTest::keyClicks(line(), QStringLiteral("is:llm"));
    QCOMPARE(changes.count(), 0);
    QTRY_COMPARE(changes.count(), 1);
    QCOMPARE(bar->filter().text(), QStringLiteral("is:llm"));
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(bar->filter().isEmpty());
    QSignalSpy left(bar.get(), &FilterBar::left);
    QTest::keyClick(line(), Qt::Key_Escape);
    QCOMPARE(left.count(), 1);
}

void TestFilterBar::keepsTheLastRightFilterWhileTheTextIsWrong()
{
    bar->setText(QStringLiteral("status>=400"));
    QSignalSpy changes(bar.get(), &FilterBar::filterChanged);
    bar->setText(QStringLiteral("status>=400 modle:x"));
    QCOMPARE(changes.count(), 0);
    QCOMPARE(bar->filter().text(), QStringLiteral("status>=400"));
    QVERIFY(!error()->isHidden());
    QCOMPARE(error()->text(), QStringLiteral("There is no field “modle”: did you mean model?"));
    QCOMPARE(bar->text(), QStringLiteral("status>=400 modle:x"));
    QVERIFY(!bar->saveFilterAction()->isEnabled());
    bar->setText(QStringLiteral("model:x"));
    QVERIFY(error()->isHidden());
    QCOMPARE(changes.count(), 1);
    QVERIFY(bar->saveFilterAction()->isEnabled());
}

void TestFilterBar::addsWhatTheTogglesAsk()
{
    QSignalSpy changes(bar.get(), &FilterBar::filterChanged);
    bar->llmOnlyAction()->setChecked(true);
    QCOMPARE(bar->filter().text(), QStringLiteral("is:llm"));
    bar->setText(QStringLiteral("a OR b"));
    QCOMPARE(bar->filter().text(), QStringLiteral("is:llm (a OR b)"));
    bar->llmOnlyAction()->setChecked(false);
    QCOMPARE(bar->filter().text(), QStringLiteral("a OR b"));
    QCOMPARE(changes.count(), 3);
}

void TestFilterBar::addsAConditionToTheText_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("empty") << QString() << QStringLiteral("-host:x");
    QTest::newRow("conditions") << QStringLiteral("a b") << QStringLiteral("a b -host:x");
    QTest::newRow("alternative") << QStringLiteral("a OR b") << QStringLiteral("(a OR b) -host:x");
    QTest::newRow("wrong") << QStringLiteral("modle:x") << QStringLiteral("-host:x");
}

void TestFilterBar::addsAConditionToTheText()
{
    QFETCH(QString, before);
    bar->setText(before);
    bar->addCondition(QStringLiteral("-host:x"));
    QTEST(bar->text(), "after");
}

void TestFilterBar::showsSavedFiltersAsChips()
{
    auto *chips = bar->findChild<FilterChips *>();
    QVERIFY(chips->isHidden());
    bar->setSavedFilters({{QStringLiteral("R&D"), QStringLiteral("status>=400")}});
    QVERIFY(!chips->isHidden());
    QSignalSpy changes(bar.get(), &FilterBar::savedFiltersChanged);
    auto *chip = chips->findChild<QToolButton *>();
    QCOMPARE(chip->text(), QStringLiteral("R&&D"));
    chip->click();
    QCOMPARE(bar->text(), QStringLiteral("status>=400"));
    QVERIFY(chip->isChecked());
    chip->click(); // once more leaves it
    QVERIFY(chip->isChecked());
    bar->setText(QStringLiteral("a OR b"));
    QVERIFY(!chip->isChecked());
    QTest::mouseClick(chip, Qt::LeftButton, Qt::ControlModifier);
    QCOMPARE(bar->text(), QStringLiteral("(a OR b) status>=400"));
    QCOMPARE(changes.count(), 0); // none was changed

    chips->add({QStringLiteral("other"), QStringLiteral("is:llm")});
    chips->add({QStringLiteral("other"), QStringLiteral("is:slow")}); // in its place
    QCOMPARE(changes.count(), 2);
    QCOMPARE(bar->savedFilters().size(), 2);
    QCOMPARE(bar->savedFilters().last().filter, QStringLiteral("is:slow"));
}

void TestFilterBar::choosesWhatToGroupBy()
{
    QSignalSpy changes(bar.get(), &FilterBar::groupByChanged);
    QCOMPARE(bar->groupBy(), GroupBy::None);
    bar->setGroupBy(GroupBy::Model);
    QCOMPARE(bar->groupBy(), GroupBy::Model);
    QCOMPARE(changes.count(), 1);
}

void TestFilterBar::suggestsWhatFits_data()
{
    QTest::addColumn<QString>("text"); // the cursor is at |
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<int>("position");
    const auto row = [](const char *text, const QStringList &expected, int position) {
        QTest::addRow("%s", text) << QString::fromLatin1(text) << expected << position;
    };
    using L = QStringList;
    const auto s = [](const char *text) {
        return QString::fromLatin1(text);
    };
    row("pro|", L{s("provider:"), s("process:")}, 0);
    row("a (si|)", L{s("since:"), s("size>")}, 3);
    row("-ttf|", L{s("ttft>")}, 1);
    row("mark|", L{s("mark:"), s("mark>"), s("mark>="), s("mark<"), s("mark<="), s("mark="), s("mark!=")}, 0);
    row("model:|", L{s("model:gpt-5"), s("model:\"claude opus\""), s("model:opus-4")}, 0);
    row("model:op|", L{s("model:opus-4"), s("model:\"claude opus\"")}, 0);
    row("model!=GPT|", L{s("model!=gpt-5")}, 0);
    row("model~op|", L{}, 0);
    row("opus|", L{s("model:\"claude opus\""), s("model:opus-4"), s("host:opus.example")}, 0);
    row("is:re|", L{s("is:read"), s("is:restored")}, 0);
    row("since:|", L{s("since:10m")}, 0);
    row("tokens>5|", L{}, 0);
    row("\"pro|", L{}, 0);
}

void TestFilterBar::suggestsWhatFits()
{
    QFETCH(QString, text);
    const auto cursor = static_cast<int>(text.indexOf(u'|'));
    const FilterSuggestions found = suggestionsAt(QString(text).remove(u'|'), cursor, valuesOf);
    QTEST(textsOf(found), "expected");
    QTEST(found.position, "position");
}

void TestFilterBar::insertsTheFirstSuggestionOnTab()
{
    bar->show();
    QVERIFY(QTest::qWaitForWindowExposed(bar.get()));
    bar->focusText();
    QTest::keyClicks(line(), QStringLiteral("is:llm ttf"));
    auto *completer = bar->findChild<QCompleter *>();
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Tab);
    QCOMPARE(line()->text(), QStringLiteral("is:llm ttft>"));
    QCOMPARE(line()->cursorPosition(), 12);
    line()->undo();
    QCOMPARE(line()->text(), QStringLiteral("is:llm ttf"));
}

void TestFilterBar::collectsTheValuesOfTheNewestRecords()
{
    Batch batch;
    for (int i = 0; i < 300; ++i) {
        const ExchangeId id = batch.start("host" + std::to_string(i));
        batch.recognise(id, i % 2 ? "odd" : "even");
    }
    batch.giveTo(*log);
    SeenValues values(*log);
    QVERIFY(values.of(FilterFieldId::Model).isEmpty());
    values.refresh();
    QCOMPARE(values.of(FilterFieldId::Model), QStringList({QStringLiteral("odd"), QStringLiteral("even")}));
    QCOMPARE(values.of(FilterFieldId::Host).size(), SeenValues::mostOfAField);
    QCOMPARE(values.of(FilterFieldId::Host).first(), QStringLiteral("host299"));
}

QTEST_MAIN(TestFilterBar)
#include "tst_filterbar.moc"
