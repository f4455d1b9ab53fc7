#include "app/attachtest.h"
#include "core/proxy/proxyserver.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace hookscope;

class TestAttachTest : public QObject {
    Q_OBJECT
private slots:
    void makesARowByEachWay();
    void saysWhatIsInTheWay_data();
    void saysWhatIsInTheWay();
    void saysThatNothingListens();
};

void TestAttachTest::makesARowByEachWay()
{
    ProxyServer proxy;
    std::vector<Event> events;
    connect(&proxy, &ProxyServer::captured, this, [&events](const EventBatch &batch) {
        for (const RedactedEvent &redacted : *batch)
            events.push_back(redacted.event());
    });
    proxy::ProxyConfig config;
    config.listenPort = 0;
    const auto listening = proxy.start(config);
    QVERIFY(listening);
    LaunchInputs inputs;
    inputs.host = listening->host;
    inputs.port = listening->port;
    AttachTest test;
    test.setInputs(inputs);
    QSignalSpy finished(&test, &AttachTest::finished);
    test.run();
    test.run(); // while it runs
    QVERIFY(finished.wait());
    const auto check = finished.first().first().value<AttachCheck>();
    QVERIFY2(!check.baseUrlFault, qPrintable(check.baseUrlFault.value_or(QString())));
    QVERIFY2(!check.proxyFault, qPrintable(check.proxyFault.value_or(QString())));
    const auto rows = [&events] {
        int count = 0;
        for (const Event &event : events) {
            const auto *ended = std::get_if<ProxyEvent>(&event);
            if (ended && ended->event == HookEvent::OnResponse && ended->status == 200 && !ended->error
                && ended->sandbox == "hookscope-test")
                ++count;
        }
        return count;
    };
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(finished.count(), 1);
}

void TestAttachTest::saysWhatIsInTheWay_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("fault");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("no answer came");
    QTest::newRow("a refusal") << QByteArray("HTTP/1.1 403 Forbidden\r\n\r\nno\n")
                               << QStringLiteral("the answer was 403: no");
    QTest::newRow("another program") << QByteArray("HTTP/1.1 200 OK\r\n\r\nhello")
                                     << QStringLiteral("another program answered");
    QTest::newRow("another way") << QByteArray(
        "HTTP/1.1 200 OK\r\n\r\n{\"hookscope\":\"1\",\"way\":\"proxy\"}")
                                 << QStringLiteral("it came another way than it was sent");
}

void TestAttachTest::saysWhatIsInTheWay()
{
    QFETCH(QByteArray, answer);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            socket->readAll();
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
    LaunchInputs inputs;
    inputs.port = server.serverPort();
    AttachTest test;
    test.setInputs(inputs);
    QSignalSpy finished(&test, &AttachTest::finished);
    test.run();
    QVERIFY(finished.wait());
    QTEST(finished.first().first().value<AttachCheck>().baseUrlFault.value_or(QString()), "fault");
}

void TestAttachTest::saysThatNothingListens()
{
    LaunchInputs inputs;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        inputs.port = server.serverPort();
    }
    AttachTest test;
    test.setInputs(inputs);
    QSignalSpy finished(&test, &AttachTest::finished);
    test.run();
    QVERIFY(finished.wait());
    const auto check = finished.first().first().value<AttachCheck>();
    QVERIFY(check.baseUrlFault && check.proxyFault);
}

QTEST_GUILESS_MAIN(TestAttachTest)
#include "tst_attachtest.moc"
