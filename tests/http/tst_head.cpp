#include "core/http/body.h"
#include "core/http/head.h"
#include "core/http/target.h"

#include <QTest>

using namespace hookscope::http;

class TestHead : public QObject
{
    Q_OBJECT
private slots:
    void findsTheEndOfAHead_data();
    void findsTheEndOfAHead();
    void refusesRequestHeads_data();
    void refusesRequestHeads();
    void readsRequestHeads();
    void keepsRepeatedFieldsAndTheirOrder();
    void refusesAPartialHeadEarly_data();
    void refusesAPartialHeadEarly();
    void framesAnswers_data();
    void framesAnswers();
    void refusesAnswerHeads_data();
    void refusesAnswerHeads();
    void findsTheEndOfABody_data();
    void findsTheEndOfABody();
    void refusesChunks_data();
    void refusesChunks();
    void parsesAuthorities_data();
    void parsesAuthorities();
    void knowsLoopbackNames_data();
    void knowsLoopbackNames();
};

void TestHead::findsTheEndOfAHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qulonglong>("length");
    QTest::newRow("nothing") << QByteArray() << 0ULL;
    QTest::newRow("not whole") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n") << 0ULL;
    QTest::newRow("whole") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 18ULL;
    QTest::newRow("with more behind") << QByteArray("GET / HTTP/1.1\r\n\r\nbody\r\n\r\n") << 18ULL;
    QTest::newRow("bare LF, to be refused") << QByteArray("GET / HTTP/1.1\nHost: a\n\nx") << 24ULL;
    QTest::newRow("LF CR LF") << QByteArray("GET / HTTP/1.1\n\r\n") << 17ULL;
}

void TestHead::findsTheEndOfAHead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qulonglong, length);
    QCOMPARE(qulonglong(headLength({bytes.constData(), std::size_t(bytes.size())})), length);
}

