#include "core/llm/callreader.h"
#include "tests/encode.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>
#include <random>

using namespace hookscope;

// Every recording in tests/fixtures/open, whole and in pieces, plain and compressed: what is read must be
// what was expected. A new case is a new folder there.

namespace {

// Not read yet, and why: the one list of what is missing.
struct Uncovered {
    const char *path; // a case, or the beginning of its name
    const char *reason;
};

constexpr Uncovered uncovered[]{
};

// Free: not a call, so nothing may be read.
constexpr const char *notCalls[]{"anthropic/count-tokens-", "gemini/count-tokens-"};

QString fixtures()
{
    return QStringLiteral(HOOKSCOPE_FIXTURES "/open");
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject objectOf(const QString &path)
{
    return QJsonDocument::fromJson(contentOf(path)).object();
}

http::FieldList headOf(const QJsonArray &fields)
{
    http::FieldList head;
    for (const auto &field : fields) {
        head.push_back(
            {field.toArray().at(0).toString().toStdString(), field.toArray().at(1).toString().toStdString()});
    }
    return head;
}

struct Case {
    explicit Case(const QString &name)
    {
        const QString folder = fixtures() + u'/' + name + u'/';
        const auto meta = objectOf(folder + QStringLiteral("meta.json"));
        expected = objectOf(folder + QStringLiteral("expected.json"));
        method = meta.value(u"method").toString().toStdString();
        const QUrl url(meta.value(u"url").toString());
        host = url.host().toStdString();
        path = url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded).toStdString();
        status = meta.value(u"status").toInt();
        requestHead = headOf(meta.value(u"request_headers").toArray());
        answerHead = headOf(meta.value(u"response_headers").toArray());
        std::erase_if(answerHead, [](const http::Field &field) {
            return http::equalsIgnoringCase(field.name, "content-encoding");
        });
        request = contentOf(folder + QStringLiteral("request.json")).toStdString();
        const auto model = expected.value(u"request_model").toString().toStdString();
        if (name.startsWith(QStringLiteral("openai/audio-transcription")))
            sendForm(model);
        answer = contentOf(folder + meta.value(u"response_body_file").toString()).toStdString();
        if (meta.value(u"content_encoding").toString() == QStringLiteral("gzip")) {
            coding = "gzip";
            answerHead.push_back({"Content-Encoding", coding});
        }
    }

    // The recording has left the upload out, of which the model is a field.
    void sendForm(const std::string &model)
    {
        requestHead = {{"Content-Type", "multipart/form-data; boundary=\"a(b)\""}};
        request = "--a(b)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                  "Content-Type: audio/wav\r\n\r\nRIFF name=\"model\"\r\n\r\nnone\r\n--a(b\r\n--a(b)\r\n"
                  "Content-Disposition: form-data; name=\"model\"\r\n\r\n"
            + model + "\r\n--a(b)--\r\n";
    }

    QJsonObject expected;
    std::string method, host, path, request, answer, coding;
    http::FieldList requestHead, answerHead;
    int status = 0;
};

template <class Feed>
void inPieces(std::string_view bytes, std::size_t piece, std::mt19937 &random, Feed feed)
{
    while (!bytes.empty()) {
        const auto size = piece ? piece : 1 + random() % 700;
        // A copy of its own for each piece, so that reading beyond it is found out.
        const std::string part(bytes.substr(0, size));
        feed(part);
        bytes.remove_prefix(part.size());
    }
}

// Pieces of that size, or of random sizes for 0.
std::unique_ptr<llm::CallReader> played(const Case &recorded, std::size_t piece)
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

QVariant number(const std::optional<std::int64_t> &value)
{
    return value ? QVariant(static_cast<qlonglong>(*value)) : QVariant();
}

QVariantMap readOf(const llm::CallFacts &facts)
{
    return {
        {QStringLiteral("model"), facts.model ? QVariant(QString::fromStdString(*facts.model)) : QVariant()},
        {QStringLiteral("streaming"), facts.streaming},
        {QStringLiteral("usage_present"), facts.usage == UsageState::Reported},
        {QStringLiteral("input_tokens"), number(facts.tokens.input)},
        {QStringLiteral("output_tokens"), number(facts.tokens.output)},
        {QStringLiteral("total_tokens"), number(facts.tokens.total())},
        {QStringLiteral("cache_read_tokens"), number(facts.tokens.cacheRead)},
        {QStringLiteral("cache_write_tokens"), number(facts.tokens.cacheWrite)},
        {QStringLiteral("reasoning_tokens"), number(facts.tokens.reasoning)},
    };
}

QVariantMap expectedOf(const Case &recorded, const QVariantMap &read)
{
    QVariantMap expected;
    for (const auto &key : read.keys()) {
        const auto value = recorded.expected.value(key);
        expected[key] = value.isNull() ? QVariant()
            : value.isDouble()         ? QVariant(value.toInteger())
                                       : value.toVariant();
    }
    return expected;
}

QByteArray textOf(const QVariantMap &map)
{
    return QJsonDocument(QJsonObject::fromVariantMap(map)).toJson(QJsonDocument::Compact);
}

// Many calls on one connection: those are tst_socketcallreader's.
bool isSocket(const QString &name)
{
    return QFile::exists(fixtures() + u'/' + name + QStringLiteral("/response.frames.jsonl"));
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
    void noCaseIsForgotten();

private:
    static QStringList names();
    static void cases();
};

QStringList tst_Fixtures::names()
{
    QStringList list;
    const auto providers = QDir(fixtures()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const auto &provider : providers) {
        const auto folders =
            QDir(fixtures() + u'/' + provider).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const auto &folder : folders)
            list << provider + u'/' + folder;
    }
    return list;
}

