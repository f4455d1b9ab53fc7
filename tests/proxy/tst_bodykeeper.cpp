#include "tests/encode.h"
#include "tests/proxy/proxyfixture.h"

#include <malloc.h>

using namespace hookscope;

// What is kept of the bodies that pass through a proxy, and what is not.

namespace {

const QByteArray key = "canary-K3y4tw.xyzzy";

std::function<void(proxy::ProxyConfig &)> keeping(std::size_t cap = 2U << 20, bool isOn = true)
{
    return [=](proxy::ProxyConfig &config) {
        config.keepBodies = isOn;
        config.bodyCapBytes = cap;
    };
}

QByteArray post(const QByteArray &fields, const QByteArray &body)
{
    return "POST /up/v1/x?api_key=queryCanary77 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
        + "\r\n" + fields + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray answerOf(const QByteArray &fields, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nConnection: close\r\n" + fields
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

std::optional<BodyKept> keptOf(ProxyFixture &proxy, BodySide side)
{
    std::optional<BodyKept> found;
    (void)QTest::qWaitFor(
        [&] {
            for (const BodyKept &body : proxy.all<BodyKept>()) {
                if (body.side == side)
                    found = body;
            }
            return found.has_value();
        },
        8000);
    return found;
}

bool holdsCanary(const BodyKept &body)
{
    const std::string &text = body.text ? *body.text : std::string();
    return text.find("K3y4tw") != std::string::npos || text.find("queryCanary") != std::string::npos
        || text.find("0123456789abcdef") != std::string::npos;
}

std::size_t memoryInUse()
{
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

const QByteArray canaries = "{\"api_key\":\"" + key + "\",\"said\":\"use " + key
    + " or sk-0123456789abcdefXYZ or queryCanary77\",\"rest\":\"kept\"}";

} // namespace

class TestBodyKeeper : public QObject {
    Q_OBJECT

private slots:
    void keepsNoCredential_data();
    void keepsNoCredential();
    void keepsNoKeyThatIsSplitOverPieces();
    void keepsNothingUnlessAsked();
    void stopsAndBeginsAtRunTime();
    void cutsAtTheCapAndKnowsTheSize();
    void keepsOfMediaOnlyTypeAndSize();
    void keepsNothingOfTunnels();
    void passesLargeBodiesInBoundedMemory();
    void boundsWhatADecodedBodyTakes();
};

void TestBodyKeeper::keepsNoCredential_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    const auto coded = [](std::string_view coding) {
        return QByteArray::fromStdString(test::encoded(canaries.toStdString(), coding));
    };
    QTest::newRow("plain") << QByteArray() << canaries;
    for (const char *coding : {"gzip", "br", "zstd"})
        QTest::newRow(coding) << QByteArray("Content-Encoding: ") + coding + "\r\n" << coded(coding);
}

void TestBodyKeeper::keepsNoCredential()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    fields += "Content-Type: application/json\r\n";
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf(fields, body));
    });
    ProxyFixture proxy(upstream.port(), keeping());
    QVERIFY(proxy.ask(post(fields, body)).endsWith("\r\n\r\n" + body)); // byte for byte
    for (const BodySide side : {BodySide::Request, BodySide::Answer}) {
        const auto kept = keptOf(proxy, side);
        QVERIFY(kept && kept->text);
        QVERIFY2(!holdsCanary(*kept), kept->text->c_str());
        QCOMPARE(*kept->text,
                 std::string(R"({"api_key":"***","said":"use *** or *** or ***","rest":"kept"})"));
        QCOMPARE(kept->fullSize, std::uint64_t(body.size()));
        QVERIFY(!kept->isTruncated);
        QCOMPARE(kept->contentType, std::string("application/json"));
    }
}

void TestBodyKeeper::keepsNoKeyThatIsSplitOverPieces()
{
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send("HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
        const QByteArray text = "say " + key + " end";
        for (const char c : text) {
            socket.send("1\r\n");
            socket.send(QByteArray(1, c) + "\r\n");
        }
        socket.send("0\r\n\r\n");
    });
    ProxyFixture proxy(upstream.port(), keeping());
    proxy.ask(post({}, "x"));
    const auto kept = keptOf(proxy, BodySide::Answer);
    QVERIFY(kept && kept->text);
    QCOMPARE(*kept->text, std::string("say *** end"));
}

