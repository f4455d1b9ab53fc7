#include "core/proxy/plainsocket.h"
#include "core/proxy/readiness.h"
#include "tests/proxy/connectedpair.h"

#include <QTest>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace hookscope::proxy;
using hookscope::connectedPair;

namespace {

// A socket under test, what was read from it, and the other end.
struct Fixture {
    Fixture()
        : readiness(std::make_unique<Readiness>(io.get_executor()))
    {
        asio::co_spawn(io, readiness->watch(), asio::detached);
        const auto [near, far] = connectedPair();
        peer = far;
        socket = std::make_unique<PlainSocket>(*readiness);
        socket->assign(near);
    }
    ~Fixture()
    {
        readiness->abandon();
        socket.reset();
        readiness->stop();
        io.run_for(std::chrono::seconds(1));
        if (peer >= 0)
            ::close(peer);
    }

    void sendFromPeer(std::string_view bytes, int flags = 0) const
    {
        QCOMPARE(::send(peer, bytes.data(), bytes.size(), flags | MSG_NOSIGNAL), ssize_t(bytes.size()));
    }

    Task<void> readAll(std::size_t most)
    {
        for (;;) {
            const Transfer came = co_await socket->read(buffer, most);
            text.append(buffer.view());
            buffer.consume(buffer.view().size());
            ++reads;
            if (came.error) {
                end = came.error;
                hasEnded = true;
                co_return;
            }
        }
    }
    void startReading(std::size_t most = 4096) { asio::co_spawn(io, readAll(most), asio::detached); }

    bool runUntil(const std::function<bool()> &isDone)
    {
        for (int i = 0; i < 1000 && !isDone(); ++i)
            io.run_for(std::chrono::milliseconds(10));
        return isDone();
    }

    asio::io_context io{1};
    std::unique_ptr<Readiness> readiness;
    std::unique_ptr<PlainSocket> socket;
    int peer = -1;
    InBuffer buffer;
    std::string text;
    int reads = 0;
    error_code end;
    bool hasEnded = false;
};

} // namespace

class TestPlainSocket : public QObject {
    Q_OBJECT
private slots:
    void readsWhatComes_data();
    void readsWhatComes();
    void leavesNothingBehindUrgentData();
    void tellsTheEnd_data();
    void tellsTheEnd();
    void writesAllToASlowReader_data();
    void writesAllToASlowReader();
    void endsWhatWaits_data();
    void endsWhatWaits();
    void knowsWhetherItIsQuiet();
    void takesNoEventOfAnotherForItsOwn();
    void readsWhatCameBeforeItWasGivenTheDescriptor();
    void answersAllThatAreReadyInOneGo_data();
    void answersAllThatAreReadyInOneGo();
};

void TestPlainSocket::readsWhatComes_data()
{
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<int>("most");
    QTest::newRow("one") << QList<int>{5} << 4096;
    QTest::newRow("one after the other") << QList<int>{5, 1, 7} << 4096;
    QTest::newRow("exactly what is asked for") << QList<int>{4096, 4096} << 4096;
    QTest::newRow("more than is asked for") << QList<int>{10'000, 3} << 16;
    QTest::newRow("large") << QList<int>{200'000, 300'000} << 65'536;
}

void TestPlainSocket::readsWhatComes()
{
    QFETCH(QList<int>, sizes);
    QFETCH(int, most);
    Fixture fixture;
    fixture.startReading(std::size_t(most));
    std::string sent;
    for (const int size : sizes) {
        const std::string piece(std::size_t(size), char('a' + sent.size() % 26));
        fixture.sendFromPeer(piece);
        sent += piece;
        QVERIFY(fixture.runUntil([&] { return fixture.text.size() >= sent.size(); }));
    }
    QVERIFY(fixture.text == sent);
    QVERIFY(!fixture.hasEnded);
}

// The kernel ends a read where urgent data is, and tells no more of what came before that.
void TestPlainSocket::leavesNothingBehindUrgentData()
{
    Fixture fixture;
    const int inLine = 1;
    ::setsockopt(fixture.socket->descriptor(), SOL_SOCKET, SO_OOBINLINE, &inLine, sizeof inLine);
    fixture.sendFromPeer("before");
    fixture.sendFromPeer("!", MSG_OOB);
    fixture.sendFromPeer("after");
    fixture.startReading();
    QVERIFY(fixture.runUntil([&] { return fixture.text.size() >= 12; }));
    QCOMPARE(fixture.text, "before!after");
}

void TestPlainSocket::tellsTheEnd_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("end") << false << QByteArray();
    QTest::newRow("end behind bytes") << false << QByteArray("bytes");
    QTest::newRow("reset") << true << QByteArray();
}

