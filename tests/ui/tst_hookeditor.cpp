#include "tests/ui/sampleevents.h"
#include "ui/hooks/hookeditor.h"
#include "ui/hooks/quantityedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <memory>

using namespace hookscope;

namespace {

Hook hookOf(const QByteArray &keys)
{
    const auto hook = hookFromJson(
        QJsonDocument::fromJson("{\"name\":\"a\",\"event\":\"on_response\"," + keys + "}").object());
    return hook ? *hook : Hook();
}

} // namespace

class TestHookEditor : public QObject {
    Q_OBJECT
private slots:
    void init() { m_log.clear(); }
    void givesBackEveryQuantity_data();
    void givesBackEveryQuantity();
    void keepsToItsRange();
    void putsFilesAside();
    void sendsArrays();
    void limitsPrograms();
    void showsAndKeepsWhatTheFileSays_data();
    void showsAndKeepsWhatTheFileSays();
    void hidesWhatDoesNotApply_data();
    void hidesWhatDoesNotApply();
    void forgetsWhatDoesNotApply();
    void previewsTheNewestEvent();
    void previewsTheChosenEvent();
    void saysInWordsWhyThereIsNoPreview();
    void showsEachLineOfABody();

private:
    template <class T> T *field(const char *name) const
    {
        return m_editor->findChild<T *>(QLatin1String(name));
    }
    void open(const Hook &hook)
    {
        m_editor = std::make_unique<HookEditor>(HookEditor::Purpose::Edit, hook, QStringList(), m_log);
        m_editor->show();
    }

    void openWithPreview(const Hook &hook)
    {
        m_made = 0;
        const auto maker = [this](const Hook &shown, const std::optional<CapturedEvent> &event) {
            ++m_made;
            const auto *answer = event ? std::get_if<ProxyEvent>(&event->event) : nullptr;
            const QByteArray status = answer ? QByteArray::number(answer->status.value_or(0)) : "sample";
            return DeliveryPreview{
                {{shown.name, {QStringLiteral("of ") + shown.when.text()}, status}}, {}, {}};
        };
        m_editor = std::make_unique<HookEditor>(HookEditor::Purpose::Edit, hook, QStringList(), m_log, maker);
        m_editor->show();
    }
    QString preview() const { return field<QPlainTextEdit>("previewText")->toPlainText(); }

    int m_made = 0; // previews
    EventLog m_log;
    std::unique_ptr<HookEditor> m_editor;
};

void TestHookEditor::givesBackEveryQuantity_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<double>("number");
    QTest::addColumn<QString>("unit");
    QTest::newRow("GiB") << (qint64(3) << 30) << 3.0 << "GiB";
    QTest::newRow("MiB") << (qint64(100) << 20) << 100.0 << "MiB";
    QTest::newRow("least") << qint64(4096) << 4.0 << "KiB";
    QTest::newRow("odd") << qint64(5'000'001) << 5'000'001.0 << "bytes";
    QTest::newRow("most, but one byte") << (qint64(1) << 50) - 1 << 1125899906842623.0 << "bytes";
}

void TestHookEditor::givesBackEveryQuantity()
{
    QFETCH(qint64, value);
    QFETCH(double, number);
    QFETCH(QString, unit);
    QuantityEdit edit(QuantityEdit::bytes(), 4096, qint64(1) << 50, QStringLiteral("Size"));
    edit.setValue(value);
    QCOMPARE(edit.value(), value);
    QCOMPARE(edit.findChild<QDoubleSpinBox *>()->value(), number);
    QCOMPARE(edit.findChild<QComboBox *>()->currentText(), unit);
}

void TestHookEditor::keepsToItsRange()
{
    QuantityEdit edit(QuantityEdit::seconds(), 60, 366 * 24 * 3600, QStringLiteral("Age"));
    edit.setValue(3600);
    QSignalSpy changed(&edit, &QuantityEdit::changed);
    auto *unit = edit.findChild<QComboBox *>();
    unit->setCurrentIndex(0); // 1 h becomes 1 s, which is too little
    QCOMPARE(edit.value(), 60);
    unit->setCurrentIndex(3);
    QCOMPARE(edit.value(), 60 * 24 * 3600);
    edit.findChild<QDoubleSpinBox *>()->setValue(1000);
    QCOMPARE(edit.value(), 366 * 24 * 3600);
    QCOMPARE(changed.count(), 3);
}

