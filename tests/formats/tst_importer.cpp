#include "core/formats/importer.h"

#include "core/events/eventjson.h"
#include "core/events/eventlog.h"
#include "core/formats/exchangewriter.h"
#include "tests/formats/sampleexchanges.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <sys/stat.h>

using namespace hookscope;

namespace {

// What becomes of a file, as the window lets it become.
struct Imported {
    explicit Imported(const QString &path, const std::vector<ExchangeId> &known = {})
    {
        QObject::connect(&importer, &Importer::batchRead, &log, &EventLog::restoreRead);
        QObject::connect(&importer, &Importer::batchRead, &importer, &Importer::next, Qt::QueuedConnection);
        QObject::connect(&importer, &Importer::finished,
                         [this](const ImportCounts &given) { counts = given; });
        QObject::connect(&importer, &Importer::failed, [this](const Error &given) { error = given.text; });
        importer.start(path, known);
        while (!counts && error.isEmpty())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    std::vector<Exchange> exchanges() const
    {
        std::vector<Exchange> all;
        for (auto sequence = log.begin(); sequence < log.end(); ++sequence)
            all.push_back(*log.detail(sequence));
        return all;
    }

    std::string as(ExportFormat format) const
    {
        const auto writer = makeExchangeWriter(format);
        std::string out;
        writer->begin(out);
        for (const Exchange &exchange : exchanges())
            writer->add(exchange, out);
        writer->end(out);
        return out;
    }

    EventLog log;
    Importer importer;
    std::optional<ImportCounts> counts;
    QString error;
};

QByteArray harOf(const QByteArray &entries)
{
    return R"({"log":{"version":"1.2","creator":{"name":"WebInspector","version":"1"},"entries":[)" + entries
        + "]}}";
}

QByteArray entryOf(const QByteArray &url, const QByteArray &headers = {}, const QByteArray &more = {})
{
    return R"({"startedDateTime":"2026-01-31T12:00:00.5+01:00","time":30.25,"request":{"method":"GET","url":")"
        + url + R"(","httpVersion":"h2","headers":[)" + headers
        + R"(],"cookies":[],"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,)"
          R"("statusText":"OK","httpVersion":"h2","headers":[{"name":"Content-Type","value":"text/html"}],"cookies":[],)"
          R"("content":{"size":5,"mimeType":"text/html","text":"hello"},"redirectURL":"","headersSize":-1,)"
          R"("bodySize":-1},"cache":{},"timings":{"blocked":2,"dns":-1,"send":0.25,"wait":20,"receive":8})"
        + more + "}";
}

QByteArray agentkernelLine(const QByteArray &url, const QByteArray &more = {})
{
    return R"({"timestamp":"2026-01-31T12:00:01Z","sandbox":"s","method":"GET","url":")" + url
        + R"(","host":"h","status":200,"secret_injected":true,"latency_ms":7)" + more + '}';
}

} // namespace

class TestImporter : public QObject {
    Q_OBJECT
private slots:
    void bringsTheSameWireLinesBack_data();
    void bringsTheSameWireLinesBack();
    void bringsHeadsBackFromItsOwnHar();
    void readsAnEntryOfABrowser();
    void readsAnEntryWithoutAnAnswer();
    void readsTunnels();
    void masksWhatIsImported_data();
    void masksWhatIsImported();
    void leavesOutWhatTheLogHas();
    void countsBadEntries_data();
    void countsBadEntries();
    void refusesFiles_data();
    void refusesFiles();
    void readsWhatIsWholeOfATruncatedFile();
    void readsAgentkernelsLines();
    void endsWhatTheFileDoesNotEnd();
    void readsFilesOfManyChunks_data();
    void readsFilesOfManyChunks();
    void readsLinesOfAnyLengthInTheirOrder_data();
    void readsLinesOfAnyLengthInTheirOrder();
    void makesTheSameOfALineByBothWays_data();
    void makesTheSameOfALineByBothWays();
    void stopsWhenItsThreadIsAskedTo();
    void stopsBetweenBatches();

private:
    QString file(const QByteArray &content, const QString &name = QStringLiteral("x"))
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write the test's file");
        return out.fileName();
    }
    static QByteArray sampleFile(ExportFormat format)
    {
        const auto writer = makeExchangeWriter(format);
        std::string out;
        writer->begin(out);
        for (const Exchange &exchange : {samples::finishedCall(), samples::tunnel(), samples::unanswered()})
            writer->add(exchange, out);
        writer->end(out);
        return QByteArray::fromStdString(out);
    }

    QTemporaryDir m_folder;
};