void TestPlainSocket::tellsTheEnd()
{
    QFETCH(bool, isReset);
    QFETCH(QByteArray, before);
    Fixture fixture;
    bool wasToldOfReset = false;
    fixture.socket->setResetHandler([&] { wasToldOfReset = true; });
    fixture.startReading();
    fixture.io.run_for(std::chrono::milliseconds(10)); // it waits
    fixture.sendFromPeer({before.constData(), std::size_t(before.size())});
    const linger atOnce{isReset ? 1 : 0, 0};
    ::setsockopt(fixture.peer, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    ::close(std::exchange(fixture.peer, -1));
    QVERIFY(fixture.runUntil([&] { return fixture.hasEnded; }));
    QCOMPARE(fixture.text, before.toStdString());
    QCOMPARE(wasToldOfReset, isReset);
    const error_code expected =
        isReset ? error_code(asio::error::connection_reset) : error_code(asio::error::eof);
    QVERIFY2(fixture.end == expected, fixture.end.message().c_str());
    QVERIFY(fixture.socket->hasEnded());
}

void TestPlainSocket::writesAllToASlowReader_data()
{
    QTest::addColumn<int>("pieces");
    QTest::addColumn<int>("size");
    QTest::newRow("one") << 1 << 8'000'000;
    QTest::newRow("more pieces than one call takes") << 200 << 1;
    QTest::newRow("many and large") << 150 << 60'000;
    QTest::newRow("empty ones") << 70 << 0;
}

void TestPlainSocket::writesAllToASlowReader()
{
    QFETCH(int, pieces);
    QFETCH(int, size);
    Fixture fixture;
    std::vector<std::string> texts;
    std::string all;
    for (int i = 0; i < pieces; ++i) {
        texts.emplace_back(std::size_t(size), char('a' + i % 26));
        all += texts.back();
    }
    std::vector<asio::const_buffer> message(texts.size() + 2); // an empty one at either end
    for (std::size_t i = 0; i < texts.size(); ++i)
        message[i + 1] = asio::buffer(texts[i]);

    bool isDone = false;
    Transfer written;
    const auto write = [&]() -> Task<void> {
        written = co_await fixture.socket->write(message);
        isDone = true;
    };
    asio::co_spawn(fixture.io, write, asio::detached);
    std::string got;
    std::string room(100'000, '\0');
    QVERIFY(fixture.runUntil([&] {
        const auto count = ::recv(fixture.peer, room.data(), room.size(), MSG_DONTWAIT);
        if (count > 0)
            got.append(room, 0, std::size_t(count));
        return isDone && got.size() >= all.size();
    }));
    QVERIFY(!written.error);
    QCOMPARE(written.bytes, all.size());
    QVERIFY(got == all);
}

void TestPlainSocket::endsWhatWaits_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("cancelled") << 0;
    QTest::newRow("closed") << 1;
    QTest::newRow("abandoned") << 2;
}

void TestPlainSocket::endsWhatWaits()
{
    QFETCH(int, how);
    Fixture fixture;
    fixture.startReading();
    fixture.sendFromPeer("x");
    QVERIFY(fixture.runUntil([&] { return fixture.text == "x"; }));
    if (how == 0)
        fixture.socket->cancel();
    else if (how == 1)
        fixture.socket->close();
    else
        fixture.readiness->abandon();
    QVERIFY(!fixture.hasEnded); // not within the call
    if (how == 2)
        return; // the coroutine is gone, as the sanitizers see
    QVERIFY(fixture.runUntil([&] { return fixture.hasEnded; }));
    QVERIFY(fixture.end == asio::error::operation_aborted);
}

void TestPlainSocket::knowsWhetherItIsQuiet()
{
    Fixture fixture;
    fixture.startReading(1); // which leaves it open whether there is more
    fixture.sendFromPeer("x");
    QVERIFY(fixture.runUntil([&] { return fixture.text == "x"; }));
    QVERIFY(fixture.socket->isQuiet());
    fixture.socket->cancel();
    QVERIFY(fixture.runUntil([&] { return fixture.hasEnded; }));
    fixture.sendFromPeer("y");
    QVERIFY(fixture.runUntil([&] { return !fixture.socket->isQuiet(); }));
    QVERIFY(!fixture.socket->hasEnded());
    ::shutdown(fixture.peer, SHUT_WR);
    QVERIFY(fixture.runUntil([&] { return fixture.socket->hasEnded(); }));
}

// A descriptor's number is given again at once.
void TestPlainSocket::takesNoEventOfAnotherForItsOwn()
{
    Fixture fixture;
    fixture.sendFromPeer("for the first");
    ::close(std::exchange(fixture.peer, -1));
    const int number = fixture.socket->descriptor();
    fixture.socket->close();
    const auto [near, far] = connectedPair();
    QCOMPARE(near == number || far == number, true);
    const int mine = near == number ? near : far;
    fixture.peer = near == number ? far : near;
    fixture.socket->assign(mine);
    fixture.startReading();
    fixture.io.run_for(std::chrono::milliseconds(50));
    QVERIFY(!fixture.hasEnded);
    fixture.sendFromPeer("for the second");
    QVERIFY(fixture.runUntil([&] { return fixture.text == "for the second"; }));
}

void TestPlainSocket::readsWhatCameBeforeItWasGivenTheDescriptor()
{
    Fixture fixture;
    const auto [near, far] = connectedPair();
    QCOMPARE(::send(far, "kept", 4, 0), ssize_t(4));
    fixture.socket->assign(near);
    fixture.startReading();
    QVERIFY(fixture.runUntil([&] { return fixture.text == "kept"; }));
    ::close(far);
}

void TestPlainSocket::answersAllThatAreReadyInOneGo_data()
{
    QTest::addColumn<int>("size"); // of an answer
    QTest::addColumn<QByteArray>("closes"); // when read or written by the first, the third is closed
    QTest::addColumn<QByteArray>("log"); // reads and writes of each socket, in their order
    QTest::addColumn<QList<int>>("answered");
    const QList<int> all{0, 1, 2, 3};
    const QList<int> withoutThird{0, 1, 3};
    QTest::newRow("small answers") << 200 << QByteArray() << QByteArray("r0 r1 r2 r3 w0 w1 w2 w3 ") << all;
    QTest::newRow("more than a socket takes")
        << 4'000'000 << QByteArray() << QByteArray("r0 r1 r2 r3 ") << all;
    QTest::newRow("one closed before it is served")
        << 200 << QByteArray("r0") << QByteArray("r0 r1 r3 w0 w1 w3 x2 ") << withoutThird;
    QTest::newRow("one closed before its answer goes out")
        << 200 << QByteArray("r3") << QByteArray("r0 r1 r2 r3 w0 w1 w3 x2 ") << withoutThird;
    QTest::newRow("one closed before it is resumed")
        << 200 << QByteArray("w0") << QByteArray("r0 r1 r2 r3 w0 w1 w3 x2 ") << all;
    QTest::newRow("one closed after its write")
        << 200 << QByteArray("w3") << QByteArray("r0 r1 r2 r3 w0 w1 w2 w3 ") << all;
}

void TestPlainSocket::answersAllThatAreReadyInOneGo()
{
    QFETCH(int, size);
    QFETCH(QByteArray, closes);
    QFETCH(QByteArray, log);
    QFETCH(QList<int>, answered);
    asio::io_context io{1};
    Readiness readiness(io.get_executor());
    struct Side {
        std::unique_ptr<PlainSocket> socket;
        int peer = -1;
        InBuffer buffer;
    };
    std::array<Side, 4> sides;
    const std::string answer(std::size_t(size), 'a');
    QByteArray seen;
    const auto note = [&](char what, std::size_t at) {
        const QByteArray step = what + QByteArray::number(at);
        seen += step + ' ';
        if (step == closes)
            sides[2].socket->close();
    };
    const auto serve = [&](std::size_t at) -> Task<void> {
        const Transfer came = co_await sides[at].socket->read(sides[at].buffer, 4096);
        if (!came.error) {
            note('r', at);
            const asio::const_buffer message = asio::buffer(answer);
            const Transfer written = co_await sides[at].socket->write({&message, 1});
            if (!written.error) {
                note('w', at);
                co_return;
            }
        }
        note('x', at);
    };
    for (std::size_t at = 0; at < sides.size(); ++at) {
        const auto [near, far] = connectedPair();
        sides[at].peer = far;
        sides[at].socket = std::make_unique<PlainSocket>(readiness);
        sides[at].socket->assign(near);
        asio::co_spawn(io, serve(at), asio::detached);
    }
    io.poll(); // all wait for a request
    io.restart();
    for (const Side &side : sides)
        QCOMPARE(::send(side.peer, "?", 1, 0), ssize_t(1));
    asio::co_spawn(io, readiness.watch(), asio::detached);
    io.run_for(std::chrono::milliseconds(50));

    for (const int at : answered) {
        std::size_t got = 0;
        std::array<char, 65'536> piece;
        for (int idle = 0; got < answer.size() && idle < 1000;) {
            const ssize_t count =
                ::recv(sides[std::size_t(at)].peer, piece.data(), piece.size(), MSG_DONTWAIT);
            if (count > 0)
                got += std::size_t(count);
            else
                ++idle;
            io.run_for(std::chrono::milliseconds(count > 0 ? 0 : 5));
        }
        QCOMPARE(got, answer.size());
    }
    QVERIFY2(seen.startsWith(log), seen);
    for (const Side &side : sides)
        ::close(side.peer);
    readiness.stop();
    readiness.abandon();
    io.run_for(std::chrono::seconds(1));
}

QTEST_GUILESS_MAIN(TestPlainSocket)
#include "tst_plainsocket.moc"