void tst_Fixtures::cases()
{
    QTest::addColumn<QString>("name");
    for (const auto &name : names()) {
        const auto isListed = [&](const Uncovered &row) {
            return begins(name, row.path);
        };
        const auto isFree = [&](const char *path) {
            return begins(name, path);
        };
        if (!isSocket(name) && std::none_of(std::begin(uncovered), std::end(uncovered), isListed)
            && std::none_of(std::begin(notCalls), std::end(notCalls), isFree)) {
            QTest::newRow(qPrintable(name)) << name;
        }
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
    const Case recorded(name);
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
    const Case recorded(name);
    for (const std::size_t piece : {1, 3, 0}) {
        const auto reader = played(recorded, piece);
        COMPARE_READ(recorded, reader);
    }
}

void tst_Fixtures::readsEveryEncoding()
{
    QFETCH(QString, name);
    const Case original(name);
    if (!original.coding.empty())
        return; // recorded with one
    for (const std::string coding : {"gzip", "deflate", "raw", "br", "zstd"}) {
        Case recorded = original;
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
    Case recorded(name);
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
    const Case original(name);
    const auto whole = played(original, 0);
    const auto step = std::max<std::size_t>(1, original.answer.size() / 97);
    for (std::size_t size = 0; size < original.answer.size(); size += step) {
        Case cut = original;
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
    const Case recorded(name);
    auto expected = recorded.expected.value(u"provider").toString();
    if (expected == QStringLiteral("gemini"))
        expected = QStringLiteral("google");
    const auto provider = llm::providerOfHost(recorded.host, {});
    // On this machine or an address of one's own only the dialect shows.
    if (!provider)
        QVERIFY2(recorded.host == "localhost" || recorded.host == "127.0.0.1"
                     || recorded.host.ends_with(".local"),
                 recorded.host.c_str());
    else
        QCOMPARE(QString::fromStdString(provider->name), expected);
}

void tst_Fixtures::countsNoTokenCounts()
{
    for (const char *path : notCalls) {
        const Case recorded(QLatin1String(path) + QStringLiteral("01"));
        QVERIFY(!recorded.answer.empty());
        QVERIFY(!played(recorded, 0));
    }
}

void tst_Fixtures::noCaseIsForgotten()
{
    const auto list = names();
    QVERIFY(list.size() >= 186);
    for (const auto &row : uncovered) {
        QVERIFY2(std::any_of(list.begin(), list.end(),
                             [&](const QString &name) { return begins(name, row.path); }),
                 row.path);
        QVERIFY(*row.reason != '\0');
    }
}

QTEST_APPLESS_MAIN(tst_Fixtures)
#include "tst_fixtures.moc"