void TestBodyKeeper::keepsNothingUnlessAsked()
{
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf({}, "answer"));
    });
    ProxyFixture proxy(upstream.port());
    proxy.server().setKeepsBodies(true);
    proxy.ask(post({}, "x"));
    proxy.finished(1);
    proxy.server().stop(1000);
    QVERIFY(proxy.all<BodyKept>().empty());
}

void TestBodyKeeper::stopsAndBeginsAtRunTime()
{
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf({}, "answer"));
    });
    ProxyFixture proxy(upstream.port(), keeping(1000, false));
    proxy.ask(post({}, "off"));
    proxy.finished(1);
    proxy.server().setKeepsBodies(true);
    proxy.ask(post({}, "on"));
    const auto kept = keptOf(proxy, BodySide::Request);
    QVERIFY(kept && kept->text);
    QCOMPARE(*kept->text, std::string("on"));
    QCOMPARE(kept->id, proxy.all<Started>()[1].id);
}

void TestBodyKeeper::cutsAtTheCapAndKnowsTheSize()
{
    const QByteArray body = QByteArray("word ").repeated(1000);
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf({}, body));
    });
    ProxyFixture proxy(upstream.port(), keeping(1000));
    proxy.ask(post({}, "x"));
    const auto kept = keptOf(proxy, BodySide::Answer);
    QVERIFY(kept && kept->text);
    QVERIFY(kept->isTruncated);
    QCOMPARE(kept->fullSize, std::uint64_t(5000));
    QCOMPARE(kept->text->size(), std::size_t(1000));
}

void TestBodyKeeper::keepsOfMediaOnlyTypeAndSize()
{
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf("Content-Type: image/png\r\n", QByteArray(500, 'p')));
    });
    ProxyFixture proxy(upstream.port(), keeping());
    proxy.ask(post({}, QByteArray("\xff\x00\xfe", 3)));
    const auto answer = keptOf(proxy, BodySide::Answer);
    QVERIFY(answer && !answer->text && !answer->note.empty());
    QCOMPARE(answer->contentType, std::string("image/png"));
    QCOMPARE(answer->fullSize, std::uint64_t(500));
    const auto request = keptOf(proxy, BodySide::Request);
    QVERIFY(request && !request->text && !request->note.empty());
}

void TestBodyKeeper::keepsNothingOfTunnels()
{
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf({}, "answer"));
    });
    ProxyFixture proxy(1, keeping());
    const QByteArray port = QByteArray::number(upstream.port());
    proxy.ask("CONNECT 127.0.0.1:" + port + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n"
              + post({}, "x"));
    proxy.finished(1);
    proxy.server().stop(1000);
    QVERIFY(proxy.all<BodyKept>().empty());
}

void TestBodyKeeper::passesLargeBodiesInBoundedMemory()
{
    constexpr int pieces = 3200;
    const QByteArray piece(64 * 1024, 'w');
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                    + QByteArray::number(qint64(pieces) * piece.size()) + "\r\n\r\n");
        for (int i = 0; i < pieces; ++i)
            socket.send(piece);
    });
    ProxyFixture proxy(upstream.port(), keeping());
    RawSocket client = proxy.connect();
    client.send(post({}, "x"));
    client.readHead();
    const auto before = memoryInUse();
    std::size_t most = before;
    for (int i = 0; i < pieces; ++i) {
        QCOMPARE(client.readBytes(piece.size()), piece);
        most = std::max(most, memoryInUse());
    }
    const auto kept = keptOf(proxy, BodySide::Answer);
    QVERIFY(kept && kept->isTruncated);
    QCOMPARE(kept->fullSize, std::uint64_t(pieces) * std::uint64_t(piece.size()));
    QVERIFY2(most - before < 64U << 20, qPrintable(QString::number(most - before)));
}

void TestBodyKeeper::boundsWhatADecodedBodyTakes()
{
    const QByteArray bomb = QByteArray::fromStdString(test::encoded(std::string(100U << 20, ' '), "gzip"));
    RawUpstream upstream([&](RawSocket &socket, int) {
        socket.readHead();
        socket.send(answerOf("Content-Encoding: gzip\r\n", bomb));
    });
    ProxyFixture proxy(upstream.port(), keeping());
    QVERIFY(proxy.ask(post({}, "x")).endsWith(bomb));
    const auto kept = keptOf(proxy, BodySide::Answer);
    QVERIFY(kept && kept->isTruncated);
    QVERIFY(!kept->text || kept->text->size() <= 2U << 20);
}

QTEST_GUILESS_MAIN(TestBodyKeeper)
#include "tst_bodykeeper.moc"