void TestHookEditor::putsFilesAside()
{
    open(hookOf(R"("target":{"type":"file","path":"/a"})"));
    QVERIFY(!std::get<FileTarget>(m_editor->hook().target).rotation);
    QVERIFY(!field<QSpinBox>("hookKeep")->isVisible());
    field<QCheckBox>("hookAtSize")->click();
    QVERIFY(field<QSpinBox>("hookKeep")->isVisible());
    QCOMPARE(std::get<FileTarget>(m_editor->hook().target).rotation, (FileRotation{100 << 20, 0, 5, false}));
    field<QuantityEdit>("hookSize")->setValue(64 << 20);
    field<QCheckBox>("hookAtAge")->click();
    field<QuantityEdit>("hookAge")->setValue(36 * 3600);
    field<QSpinBox>("hookKeep")->setValue(9);
    field<QCheckBox>("hookCompress")->click();
    QCOMPARE(std::get<FileTarget>(m_editor->hook().target).rotation,
             (FileRotation{64 << 20, 36 * 3600, 9, true}));
    field<QCheckBox>("hookAtSize")->click();
    QCOMPARE(std::get<FileTarget>(m_editor->hook().target).rotation->maxBytes, 0);
    QCOMPARE(*hookFromJson(toJson(m_editor->hook())), m_editor->hook());
}

