#include "ui/text/amounts.h"
#include "ui/text/indentedjson.h"
#include "ui/text/visible.h"

#include <QJsonDocument>
#include <QTest>
#include <limits>

using namespace hookscope;

class TestText : public QObject {
    Q_OBJECT
private slots:
    void writesDurations_data();
    void writesDurations();
    void writesElapsedTimeInWholeSeconds_data();
    void writesElapsedTimeInWholeSeconds();
    void writesBytes_data();
    void writesBytes();
    void writesMoney_data();
    void writesMoney();
    void separatesThousands();
    void writesWhatIsAbsentAsADash();
    void showsControlCharacters_data();
    void showsControlCharacters();
    void keepsOrderAndValuesOfJson();
};

void TestText::writesDurations_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << QStringLiteral("0.0 ms");
    QTest::newRow("below a millisecond") << qint64(400) << QStringLiteral("0.4 ms");
    QTest::newRow("few milliseconds") << qint64(9'940) << QStringLiteral("9.9 ms");
    QTest::newRow("milliseconds") << qint64(412'300) << QStringLiteral("412 ms");
    QTest::newRow("not 1000 ms") << qint64(999'700) << QStringLiteral("1.00 s");
    QTest::newRow("seconds") << qint64(3'420'000) << QStringLiteral("3.42 s");
    QTest::newRow("not 60.00 s") << qint64(59'997'000) << QStringLiteral("1 min 00 s");
    QTest::newRow("minutes") << qint64(123'000'000) << QStringLiteral("2 min 03 s");
    QTest::newRow("hours") << qint64(3'723'000'000) << QStringLiteral("1 h 02 min");
}

void TestText::writesDurations()
{
    QFETCH(qint64, us);
    QTEST(durationText(us), "text");
}

void TestText::writesElapsedTimeInWholeSeconds_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QString>("text");
    QTest::newRow("clock set back") << qint64(-5) << QStringLiteral("0 s");
    QTest::newRow("nearly a second") << qint64(999'999) << QStringLiteral("0 s");
    QTest::newRow("seconds") << qint64(7'900'000) << QStringLiteral("7 s");
    QTest::newRow("minutes") << qint64(61'000'000) << QStringLiteral("1 min 01 s");
}

void TestText::writesElapsedTimeInWholeSeconds()
{
    QFETCH(qint64, us);
    QTEST(elapsedText(us), "text");
}

void TestText::writesBytes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << quint64(0) << QStringLiteral("0 B");
    QTest::newRow("bytes") << quint64(1023) << QStringLiteral("1023 B");
    QTest::newRow("kibibytes") << quint64(48'213) << QStringLiteral("47.1 KiB");
    QTest::newRow("gibibytes") << quint64(2'147'483'648) << QStringLiteral("2.0 GiB");
}

void TestText::writesBytes()
{
    QFETCH(quint64, bytes);
    QTEST(bytesText(bytes), "text");
}

void TestText::writesMoney_data()
{
    QTest::addColumn<PicoUsd>("amount");
    QTest::addColumn<QString>("rounded");
    QTest::addColumn<QString>("exact");
    QTest::addColumn<QString>("atLeast");
    const auto row = [](const char *name, PicoUsd amount, const char *rounded, const char *exact,
                        const char *atLeast) {
        QTest::newRow(name) << amount << QString::fromUtf8(rounded) << QString::fromUtf8(exact)
                            << QStringLiteral("≥\u202f") + QString::fromUtf8(atLeast);
    };
    row("free", 0, "$0.00", "$0.00", "$0.00");
    row("dollars", 1'234'500'000'000'000, "$1,234.50", "$1,234.50", "$1,234.50");
    row("cents", 250'000'000'000, "$0.25", "$0.25", "$0.25");
    row("parts of a cent", 420'000'000, "$0.00042", "$0.00042", "$0.00042");
    row("rounded up", 1'236'000'000'000, "$1.24", "$1.236", "$1.23");
    row("over a whole number", 1'999'999'999'999, "$2.00", "$1.999999999999", "$1.99");
    row("many digits", 1'063'761'250'000, "$1.06", "$1.06376125", "$1.06");
    row("one token of a cheap model", 20'000, "<$0.00001", "$0.00000002", "$0.00000002");
    row("back", -1'236'000'000'000, "-$1.24", "-$1.236", "-$1.24");
    row("the largest", std::numeric_limits<PicoUsd>::max(), "$9,223,372.04", "$9,223,372.036854775807",
        "$9,223,372.03");
    row("the smallest", std::numeric_limits<PicoUsd>::min(), "-$9,223,372.04", "-$9,223,372.036854775808",
        "-$9,223,372.04");
}

void TestText::writesMoney()
{
    QFETCH(PicoUsd, amount);
    QTEST(moneyText(amount), "rounded");
    QTEST(exactMoneyText(amount), "exact");
    QTEST(atLeastMoneyText(amount), "atLeast");
}

void TestText::separatesThousands()
{
    QCOMPARE(tokensText(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(countText(1000), QStringLiteral("1,000"));
    QCOMPARE(tokensText(0), QStringLiteral("0"));
}

void TestText::writesWhatIsAbsentAsADash()
{
    QCOMPARE(tokensText({}), QStringLiteral("—"));
    QCOMPARE(bytesText({}), QStringLiteral("—"));
    QCOMPARE(durationText({}), QStringLiteral("—"));
    QCOMPARE(moneyText({}), QStringLiteral("—"));
    QCOMPARE(statusText({}), QStringLiteral("—"));
    QCOMPARE(clockText(0), QStringLiteral("—"));
    QCOMPARE(statusText(404), QStringLiteral("404"));
}

void TestText::showsControlCharacters_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("naïve ✓") << QStringLiteral("naïve ✓");
    QTest::newRow("line end") << QByteArray("a\r\nb") << QStringLiteral("a␍␊b");
    QTest::newRow("NUL and DEL") << QByteArray("\0\x7f", 2) << QStringLiteral("␀␡");
    QTest::newRow("escape sequence") << QByteArray("\x1b[31m") << QStringLiteral("␛[31m");
    QTest::newRow("right-to-left override") << QByteArray("a\u202eb") << QStringLiteral("a‹U+202E›b");
    QTest::newRow("zero width") << QByteArray("a\u200bb") << QStringLiteral("a‹U+200B›b");
    QTest::newRow("line separator") << QByteArray("a\u2028b") << QStringLiteral("a‹U+2028›b");
    QTest::newRow("not UTF-8") << QByteArray("a\xff") << QStringLiteral("a\ufffd");
}

void TestText::showsControlCharacters()
{
    QFETCH(QByteArray, bytes);
    QTEST(visible(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))), "text");
}

void TestText::keepsOrderAndValuesOfJson()
{
    const std::string json =
        R"({"b":1.50,"a":[1,{"x":"{,:\"]"}],"empty":{},"none":[],"text":"a\\","n":null})";
    const QByteArray indented = QByteArray::fromStdString(indentedJson(json));
    QCOMPARE(
        indented,
        QByteArray("{\n  \"b\": 1.50,\n  \"a\": [\n    1,\n    {\n      \"x\": \"{,:\\\"]\"\n    }\n  ],\n"
                   "  \"empty\": {},\n  \"none\": [],\n  \"text\": \"a\\\\\",\n  \"n\": null\n}"));
    QCOMPARE(QJsonDocument::fromJson(indented), QJsonDocument::fromJson(QByteArray::fromStdString(json)));
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
