#include "core/dispatch/receiveraddress.h"

#include <QTest>

using namespace hookscope;

class TestReceiverAddress : public QObject {
    Q_OBJECT
private slots:
    void knowsWhereAddressesLead_data();
    void knowsWhereAddressesLead();
    void refusesWhatWasNotTyped_data();
    void refusesWhatWasNotTyped();
};

void TestReceiverAddress::knowsWhereAddressesLead_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("reach");
    const auto rows = [](Reach reach, std::initializer_list<const char *> addresses) {
        for (const char *address : addresses)
            QTest::newRow(address) << QString::fromLatin1(address) << int(reach);
    };
    rows(Reach::Public,
         {"8.8.8.8", "172.32.0.1", "192.0.2.1", "100.128.0.1", "11.0.0.1", "2606:4700::1111", "2a00::1",
          "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"});
    rows(Reach::Private,
         {"127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
          "198.18.0.1", "::1", "fc00::1", "fd12:3456::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
          "64:ff9b::a00:1", "2002:a00:1::1", "64:ff9b:1::1"});
    rows(Reach::Forbidden,
         {"169.254.169.254", "169.254.0.1", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fe80::1",
          "fe80::1%lo", "0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "239.255.255.255", "255.255.255.255",
          "240.0.0.1", "ff02::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"});
}

void TestReceiverAddress::knowsWhereAddressesLead()
{
    QFETCH(QString, address);
    QTEST(int(reachOf(QHostAddress(address))), "reach");
}

void TestReceiverAddress::refusesWhatWasNotTyped_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isPrivateAllowed");
    QTest::addColumn<QString>("text"); // part of the refusal; empty: it may go
    const auto row = [](const char *name, const char *host, const char *address, bool isAllowed,
                        const char *text) {
        QTest::newRow(name) << QString::fromLatin1(host) << QString::fromLatin1(address) << isAllowed
                            << QString::fromLatin1(text);
    };
    row("public name", "hooks.example", "8.8.8.8", false, "");
    row("name that leads home", "hooks.example", "127.0.0.1", false, "the private address 127.0.0.1");
    row("name of a private network", "hooks.corp", "10.1.2.3", false, "\"allow_private\"");
    row("the same, allowed", "hooks.corp", "10.1.2.3", true, "");
    row("localhost", "localhost", "127.0.0.1", false, "");
    row("localhost by IPv6", "LocalHost", "::1", false, "");
    row("below localhost", "a.localhost", "127.0.0.1", false, "");
    row("looks like localhost", "localhost.example", "127.0.0.1", false, "private address");
    row("typed", "192.168.1.5", "192.168.1.5", false, "");
    row("typed, IPv6", "fd12::1", "fd12::1", false, "");
    row("metadata, typed", "169.254.169.254", "169.254.169.254", false, "no receiver has");
    row("metadata by name, allowed", "metadata.google.internal", "169.254.169.254", true, "no receiver has");
    row("mapped metadata", "h.example", "::ffff:169.254.169.254", true, "no receiver has");
}

void TestReceiverAddress::refusesWhatWasNotTyped()
{
    QFETCH(QString, host);
    QFETCH(QString, address);
    QFETCH(bool, isPrivateAllowed);
    QFETCH(QString, text);
    const QString refusal = refusalOf(host, QHostAddress(address), isPrivateAllowed);
    QCOMPARE(refusal.isEmpty(), text.isEmpty());
    QVERIFY2(refusal.contains(text), qPrintable(refusal));
}

QTEST_GUILESS_MAIN(TestReceiverAddress)
#include "tst_receiveraddress.moc"
