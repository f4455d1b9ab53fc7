#include "core/formats/harscanner.h"

#include <QTest>

using namespace hookscope;

class TestHarScanner : public QObject {
    Q_OBJECT
private slots:
    void findsEntries_data();
    void findsEntries();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void keepsTheHeader();
    void leavesOutWhatIsNoObject();
    void boundsTheDepth();
};

namespace {

// Whole, and one byte at a time: the same.
HarScanner scanned(const QByteArray &text, std::vector<std::string> &entries, bool isWhole)
{
    HarScanner scanner;
    if (isWhole) {
        scanner.feed({text.data(), static_cast<std::size_t>(text.size())}, entries);
    } else {
        for (const char &byte : text)
            scanner.feed({&byte, 1}, entries);
    }
    scanner.finish();
    return scanner;
}

} // namespace

void TestHarScanner::findsEntries_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &expected) {
        QTest::addRow("%s", name) << text << expected;
    };
    row("none", R"({"log":{"entries":[]}})", {});
    row("two", R"({"log":{"version":"1.2","entries":[{"a":1},{"b":[2]}]}})", {R"({"a":1})", R"({"b":[2]})"});
    row("laid out", "{ \"log\" : {\n \"entries\" : [\n {\n \"a\" : 1 } ,\n { } ] } }", {R"({"a":1})", "{}"});
    row("brackets in strings", R"({"log":{"entries":[{"a":"]}\"}{[\\"},{"}":1}]}})",
        {R"({"a":"]}\"}{[\\"})", R"({"}":1})"});
    row("others of that name",
        R"({"entries":[{"x":1}],"log":{"pages":[{"entries":[{"y":1}]}],"entries":[{"a":1}]}})",
        {R"({"a":1})"});
    row("not of log", R"({"gol":{"entries":[{"x":1}]},"log":{"entries":[{"a":{"entries":[{"z":1}]}}]}})",
        {R"({"a":{"entries":[{"z":1}]}})"});
    row("header last", R"({"log":{"entries":[{"a":true}],"creator":{"name":"x"},"version":"1.2"}})",
        {R"({"a":true})"});
    row("byte order mark", "\xef\xbb\xbf{\"log\":{\"entries\":[{\"a\":null}]}}", {R"({"a":null})"});
}

void TestHarScanner::findsEntries()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    for (const bool isWhole : {true, false}) {
        if (!isWhole && text.startsWith('\xef'))
            continue; // the mark is looked for in the first part, which is never that short
        std::vector<std::string> entries;
        QCOMPARE(scanned(text, entries, isWhole).problem(), HarScanner::Problem::None);
        QByteArrayList found;
        for (const std::string &entry : entries)
            found.append(QByteArray::fromStdString(entry));
        QCOMPARE(found, expected);
    }
}

void TestHarScanner::tellsWhatIsWrong_data()
{
    using Problem = HarScanner::Problem;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("problem");
    QTest::addColumn<int>("entries");
    const auto row = [](const char *name, const QByteArray &text, Problem problem, int entries = 0) {
        QTest::addRow("%s", name) << text << int(problem) << entries;
    };
    row("empty", "", Problem::NotJson);
    row("text", "hello", Problem::NotJson);
    row("array", "[]", Problem::NotJson);
    row("other JSON", R"({"a":1})", Problem::NoEntries);
    row("log without entries", R"({"log":{"version":"1.2"}})", Problem::NoEntries);
    row("entries is an object", R"({"log":{"entries":{}}})", Problem::NoEntries);
    row("cut in an entry", R"({"log":{"entries":[{"a":1},{"b":)", Problem::Truncated, 1);
    row("cut in a string", R"({"log":{"entries":[{"a":"x)", Problem::Truncated);
    row("cut after an entry", R"({"log":{"entries":[{"a":1})", Problem::Truncated, 1);
    row("wrong bracket", R"({"log":{"entries":[{"a":1]]}})", Problem::NotJson);
    row("word", R"({"log":{"entries":[hello]}})", Problem::NotJson);
    row("no comma", R"({"log":{"entries":[{"a":1}{"b":1}]}})", Problem::NotJson, 1);
    row("more after the end", R"({"log":{"entries":[{"a":1}]}} {})", Problem::NotJson, 1);
    row("too many brackets at the end", R"({"log":{"entries":[]}}})", Problem::NotJson);
    row("object as a key", R"({{"log":1}:{}})", Problem::NotJson);
}

void TestHarScanner::tellsWhatIsWrong()
{
    QFETCH(QByteArray, text);
    for (const bool isWhole : {true, false}) {
        std::vector<std::string> entries;
        QTEST(int(scanned(text, entries, isWhole).problem()), "problem");
        QTEST(int(entries.size()), "entries");
    }
}

void TestHarScanner::keepsTheHeader()
{
    std::vector<std::string> entries;
    const HarScanner scanner = scanned(
        R"({"log":{"creator":{"name":"a\"b","version":"1"},"version":"1.2","browser":{"name":"Firefox"},"entries":[]}})",
        entries, false);
    QCOMPARE(scanner.version(), R"("1.2")");
    QCOMPARE(scanner.creator(), R"({"name":"a\"b","version":"1"})");
    QCOMPARE(scanner.browser(), R"({"name":"Firefox"})");
}

void TestHarScanner::leavesOutWhatIsNoObject()
{
    std::vector<std::string> entries;
    const HarScanner scanner =
        scanned(R"({"log":{"entries":[12,true,"x",[{"a":1}],null,{"b":1}]}})", entries, false);
    QCOMPARE(scanner.problem(), HarScanner::Problem::None);
    QCOMPARE(scanner.oddEntries(), 5U);
    QCOMPARE(entries, std::vector<std::string>{R"({"b":1})"});
}

void TestHarScanner::boundsTheDepth()
{
    const QByteArray head = R"({"log":{"entries":[{"a":)";
    const QByteArray bomb = head + QByteArray(1'000'000, '[');
    std::vector<std::string> entries;
    QCOMPARE(scanned(bomb, entries, true).problem(), HarScanner::Problem::TooDeep);
    const QByteArray deep = head + QByteArray(190, '[') + QByteArray(190, ']') + "}]}}";
    QCOMPARE(scanned(deep, entries, true).problem(), HarScanner::Problem::None);
}

QTEST_GUILESS_MAIN(TestHarScanner)
#include "tst_harscanner.moc"
