#include "core/http/contentdecoder.h"
#include "tests/encode.h"

#include <QTest>
#include <random>

using namespace hookscope;
using http::ContentDecoder;
using State = ContentDecoder::State;

namespace {

// Text that compresses as JSON does, of which no two parts are alike.
std::string sampleText(std::size_t size)
{
    std::mt19937 random(7);
    std::string text;
    while (text.size() < size)
        text += "{\"index\":" + std::to_string(random()) + ",\"delta\":{\"content\":\"word\"}}\n";
    return text;
}

struct Decoded {
    std::string text;
    State state = State::Reading;
    bool isAtEnd = false;
};

Decoded decode(std::string_view bytes, const std::string &codings, std::size_t piece,
               ContentDecoder::Limits limits = {})
{
    http::FieldList head;
    if (!codings.empty())
        head.push_back({"Content-Encoding", codings});
    ContentDecoder decoder(head, limits);
    Decoded result;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        decoder.feed(bytes.substr(at, piece), [&](std::string_view part) { result.text += part; });
    result.state = decoder.state();
    result.isAtEnd = decoder.isAtEnd();
    return result;
}

std::string stacked(std::string_view text, const QByteArray &applied)
{
    std::string body(text);
    for (const auto &coding : applied.split(','))
        body = test::encoded(body, coding.toStdString());
    return body;
}

} // namespace

class tst_ContentDecoder final : public QObject {
    Q_OBJECT

private slots:
    void decodes_data();
    void decodes();
    void decodesTheSmallestBodies_data() { codings(); }
    void decodesTheSmallestBodies();
    void noticesACutBody_data() { codings(); }
    void noticesACutBody();
    void survivesGarbage_data() { codings(); }
    void survivesGarbage();
    void stopsAtABomb_data() { codings(); }
    void stopsAtABomb();
    void stopsAtABombInABomb();
    void readsAllMembersOfAGzipBody();
    void leavesWhatFollowsAGzipBody();
    void refusesWhatItDoesNotKnow();
    void refusesALongList();
    void refusesAWindowOfAGigabyte();
    void refusesFormatsFromBeforeTheStandard();
    void takesNoFrameInsideAFramesHead();
    void readsFramesInARow();
    void readsSeveralFieldLines();
    void anEmptyBodyIsWhole();

private:
    static void codings();
};

void tst_ContentDecoder::codings()
{
    QTest::addColumn<QByteArray>("applied");
    for (const char *name : {"gzip", "deflate", "raw", "br", "zstd"})
        QTest::newRow(name) << QByteArray(name);
}

void tst_ContentDecoder::decodes_data()
{
    QTest::addColumn<QByteArray>("applied");
    QTest::addColumn<QByteArray>("named");
    const auto row = [](const char *applied, const char *named) {
        QTest::addRow("%s as %s", applied, named) << QByteArray(applied) << QByteArray(named);
    };
    row("none", "");
    row("none", "identity");
    row("gzip", "gzip");
    row("gzip", "X-GZIP");
    row("deflate", "deflate");
    row("raw", "deflate");
    row("br", "br");
    row("zstd", "zstd");
    row("gzip,br", "gzip, br");
    row("br,gzip", "br,identity,gzip");
    row("gzip,deflate,br,zstd", "gzip, deflate, br, zstd");
}