void TestHead::refusesRequestHeads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, int status, const QByteArray &fields,
                        const QByteArray &line = "POST / HTTP/1.1") {
        QTest::newRow(name) << line + "\r\nHost: a\r\n" + fields + "\r\n" << status;
    };
    row("both lengths", 400, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    for (const char *length : {"+5", "0x5", "1_0", "5, 6", "5, 5", "-1", "", "5 5", "999999999999999999999999999999",
                               "9223372036854775808"})
        row(qPrintable(QStringLiteral("length '%1'").arg(QLatin1String(length))), 400,
            "Content-Length: " + QByteArray(length) + "\r\n");
    row("two equal lengths", 400, "Content-Length: 5\r\nContent-Length: 5\r\n");
    row("chunked twice", 400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    row("chunked twice in one", 400, "Transfer-Encoding: chunked, chunked\r\n");
    row("an empty member", 400, "Transfer-Encoding: ,chunked\r\n");
    row("identity behind", 400, "Transfer-Encoding: chunked, identity\r\n");
    row("unknown coding", 501, "Transfer-Encoding: xchunked\r\n");
    row("gzip coding", 501, "Transfer-Encoding: gzip, chunked\r\n");
    row("vertical tab", 400, "Transfer-Encoding: \x0b" "chunked\r\n");
    row("coding with HTTP/1.0", 400, "Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0");
    row("space before the colon", 400, "Content-Length : 5\r\n");
    row("NUL", 400, QByteArray("X: a\0b\r\n", 8));
    row("bare CR", 400, "X: a\rb\r\n");
    row("bare LF", 400, "X: a\nY: b\r\n");
    row("no colon", 400, "Xab\r\n");
    row("empty name", 400, ": x\r\n");
    row("folded line", 400, "X: a\r\n b\r\n");
    row("method of delimiters", 400, "", "G=\":<>(e),[T];?\" / HTTP/1.1");
    row("HTTP/2.0", 505, "", "GET / HTTP/2.0");
    row("two minor digits", 505, "", "GET / HTTP/1.32");
    row("CR in the version", 400, "", "GET / HTTP/\r1.1");
    row("HTTP/0.9", 400, "", "GET /");
    row("no target", 400, "", "GET  HTTP/1.1");
    row("101 fields", 431, QByteArray("X: y\r\n").repeated(100));
    row("a long field", 431, "X: " + QByteArray(70'000, 'y') + "\r\n");
    row("a long line", 414, "", "GET /" + QByteArray(70'000, 'y') + " HTTP/1.1");
    QTest::newRow("leading space on the first field") << QByteArray("GET / HTTP/1.1\r\n Host: a\r\n\r\n") << 400;
}

void TestHead::refusesRequestHeads()
{
    QFETCH(QByteArray, head);
    QFETCH(int, status);
    const auto parsed = parseRequestHead({head.constData(), std::size_t(head.size())});
    QVERIFY(!parsed);
    QVERIFY(!parsed.error().text.empty());
    if (parsed.error().status != status)
        qWarning() << parsed.error().text.c_str();
    QCOMPARE(parsed.error().status, status);
}

void TestHead::readsRequestHeads()
{
    const auto head = parseRequestHead("M-SEARCH /a%2fb?q=\xc3\xa9 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\tChunked \r\n\r\n");
    QVERIFY(head);
    QCOMPARE(head->method, std::string("M-SEARCH"));
    QCOMPARE(head->target, std::string("/a%2fb?q=\xc3\xa9"));
    QCOMPARE(head->minorVersion, 1);
    QCOMPARE(head->framing.kind, Framing::Kind::Chunked);
}

void TestHead::keepsRepeatedFieldsAndTheirOrder()
{
    const auto head = parseResponseHead("HTTP/1.1 200 Fine\r\nSet-Cookie: a\r\nX-B: 1\r\nset-cookie: b\r\n"
                                        "Content-Length: 0\r\n\r\n", "GET");
    QVERIFY(head);
    const FieldList expected{{"Set-Cookie", "a"}, {"X-B", "1"}, {"set-cookie", "b"}, {"Content-Length", "0"}};
    QVERIFY(head->fields == expected);
    QCOMPARE(head->reason, std::string("Fine"));
}

void TestHead::refusesAPartialHeadEarly_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status"); // 0: wait for more
    QTest::newRow("begun method") << QByteArray("GE") << 0;
    QTest::newRow("begun target") << QByteArray("GET /abc") << 0;
    QTest::newRow("begun fields") << QByteArray("GET / HTTP/1.1\r\nHos") << 0;
    QTest::newRow("random bytes") << QByteArray("\x81\x02\xff") << 400;
    QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n") << 400;
    QTest::newRow("an endless line") << QByteArray("GET /") + QByteArray(70'000, 'a') << 414;
    QTest::newRow("endless fields") << QByteArray("GET / HTTP/1.1\r\nX: ") + QByteArray(70'000, 'a') << 431;
}

void TestHead::refusesAPartialHeadEarly()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const auto checked = checkPartialRequestHead({bytes.constData(), std::size_t(bytes.size())});
    QCOMPARE(checked ? 0 : checked.error().status, status);
}

void TestHead::framesAnswers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("kind");
    const QByteArray length = "Content-Length: 100\r\n";
    QTest::newRow("length") << QByteArray("GET") << "HTTP/1.1 200 OK\r\n" + length << int(Framing::Kind::Length);
    QTest::newRow("equal lengths") << QByteArray("GET") << "HTTP/1.1 200 OK\r\n" + length + length
                                   << int(Framing::Kind::Length);
    QTest::newRow("HEAD") << QByteArray("HEAD") << "HTTP/1.1 200 OK\r\n" + length << int(Framing::Kind::None);
    QTest::newRow("204") << QByteArray("GET") << "HTTP/1.1 204 No\r\n" + length << int(Framing::Kind::None);
    QTest::newRow("304") << QByteArray("GET") << "HTTP/1.1 304 No\r\n" + length << int(Framing::Kind::None);
    QTest::newRow("103") << QByteArray("GET") << QByteArray("HTTP/1.1 103 Early Hints\r\n") << int(Framing::Kind::None);
    QTest::newRow("chunked") << QByteArray("GET") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")
                             << int(Framing::Kind::Chunked);
    QTest::newRow("until close") << QByteArray("GET") << QByteArray("HTTP/1.0 200 OK\r\n")
                                 << int(Framing::Kind::UntilClose);
    QTest::newRow("no reason and no space")
        << QByteArray("GET") << QByteArray("HTTP/1.1 200\r\n") << int(Framing::Kind::UntilClose);
    QTest::newRow("no reason") << QByteArray("GET") << QByteArray("HTTP/1.1 200 \r\n") << int(Framing::Kind::UntilClose);
}

void TestHead::framesAnswers()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, head);
    QFETCH(int, kind);
    const auto parsed = parseResponseHead(head.toStdString() + "\r\n", method.toStdString());
    QVERIFY2(parsed, parsed ? "" : parsed.error().text.c_str());
    QCOMPARE(int(parsed->framing.kind), kind);
}

void TestHead::refusesAnswerHeads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("two lengths") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n");
    QTest::newRow("length abc") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n");
    QTest::newRow("both") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("unknown coding") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n");
    QTest::newRow("status 99999") << QByteArray("HTTP/1.1 99999\r\n");
    QTest::newRow("ICY") << QByteArray("ICY 200 OK\r\n");
    QTest::newRow("empty") << QByteArray("\r\n");
    QTest::newRow("folded") << QByteArray("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n");
    QTest::newRow("1,000 lines") << QByteArray("HTTP/1.1 200 OK\r\n") + QByteArray("X: y\r\n").repeated(1000);
}

void TestHead::refusesAnswerHeads()
{
    QFETCH(QByteArray, head);
    const auto parsed = parseResponseHead(head.toStdString() + "\r\n", "GET");
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().status, 502);
}

