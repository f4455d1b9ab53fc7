#include "ui/hooks/deliveryhistory.h"
#include "ui/hooks/hooktablemodel.h"
#include "ui/hooks/sparklinedelegate.h"
#include "ui/settings/palettes.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace hookscope;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 startMs = 29'000'000 * minuteMs;

DeliveryCounts countsOf(quint64 delivered, quint64 failed = 0, quint64 dropped = 0, quint64 retried = 0)
{
    DeliveryCounts counts;
    counts.delivered = delivered;
    counts.failed = failed;
    counts.dropped = dropped;
    counts.retried = retried;
    return counts;
}

using Minute = DeliveryHistory::Minute;

int pixelsOf(const QImage &image, const QRect &area, const QColor &colour)
{
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return found;
}

} // namespace

class TestDeliveryHistory : public QObject {
    Q_OBJECT
private slots:
    void countsByTheMinute();
    void forgetsWhatIsOlderThanAnHour();
    void takesCountsThatShrankAsBegunAnew();
    void standsStillWhenTheClockIsSetBack();
    void isDrawnUpwardsAndDownwards_data();
    void isDrawnUpwardsAndDownwards();
    void isToldInWords();
    void saysSinceWhenEventsWait();
};

void TestDeliveryHistory::countsByTheMinute()
{
    DeliveryHistory history;
    history.note(countsOf(5), startMs);
    history.note(countsOf(7, 1), startMs + 59'000);
    history.note(countsOf(7, 2, 3, 4), startMs + minuteMs);
    const DeliveryHistory::Hour hour = history.lastHour(startMs + 3 * minuteMs);
    QCOMPARE(hour[56], (Minute{7, 1, 0}));
    QCOMPARE(hour[57], (Minute{0, 4, 4}));
    QCOMPARE(hour[58], Minute());
    QCOMPARE(hour[59], Minute());
    QCOMPARE(sumOf(hour), (Minute{7, 5, 4}));
}

void TestDeliveryHistory::forgetsWhatIsOlderThanAnHour()
{
    DeliveryHistory history;
    for (int i = 0; i < 100; ++i)
        history.note(countsOf(static_cast<quint64>(i + 1)), startMs + i * minuteMs);
    QCOMPARE(sumOf(history.lastHour(startMs + 99 * minuteMs)).delivered, 60u);
    QCOMPARE(sumOf(history.lastHour(startMs + 109 * minuteMs)).delivered, 50u);
    QCOMPARE(sumOf(history.lastHour(startMs + 159 * minuteMs)).delivered, 0u);
    history.note(countsOf(101), startMs + 1000 * minuteMs); // after a long sleep
    QCOMPARE(sumOf(history.lastHour(startMs + 1000 * minuteMs)).delivered, 1u);
}

void TestDeliveryHistory::takesCountsThatShrankAsBegunAnew()
{
    DeliveryHistory history;
    history.note(countsOf(10, 2), startMs);
    history.note(countsOf(3), startMs);
    QCOMPARE(sumOf(history.lastHour(startMs)), (Minute{13, 2, 0}));
}

void TestDeliveryHistory::standsStillWhenTheClockIsSetBack()
{
    DeliveryHistory history;
    history.note(countsOf(1), startMs);
    history.note(countsOf(2), startMs - 90 * minuteMs);
    QCOMPARE(history.lastHour(startMs - 90 * minuteMs)[59].delivered, 2u);
    QCOMPARE(history.lastHour(startMs)[59].delivered, 2u);
}

void TestDeliveryHistory::isDrawnUpwardsAndDownwards_data()
{
    QTest::addColumn<QString>("palette");
    QTest::newRow("light") << "light";
    QTest::newRow("dark") << "dark";
    QTest::newRow("contrast") << "contrast";
}

void TestDeliveryHistory::isDrawnUpwardsAndDownwards()
{
    QFETCH(QString, palette);
    const QPalette colours = ownPalette(palette);
    DeliveryHistory::Hour hour;
    hour[10] = {1000, 0, 0};
    hour[20] = {0, 1, 0}; // one among thousands
    QImage image(120, 20, QImage::Format_RGB32);
    image.fill(colours.color(QPalette::Base));
    QPainter painter(&image);
    paintSparkline(painter, image.rect(), hour, colours, false);
    painter.end();
    const QColor link = colours.color(QPalette::Link);
    const QRect upper(0, 0, 120, 12);
    const QRect lower(0, 13, 120, 7);
    QVERIFY(pixelsOf(image, upper, link) >= 12);
    QCOMPARE(pixelsOf(image, lower, link), 0);
    const QColor ground = colours.color(QPalette::Base);
    QVERIFY(pixelsOf(image, lower, ground) < lower.width() * lower.height());
    QCOMPARE(pixelsOf(image, QRect(41, 0, 3, 11), ground), 33); // nothing was delivered in that minute
}

void TestDeliveryHistory::isToldInWords()
{
    HookRegistry registry;
    HookSetDocument document(registry);
    Hook hook;
    hook.name = QStringLiteral("a");
    QVERIFY(document.edit(QStringLiteral("add"), {{hook}, {}}));
    HookTableModel model(document);
    const QAbstractItemModelTester tester(&model);
    qint64 nowMs = startMs;
    model.setClock([&nowMs] { return nowMs; });
    const QModelIndex cell = model.index(0, HookTableModel::LastHour);
    QVERIFY(!cell.data(HookTableModel::HourRole).isValid());
    QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Nothing was delivered yet"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setCounts(hook.name, countsOf(1234, 2, 1, 5));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(
        cell.data(Qt::AccessibleTextRole).toString(),
        QStringLiteral("In the last hour: 1,234 events delivered, 3 given up or dropped, 5 tries repeated"));
    QCOMPARE(cell.data(Qt::ToolTipRole), cell.data(Qt::AccessibleTextRole));
    QCOMPARE(cell.data(HookTableModel::HourRole).value<DeliveryHistory::Hour>()[59].delivered, 1234u);
    nowMs += 61 * minuteMs;
    QVERIFY(cell.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral(" 0 events delivered")));
    QVERIFY(document.edit(QStringLiteral("remove"), {}));
    QVERIFY(document.edit(QStringLiteral("add"), {{hook}, {}}));
    QVERIFY(!model.index(0, HookTableModel::LastHour).data(HookTableModel::HourRole).isValid());
}

void TestDeliveryHistory::saysSinceWhenEventsWait()
{
    HookRegistry registry;
    HookSetDocument document(registry);
    Hook hook;
    hook.name = QStringLiteral("a");
    QVERIFY(document.edit(QStringLiteral("add"), {{hook}, {}}));
    HookTableModel model(document);
    const QModelIndex cell = model.index(0, HookTableModel::WaitingSince);
    QCOMPARE(cell.data().toString(), QStringLiteral("—"));
    DeliveryCounts counts = countsOf(0);
    counts.oldestWaiting = QDateTime({2020, 2, 3}, {4, 5});
    model.setCounts(hook.name, counts);
    QCOMPARE(cell.data().toString(), QLocale().toString(QDate(2020, 2, 3), QLocale::ShortFormat));
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("the oldest that waits")));
    counts.oldestWaiting = QDateTime::currentDateTimeUtc();
    model.setCounts(hook.name, counts);
    QCOMPARE(cell.data().toString(),
             QLocale().toString(counts.oldestWaiting.toLocalTime().time(), QLocale::ShortFormat));
}

QTEST_MAIN(TestDeliveryHistory)
#include "tst_deliveryhistory.moc"
