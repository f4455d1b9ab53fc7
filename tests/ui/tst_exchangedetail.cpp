#include "tests/ui/sampleevents.h"
#include "ui/live/bodypage.h"
#include "ui/live/bodytext.h"
#include "ui/live/comparewindow.h"
#include "ui/live/exchangedetail.h"
#include "ui/live/livemodel.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace hookscope;
using samples::Batch;

namespace {

enum Tab { Overview, Messages, Tools, Heads, RequestBody, AnswerBody, Timing, Tokens, Events, Hooks };

const std::string firstAsk =
    R"({"model":"m","system":"Be brief.","messages":[{"role":"user","content":"What is 2 + 2?"}],)"
    R"("tools":[{"name":"add","description":"Adds","input_schema":{"type":"object"}}]})";
const std::string firstAnswer = R"({"role":"assistant","content":[{"type":"text","text":"Four."}]})";
const std::string secondAsk =
    R"({"model":"m","system":"Be brief.","messages":[{"role":"user","content":"What is 2 + 2?"},)"
    R"({"role":"assistant","content":[{"type":"text","text":"Four."}]},)"
    R"({"role":"user","content":"And 3 + 3? <b>bold</b>"}]})";

BodyKept body(ExchangeId id, BodySide side, const std::string &text)
{
    BodyKept kept;
    kept.id = id;
    kept.side = side;
    kept.text = std::make_shared<const std::string>(text);
    kept.fullSize = text.size();
    kept.contentType = "application/json";
    return kept;
}

} // namespace

class TestExchangeDetail : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsAllOfTheSelectedExchange();
    void showsHeadsAsPlainText();
    void showsTheConversationAndWhatIsNewInIt();
    void opensWhatIsFolded();
    void knowsAToolCallWithOtherSpaces();
    void listsTheTools();
    void laysOutBodiesAndFindsInThem();
    void saysWhyThereIsNoBody();
    void keepsWhatWasShownWhenTheLogLetsGo();
    void showsWhatHooksFired();
    void comparesTwoPrompts();
    void breaksAndCutsLongTexts();

private:
    ExchangeId call(const std::string &ask, const std::string &answer);
    void give(Batch &batch);
    QString shownMessages();

    std::unique_ptr<ExchangeDetail> detail;
    std::unique_ptr<LiveModel> model;
    std::unique_ptr<EventLog> log;
    QTabWidget *tabs = nullptr;
};

void TestExchangeDetail::init()
{
    detail.reset();
    model.reset();
    log = std::make_unique<EventLog>();
    model = std::make_unique<LiveModel>(*log);
    detail = std::make_unique<ExchangeDetail>(*model);
    tabs = detail->findChild<QTabWidget *>();
    QCOMPARE(tabs->count(), 10);
    detail->resize(700, 400);
    static_cast<QWidget &>(*detail).show();
}

void TestExchangeDetail::give(Batch &batch)
{
    batch.giveTo(*log);
    model->flush();
}

ExchangeId TestExchangeDetail::call(const std::string &ask, const std::string &answer)
{
    Batch batch;
    const ExchangeId id = batch.start();
    LlmEvent event = Batch::costing(id, 1'000'000);
    event.session = "s1";
    batch.add(event);
    batch.finish(id, 200);
    batch.add(body(id, BodySide::Request, ask));
    if (!answer.empty())
        batch.add(body(id, BodySide::Answer, answer));
    give(batch);
    return id;
}

QString TestExchangeDetail::shownMessages()
{
    return tabs->widget(Messages)->findChild<QTextBrowser *>()->toPlainText();
}

void TestExchangeDetail::showsAllOfTheSelectedExchange()
{
    Batch batch;
    const ExchangeId id = batch.start();
    give(batch);
    detail->show(log->begin());
    QVERIFY(tabs->isVisible());
    tabs->setCurrentIndex(Events);
    auto *events = qobject_cast<QPlainTextEdit *>(tabs->currentWidget());
    QVERIFY(events->toPlainText().isEmpty());
    batch.call(id, "gpt-5", samples::tokens(3, 4));
    batch.finish(id, 200);
    give(batch); // it fills in while it is looked at
    QVERIFY(events->toPlainText().contains(QStringLiteral("\"total_tokens\": 7")));
    QVERIFY(events->toPlainText().contains(QStringLiteral("\"event\": \"on_response\"")));

    const auto texts = [&] {
        QStringList all;
        for (const QLabel *label : tabs->currentWidget()->findChildren<QLabel *>())
            all.append(label->text());
        return all;
    };
    tabs->setCurrentIndex(Overview);
    QVERIFY(texts().contains(QStringLiteral("gpt-5")));
    tabs->setCurrentIndex(Timing);
    QVERIFY(texts().contains(QStringLiteral("50 ms")));
    tabs->setCurrentIndex(Tokens);
    QVERIFY(texts().contains(QStringLiteral("as the provider reported it")));
}