void TestHead::findsTheEndOfABody_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("length");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("behind"); // bytes that belong to the next message
    const int chunked = int(Framing::Kind::Chunked);
    QTest::newRow("length") << int(Framing::Kind::Length) << 5 << QByteArray("hellonext") << QByteArray("hello") << 4;
    QTest::newRow("none") << int(Framing::Kind::None) << 0 << QByteArray("next") << QByteArray() << 4;
    QTest::newRow("chunks") << chunked << 0 << QByteArray("5\r\nhello\r\n6;ext=\"1\"\r\n world\r\n0\r\n\r\nGET")
                            << QByteArray("hello world") << 3;
    QTest::newRow("trailers") << chunked << 0 << QByteArray("a\r\n0123456789\r\n00\r\nX-Sum: 1\r\nY: 2\r\n\r\n")
                              << QByteArray("0123456789") << 0;
    QTest::newRow("empty") << chunked << 0 << QByteArray("0\r\n\r\n") << QByteArray() << 0;
}

// Whole, and one byte at a time: the same content, the same end, and the bytes as they came.
void TestHead::findsTheEndOfABody()
{
    QFETCH(int, kind);
    QFETCH(int, length);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, content);
    QFETCH(int, behind);
    for (const int step : {int(bytes.size()), 1, 3}) {
        BodyReader body({Framing::Kind(kind), std::uint64_t(length)});
        QByteArray held;
        QByteArray passed;
        QByteArray read;
        int fed = 0;
        while (!body.isDone() && fed < bytes.size()) {
            held += bytes.mid(fed, step);
            fed += step;
            const auto taken = body.take({held.constData(), std::size_t(held.size())});
            QVERIFY(taken);
            for (const auto piece : body.content())
                read.append(piece.data(), qsizetype(piece.size()));
            passed += held.left(qsizetype(*taken));
            held.remove(0, qsizetype(*taken));
        }
        QVERIFY(body.isDone());
        QCOMPARE(read, content);
        QCOMPARE(passed, bytes.left(bytes.size() - behind));
    }
}

