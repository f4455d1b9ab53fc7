#include "core/http/sse.h"

#include <QTest>
#include <string>
#include <vector>

using namespace hookscope;

namespace {

class Events final : public http::SseParser::Sink {
public:
    void sseEvent(std::string_view data) override { list.emplace_back(data); }
    void sseData(std::string_view part) override { pending += part; }
    void sseEventEnded() override
    {
        list.push_back(pending);
        pending.clear();
    }

    std::vector<std::string> list;
    std::string pending;
};

using Expected = std::vector<std::string>;

std::vector<std::string> eventsOf(const std::string &stream, std::size_t piece)
{
    http::SseParser parser;
    Events events;
    for (std::size_t at = 0; at < stream.size(); at += piece)
        parser.feed(std::string_view(stream).substr(at, piece), events);
    parser.finish(events);
    return events.list;
}

} // namespace

Q_DECLARE_METATYPE(Expected)

class tst_Sse final : public QObject {
    Q_OBJECT

private slots:
    void readsEvents_data();
    void readsEvents();
    void handsALongLineOnAsItComes();
    void looksForEachLineEndOnce();
};

void tst_Sse::readsEvents_data()
{
    QTest::addColumn<std::string>("stream");
    QTest::addColumn<Expected>("events");

    QTest::newRow("line feeds") << std::string("data: a\n\ndata: b\n\n") << Expected{"a", "b"};
    QTest::newRow("carriage returns") << std::string("data: a\r\rdata: b\r\r") << Expected{"a", "b"};
    QTest::newRow("both") << std::string("data: a\r\n\r\ndata: b\r\n\r\n") << Expected{"a", "b"};
    QTest::newRow("mixed") << std::string("data: a\r\n\ndata: b\n\r\ndata: c\r\n\rdata: d\n\n")
                           << Expected{"a", "b", "c", "d"};
    QTest::newRow("no space after the colon")
        << std::string("event:x\ndata:{\"a\":1}\n\n") << Expected{"{\"a\":1}"};
    QTest::newRow("only one space is taken") << std::string("data:  a\n\n") << Expected{" a"};
    QTest::newRow("several data lines") << std::string("data: a\ndata: b\n\n") << Expected{"a\nb"};
    QTest::newRow("empty data lines") << std::string("data\ndata:\ndata: x\n\n") << Expected{"\n\nx"};
    QTest::newRow("one empty data line") << std::string("data\n\n") << Expected{""};
    QTest::newRow("comments") << std::string(": keep-alive\n\n:\n\ndata: a\n: inside\ndata: b\n\n")
                              << Expected{"a\nb"};
    QTest::newRow("byte order mark") << std::string("\xEF\xBB\xBF"
                                                    "data: a\n\n")
                                     << Expected{"a"};
    QTest::newRow("a torn mark") << std::string("\xEF\xBB"
                                                "data: a\ndata: b\n\n")
                                 << Expected{"b"};
    QTest::newRow("other fields") << std::string(
        "id: 7\nretry: 5\nevent: data\ndatax: n\ndat: n\ndata: a\n\n")
                                  << Expected{"a"};
    QTest::newRow("no blank line at the end") << std::string("data: a\n\ndata: b") << Expected{"a", "b"};
    QTest::newRow("an end after the field's name") << std::string("data: a\n\ndata:") << Expected{"a", ""};
    QTest::newRow("blank lines only") << std::string("\n\n\r\n\n") << Expected{};
    QTest::newRow("nothing") << std::string() << Expected{};
}

void tst_Sse::readsEvents()
{
    QFETCH(std::string, stream);
    QFETCH(Expected, events);
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        const auto read = eventsOf(stream, piece);
        QVERIFY2(read == events, qPrintable(QStringLiteral("in pieces of %1").arg(piece)));
    }
}

void tst_Sse::handsALongLineOnAsItComes()
{
    http::SseParser parser;
    Events events;
    parser.feed("data: ", events);
    const std::string part(1 << 16, 'x');
    for (int i = 0; i < 64; ++i) {
        parser.feed(part, events);
        QCOMPARE(events.pending.size(), part.size());
        events.pending.clear();
    }
    parser.feed("\n\n", events);
    QCOMPARE(events.list.size(), std::size_t(1));
}

// A stream of carriage returns alone must not be searched to its end for a line feed at every line;
// with that, this would take minutes and run into the test's own time limit.
void tst_Sse::looksForEachLineEndOnce()
{
    std::string stream;
    for (int i = 0; i < 2'000'000; ++i)
        stream += "data:\r\r";
    QCOMPARE(eventsOf(stream, stream.size()).size(), std::size_t(2'000'000));
}

QTEST_APPLESS_MAIN(tst_Sse)
#include "tst_sse.moc"
