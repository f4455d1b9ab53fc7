#include "tests/encode.h"
#include "tests/llm/recording.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::test;

// Every recording in tests/fixtures/open, whole and in pieces, plain and compressed: what is read must be
// what was expected. A new case is a new folder there; those on websockets are tst_socketcallreader's.

namespace {

// Pieces of that size, or of random sizes for 0.
std::unique_ptr<llm::CallReader> played(const Recording &recorded, std::size_t piece)
{
    std::mt19937 random(42);
    auto reader = llm::CallReader::forRequest(
        {recorded.method, recorded.path, llm::providerOfHost(recorded.host, {}), recorded.requestHead});
    if (!reader)
        return nullptr;
    inPieces(recorded.request, piece, random, [&](std::string_view part) { reader->requestBody(part); });
    reader->requestEnded();
    reader->answerHead(recorded.status, recorded.answerHead);
    inPieces(recorded.answer, piece, random, [&](std::string_view part) { reader->answerBody(part, 1); });
    reader->answerEnded(true);
    return reader;
}

bool begins(const QString &name, const char *path)
{
    return name.startsWith(QLatin1String(path));
}

} // namespace

class tst_Fixtures final : public QObject {
    Q_OBJECT

private slots:
    void readsTheWhole_data() { cases(); }
    void readsTheWhole();
    void readsPieces_data() { cases(); }
    void readsPieces();
    void readsEveryEncoding_data() { cases(); }
    void readsEveryEncoding();
    void readsWithoutKnowingTheHost_data() { cases(); }
    void readsWithoutKnowingTheHost();
    void survivesACutAnywhere_data() { cases(); }
    void survivesACutAnywhere();
    void namesTheProvider_data() { cases(); }
    void namesTheProvider();
    void countsNoTokenCounts();

private:
    static void cases();
};

void tst_Fixtures::cases()
{
    QTest::addColumn<QString>("name");
    for (const auto &name : recordingNames()) {
        if (!isTokenCount(name))
            QTest::newRow(qPrintable(name)) << name;
    }
}

#define COMPARE_READ(recorded, reader)                                                                       \
    do {                                                                                                     \
        QVERIFY(reader);                                                                                     \
        QVERIFY((reader)->isCall());                                                                         \
        const auto read = readOf((reader)->facts());                                                         \
        QCOMPARE(textOf(read), textOf(expectedOf(recorded, read)));                                          \
    } while (false)

void tst_Fixtures::readsTheWhole()
{
    QFETCH(QString, name);
    const Recording recorded(name);
    QVERIFY(!recorded.answer.empty());
    const auto reader = played(recorded, std::numeric_limits<std::size_t>::max());
    COMPARE_READ(recorded, reader);
    const auto &facts = reader->facts();
    // An answer that is all hidden reasoning, or none, may have no first content.
    const auto hidden = facts.tokens.reasoning.value_or(0);
    if (!facts.streaming)
        QVERIFY(!facts.firstContentUs);
    else if (facts.tokens.output.value_or(1) > hidden)
        QVERIFY(facts.firstContentUs);
    QCOMPARE(facts.error.has_value(), !recorded.expected.value(u"error").isNull());
}

void tst_Fixtures::readsPieces()
{
    QFETCH(QString, name);
    const Recording recorded(name);
    for (const std::size_t piece : {1, 3, 0}) {
        const auto reader = played(recorded, piece);
        COMPARE_READ(recorded, reader);
    }
}

void tst_Fixtures::readsEveryEncoding()
{
    QFETCH(QString, name);
    const Recording original(name);
    if (!original.coding.empty())
        return; // recorded with one
    for (const std::string coding : {"gzip", "deflate", "raw", "br", "zstd"}) {
        Recording recorded = original;
        recorded.answer = test::encoded(original.answer, coding);
        recorded.request = test::encoded(original.request, coding);
        const http::Field field{"content-encoding", coding == "raw" ? "deflate" : coding};
        recorded.answerHead.push_back(field);
        recorded.requestHead.push_back(field);
        for (const std::size_t piece : {std::size_t(0), recorded.answer.size() + recorded.request.size()}) {
            const auto reader = played(recorded, piece);
            COMPARE_READ(recorded, reader);
        }
    }
}

// An unknown host is recognised by path and content, and has the same numbers, unless the provider's
// name is needed to read them.
void tst_Fixtures::readsWithoutKnowingTheHost()
{
    QFETCH(QString, name);
    Recording recorded(name);
    recorded.host = "llm.example.org";
    const auto reader = played(recorded, 0);
    if (begins(name, "vercel-gateway/chat-") && name.contains(QStringLiteral("gemini")))
        return;
    if (recorded.request.empty() && recorded.status >= 400)
        return;
    COMPARE_READ(recorded, reader);
}

void tst_Fixtures::survivesACutAnywhere()
{
    QFETCH(QString, name);
    const Recording original(name);
    const auto whole = played(original, 0);
    const auto step = std::max<std::size_t>(1, original.answer.size() / 97);
    for (std::size_t size = 0; size < original.answer.size(); size += step) {
        Recording cut = original;
        auto reader = llm::CallReader::forRequest(
            {cut.method, cut.path, llm::providerOfHost(cut.host, {}), cut.requestHead});
        reader->requestBody(cut.request);
        reader->requestEnded();
        reader->answerHead(cut.status, cut.answerHead);
        reader->answerBody(std::string_view(cut.answer).substr(0, size), 1);
        reader->answerEnded(false);
        // What is called reported must be what the whole answer says.
        if (reader->facts().usage == UsageState::Reported)
            QCOMPARE(textOf(readOf(reader->facts())), textOf(readOf(whole->facts())));
    }
}

void tst_Fixtures::namesTheProvider()
{
    QFETCH(QString, name);
    const Recording recorded(name);
    const auto provider = llm::providerOfHost(recorded.host, {});
    // On this machine or an address of one's own only the dialect shows.
    if (!provider)
        QVERIFY2(recorded.host == "localhost" || recorded.host == "127.0.0.1"
                     || recorded.host.ends_with(".local"),
                 recorded.host.c_str());
    else
        QCOMPARE(QString::fromStdString(provider->name), providerOf(recorded));
}

void tst_Fixtures::countsNoTokenCounts()
{
    int count = 0;
    for (const auto &name : recordingNames()) {
        if (!isTokenCount(name))
            continue;
        ++count;
        const Recording recorded(name);
        QVERIFY(!recorded.answer.empty());
        QVERIFY(!played(recorded, 0));
    }
    QVERIFY(count > 0);
}

QTEST_APPLESS_MAIN(tst_Fixtures)
#include "tst_fixtures.moc"