void tst_ContentDecoder::decodes()
{
    QFETCH(QByteArray, applied);
    QFETCH(QByteArray, named);
    const auto text = sampleText(150'000);
    const auto body = stacked(text, applied);
    for (const std::size_t piece : {body.size(), std::size_t(1), std::size_t(7), std::size_t(4096)}) {
        const auto result = decode(body, named.toStdString(), piece);
        QCOMPARE(result.state, State::Reading);
        QVERIFY(result.isAtEnd);
        QVERIFY2(result.text == text, qPrintable(QStringLiteral("in pieces of %1").arg(piece)));
    }
}

void tst_ContentDecoder::decodesTheSmallestBodies()
{
    QFETCH(QByteArray, applied);
    const std::string named = applied == "raw" ? "deflate" : applied.toStdString();
    for (const std::string text : {"", "x"}) {
        for (const std::size_t piece : {1, 100}) {
            const auto result = decode(test::encoded(text, applied.toStdString()), named, piece);
            QCOMPARE(result.state, State::Reading);
            QVERIFY(result.isAtEnd);
            QCOMPARE(result.text, text);
        }
    }
}

void tst_ContentDecoder::noticesACutBody()
{
    QFETCH(QByteArray, applied);
    const std::string named = applied == "raw" ? "deflate" : applied.toStdString();
    const auto text = sampleText(20'000);
    const auto body = test::encoded(text, applied.toStdString());
    for (std::size_t size = 1; size < body.size(); size += 97) {
        const auto result = decode(body.substr(0, size), named, size);
        QCOMPARE(result.state, State::Reading);
        QVERIFY(!result.isAtEnd);
        QVERIFY(std::string_view(text).starts_with(result.text));
    }
}

void tst_ContentDecoder::survivesGarbage()
{
    QFETCH(QByteArray, applied);
    const std::string named = applied == "raw" ? "deflate" : applied.toStdString();
    const auto body = test::encoded(sampleText(5'000), applied.toStdString());
    std::mt19937 random(11);
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
        auto broken = body;
        for (int i = 0; i < 3; ++i)
            broken[random() % broken.size()] ^= static_cast<char>(1U << (random() % 8));
        refused += decode(broken, named, 64).state == State::Corrupt ? 1 : 0;
        std::string noise(200, '\0');
        for (char &c : noise)
            c = static_cast<char>(random());
        decode(noise, named, 9);
    }
    QVERIFY(refused > 100);
    QCOMPARE(decode("{\"error\":\"this was never compressed\"}" + std::string(64, '?'), named, 5).state,
             State::Corrupt);
}

void tst_ContentDecoder::stopsAtABomb()
{
    QFETCH(QByteArray, applied);
    const std::string named = applied == "raw" ? "deflate" : applied.toStdString();
    const auto body = test::encoded(std::string(8'000'000, '0'), applied.toStdString());
    ContentDecoder::Limits limits;
    limits.freeOutput = 1'000'000;
    const auto result = decode(body, named, body.size(), limits);
    QCOMPARE(result.state, State::TooLarge);
    QVERIFY(result.text.size() <= std::max<std::size_t>(1'000'000, 256 * body.size()));
    QVERIFY(!result.isAtEnd);
    QCOMPARE(decode(body, named, body.size()).state, State::Reading);
    limits = {};
    limits.output = 7'000'000;
    QCOMPARE(decode(body, named, 16, limits).state, State::TooLarge);
}

void tst_ContentDecoder::stopsAtABombInABomb()
{
    const auto inner = test::encoded(std::string(64'000'000, '0'), "gzip");
    const auto body = test::encoded(inner, "gzip");
    QVERIFY(body.size() < 10'000);
    QCOMPARE(decode(body, "gzip, gzip", body.size()).state, State::TooLarge);
}

void tst_ContentDecoder::readsAllMembersOfAGzipBody()
{
    const auto body = test::encoded("one ", "gzip") + test::encoded("two", "gzip");
    for (const std::size_t piece : {1, 3, 1000}) {
        const auto result = decode(body, "gzip", piece);
        QCOMPARE(result.text, std::string("one two"));
        QVERIFY(result.isAtEnd);
    }
}

void tst_ContentDecoder::leavesWhatFollowsAGzipBody()
{
    const auto body = test::encoded("one", "gzip") + std::string(20, '\0') + "rest";
    for (const std::size_t piece : {1, 3, 1000}) {
        const auto result = decode(body, "gzip", piece);
        QCOMPARE(result.state, State::Reading);
        QCOMPARE(result.text, std::string("one"));
        QVERIFY(result.isAtEnd);
    }
}

void tst_ContentDecoder::refusesWhatItDoesNotKnow()
{
    const auto result = decode("anything", "compress", 100);
    QCOMPARE(result.state, State::Unsupported);
    QVERIFY(result.text.empty());
    QCOMPARE(decode("anything", "gzip, aes128gcm", 100).state, State::Unsupported);
}

void tst_ContentDecoder::refusesALongList()
{
    QCOMPARE(decode("anything", "gzip,gzip,gzip,gzip,gzip", 100).state, State::Unsupported);
}

void tst_ContentDecoder::refusesAWindowOfAGigabyte()
{
    // A frame head with a window descriptor of 2^30 and no content size.
    const std::string head("\x28\xB5\x2F\xFD\x00\xA0", 6);
    QCOMPARE(decode(head + std::string(30, '\0'), "zstd", 100).state, State::Corrupt);
}

// The library reads its own older formats, and fails at other places of them when they come in pieces.
void tst_ContentDecoder::refusesFormatsFromBeforeTheStandard()
{
    for (const char version : {'\x22', '\x23', '\x24', '\x25', '\x26', '\x27'}) {
        for (const std::size_t piece : {1, 100})
            QCOMPARE(decode(std::string(1, version) + std::string("\xB5\x2F\xFD\x00\x00\x00", 6), "zstd", piece).state,
                     State::Corrupt);
    }
}

// Behind a frame's number comes its head, also if that looks like a frame that is to be passed over.
void tst_ContentDecoder::takesNoFrameInsideAFramesHead()
{
    const std::string number("\x28\xB5\x2F\xFD", 4);
    const std::string skippable("\x50\x2A\x4D\x18\x04\0\0\0\xFF\xFF\xFF\xFF", 12);
    for (const std::size_t piece : {1, 4, 5, 100})
        QCOMPARE(decode(number + skippable, "zstd", piece).state, State::Corrupt);
}

void tst_ContentDecoder::readsFramesInARow()
{
    const auto skippable = std::string("\x5A\x2A\x4D\x18\x02\0\0\0!!", 10);
    const auto body = test::encoded("one", "zstd") + skippable + test::encoded("two", "zstd");
    for (const std::size_t piece : {1, 3, 1000}) {
        const auto decoded = decode(body, "zstd", piece);
        QCOMPARE(decoded.text, std::string("onetwo"));
        QVERIFY(decoded.isAtEnd);
    }
}

void tst_ContentDecoder::readsSeveralFieldLines()
{
    const http::FieldList head{{"content-encoding", "gzip"}, {"Content-Encoding", "br"}};
    ContentDecoder decoder(head);
    std::string text;
    decoder.feed(stacked("both", "gzip,br"), [&](std::string_view part) { text += part; });
    QCOMPARE(text, std::string("both"));
}

void tst_ContentDecoder::anEmptyBodyIsWhole()
{
    QVERIFY(ContentDecoder(http::FieldList{{"content-encoding", "gzip"}}).isAtEnd());
    QVERIFY(ContentDecoder(http::FieldList()).isAtEnd());
}

QTEST_APPLESS_MAIN(tst_ContentDecoder)
#include "tst_contentdecoder.moc"
