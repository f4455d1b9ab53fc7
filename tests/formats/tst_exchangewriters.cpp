#include "core/formats/exchangewriter.h"

#include "core/events/eventjson.h"
#include "tests/formats/sampleexchanges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace hookscope;

namespace {

std::string written(ExportFormat format, const std::vector<Exchange> &exchanges)
{
    const auto writer = makeExchangeWriter(format);
    std::string out;
    writer->begin(out);
    for (const Exchange &exchange : exchanges)
        writer->add(exchange, out);
    writer->end(out);
    return out;
}

QJsonArray harEntries(const std::vector<Exchange> &exchanges)
{
    QJsonParseError error;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromStdString(written(ExportFormat::Har, exchanges)), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s", qUtf8Printable(error.errorString()));
    return document[QStringLiteral("log")][QStringLiteral("entries")].toArray();
}

// What Python's csv module makes of the text: an array of rows; the second reader of the format.
QJsonArray readByPython(const std::string &csv)
{
    QProcess python;
    python.start(
        QStringLiteral("python3"),
        {QStringLiteral("-c"),
         QStringLiteral("import csv,io,json,sys\n"
                        "text=sys.stdin.buffer.read().decode('utf-8')\n"
                        "print(json.dumps(list(csv.reader(io.StringIO(text,newline=''),strict=True))))")});
    python.write(csv.data(), static_cast<qint64>(csv.size()));
    python.closeWriteChannel();
    if (!python.waitForFinished())
        return {};
    qWarning("%s", python.readAllStandardError().constData());
    return QJsonDocument::fromJson(python.readAllStandardOutput()).array();
}

} // namespace

class TestExchangeWriters : public QObject {
    Q_OBJECT
private slots:
    void writesCsvWithPlainNumbersAndEmptyForAbsent();
    void writesTheBytesOfAnExchangeOnceInCsv();
    void makesCellsHarmlessAsAnotherReaderSeesThem_data();
    void makesCellsHarmlessAsAnotherReaderSeesThem();
    void writesTheWireFormInItsOrder();
    void saysWhatItHasNothingOf_data();
    void saysWhatItHasNothingOf();
    void writesHar();
    void writesHarOfATunnel();
    void writesHarWithoutAnAnswer();
    void writesHarSizes_data();
    void writesHarSizes();
    void encodesUrlsForHar();
    void writesNoCredential_data();
    void writesNoCredential();
};

void TestExchangeWriters::writesCsvWithPlainNumbersAndEmptyForAbsent()
{
    const std::string id = samples::finishedCall().id.text();
    QCOMPARE(written(ExportFormat::Csv, {samples::finishedCall()}),
             "timestamp,sandbox,method,url,host,path,status,secret_injected,latency_ms,event,id,process.name,"
             "process.pid,duration_ms,request_bytes,response_bytes,provider,model,input_tokens,output_tokens,"
             "total_tokens,cache_read_tokens,cache_write_tokens,reasoning_tokens,cost_usd,streaming,ttft_ms,"
             "session,request_id,usage,error\r\n"
             "2026-01-31T12:00:01.023Z,local,POST,https://api.openai.com/v1/chat,api.openai.com,/v1/chat,200,"
             "false,250,on_response,"
                 + id
                 + ",codex,42,899,120,456,openai,gpt-5,1000,20,1020,800,,,0.0012345,"
                   "true,300,,,reported,\r\n");
}

void TestExchangeWriters::writesTheBytesOfAnExchangeOnceInCsv()
{
    samples::Builder builder(1);
    builder.request().answer(101);
    builder.add(builder.call()).add(builder.call());
    const QJsonArray rows = readByPython(written(ExportFormat::Csv, {builder.finish().exchange()}));
    if (rows.isEmpty())
        QSKIP("python3 was not found");
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[0][14].toString(), QStringLiteral("request_bytes"));
    QCOMPARE(rows[1][14].toString(), QStringLiteral("120"));
    QCOMPARE(rows[2][14].toString(), QString());
    QCOMPARE(rows[2][20].toString(), QStringLiteral("1020"));
}

