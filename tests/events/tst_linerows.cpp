#include "core/events/eventlog.h"
#include "core/events/eventreader.h"
#include "core/events/linerowreader.h"
#include "core/events/linescanner.h"
#include "core/events/rowmaker.h"
#include "tests/events/withoutids.h"

#include <QSignalSpy>
#include <QTest>
#include <array>
#include <random>

using namespace hookscope;

namespace {

// agentkernel's lines, with `more` members behind.
std::string proxyLine(const std::string &url, const std::string &more = {})
{
    return R"({"timestamp":"2026-01-31T12:00:00.25Z","sandbox":"s","method":"POST","url":")" + url
        + R"(","host":"h","status":200,"secret_injected":true,"latency_ms":7)" + more + '}';
}

std::string callLine(const std::string &more = {})
{
    return R"({"timestamp":"2026-01-31T12:00:00Z","sandbox":"s","provider":"openai","host":"h.example","method":"POST",)"
           R"("path":"/v1/a?b=1","model":"m","status":429,"latency_ms":12,"input_tokens":5,"output_tokens":6,)"
           R"("total_tokens":11,"streaming":true,"secret_injected":false)"
        + more + '}';
}

EventBatch longWay(std::string_view line)
{
    EventReader reader;
    RowMaker maker;
    std::vector<Event> events;
    auto read = reader.read(line);
    if (!read)
        qFatal("%s", qUtf8Printable(read.error()));
    maker.add(*std::move(read), events);
    std::vector<RedactedEvent> redacted;
    for (Event &event : events)
        redacted.push_back(redact(std::move(event), {}));
    return std::make_shared<const std::vector<RedactedEvent>>(std::move(redacted));
}

ReadBatch batchOf(std::vector<ReadPart> parts)
{
    return std::make_shared<const std::vector<ReadPart>>(std::move(parts));
}

void compareExchanges(const Exchange &left, const Exchange &right)
{
    QVERIFY(left.state == right.state);
    QVERIFY(left.started == right.started);
    QVERIFY(left.request == right.request);
    QVERIFY(left.calls == right.calls);
    QVERIFY(left.response == right.response);
    QVERIFY(!left.answered && !left.progress && !right.answered && !right.progress);
}

void compareRecords(const EventLog &left, const EventLog &right)
{
    const Record &a = *left.record(left.begin());
    const Record &b = *right.record(right.begin());
    QCOMPARE(a.timestampUs, b.timestampUs);
    for (const auto number : {&Record::latencyUs, &Record::ttftUs, &Record::durationUs, &Record::requestBytes,
                              &Record::responseBytes, &Record::input, &Record::output, &Record::cacheRead,
                              &Record::cacheWrite, &Record::reasoning, &Record::cost})
        QVERIFY(a.*number == b.*number);
    for (const auto text :
         {&Record::sandbox, &Record::process, &Record::method, &Record::origin, &Record::host, &Record::path,
          &Record::provider, &Record::model, &Record::session, &Record::error}) {
        QCOMPARE(a.*text == 0, b.*text == 0);
        QCOMPARE(left.strings().text(a.*text), right.strings().text(b.*text));
    }
    QCOMPARE(a.status, b.status);
    QCOMPARE(a.calls, b.calls);
    QVERIFY(a.state == b.state && a.usage == b.usage && a.isTunnel == b.isTunnel
            && a.isWholeUrl == b.isWholeUrl);
    QVERIFY(a.isCall == b.isCall && a.isStreaming == b.isStreaming && a.isAnswered == b.isAnswered);
    QVERIFY(a.isTokensLowerBound == b.isTokensLowerBound && a.isCostLowerBound == b.isCostLowerBound);
    QVERIFY(a.isUnderstood == b.isUnderstood && a.isRestored == b.isRestored && a.isRead == b.isRead);
}

} // namespace

class TestLineRows : public QObject {
    Q_OBJECT
private slots:
    void makesTheRowOfTheLongWay_data();
    void makesTheRowOfTheLongWay();
    void takesNoLineThatTheLongWayRefuses();
    void leavesOtherLinesToTheLongWay_data();
    void leavesOtherLinesToTheLongWay();
    void holdsNoCredential_data();
    void holdsNoCredential();
    void looksAtEachTextAgainAfterMany();
    void keepsTheOrderOverThreads_data();
    void keepsTheOrderOverThreads();
    void theLogEvictsThem();
    void theLogTakesThemBetweenEvents();
};