void TestImporter::bringsTheSameWireLinesBack_data()
{
    QTest::addColumn<int>("format");
    QTest::addRow("jsonl") << int(ExportFormat::Jsonl);
    QTest::addRow("har") << int(ExportFormat::Har);
}

void TestImporter::bringsTheSameWireLinesBack()
{
    QFETCH(int, format);
    const Imported imported(file(sampleFile(static_cast<ExportFormat>(format))));
    QCOMPARE(imported.error, QString());
    QCOMPARE(imported.counts->exchanges, 3ULL);
    QCOMPARE(imported.counts->bad, 0ULL);
    QCOMPARE(QByteArray::fromStdString(imported.as(ExportFormat::Jsonl)), sampleFile(ExportFormat::Jsonl));
    for (const Exchange &exchange : imported.exchanges())
        QVERIFY(exchange.response);
}

void TestImporter::bringsHeadsBackFromItsOwnHar()
{
    const Imported imported(file(sampleFile(ExportFormat::Har)));
    QCOMPARE(QByteArray::fromStdString(imported.as(ExportFormat::Har)), sampleFile(ExportFormat::Har));
    const Exchange call = imported.exchanges().front();
    QVERIFY(call.started.head == samples::finishedCall().started.head);
    QVERIFY(call.started.url == samples::finishedCall().started.url);
    QVERIFY(call.started.path == samples::finishedCall().started.path);
    QVERIFY(call.answered == samples::finishedCall().answered);
}