void TestHead::refusesChunks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("underscore") << QByteArray("0_2e\r\nx\r\n");
    QTest::newRow("0x") << QByteArray("0x5\r\nhello\r\n");
    QTest::newRow("plus") << QByteArray("+5\r\nhello\r\n");
    QTest::newRow("leading space") << QByteArray(" 5\r\nhello\r\n");
    QTest::newRow("17 digits") << QByteArray("10000000000000000\r\nhello\r\n");
    QTest::newRow("no CRLF behind the data") << QByteArray("5\r\nhelloX\r\n0\r\n\r\n");
    QTest::newRow("bare LF") << QByteArray("5\nhello\n0\n\n\r\n\r\n");
    QTest::newRow("no size") << QByteArray("\r\nhello\r\n");
    QTest::newRow("an endless extension") << "5;" + QByteArray(20'000, 'a');
}

void TestHead::refusesChunks()
{
    QFETCH(QByteArray, bytes);
    BodyReader body({Framing::Kind::Chunked, 0});
    const auto taken = body.take({bytes.constData(), std::size_t(bytes.size())});
    QVERIFY(!taken);
}

void TestHead::parsesAuthorities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host"); // empty: refused
    QTest::addColumn<int>("port");     // 0: none
    QTest::newRow("name") << "Example.COM" << "example.com" << 0;
    QTest::newRow("port") << "a:443" << "a" << 443;
    QTest::newRow("empty port") << "a:" << "a" << 0;
    QTest::newRow("IPv6") << "[::1]:80" << "::1" << 80;
    QTest::newRow("port 0") << "a:0" << "" << 0;
    QTest::newRow("port 70000") << "a:70000" << "" << 0;
    QTest::newRow("open bracket") << "[::1" << "" << 0;
    QTest::newRow("bad IPv6") << "[zz]:1" << "" << 0;
    QTest::newRow("port x") << "a:x" << "" << 0;
    QTest::newRow("zone") << "[fe80::1%eth0]:80" << "fe80::1%eth0" << 80;
    QTest::newRow("control character in a zone") << "[fe80::1%t\x01]:80" << "" << 0;
    QTest::newRow("NUL in an address") << QString::fromLatin1("[fe80::1\0%eth0]:80", 18) << "" << 0;
    QTest::newRow("user") << "u@a" << "" << 0;
    QTest::newRow("nothing") << "" << "" << 0;
    QTest::newRow("two ports") << "a:1:2" << "" << 0;
}

void TestHead::parsesAuthorities()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto authority = parseAuthority(text.toStdString());
    QCOMPARE(authority.has_value(), !host.isEmpty());
    if (!authority)
        return;
    QCOMPARE(QString::fromStdString(authority->host), host);
    QCOMPARE(int(authority->port.value_or(0)), port);
}

void TestHead::knowsLoopbackNames_data()
{
    QTest::addColumn<bool>("isLoopback");
    for (const char *name : {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "localhost", "LocalHost"})
        QTest::newRow(name) << true;
    for (const char *name : {"localhost6", "localhost.", "a.localhost", "127.1", "0", "0.0.0.0", "2130706433",
                             "localhost.evil.test", "127.0.0.1.evil.test", "::", "10.0.0.1", ""})
        QTest::newRow(*name ? name : "nothing") << false;
}

void TestHead::knowsLoopbackNames()
{
    QFETCH(bool, isLoopback);
    const QByteArray tag = QTest::currentDataTag();
    QCOMPARE(isLoopbackName(tag == "nothing" ? std::string_view() : std::string_view(tag.constData())), isLoopback);
}

QTEST_APPLESS_MAIN(TestHead)
#include "tst_head.moc"
