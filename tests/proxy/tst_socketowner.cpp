#include "core/proxy/socketdiag.h"
#include "core/proxy/socketowner.h"

#include <QTest>
#include <string>
#include <unistd.h>
#include <vector>

using namespace hookscope;
using namespace hookscope::proxy;

namespace {

namespace ip = asio::ip;

// A connection between two sockets of this process.
struct Pair {
    Pair(const std::string &listenAddress, const std::string &connectAddress)
        : acceptor(context, Tcp::endpoint(ip::make_address(listenAddress), 0))
        , client(context)
    {
        client.connect(Tcp::endpoint(ip::make_address(connectAddress), acceptor.local_endpoint().port()));
        server.emplace(acceptor.accept());
    }

    // The client's end, as the one who accepted it sees it.
    Tcp::endpoint near() const { return server->remote_endpoint(); }
    Tcp::endpoint far() const { return server->local_endpoint(); }

    asio::io_context context;
    Tcp::acceptor acceptor;
    Tcp::socket client;
    std::optional<Tcp::socket> server;
};

} // namespace

class TestSocketOwner : public QObject {
    Q_OBJECT
private slots:
    void findsTheProcessOfAConnection_data();
    void findsTheProcessOfAConnection();
    void findsNobodyOfAConnectionThatIsGone();
    void findsTheListener();
    void asksTheKernelForOneSocket();
};

void TestSocketOwner::findsTheProcessOfAConnection_data()
{
    QTest::addColumn<QString>("listenAddress");
    QTest::addColumn<QString>("connectAddress");
    const auto row = [](const char *name, const char *listenAddress, const char *connectAddress) {
        QTest::newRow(name) << QString::fromLatin1(listenAddress) << QString::fromLatin1(connectAddress);
    };
    row("IPv4", "127.0.0.1", "127.0.0.1");
    row("IPv6", "::1", "::1");
    row("IPv4 by a socket for IPv6, as Java has them", "127.0.0.1", "::ffff:127.0.0.1");
}

void TestSocketOwner::findsTheProcessOfAConnection()
{
    QFETCH(QString, listenAddress);
    QFETCH(QString, connectAddress);
    const Pair pair(listenAddress.toStdString(), connectAddress.toStdString());
    const std::vector<std::vector<std::int64_t>> likely{{}, {::getpid()}, {1, 0, -1, ::getpid()}, {1 << 30}};
    for (const auto &pids : likely) {
        const auto process = ownerOfConnection(pair.near(), pair.far(), pids);
        QVERIFY(process);
        QCOMPARE(process->pid, std::int64_t(::getpid()));
        QVERIFY(process->name.starts_with("proxy_tst_socke")); // the kernel keeps 15 bytes
    }
}

void TestSocketOwner::findsNobodyOfAConnectionThatIsGone()
{
    Tcp::endpoint near;
    Tcp::endpoint far;
    {
        const Pair pair("127.0.0.1", "127.0.0.1");
        near = pair.near();
        far = pair.far();
    }
    QVERIFY(!ownerOfConnection(near, far));
    far.port(static_cast<std::uint16_t>(far.port() ^ 1));
    QVERIFY(!ownerOfConnection(near, far));
}

void TestSocketOwner::findsTheListener()
{
    const Pair pair("127.0.0.1", "127.0.0.1");
    const auto process = ownerOfListener(pair.far().port());
    QVERIFY(process);
    QCOMPARE(process->pid, std::int64_t(::getpid()));
}

void TestSocketOwner::asksTheKernelForOneSocket()
{
    const Pair pair("127.0.0.1", "127.0.0.1");
    const auto inode = inodeByDiag(pair.near(), pair.far());
    if (!inode)
        QSKIP("the kernel cannot be asked here");
    const std::string link =
        "/proc/self/fd/" + std::to_string(const_cast<Pair &>(pair).client.native_handle());
    char target[64];
    const ssize_t length = ::readlink(link.c_str(), target, sizeof target);
    QCOMPARE(std::string(target, static_cast<std::size_t>(std::max<ssize_t>(length, 0))),
             "socket:[" + *inode + "]");
}

QTEST_APPLESS_MAIN(TestSocketOwner)
#include "tst_socketowner.moc"