void TestImporter::readsAnEntryOfABrowser()
{
    const Imported imported(
        file(harOf(entryOf("https://Example.org/a?b=1#part", R"({"name":":path","value":"/a"})"))));
    QCOMPARE(imported.error, QString());
    const Exchange exchange = imported.exchanges().at(0);
    QCOMPARE(rfc3339(exchange.started.timestampUs), "2026-01-31T11:00:00.500Z");
    QCOMPARE(exchange.started.sandbox, "WebInspector");
    QCOMPARE(exchange.started.url, "https://Example.org/a?b=1");
    QCOMPARE(exchange.started.host, "example.org");
    QCOMPARE(exchange.started.path, "/a?b=1");
    QCOMPARE(exchange.request->timestampUs - exchange.started.timestampUs, 2250);
    QCOMPARE(exchange.answered->status, 200);
    QCOMPARE(exchange.answered->head.size(), 1U);
    QCOMPARE(exchange.response->latencyUs, std::optional<std::int64_t>(20'000));
    QCOMPARE(exchange.response->durationUs, std::optional<std::int64_t>(28'000));
    QCOMPARE(exchange.response->requestBytes, std::optional<std::uint64_t>(0));
    QCOMPARE(exchange.response->responseBytes, std::nullopt);
    QVERIFY(exchange.state == Exchange::State::Done);
    QVERIFY(imported.log.record(imported.log.begin())->isRestored);
}

void TestImporter::readsAnEntryWithoutAnAnswer()
{
    const QByteArray entry =
        R"({"startedDateTime":"2026-01-31T12:00:00Z","request":{"method":"GET","url":"wss://h/s"},)"
        R"("response":{"status":0,"_error":"net::ERR_FAILED"}})";
    const Imported imported(file(harOf(entry)));
    QCOMPARE(imported.error, QString());
    const Exchange exchange = imported.exchanges().at(0);
    QVERIFY(exchange.state == Exchange::State::Failed);
    QCOMPARE(exchange.response->error, std::optional<std::string>("net::ERR_FAILED"));
    QCOMPARE(exchange.started.url, "https://h/s");
    QVERIFY(!exchange.answered && !exchange.response->latencyUs && !exchange.response->durationUs);
}

void TestImporter::readsTunnels()
{
    const QByteArray entry =
        R"({"startedDateTime":"2026-01-31T12:00:00Z",)"
        R"("request":{"method":"CONNECT","url":"https://h:443/"},"response":{"status":200}})";
    const Imported imported(file(harOf(entry)));
    QCOMPARE(imported.error, QString());
    const Exchange exchange = imported.exchanges().at(0);
    QVERIFY(exchange.started.isTunnel);
    QCOMPARE(exchange.started.url, "h:443");
    QCOMPARE(exchange.started.host, "h");
}

void TestImporter::masksWhatIsImported_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addRow("fields and cookies") << harOf(
        entryOf("https://h/",
                R"({"name":"cookie","value":"sid=canary-1"},{"name":"X-Api-Key","value":"canary-2"},)"
                R"({"name":"Authorization","value":"Bearer canary-3"})"));
    QTest::addRow("URL") << harOf(entryOf("https://canary:canary-4@h/a?api_key=canary-5&x=1"));
    QTest::addRow("by value in other places")
        << harOf(entryOf("https://h/canary-67890?q=canary-67890",
                         R"({"name":"Authorization","value":"Bearer canary-67890"},)"
                         R"({"name":"x-other","value":"canary-67890"})"));
    QTest::addRow("answer") << harOf(
        R"({"startedDateTime":"2026-01-31T12:00:00Z","request":{"method":"GET","url":"http://h/",)"
        R"("cookies":[{"name":"a","value":"canary-7"}],"postData":{"text":"canary-8"}},)"
        R"("response":{"status":200,"headers":[{"name":"Set-Cookie","value":"a=canary-9"}],)"
        R"("content":{"text":"canary-10"},"_error":"sk-canary"}})");
    QTest::addRow("JSON lines") << QByteArray(
        R"({"timestamp":"2026-01-31T12:00:00Z","sandbox":"s","method":"GET",)"
        R"("url":"https://u:canary-11@h/?key=canary-12","host":"h","status":200,"latency_ms":1,)"
        R"("error":"no access with key=canary-12 there"})");
}

void TestImporter::masksWhatIsImported()
{
    QFETCH(QByteArray, content);
    QVERIFY(content.contains("canary"));
    const Imported imported(file(content));
    QCOMPARE(imported.error, QString());
    QCOMPARE(imported.counts->exchanges, 1ULL);
    for (const ExportFormat format : exportFormats) {
        const std::string text = imported.as(format);
        QVERIFY2(text.find("canary") == std::string::npos, text.c_str());
    }
}

void TestImporter::leavesOutWhatTheLogHas()
{
    for (const ExportFormat format : {ExportFormat::Jsonl, ExportFormat::Har}) {
        const Imported imported(file(sampleFile(format)),
                                {samples::finishedCall().id, samples::unanswered().id});
        QCOMPARE(imported.counts->exchanges, 1ULL);
        QCOMPARE(imported.counts->known, 2ULL);
        QCOMPARE(imported.exchanges().size(), 1U);
        QVERIFY(imported.exchanges()[0].id == samples::tunnel().id);
    }
}

void TestImporter::countsBadEntries_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char *name, const QByteArray &content, const char *fault) {
        QTest::addRow("%s", name) << content << QString::fromLatin1(fault);
    };
    const QByteArray good = entryOf("http://h/");
    const auto entry = [&](const char *name, const QByteArray &bad, const char *fault) {
        row(name, harOf(good + ',' + bad), fault);
    };
    entry("no request", "{}", "entry 2: it has no request");
    entry("no URL", R"({"request":{"method":"GET"}})", "entry 2: its request has no method or no URL");
    entry("data URL", entryOf("data:text/plain,x"), "entry 2: its URL is none of http or https");
    entry("page of an extension", entryOf("chrome-extension://abc/x"),
          "entry 2: its URL is none of http or https");
    entry("long URL", entryOf("http://h/" + QByteArray(70'000, 'x')),
          "entry 2: its URL is longer than 65536 bytes");
    entry("no time", R"({"request":{"method":"GET","url":"http://h/"}})",
          "entry 2: \"startedDateTime\" is not a time such as 2026-01-31T12:00:00Z");
    entry("bad JSON", R"({"request":{"method":GET}})", "");
    entry("not an object", "7", "after entry 1: one is too long, or no object");
    entry("foreign events", entryOf("http://h/", {}, R"(,"_hookscope":{"events":[{"a":1}]})"),
          "entry 2: its \"_hookscope\" events cannot be read: ");
    const QByteArray line = QByteArray::fromStdString(toJson(*samples::finishedCall().response)) + '\n';
    row("not JSON", line + "hello\n", "line 2: ");
    row("torn last line", line + line.left(40), "line 2: ");
    row("other JSON", line + "{\"a\":1}\n", "line 2: ");
    row("long line", line + R"({"url":")" + QByteArray(2'000'000, 'x') + "\"}\n",
        "line 2: it is longer than 1048576 bytes");
}

void TestImporter::countsBadEntries()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, fault);
    const Imported imported(file(content));
    if (fault.isEmpty()) { // the whole of it is no JSON
        QVERIFY2(imported.error.contains(QStringLiteral("it is not valid JSON from byte")),
                 qUtf8Printable(imported.error));
        return;
    }
    QCOMPARE(imported.error, QString());
    QCOMPARE(imported.counts->exchanges, 1ULL);
    QCOMPARE(imported.counts->bad, 1ULL);
    QVERIFY2(imported.counts->firstFault.startsWith(fault), qUtf8Printable(imported.counts->firstFault));
}