void TestLineRows::makesTheRowOfTheLongWay_data()
{
    QTest::addColumn<std::string>("line");
    const auto row = [](const char *name, const std::string &line) {
        QTest::newRow(name) << line;
    };
    const auto with = [](std::string line, const std::string &from, const std::string &to) {
        return line.replace(line.find(from), from.size(), to);
    };
    row("an answer", proxyLine("https://h/a?b#c"));
    row("a URL without a path", proxyLine("https://h"));
    row("a URL with a fragment alone", proxyLine("https://h#c"));
    row("no URL", proxyLine("h/a"));
    row("an empty URL", proxyLine(""));
    row("percent-encoding", proxyLine("https://h/%41?a=%20"));
    row("a tunnel", with(proxyLine("h:443"), "POST", "CONNECT"));
    row("a request",
        R"({"timestamp":"2026-01-31T12:00:00+01:00","sandbox":null,"method":"GET","url":"http://h/",)"
        R"("host":"h","status":null,"secret_injected":false,"latency_ms":null})");
    row("no answer's status", with(proxyLine("http://h/"), "200", "null"));
    row("no latency", with(proxyLine("http://h/"), ":7", ":null"));
    row("keys of a call beside", proxyLine("http://h/", R"(,"model":"m","input_tokens":4)"));
    row("spaces and another order",
        R"( { "host" : "h" , "url":"http://h/x", "method":"GET",)"
        "\t\"timestamp\" : \"2026-01-31 12:00:00Z\" } \r");
    row("a call", callLine());
    row("a call that was asked for by GET", with(callLine(), "POST", "GET"));
    row("a call with no path", with(callLine(), "/v1/a?b=1", ""));
    row("a call with one number", with(callLine(), ":6", ":null"));
    row("a call without numbers", with(with(callLine(), ":6", ":null"), ":5", ":null"));
    row("a call without a model", with(callLine(), "\"m\"", "null"));
    row("a call with an empty model", with(callLine(), "\"m\"", "\"\""));
    row("a call without more",
        R"({"timestamp":"2026-01-31T12:00:00Z","provider":"p","host":"h","method":"POST","path":"/"})");
    row("negative tokens", with(callLine(), ":5", ":-5"));
}

void TestLineRows::makesTheRowOfTheLongWay()
{
    QFETCH(std::string, line);
    LineRowReader reader(LineForm::Followed);
    QVERIFY(reader.read(line));
    QCOMPARE(reader.size(), std::size_t(1));
    EventLog direct;
    direct.restoreRead(batchOf({reader.take()}));
    EventLog byEvents;
    byEvents.restore(longWay(line));
    QCOMPARE(direct.end(), EventLog::Sequence(1));
    QCOMPARE(byEvents.end(), EventLog::Sequence(1));
    compareRecords(direct, byEvents);
    QVERIFY(direct.isDetailWhole(0) && byEvents.isDetailWhole(0));
    compareExchanges(withoutIds(*direct.detail(0)), withoutIds(*byEvents.detail(0)));
}

// Good lines with a few bytes changed at random: what is still taken is what the long way reads, with the
// same meaning.
void TestLineRows::takesNoLineThatTheLongWayRefuses()
{
    std::mt19937 random(7); // the same each time
    const std::string marks = "{}[]\",:\\ntf0129-+.e \t\r\x01\x7f\x80\xc3\xa4"
                              "aZ/";
    const std::array lines = {proxyLine("https://h.example/a?b=1"), callLine()};
    LineRowReader reader(LineForm::Followed);
    int taken = 0;
    for (int i = 0; i < 40'000; ++i) {
        std::string line = lines[static_cast<std::size_t>(i) % 2];
        for (unsigned change = 0; change <= random() % 2; ++change) {
            const std::size_t at = random() % line.size();
            const char mark = marks[random() % marks.size()];
            switch (random() % 3) {
            case 0:
                line[at] = mark;
                break;
            case 1:
                line.insert(at, 1, mark);
                break;
            default:
                line.erase(at, 1 + random() % 3);
            }
        }
        if (!reader.read(line))
            continue;
        ++taken;
        const LineRowBatch rows = reader.take();
        EventReader longReader;
        QVERIFY2(longReader.read(line), line.c_str());
        EventLog direct;
        direct.restoreRead(batchOf({rows}));
        EventLog byEvents;
        byEvents.restore(longWay(line));
        const Exchange left = withoutIds(*direct.detail(0));
        const Exchange right = withoutIds(*byEvents.detail(0));
        QVERIFY2(left.started == right.started && left.request == right.request && left.calls == right.calls
                     && left.response == right.response,
                 line.c_str());
    }
    QVERIFY(taken > 1000);
}