void TestExchangeDetail::showsHeadsAsPlainText()
{
    Batch batch;
    Started started;
    started.id = ExchangeId::next();
    started.method = "GET";
    started.url = "http://x/<b>bold</b>";
    started.head = {{"X-Odd", "a\tb<img src=x>"}};
    batch.add(started);
    give(batch);
    detail->show(log->begin());
    tabs->setCurrentIndex(Heads);
    QCOMPARE(tabs->currentWidget()->findChild<QPlainTextEdit *>()->toPlainText(),
             QStringLiteral("GET http://x/<b>bold</b>\nX-Odd: a␉b<img src=x>\n\nNo answer yet."));
    for (const QLabel *label : detail->findChildren<QLabel *>())
        QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(QLatin1Char('<')));
}

void TestExchangeDetail::showsTheConversationAndWhatIsNewInIt()
{
    call(firstAsk, firstAnswer);
    call(secondAsk, R"({"content":[{"type":"text","text":"Six."}]})");
    tabs->setCurrentIndex(Messages);
    detail->show(log->begin());
    QTRY_VERIFY(shownMessages().contains(QStringLiteral("Four.")));
    QVERIFY(shownMessages().contains(QStringLiteral("What is 2 + 2?")));
    QVERIFY(!shownMessages().contains(QStringLiteral("new"))); // nothing was before it
    detail->show(log->begin() + 1);
    QTRY_VERIFY(shownMessages().contains(QStringLiteral("Six.")));
    QVERIFY(shownMessages().contains(QStringLiteral("And 3 + 3? <b>bold</b>"))); // as it stands
    QVERIFY(shownMessages().contains(QStringLiteral("● new")));
    QVERIFY(shownMessages().contains(QStringLiteral("As in the call before")));
    QVERIFY(!shownMessages().contains(QStringLiteral("Four.")));
}

void TestExchangeDetail::opensWhatIsFolded()
{
    call(firstAsk, firstAnswer);
    call(secondAsk,
         std::string(R"({"content":[{"type":"text","text":")") + QByteArray("x ").repeated(2500).toStdString()
             + "END\"}]}");
    tabs->setCurrentIndex(Messages);
    detail->show(log->begin() + 1);
    QTRY_VERIFY(shownMessages().contains(QStringLiteral("As in the call before")));
    auto *browser = tabs->widget(Messages)->findChild<QTextBrowser *>();
    QVERIFY(!shownMessages().contains(QStringLiteral("END")));
    emit browser->anchorClicked(QUrl(QStringLiteral("old0")));
    QVERIFY(shownMessages().contains(QStringLiteral("Four.")));
    emit browser->anchorClicked(QUrl(QStringLiteral("part4"))); // the answer, behind four parts asked
    QVERIFY(shownMessages().contains(QStringLiteral("END")));
    emit browser->anchorClicked(QUrl(QStringLiteral("old0")));
    QVERIFY(!shownMessages().contains(QStringLiteral("Four.")));
}

void TestExchangeDetail::knowsAToolCallWithOtherSpaces()
{
    const auto texts = [](const std::string &ask, const std::string &answer) {
        return CallTexts{std::make_shared<const std::string>(ask),
                         std::make_shared<const std::string>(answer)};
    };
    const CallReading reading = readCall(
        texts(
            R"({"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"tool_use","id":"t",)"
            R"("name":"Read","input":{"path":"a"}}]}]})",
            "{}"),
        texts(
            R"({"messages":[{"role":"user","content":"Hi"}]})",
            R"({"choices":[{"message":{"tool_calls":[{"id":"t","function":{"name":"Read","arguments":"{\"path\": \"a\"}"}}]}}]})"));
    QCOMPARE(reading.isNew, (std::vector<bool>{false, false}));
}

void TestExchangeDetail::listsTheTools()
{
    call(firstAsk, {});
    tabs->setCurrentIndex(Tools);
    detail->show(log->begin());
    auto *tools = tabs->widget(Tools)->findChild<QTreeWidget *>();
    QTRY_COMPARE(tools->topLevelItemCount(), 1);
    QCOMPARE(tools->topLevelItem(0)->text(0), QStringLiteral("add"));
    QCOMPARE(tools->topLevelItem(0)->text(2), QStringLiteral("Adds"));
}

void TestExchangeDetail::laysOutBodiesAndFindsInThem()
{
    call(firstAsk, firstAnswer);
    tabs->setCurrentIndex(RequestBody);
    detail->show(log->begin());
    auto *page = qobject_cast<BodyPage *>(tabs->currentWidget());
    auto *text = page->findChild<QPlainTextEdit *>();
    QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("\n  \"system\": \"Be brief.\"")));
    text->setFocus();
    QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
    auto *find = page->findChild<QLineEdit *>();
    QTRY_VERIFY(find->isVisible());
    QTest::keyClicks(find, QStringLiteral("brief"));
    QCOMPARE(text->textCursor().selectedText(), QStringLiteral("brief"));
    QTest::keyClick(find, Qt::Key_Escape);
    QVERIFY(!find->isVisible());
}