void TestImporter::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const QByteArray &content, const char *sentence) {
        QTest::addRow("%s", name) << content << QString::fromLatin1(sentence);
    };
    row("empty", "", "it is empty.");
    row("text", "hello", "it is neither a HAR file nor one with a JSON event a line");
    row("PNG", "\x89PNG\r\n", "it is neither a HAR file");
    row("UTF-16", QByteArray("\xff\xfe{\0\"\0", 6), "it is neither a HAR file");
    row("spaces", "  \n ", "it is neither a HAR file");
    row("array", "[{}]", "it is neither a HAR file");
    row("version", R"({"log":{"entries":[],"version":"2.0"}})",
        "its HAR version is \"2.0\", and only 1.1 and 1.2 can be read.");
    row("no entries", R"({"log":{}})", "it has no \"log\" with \"entries\"");
    row("depth", R"({"log":{"entries":[)" + QByteArray(100'000, '['),
        "its JSON is nested deeper than 200 levels.");
    row("broken", R"({"log":{"entries":[{"a":1]]}})", "it is not valid JSON from byte 26 on.");
    row("nothing of use", "{\"a\":1}\n{\"b\":2}\n", "nothing in it can be used (line 1: ");
    row("depth in a line", QByteArray("{\"a\":") + QByteArray(100'000, '['),
        "nothing in it can be used (line 1: ");
    row("no usable entry", harOf("{}"), "nothing in it can be used (entry 1: it has no request).");
}

void TestImporter::refusesFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, sentence);
    const Imported imported(file(content));
    QVERIFY2(imported.error.contains(sentence), qUtf8Printable(imported.error));
    QVERIFY(!imported.error.contains(QStringLiteral("..")));
    QCOMPARE(imported.log.end(), imported.log.begin());
}

void TestImporter::readsWhatIsWholeOfATruncatedFile()
{
    const QByteArray whole = harOf(entryOf("http://h/1") + ',' + entryOf("http://h/2"));
    const Imported imported(file(whole.left(whole.size() - 10)));
    QCOMPARE(imported.error, QString());
    QCOMPARE(imported.counts->exchanges, 1ULL);
    QVERIFY(imported.counts->note.contains(QStringLiteral("ends in the middle")));
}

void TestImporter::readsAgentkernelsLines()
{
    const QByteArray lines =
        R"({"timestamp":"2026-01-31T12:00:00Z","sandbox":"s","method":"POST","url":"https://h/a","host":"h","status":null,"secret_injected":true,"latency_ms":null})"
        "\n"
        R"({"timestamp":"2026-01-31T12:00:01Z","sandbox":"s","provider":"openai","host":"h","method":"POST","path":"/a","model":"m","status":200,"latency_ms":7,"input_tokens":1,"output_tokens":2,"total_tokens":3,"streaming":false,"secret_injected":true})"
        "\n"
        R"({"timestamp":"2026-01-31T12:00:01Z","sandbox":"s","method":"POST","url":"https://h/a","host":"h","status":200,"secret_injected":true,"latency_ms":7})"
        "\n";
    const Imported imported(file(lines));
    QCOMPARE(imported.error, QString());
    const std::vector<Exchange> exchanges = imported.exchanges();
    QCOMPARE(exchanges.size(), 3U);
    for (const Exchange &exchange : exchanges)
        QVERIFY(exchange.state == Exchange::State::Done);
    QCOMPARE(exchanges[0].started.path, "/a");
    QCOMPARE(exchanges[1].calls.at(0).tokens.total(), std::optional<std::int64_t>(3));
    QCOMPARE(exchanges[1].started.url, "h/a");
    QCOMPARE(exchanges[2].response->status, std::optional(200));
}

void TestImporter::endsWhatTheFileDoesNotEnd()
{
    const Exchange call = samples::finishedCall();
    const Imported request(file(QByteArray::fromStdString(toJson(*call.request))));
    QVERIFY(request.exchanges().at(0).state == Exchange::State::Failed);
    const Imported onlyCall(file(QByteArray::fromStdString(toJson(call.calls[0]))));
    QVERIFY(onlyCall.exchanges().at(0).state == Exchange::State::Done);
    QCOMPARE(onlyCall.exchanges().at(0).response->durationUs, call.calls[0].durationUs);
    const auto writer = makeExchangeWriter(ExportFormat::Har);
    std::string har;
    writer->begin(har);
    writer->add(samples::running(), har);
    writer->end(har);
    const Imported running(file(QByteArray::fromStdString(har)));
    QVERIFY(running.exchanges().at(0).state == Exchange::State::Failed);
}

void TestImporter::readsFilesOfManyChunks_data()
{
    QTest::addColumn<int>("format");
    QTest::addRow("jsonl") << int(ExportFormat::Jsonl);
    QTest::addRow("har") << int(ExportFormat::Har);
}

void TestImporter::readsFilesOfManyChunks()
{
    QFETCH(int, format);
    const auto writer = makeExchangeWriter(static_cast<ExportFormat>(format));
    std::string out;
    writer->begin(out);
    for (std::uint64_t number = 0; number < 3000; ++number)
        writer->add(samples::finishedCall(number), out);
    writer->end(out);
    const Imported imported(file(QByteArray::fromStdString(out)));
    QCOMPARE(imported.counts->exchanges, 3000ULL);
    QCOMPARE(imported.counts->bad, 0ULL);
    QCOMPARE(imported.log.end() - imported.log.begin(), 3000ULL);
}

void TestImporter::stopsWhenItsThreadIsAskedTo()
{
    const QString path = file(sampleFile(ExportFormat::Har));
    Importer importer;
    QThread thread;
    importer.moveToThread(&thread);
    QSignalSpy batches(&importer, &Importer::batchRead);
    QSignalSpy failed(&importer, &Importer::failed);
    thread.start();
    thread.requestInterruption();
    QMetaObject::invokeMethod(
        &importer, [&] { importer.start(path, {}); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    QCOMPARE(batches.count(), 0);
    QCOMPARE(failed.count(), 0);
}

// The ends of the chunks that a file is read by lie anywhere in its lines.
void TestImporter::readsLinesOfAnyLengthInTheirOrder_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<int>("badLine"); // 0: none
    QTest::addRow("LF") << QByteArray("\n") << 0;
    QTest::addRow("CR LF") << QByteArray("\r\n") << 0;
    QTest::addRow("a bad line among them") << QByteArray("\n") << 5001;
}

void TestImporter::readsLinesOfAnyLengthInTheirOrder()
{
    QFETCH(QByteArray, end);
    QFETCH(int, badLine);
    QByteArray content;
    std::vector<std::string> urls;
    for (int i = 0; i < 9000; ++i) {
        if (i + 1 == badLine) {
            content += "{\"url\":" + end;
            continue;
        }
        // Every seventh has a key that takes it the long way.
        urls.push_back("http://h/" + std::to_string(i) + std::string(static_cast<std::size_t>(i % 400), 'x'));
        content += agentkernelLine(QByteArray::fromStdString(urls.back()), i % 7 == 0 ? R"(,"x":1)" : "")
            + (i < 8999 ? end : QByteArray());
    }
    QVERIFY(content.size() > 2'000'000);
    const Imported imported(file(content));
    QCOMPARE(imported.error, QString());
    QCOMPARE(imported.counts->exchanges, urls.size());
    QCOMPARE(imported.counts->bad, badLine == 0 ? 0ULL : 1ULL);
    if (badLine > 0)
        QVERIFY(imported.counts->firstFault.startsWith(QStringLiteral("line %1: ").arg(badLine)));
    const std::vector<Exchange> exchanges = imported.exchanges();
    QCOMPARE(exchanges.size(), urls.size());
    for (std::size_t i = 0; i < urls.size(); ++i)
        QCOMPARE(exchanges[i].started.url, urls[i]);
}

void TestImporter::makesTheSameOfALineByBothWays_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("answer") << agentkernelLine("https://h/a?b=1");
    QTest::addRow("no path") << agentkernelLine("https://h");
    QTest::addRow("fragment") << agentkernelLine("https://h#a");
    QTest::addRow("no scheme") << agentkernelLine("h/a");
    QTest::addRow("tunnel") << agentkernelLine("h:443").replace("GET", "CONNECT");
    QTest::addRow("request") << agentkernelLine("https://h/a").replace("200", "null").replace(":7", ":null");
    QTest::addRow("call") << QByteArray(
        R"({"timestamp":"2026-01-31T12:00:01Z","sandbox":"s","provider":"openai","host":"h","method":"POST","path":"/a",)"
        R"("model":"m","status":500,"latency_ms":7,"input_tokens":1,"output_tokens":null,"total_tokens":null,)"
        R"("streaming":false,"secret_injected":true})");
}

void TestImporter::makesTheSameOfALineByBothWays()
{
    QFETCH(QByteArray, line);
    const Imported direct(file(line));
    const Imported byEvents(file(line.chopped(1) + R"(,"x":1})"));
    QVERIFY(direct.log.record(0)->isWholeLine);
    QVERIFY(!byEvents.log.record(0)->isWholeLine);
    Exchange left = direct.exchanges().at(0);
    Exchange right = byEvents.exchanges().at(0);
    left.id = right.id = left.started.id = right.started.id = {};
    QVERIFY(left.started == right.started);
    QVERIFY(left.state == right.state);
    for (Exchange *exchange : {&left, &right}) {
        for (LlmEvent &call : exchange->calls)
            call.id = {};
        for (auto *event : {&exchange->request, &exchange->response}) {
            if (*event)
                (*event)->id = {};
        }
    }
    QVERIFY(left.request == right.request);
    QVERIFY(left.calls == right.calls);
    QVERIFY(left.response == right.response);
    QCOMPARE(urlOf(*direct.log.record(0), direct.log.strings()), urlOf(*byEvents.log.record(0), byEvents.log.strings()));
    QCOMPARE(direct.log.record(0)->timestampUs, byEvents.log.record(0)->timestampUs);
}

void TestImporter::stopsBetweenBatches()
{
    QByteArray content;
    for (int i = 0; i < 30'000; ++i)
        content += agentkernelLine("http://h/" + QByteArray::number(i)) + '\n';
    const QString path = file(content);
    Importer importer;
    QThread thread;
    importer.moveToThread(&thread);
    QSignalSpy batches(&importer, &Importer::batchRead);
    QSignalSpy finished(&importer, &Importer::finished);
    thread.start();
    QMetaObject::invokeMethod(
        &importer, [&] { importer.start(path, {}); }, Qt::BlockingQueuedConnection);
    thread.requestInterruption();
    QMetaObject::invokeMethod(&importer, &Importer::next, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    QCOMPARE(batches.count(), 1);
    QCOMPARE(finished.count(), 0);
}

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