void TestExchangeWriters::makesCellsHarmlessAsAnotherReaderSeesThem_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QString>("cell");
    QTest::addRow("plain") << QByteArray("gpt-5") << QStringLiteral("gpt-5");
    QTest::addRow("comma") << QByteArray("a,b") << QStringLiteral("a,b");
    QTest::addRow("quotes") << QByteArray("say \"hi\"") << QStringLiteral("say \"hi\"");
    QTest::addRow("line break") << QByteArray("a\r\nb") << QStringLiteral("a\r\nb");
    QTest::addRow("formula") << QByteArray("=HYPERLINK(\"http://x\",\"y\")")
                             << QStringLiteral("'=HYPERLINK(\"http://x\",\"y\")");
    QTest::addRow("plus") << QByteArray("+1") << QStringLiteral("'+1");
    QTest::addRow("minus") << QByteArray("-1") << QStringLiteral("'-1");
    QTest::addRow("at") << QByteArray("@cf/meta/llama") << QStringLiteral("'@cf/meta/llama");
    QTest::addRow("tab") << QByteArray("\t=1") << QStringLiteral("'\t=1");
    QTest::addRow("after spaces") << QByteArray("  =1") << QStringLiteral("'  =1");
    QTest::addRow("line break first") << QByteArray("\n=1") << QStringLiteral("'\n=1");
    QTest::addRow("wide equals sign") << QByteArray("\xef\xbc\x9d"
                                                    "1")
                                      << QStringLiteral("'\uff1d1");
    QTest::addRow("umlaut") << QByteArray("\xc3\xa4") << QStringLiteral("\u00e4");
    QTest::addRow("not UTF-8") << QByteArray("a\xff") << QStringLiteral("a\ufffd");
    QTest::addRow("NUL and escape") << QByteArray("a\0\x1b[1m", 6) << QStringLiteral("a\ufffd\ufffd[1m");
    QTest::addRow("minus inside") << QByteArray("a-1") << QStringLiteral("a-1");
}

void TestExchangeWriters::makesCellsHarmlessAsAnotherReaderSeesThem()
{
    QFETCH(QByteArray, model);
    QFETCH(QString, cell);
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 was not found");
    samples::Builder builder(1);
    LlmEvent call = builder.call();
    call.model = model.toStdString();
    const QJsonArray rows = readByPython(written(ExportFormat::Csv, {builder.add(call).finish().exchange()}));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[1].toArray().size(), rows[0].toArray().size());
    QCOMPARE(rows[1][17].toString(), cell);
}

void TestExchangeWriters::writesTheWireFormInItsOrder()
{
    const Exchange call = samples::finishedCall();
    const Exchange other = samples::tunnel();
    QCOMPARE(written(ExportFormat::Jsonl, {call, other, samples::running()}),
             toJson(*call.request) + '\n' + toJson(call.calls[0]) + '\n' + toJson(*call.response) + '\n'
                 + toJson(*other.request) + '\n' + toJson(*other.response) + '\n'
                 + toJson(*samples::running().request) + '\n');
}

void TestExchangeWriters::saysWhatItHasNothingOf_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<bool>("hasCall");
    QTest::addColumn<bool>("hasTunnel");
    QTest::addColumn<bool>("hasBegun");
    QTest::addRow("csv") << int(ExportFormat::Csv) << true << true << true;
    QTest::addRow("jsonl") << int(ExportFormat::Jsonl) << true << true << false;
    QTest::addRow("har") << int(ExportFormat::Har) << true << true << true;
    QTest::addRow("curl") << int(ExportFormat::Curl) << true << false << true;
}

void TestExchangeWriters::saysWhatItHasNothingOf()
{
    QFETCH(int, format);
    const auto writer = makeExchangeWriter(static_cast<ExportFormat>(format));
    std::string out;
    const auto add = [&](const Exchange &exchange) {
        const std::size_t before = out.size();
        const bool added = writer->add(exchange, out);
        return added == (out.size() > before) ? added : !added; // what is left out writes nothing
    };
    QTEST(add(samples::finishedCall()), "hasCall");
    QTEST(add(samples::tunnel()), "hasTunnel");
    QTEST(add(samples::Builder(9).exchange()), "hasBegun");
}

void TestExchangeWriters::writesHar()
{
    const QJsonArray entries = harEntries({samples::finishedCall(), samples::running()});
    QCOMPARE(entries.size(), 2);
    const QJsonObject entry = entries[0].toObject();
    QCOMPARE(entry[QStringLiteral("startedDateTime")].toString(), QStringLiteral("2026-01-31T12:00:00.123Z"));
    QCOMPARE(entry[QStringLiteral("time")].toDouble(), 900.0);
    const QJsonObject request = entry[QStringLiteral("request")].toObject();
    QCOMPARE(request[QStringLiteral("bodySize")].toInt(), 120);
    QCOMPARE(request[QStringLiteral("headers")][1][QStringLiteral("value")].toString(),
             QStringLiteral("Bearer ***"));
    const QJsonObject response = entry[QStringLiteral("response")].toObject();
    QCOMPARE(response[QStringLiteral("status")].toInt(), 200);
    QCOMPARE(response[QStringLiteral("content")][QStringLiteral("mimeType")].toString(),
             QStringLiteral("application/json"));
    QVERIFY(!response[QStringLiteral("content")].toObject().contains(QStringLiteral("text")));
    QVERIFY(!response[QStringLiteral("content")][QStringLiteral("comment")].toString().isEmpty());
    const QJsonObject timings = entry[QStringLiteral("timings")].toObject();
    QCOMPARE(timings[QStringLiteral("send")].toInt(), 1);
    QCOMPARE(timings[QStringLiteral("wait")].toInt(), 250);
    QCOMPARE(timings[QStringLiteral("receive")].toInt(), 649);
    QCOMPARE(timings[QStringLiteral("dns")].toInt(), -1);
    const QJsonArray events = entry[QStringLiteral("_hookscope")][QStringLiteral("events")].toArray();
    QCOMPARE(events.size(), 3);
    QCOMPARE(events[1][QStringLiteral("input_tokens")].toInt(), 1000);
}