void TestHookEditor::sendsArrays()
{
    open(hookOf(R"("target":{"type":"webhook","url":"https://h/"})"));
    QCOMPARE(m_editor->hook().delivery, DeliveryPolicy());
    QVERIFY(!field<QSpinBox>("hookBatchEvents")->isVisible());
    field<QCheckBox>("hookBatch")->click();
    QVERIFY(field<QSpinBox>("hookBatchEvents")->isVisible());
    QCOMPARE(m_editor->hook().delivery.batch, Batching());
    field<QSpinBox>("hookBatchEvents")->setValue(7);
    field<QuantityEdit>("hookBatchWait")->setValue(0);
    field<QSpinBox>("hookParallel")->setValue(2);
    QCOMPARE(m_editor->hook().delivery.batch, (Batching{7, 0}));
    QCOMPARE(m_editor->hook().delivery.parallel, 2);
    QCOMPARE(*hookFromJson(toJson(m_editor->hook())), m_editor->hook());
}

void TestHookEditor::limitsPrograms()
{
    open(hookOf(R"("target":{"type":"exec","command":["/bin/x"]})"));
    field<QuantityEdit>("hookTimeout")->setValue(1500);
    field<QuantityEdit>("hookMemory")->setValue(2048);
    field<QSpinBox>("hookAtOnce")->setValue(4);
    const auto exec = std::get<ExecTarget>(m_editor->hook().target);
    QCOMPARE(exec.timeoutMs, 1500);
    QCOMPARE(exec.memoryMb, 2048);
    QCOMPARE(exec.atOnce, 4);
}

void TestHookEditor::showsAndKeepsWhatTheFileSays_data()
{
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char *name, const char *keys) {
        QTest::newRow(name) << QByteArray(keys);
    };
    row("size", R"("target":{"type":"file","path":"/a","rotate":{"max_bytes":4097,"keep":1000}})");
    row("age",
        R"("target":{"type":"file","path":"/a","rotate":{"max_age_s":61,"keep":1,"compress":"zstd"}})");
    row("largest",
        R"("target":{"type":"file","path":"/a","rotate":{"max_bytes":1125899906842624,"max_age_s":31622400}})");
    row("array",
        R"("target":{"type":"webhook","url":"https://h/"},"batch":{"max_events":1,"max_wait_ms":600000})");
    row("waits",
        R"("target":{"type":"webhook","url":"https://h/"},"delivery":"at_least_once","parallel":6,"retry":{"schedule_ms":[5]})");
    row("program",
        R"("target":{"type":"exec","command":["/x",""],"timeout_ms":600000,"memory_mb":1048576,"at_once":16})");
    row("smallest program",
        R"("target":{"type":"exec","command":["/x"],"timeout_ms":1,"memory_mb":16,"at_once":1})");
    row("limit", R"("target":{"type":"audit"},"limit":{"events":1000,"per_s":604800})");
}

void TestHookEditor::showsAndKeepsWhatTheFileSays()
{
    QFETCH(QByteArray, keys);
    const Hook hook = hookOf(keys + ",\"own\":1");
    QCOMPARE(hook.name, QStringLiteral("a"));
    open(hook);
    QCOMPARE(m_editor->hook(), hook);
    QVERIFY(field<QPushButton>("hookTest")->isEnabled());
}

void TestHookEditor::hidesWhatDoesNotApply_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("shown");
    const QStringList common{QStringLiteral("hookEvent"), QStringLiteral("hookWhen"),
                             QStringLiteral("hookLimited")};
    QTest::newRow("webhook") << 0
                             << (common
                                 + QStringList{QStringLiteral("hookUrl"), QStringLiteral("hookBatch"),
                                               QStringLiteral("hookMore")});
    QTest::newRow("file") << 1
                          << (common + QStringList{QStringLiteral("hookPath"), QStringLiteral("hookAtSize")});
    QTest::newRow("audit") << 2 << common;
    QTest::newRow("program") << 3
                             << (common
                                 + QStringList{QStringLiteral("hookCommand"), QStringLiteral("hookTimeout")});
    QTest::newRow("notification") << 4 << common;
    QTest::newRow("collector") << 5
                               << QStringList{QStringLiteral("hookWhen"), QStringLiteral("hookCollector"),
                                              QStringLiteral("hookMore")};
}

void TestHookEditor::hidesWhatDoesNotApply()
{
    QFETCH(int, kind);
    QFETCH(QStringList, shown);
    open(hookOf(R"("target":{"type":"audit"})"));
    field<QComboBox>("hookKind")->setCurrentIndex(kind);
    for (const char *name : {"hookEvent", "hookWhen", "hookLimited", "hookUrl", "hookBatch", "hookMore",
                             "hookPath", "hookAtSize", "hookCommand", "hookTimeout", "hookCollector"}) {
        QVERIFY2(field<QWidget>(name)->isVisible() == shown.contains(QLatin1String(name)), name);
    }
}

void TestHookEditor::forgetsWhatDoesNotApply()
{
    open(
        hookOf(R"("target":{"type":"webhook","url":"https://h/"},"when":"cost>1","delivery":"at_least_once",)"
               R"("batch":{},"headers":{"X-A":"b"},"limit":{"events":1,"per_s":9})"));
    field<QComboBox>("hookEvent")->setCurrentIndex(2); // on budget
    QVERIFY(m_editor->hook().when.isEmpty());
    QVERIFY(!field<QLineEdit>("hookWhen")->isVisible());
    field<QComboBox>("hookKind")->setCurrentIndex(5);
    field<QLineEdit>("hookCollector")->setText(QStringLiteral("http://127.0.0.1:4318"));
    const Hook hook = m_editor->hook();
    QCOMPARE(hook.event, HookEvent::OnResponse);
    QCOMPARE(hook.when.text(), QStringLiteral("cost>1"));
    QVERIFY(!hook.limit);
    QCOMPARE(hook.delivery, DeliveryPolicy());
    QVERIFY(validate(hook));
    field<QComboBox>("hookKind")->setCurrentIndex(1);
    field<QLineEdit>("hookPath")->setText(QStringLiteral("/a"));
    field<QComboBox>("hookEvent")->setCurrentIndex(1);
    QCOMPARE(m_editor->hook().sending, SendingPolicy());
    QVERIFY(validate(m_editor->hook()));
}

void TestHookEditor::previewsTheNewestEvent()
{
    openWithPreview(hookOf(R"("target":{"type":"file","path":"/a"})"));
    QVERIFY2(preview().contains(QStringLiteral("sample")), qPrintable(preview()));
    samples::Batch batch;
    for (const int status : {200, 500, 201})
        batch.finish(batch.start("a.example"), status);
    batch.giveTo(m_log);
    openWithPreview(hookOf(R"("target":{"type":"file","path":"/a"})"));
    QCOMPARE(preview(), QStringLiteral("a (3 B)\nof \n\n201"));
    QCOMPARE(field<QComboBox>("previewEvent")->count(), 4); // with the sample
    field<QLineEdit>("hookWhen")->setText(QStringLiteral("status>=400"));
    QTRY_COMPARE(preview(), QStringLiteral("a (3 B)\nof status>=400\n\n500"));
    QCOMPARE(field<QComboBox>("previewEvent")->count(), 2);
    QCOMPARE(m_made, 2); // not one for each key
}

void TestHookEditor::previewsTheChosenEvent()
{
    samples::Batch batch;
    for (const int status : {200, 500, 201})
        batch.finish(batch.start("a.example"), status);
    batch.giveTo(m_log);
    openWithPreview(hookOf(R"("target":{"type":"file","path":"/a"},"when":"status>=100")"));
    auto *choice = field<QComboBox>("previewEvent");
    choice->setCurrentIndex(1);
    emit choice->activated(1);
    QVERIFY2(preview().endsWith(QStringLiteral("500")), qPrintable(preview()));
    field<QLineEdit>("hookWhen")->setText(QStringLiteral("status>=201"));
    QTRY_VERIFY(preview().contains(QStringLiteral("of status>=201")));
    QVERIFY2(preview().endsWith(QStringLiteral("500")), qPrintable(preview())); // still among them
    field<QLineEdit>("hookWhen")->setText(QStringLiteral("status:200"));
    QTRY_VERIFY(preview().endsWith(QStringLiteral("200")));
    choice->setCurrentIndex(choice->count() - 1);
    emit choice->activated(choice->count() - 1);
    QVERIFY(preview().endsWith(QStringLiteral("sample")));
    field<QLineEdit>("hookWhen")->setText(QString());
    QTRY_COMPARE(choice->currentIndex(), choice->count() - 1);
    QVERIFY(preview().endsWith(QStringLiteral("sample")));
}

void TestHookEditor::saysInWordsWhyThereIsNoPreview()
{
    openWithPreview(hookOf(R"("target":{"type":"webhook","url":"https://h/"},"headers":{"X-A":"b"})"));
    QVERIFY(!preview().isEmpty());
    auto *text = field<QPlainTextEdit>("previewText");
    field<QPlainTextEdit>("hookTemplate")->setPlainText(QStringLiteral("{\"a\": \"{{nothing}}\"}"));
    QTRY_VERIFY(preview().isEmpty());
    QVERIFY2(text->placeholderText().contains(QStringLiteral("no event has \"nothing\"")),
             qPrintable(text->placeholderText()));
    QVERIFY(!field<QComboBox>("previewEvent")->isEnabled());
    field<QPlainTextEdit>("hookTemplate")->setPlainText(QString());
    QTRY_VERIFY(!preview().isEmpty());
    field<QLineEdit>("hookName")->clear(); // a name is not sent
    QTRY_VERIFY(preview().startsWith(QStringLiteral("New hook")));
}

void TestHookEditor::showsEachLineOfABody()
{
    m_editor = std::make_unique<HookEditor>(
        HookEditor::Purpose::Edit, hookOf(R"("target":{"type":"audit"})"), QStringList(), m_log,
        [](const Hook &, const std::optional<CapturedEvent> &) {
            return DeliveryPreview{
                {{QStringLiteral("t"), {}, "{\n\t\"a\": \"\u202e\"\n}\n"}}, QStringLiteral("a note"), {}};
        });
    m_editor->show();
    QCOMPARE(preview(), QStringLiteral("t (16 B)\n{\n␉\"a\": \"‹U+202E›\"\n}"));
    QCOMPARE(field<QLabel>("previewNote")->text(), QStringLiteral("a note"));
    QVERIFY(field<QLabel>("previewNote")->isVisible());
}

QTEST_MAIN(TestHookEditor)
#include "tst_hookeditor.moc"