void TestExchangeDetail::saysWhyThereIsNoBody()
{
    Batch batch;
    const ExchangeId id = batch.start();
    batch.finish(id, 200);
    give(batch);
    detail->show(log->begin());
    tabs->setCurrentIndex(AnswerBody);
    const auto note = [&] {
        return tabs->currentWidget()->findChild<QLabel *>()->text();
    };
    QVERIFY2(note().contains(QStringLiteral("Keep Bodies")), qPrintable(note()));
    detail->setKeepsBodies(true);
    QCOMPARE(note(), QStringLiteral("This body was not kept."));
    BodyKept kept;
    kept.id = id;
    kept.side = BodySide::Answer;
    kept.fullSize = 12345;
    kept.contentType = "image/png";
    kept.note = "not kept: it is no text";
    batch.add(kept);
    give(batch);
    QVERIFY2(note().contains(QStringLiteral("image/png")) && note().contains(QStringLiteral("no text")),
             qPrintable(note()));
}

void TestExchangeDetail::keepsWhatWasShownWhenTheLogLetsGo()
{
    call(firstAsk, firstAnswer);
    detail->show(log->begin());
    tabs->setCurrentIndex(Messages);
    QTRY_VERIFY(shownMessages().contains(QStringLiteral("Four.")));
    LogCaps caps = log->caps();
    caps.keepsDetails = false;
    log->setCaps(caps);
    tabs->setCurrentIndex(Heads);
    QVERIFY(!tabs->currentWidget()->findChild<QPlainTextEdit *>()->toPlainText().isEmpty());
    tabs->setCurrentIndex(Messages);
    QVERIFY(shownMessages().contains(QStringLiteral("Four.")));

    detail->show(std::nullopt);
    detail->show(log->begin());
    tabs->setCurrentIndex(Overview);
    QStringList texts;
    for (const QLabel *label : tabs->currentWidget()->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts << label->text();
    }
    QVERIFY(texts.join(QLatin1Char('\n')).contains(QStringLiteral("no longer kept")));
    QVERIFY(texts.contains(QStringLiteral("openai")));
}

void TestExchangeDetail::showsWhatHooksFired()
{
    const ExchangeId id = call(firstAsk, {});
    detail->show(log->begin());
    tabs->setCurrentIndex(Hooks);
    auto *list = tabs->currentWidget()->findChild<QTreeWidget *>();
    QCOMPARE(list->topLevelItemCount(), 0);
    HookOutcome outcome;
    outcome.mark = {id, HookEvent::OnResponse, true};
    outcome.hookName = QStringLiteral("team");
    outcome.result = HookOutcome::Result::Failed;
    outcome.text = QStringLiteral("answered 500");
    HookOutcome other = outcome;
    other.mark.exchange = ExchangeId::next();
    detail->addHookOutcomes({outcome, other});
    QCOMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(1), QStringLiteral("team"));
    QCOMPARE(list->topLevelItem(0)->text(4), QStringLiteral("answered 500"));
}

void TestExchangeDetail::comparesTwoPrompts()
{
    const auto texts = [](const std::string &ask) {
        return CallTexts{std::make_shared<const std::string>(ask), {}};
    };
    auto *window =
        new CompareWindow(texts(firstAsk), texts(secondAsk), QStringLiteral("a"), QStringLiteral("b"));
    QSignalSpy compared(window, &CompareWindow::compared);
    QVERIFY(compared.wait());
    const QString text = window->findChild<QTextBrowser *>()->toPlainText();
    QVERIFY2(text.contains(QStringLiteral("+ And 3 + 3? <b>bold</b>")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("  What is 2 + 2?")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("− ── tool add ──")), qPrintable(text));
    delete window;
}

void TestExchangeDetail::breaksAndCutsLongTexts()
{
    const ReadableBody broken = readableBody(std::string(5000, 'x'), 100'000);
    QCOMPARE(broken.text.count(QLatin1Char('\n')), 2);
    QVERIFY(!broken.isCut);
    const ReadableBody cut = readableBody(std::string(5'000'000, 'x'), 100'000);
    QVERIFY(cut.isCut && cut.text.size() <= 100'000);
    QCOMPARE(readableBody("data: {\"a\":1}\n\ndata: [DONE]\n", 1000).text,
             QStringLiteral("data: {\n  \"a\": 1\n}\n\ndata: [DONE]"));
    QCOMPARE(readableBody("{\"a\":\n1}", 1000).text, QStringLiteral("{\n  \"a\": 1\n}"));
    QCOMPARE(readableBody("a\u202eb\tc", 1000).text, QStringLiteral("a‹U+202E›b    c"));
}

QTEST_MAIN(TestExchangeDetail)
#include "tst_exchangedetail.moc"