void TestExchangeWriters::writesHarOfATunnel()
{
    const QJsonObject entry = harEntries({samples::tunnel()})[0].toObject();
    QCOMPARE(entry[QStringLiteral("request")][QStringLiteral("url")].toString(),
             QStringLiteral("https://example.org:443"));
    QCOMPARE(entry[QStringLiteral("request")][QStringLiteral("method")].toString(),
             QStringLiteral("CONNECT"));
    QCOMPARE(entry[QStringLiteral("response")][QStringLiteral("status")].toInt(-1), 0);
}

void TestExchangeWriters::writesHarWithoutAnAnswer()
{
    const QJsonObject entry = harEntries({samples::unanswered()})[0].toObject();
    const QJsonObject response = entry[QStringLiteral("response")].toObject();
    QCOMPARE(response[QStringLiteral("status")].toInt(-1), 0);
    QCOMPARE(response[QStringLiteral("comment")].toString(),
             QStringLiteral("The upstream refused the connection."));
    QCOMPARE(response[QStringLiteral("content")][QStringLiteral("mimeType")].toString(),
             QStringLiteral("x-unknown"));
    const QJsonArray query = entry[QStringLiteral("request")][QStringLiteral("queryString")].toArray();
    QCOMPARE(query.size(), 3);
    QCOMPARE(query[1][QStringLiteral("value")].toString(), QStringLiteral("AB"));
    QCOMPARE(query[2][QStringLiteral("value")].toString(), QString());
}

void TestExchangeWriters::writesHarSizes_data()
{
    QTest::addColumn<QString>("coding");
    QTest::addColumn<int>("size");
    QTest::addRow("plain") << QString() << 456;
    QTest::addRow("identity") << QStringLiteral("identity") << 456;
    QTest::addRow("gzip") << QStringLiteral("gzip") << -1;
}

void TestExchangeWriters::writesHarSizes()
{
    QFETCH(QString, coding);
    samples::Builder builder(1);
    http::FieldList head;
    if (!coding.isEmpty())
        head.push_back({"content-encoding", coding.toStdString()});
    const QJsonObject entry = harEntries({builder.answer(200, head).finish().exchange()})[0].toObject();
    QTEST(entry[QStringLiteral("response")][QStringLiteral("content")][QStringLiteral("size")].toInt(),
          "size");
    QCOMPARE(entry[QStringLiteral("response")][QStringLiteral("bodySize")].toInt(), 456);
}

void TestExchangeWriters::encodesUrlsForHar()
{
    const Exchange exchange = samples::Builder(1, {}, "http://h/a b|{\xff}?q=%zz%41\"").request().exchange();
    QCOMPARE(harEntries({exchange})[0][QStringLiteral("request")][QStringLiteral("url")].toString(),
             QStringLiteral("http://h/a%20b%7C%7B%FF%7D?q=%25zz%41%22"));
}

void TestExchangeWriters::writesNoCredential_data()
{
    QTest::addColumn<int>("format");
    for (const ExportFormat format : exportFormats)
        QTest::addRow("%s", suffixOf(format).data()) << int(format);
}

void TestExchangeWriters::writesNoCredential()
{
    QFETCH(int, format);
    samples::Builder builder(
        1, {{"Authorization", "Bearer sk-canary-1234567890abcdef"}, {"Cookie", "sid=canary-cookie"}},
        "https://canary-user:canary-pass@api.openai.com/v1?api_key=canary-key");
    const std::string text =
        written(static_cast<ExportFormat>(format),
                {builder.request().answer(200, {{"Set-Cookie", "sid=canary-set"}}).finish().exchange()});
    QVERIFY(text.size() > 100);
    QVERIFY2(text.find("canary") == std::string::npos, text.c_str());
}

QTEST_GUILESS_MAIN(TestExchangeWriters)
#include "tst_exchangewriters.moc"
