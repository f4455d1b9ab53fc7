#include "core/hooks/hookset.h"
#include "core/hooks/setdifference.h"

#include <QTest>

using namespace hookscope;

namespace {

QList<Hook> hooksOf(const QByteArray &list)
{
    const auto set = hookSetFromJson(list);
    return set && set->bad.isEmpty() ? set->hooks : QList<Hook>();
}

QByteArray audit(const char *name, const char *more = "")
{
    return QByteArray("{\"name\":\"") + name + "\",\"event\":\"on_response\",\"target\":{\"type\":\"audit\"}"
        + more + '}';
}

} // namespace

class TestSetDifference : public QObject {
    Q_OBJECT
private slots:
    void findsWhatIsOnOneSideOnly();
    void namesTheKeysThatDiffer_data();
    void namesTheKeysThatDiffer();
    void seesAnotherOrder_data();
    void seesAnotherOrder();
};

void TestSetDifference::findsWhatIsOnOneSideOnly()
{
    const QList<Hook> here = hooksOf('[' + audit("a") + ',' + audit("b") + ']');
    const QList<Hook> there = hooksOf('[' + audit("b") + ',' + audit("c") + ']');
    const SetDifference difference = differenceOf(here, there);
    QCOMPARE(difference.alike, 1);
    QVERIFY(!difference.isOrderOther);
    QCOMPARE(difference.hooks.size(), 2);
    QCOMPARE(difference.hooks[0].name, QStringLiteral("a"));
    QCOMPARE(difference.hooks[0].kind, HookDifference::Kind::OnlyHere);
    QVERIFY(difference.hooks[0].here.startsWith("{\n") && difference.hooks[0].there.isEmpty());
    QCOMPARE(difference.hooks[1].name, QStringLiteral("c"));
    QCOMPARE(difference.hooks[1].kind, HookDifference::Kind::OnlyThere);
    QVERIFY(difference.hooks[1].here.isEmpty() && !difference.hooks[1].there.isEmpty());
    QCOMPARE(differenceOf({}, {}), SetDifference());
}

void TestSetDifference::namesTheKeysThatDiffer_data()
{
    QTest::addColumn<QByteArray>("here");
    QTest::addColumn<QByteArray>("there");
    QTest::addColumn<QStringList>("keys");
    const auto row = [](const char *name, const QByteArray &here, const QByteArray &there, const char *keys) {
        QTest::newRow(name) << here << there
                            << QString::fromLatin1(keys).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    const QByteArray web =
        R"({"name":"a","event":"on_response","target":{"type":"webhook","url":"https://h/x"}})";
    row("alike", audit("a"), audit("a"), "");
    row("off", audit("a"), audit("a", ",\"enabled\":false"), "enabled");
    row("condition", audit("a", ",\"when\":\"cost>1\""), audit("a", ",\"when\":\"cost>2\""), "when");
    row("another's key", audit("a", ",\"x\":{\"y\":[1],\"z\":1}"), audit("a", ",\"x\":{\"y\":[2],\"z\":1}"),
        "x.y");
    row("target", web, audit("a"), "target.type target.url");
    QByteArray other = web;
    other.replace("/x", "/y").replace("on_response", "on_request");
    row("event and URL", web, other, "event target.url");
}

void TestSetDifference::namesTheKeysThatDiffer()
{
    QFETCH(QByteArray, here);
    QFETCH(QByteArray, there);
    QFETCH(QStringList, keys);
    const SetDifference difference = differenceOf(hooksOf('[' + here + ']'), hooksOf('[' + there + ']'));
    QCOMPARE(difference.alike, keys.isEmpty() ? 1 : 0);
    QCOMPARE(difference.hooks.isEmpty() ? QStringList() : difference.hooks.first().keys, keys);
}

void TestSetDifference::seesAnotherOrder_data()
{
    QTest::addColumn<QByteArray>("here");
    QTest::addColumn<QByteArray>("there");
    QTest::addColumn<bool>("isOther");
    const QByteArray a = audit("a");
    const QByteArray b = audit("b");
    const QByteArray c = audit("c");
    QTest::newRow("the same") << a + ',' + b << a + ',' + b << false;
    QTest::newRow("turned") << a + ',' + b << b + ',' + a << true;
    QTest::newRow("one more between") << a + ',' + b << a + ',' + c + ',' + b << false;
    QTest::newRow("one less") << a + ',' + c + ',' + b << a + ',' + b << false;
}

void TestSetDifference::seesAnotherOrder()
{
    QFETCH(QByteArray, here);
    QFETCH(QByteArray, there);
    QFETCH(bool, isOther);
    QCOMPARE(differenceOf(hooksOf('[' + here + ']'), hooksOf('[' + there + ']')).isOrderOther, isOther);
}

QTEST_APPLESS_MAIN(TestSetDifference)
#include "tst_setdifference.moc"