void TestLineRows::leavesOtherLinesToTheLongWay_data()
{
    QTest::addColumn<std::string>("line");
    const auto row = [](const char *name, const std::string &line) {
        QTest::newRow(name) << line;
    };
    row("nothing", "");
    row("no JSON", "hello");
    row("a list", "[1]");
    row("cut", proxyLine("http://h/").substr(0, 90));
    row("two objects", proxyLine("http://h/") + proxyLine("http://h/"));
    row("an escape", proxyLine("http://h/\\/"));
    row("UTF-8", proxyLine("http://h/\u00e4"));
    row("a control character", proxyLine("http://h/\t"));
    row("a zero", proxyLine(std::string("http://h/\0", 10)));
    row("nothing but a brace", "{");
    row("an empty object", "{}");
    row("a comma at the end", proxyLine("http://h/", ","));
    row("a number beyond all", proxyLine("http://h/", R"(,"input_tokens":9223372036854775808)"));
    row("a number that begins with 0", proxyLine("http://h/", R"(,"input_tokens":07)"));
    row("a minus alone", proxyLine("http://h/", R"(,"input_tokens":-)"));
    row("a power of ten", proxyLine("http://h/", R"(,"input_tokens":1e3)"));
    row("a flag that goes on", proxyLine("http://h/", R"(,"streaming":trueish)"));
    row("a null that is cut", proxyLine("http://h/", R"(,"streaming":nul)"));
    row("no colon", proxyLine("http://h/", R"(,"streaming" true)"));
    row("no UTF-8", proxyLine("http://h/\xff"));
    row("a byte order mark", "\xef\xbb\xbf" + proxyLine("http://h/"));
    row("an unknown key", proxyLine("http://h/", R"(,"x":1)"));
    row("a key twice", proxyLine("http://h/", R"(,"host":"i")"));
    row("a key with an escape", proxyLine("http://h/", R"(,"mod\u0065l":"i")"));
    row("an id", proxyLine("http://h/", R"(,"id":"01234567-89ab-cdef-fedc-ba9876543210")"));
    row("no host", R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","url":"http://h/"})");
    row("no path of a call",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","host":"h","provider":"p"})");
    row("no time", R"({"timestamp":"yesterday","method":"GET","url":"http://h/","host":"h"})");
    row("a status of 0",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","url":"http://h/","host":"h","status":0})");
    row("a status of 1000",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","url":"http://h/","host":"h","status":1000})");
    row("a status in a text",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","url":"http://h/","host":"h","status":"200"})");
    row("a broken number",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","url":"http://h/","host":"h","latency_ms":1.5})");
    row("a negative latency",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"GET","url":"http://h/","host":"h","latency_ms":-1})");
    row("a long text", proxyLine("http://h/" + std::string(600, 'x')));
}

void TestLineRows::leavesOtherLinesToTheLongWay()
{
    QFETCH(std::string, line);
    LineRowReader reader(LineForm::Imported);
    QVERIFY(!reader.read(line));
    QCOMPARE(reader.size(), std::size_t(0));
    QVERIFY(reader.read(proxyLine("http://h/"))); // it goes on
    QVERIFY(!reader.read(line));
    QCOMPARE(reader.take()->records().size(), std::size_t(1));
}

void TestLineRows::holdsNoCredential_data()
{
    QTest::addColumn<std::string>("line");
    const std::string key = "sk-abcdefghij0123456789";
    const auto row = [](const char *name, const std::string &line) {
        QTest::newRow(name) << line;
    };
    const auto with = [&](std::string line, const std::string &from) {
        return line.replace(line.find(from), from.size(), key);
    };
    row("a URL", proxyLine("http://h/" + key));
    row("user info", proxyLine("http://user:canary-12345@h/"));
    row("a parameter", proxyLine("http://h/?api_key=canary-12345"));
    row("an encoded one", proxyLine("http://h/?q=%73k-abcdefghij0123456789"));
    row("an escaped one", proxyLine("http://h/\\u0073k-abcdefghij0123456789"));
    row("a tunnel's",
        R"({"timestamp":"2026-01-31T12:00:00Z","method":"CONNECT","url":"u:canary-12345@h:443","host":"h"})");
    row("a sandbox", with(proxyLine("http://h/"), "\"s\"").insert(0, ""));
    for (const char *text : {"POST", "openai", "h.example", "v1", "s\",\"provider"}) {
        const std::string place = text;
        std::string line = callLine();
        const auto at = line.find(place);
        line.insert(at, key + ' ');
        row(qPrintable(QStringLiteral("before ") + QString::fromLatin1(text)), line);
    }
    std::string model = callLine();
    row("a model", model.replace(model.find("\"m\""), 3, '"' + key + '"'));
    std::string joined = callLine(); // a host and a path that are one together
    joined.replace(joined.find("h.example"), 9, "user:canary");
    row("a call's URL", joined.replace(joined.find("/v1/a?b=1"), 9, "@h/"));
}

void TestLineRows::holdsNoCredential()
{
    QFETCH(std::string, line);
    LineRowReader reader(LineForm::Imported);
    QVERIFY(!reader.read(line));
    QVERIFY(!reader.read(line)); // also when it is remembered
    QCOMPARE(reader.take()->strings().find("sk-abcdefghij0123456789"), StringId(0));
}

// Far more texts than are remembered, in several batches.
void TestLineRows::looksAtEachTextAgainAfterMany()
{
    LineRowReader reader(LineForm::Imported);
    for (int batch = 0; batch < 3; ++batch) {
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(reader.read(proxyLine("http://h/" + std::to_string(i))));
        QVERIFY(!reader.read(proxyLine("http://h/?api_key=canary-12345")));
        const LineRowBatch rows = reader.take();
        for (int i = 0; i < 10'000; ++i) {
            const Record &record = rows->records()[static_cast<std::size_t>(i)];
            QCOMPARE(urlOf(record, rows->strings()), "http://h/" + std::to_string(i));
            QCOMPARE(rows->strings().text(record.host), std::string_view("h"));
        }
    }
}

void TestLineRows::keepsTheOrderOverThreads_data()
{
    QTest::addColumn<unsigned>("threads");
    for (const unsigned threads : {1U, 2U, 3U, 4U})
        QTest::addRow("%u", threads) << threads;
}

void TestLineRows::keepsTheOrderOverThreads()
{
    QFETCH(unsigned, threads);
    std::string text;
    for (int i = 0; i < 9000; ++i)
        text += proxyLine("http://h/" + std::to_string(i), i % 7 == 3 ? R"(,"x":1)" : "") + '\n';
    QVERIFY(text.size() > 8 * LineScanner::blockBytes);
    LineScanner scanner(LineForm::Imported, threads);
    for (int time = 0; time < 2; ++time) {
        int next = 0;
        for (const LinePart &part : scanner.scan(text)) {
            if (const auto *line = std::get_if<std::string_view>(&part)) {
                QCOMPARE(next % 7, 3);
                QCOMPARE(*line,
                         std::string_view(proxyLine("http://h/" + std::to_string(next++), R"(,"x":1)")));
                continue;
            }
            const auto &rows = std::get<LineRowBatch>(part);
            for (const Record &record : rows->records())
                QCOMPARE(urlOf(record, rows->strings()), "http://h/" + std::to_string(next++));
        }
        QCOMPARE(next, 9000);
    }
    QVERIFY(scanner.scan({}).empty());
}

void TestLineRows::theLogEvictsThem()
{
    EventLog log({100, std::size_t(1) << 30, true});
    LineRowReader reader(LineForm::Imported);
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(reader.read(proxyLine("http://h/" + std::to_string(i))));
        if (i % 300 == 299)
            log.restoreRead(batchOf({reader.take()}));
    }
    log.restoreRead(batchOf({reader.take()}));
    QCOMPARE(log.end(), EventLog::Sequence(1000));
    QVERIFY(log.end() - log.begin() <= 100);
    for (auto at = log.begin(); at < log.end(); ++at) {
        QCOMPARE(log.detail(at)->started.url, "http://h/" + std::to_string(at));
        QCOMPARE(log.find(log.record(at)->id), std::optional(at));
    }
    QCOMPARE(log.strings().find("/0"), StringId(0)); // its texts went with it
    EventLog keepsNone({0, std::size_t(1) << 30, false});
    QVERIFY(reader.read(callLine()));
    keepsNone.restoreRead(batchOf({reader.take()}));
    QCOMPARE(keepsNone.end(), EventLog::Sequence(0));
}

void TestLineRows::theLogTakesThemBetweenEvents()
{
    EventLog log;
    QSignalSpy events(&log, &EventLog::restored);
    QSignalSpy rows(&log, &EventLog::rowsRestored);
    LineRowReader reader(LineForm::Followed);
    QVERIFY(reader.read(proxyLine("http://h/1")));
    QVERIFY(reader.read(proxyLine("http://h/2")));
    log.restoreRead(
        batchOf({longWay(proxyLine("http://h/0")), reader.take(), longWay(proxyLine("http://h/3"))}));
    QCOMPARE(log.end(), EventLog::Sequence(4));
    for (EventLog::Sequence at = 0; at < 4; ++at) {
        QCOMPARE(log.detail(at)->started.url, "http://h/" + std::to_string(at));
        QVERIFY(log.record(at)->isRestored);
    }
    QCOMPARE(events.count(), 2);
    QCOMPARE(rows.count(), 1);
    log.setComment(1, "mine");
    QCOMPARE(log.strings().text(log.record(1)->comment), std::string_view("mine"));
    log.clear();
    QCOMPARE(log.begin(), log.end());
}

QTEST_GUILESS_MAIN(TestLineRows)
#include "tst_linerows.moc"
