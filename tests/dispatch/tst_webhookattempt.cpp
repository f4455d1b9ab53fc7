#include "core/dispatch/webhookattempt.h"
#include "receiver.h"
#include "tests/certificate.h"

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTest>
#include <QTimer>

using namespace hookscope;

class WebhookAttemptTest : public QObject {
    Q_OBJECT

    static constexpr int timeoutMs = 20'000; // no test waits for it
    const QByteArray m_json = R"({"id":"1"})";

    // The outcome of one delivery to `url`.
    static WebhookOutcome outcomeOf(const QString &url, const QByteArray &json, int limitMs = timeoutMs,
                                    const QList<std::pair<QByteArray, QByteArray>> &fields = {})
    {
        const std::unique_ptr<QNetworkAccessManager> network(WebhookAttempt::makeNetwork(nullptr));
        WebhookAttempt attempt(network.get(), {QUrl(url), json, fields}, limitMs, nullptr);
        QList<WebhookOutcome> outcomes;
        connect(&attempt, &WebhookAttempt::finished, &attempt,
                [&](const WebhookOutcome &outcome) { outcomes.append(outcome); });
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 1, 30'000);
        }();
        return outcomes.value(0);
    }

    struct Certificate {
        QSslCertificate certificate;
        QSslKey key;
    };

    static Certificate certificateForLoopback()
    {
        const PemCertificate pem = makeCertificate();
        return {QSslCertificate(pem.certificate), QSslKey(pem.key, QSsl::Ec)};
    }

    static void useTls(Receiver &receiver, const Certificate &certificate)
    {
        auto *server = new QSslServer;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(certificate.certificate);
        configuration.setPrivateKey(certificate.key);
        server->setSslConfiguration(configuration);
        receiver.setServer(server);
    }

private slots:
    void initTestCase()
    {
        // Neither may be obeyed: nobody listens there.
        qputenv("http_proxy", "http://127.0.0.1:1");
        qputenv("HTTPS_PROXY", "http://127.0.0.1:1");
    }

    void postsTheEventAsJson()
    {
        Receiver receiver;
        const WebhookOutcome outcome = outcomeOf(receiver.url(QStringLiteral("/a/b?c=d")), m_json);
        QVERIFY2(outcome.isDelivered, qPrintable(outcome.text));
        QCOMPARE(outcome.status, 204);
        QCOMPARE(receiver.requests.size(), 1);
        const Receiver::Request request = receiver.requests.first();
        QCOMPARE(request.body, m_json);
        QVERIFY(request.head.startsWith("POST /a/b?c=d HTTP/1.1\r\n"));
        const QByteArray head = request.head.toLower();
        QVERIFY(head.contains("\r\ncontent-type: application/json\r\n"));
        QVERIFY(head.contains("\r\nuser-agent: hookscope/" HOOKSCOPE_VERSION "\r\n"));
        QVERIFY(!head.contains("cookie"));
        QVERIFY(!head.contains("upgrade"));
    }

    void theStatusDecides_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("isDelivered");
        QTest::newRow("200") << QByteArray("200 OK") << true;
        QTest::newRow("202") << QByteArray("202 Accepted") << true;
        QTest::newRow("299") << QByteArray("299 Odd") << true;
        QTest::newRow("304") << QByteArray("304 Not Modified") << false;
        QTest::newRow("400") << QByteArray("400 Bad Request") << false;
        QTest::newRow("401") << QByteArray("401 Unauthorized") << false;
        QTest::newRow("407") << QByteArray("407 Proxy Authentication Required") << false;
        QTest::newRow("410") << QByteArray("410 Gone") << false;
        QTest::newRow("429") << QByteArray("429 Too Many Requests") << false;
        QTest::newRow("500") << QByteArray("500 Internal Server Error") << false;
    }

    void theStatusDecides()
    {
        QFETCH(QByteArray, status);
        QFETCH(bool, isDelivered);
        Receiver receiver([&](const Receiver::Request &) {
            return Receiver::status(
                status, "WWW-Authenticate: Basic realm=x\r\nProxy-Authenticate: Basic realm=x\r\n");
        });
        const WebhookOutcome outcome = outcomeOf(receiver.url(), m_json);
        QCOMPARE(outcome.isDelivered, isDelivered);
        QCOMPARE(outcome.status, status.left(3).toInt());
        QCOMPARE(receiver.requests.size(), 1);
        if (!isDelivered)
            QVERIFY2(outcome.text.contains(QString::fromLatin1(status.left(3))), qPrintable(outcome.text));
    }

    void followsNoRedirect_data()
    {
        QTest::addColumn<QByteArray>("status");
        for (const char *status :
             {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"})
            QTest::newRow(status) << QByteArray(status);
    }

    void followsNoRedirect()
    {
        QFETCH(QByteArray, status);
        Receiver other;
        Receiver receiver([&](const Receiver::Request &) {
            return Receiver::status(status, "Location: " + other.url().toLatin1() + "\r\n");
        });
        const WebhookOutcome outcome = outcomeOf(receiver.url(), m_json);
        QVERIFY(!outcome.isDelivered);
        QVERIFY2(outcome.text.contains(QLatin1String("redirects are not followed")),
                 qPrintable(outcome.text));
        QCOMPARE(other.connections, 0);
    }

    void sendsTheUserInfoToThatReceiverAndShowsItNowhere()
    {
        Receiver receiver([](const Receiver::Request &request) {
            return Receiver::status("500 No", {}, "you sent " + request.head);
        });
        QUrl url(receiver.url(QStringLiteral("/x?api_key=canary-query-1234")));
        url.setUserName(QStringLiteral("me"));
        url.setPassword(QStringLiteral("canary-password-1234"));
        const WebhookOutcome outcome = outcomeOf(url.toString(), m_json);
        QCOMPARE(receiver.requests.size(), 1);
        const QByteArray pair = QByteArray("me:canary-password-1234").toBase64();
        QVERIFY(receiver.requests.first().head.contains("Authorization: Basic " + pair));
        for (const QByteArray &shown : {outcome.text.toUtf8(), outcome.answer}) {
            QVERIFY2(!shown.contains("canary"), shown.constData());
            QVERIFY2(!shown.contains(pair), shown.constData());
        }
    }

    void showsNoPathOfTheUrl()
    {
        Receiver receiver([](const Receiver::Request &) { return Receiver::status("404 Not Found"); });
        const WebhookOutcome outcome =
            outcomeOf(receiver.url(QStringLiteral("/services/T0/B0/token")), m_json);
        QVERIFY2(!outcome.text.contains(QLatin1String("token")), qPrintable(outcome.text));
        QVERIFY(outcome.text.contains(receiver.url(QString())));
    }

    void namesWhyNothingAnswered_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("reason");
        QTest::newRow("closes") << QStringLiteral("closes")
                                << QStringLiteral("closed the connection without an answer");
        QTest::newRow("silent") << QStringLiteral("silent") << QStringLiteral("no answer within");
        QTest::newRow("drips") << QStringLiteral("drips") << QStringLiteral("no answer within");
        QTest::newRow("refused") << QStringLiteral("refused") << QStringLiteral("refused");
        QTest::newRow("no HTTP") << QStringLiteral("no HTTP") << QStringLiteral("failed");
    }

    void namesWhyNothingAnswered()
    {
        QFETCH(QString, kind);
        QFETCH(QString, reason);
        auto receiver = std::make_unique<Receiver>();
        const QString url = receiver->url();
        int limitMs = timeoutMs;
        if (kind == QLatin1String("refused"))
            receiver.reset();
        else if (kind == QLatin1String("closes"))
            receiver->onRequest = [](QTcpSocket *socket) {
                socket->abort();
            };
        else if (kind == QLatin1String("no HTTP"))
            receiver->onRequest = [](QTcpSocket *socket) {
                socket->write("SSH-2.0-x\r\n"), socket->close();
            };
        else
            limitMs = 300;
        if (kind == QLatin1String("silent")) {
            receiver->onRequest = [](QTcpSocket *) {
            };
        } else if (kind == QLatin1String("drips")) {
            receiver->onRequest = [](QTcpSocket *socket) {
                auto *timer = new QTimer(socket);
                socket->write("HTTP/1.1 200 OK\r\nX: ");
                connect(timer, &QTimer::timeout, socket, [socket] { socket->write("x"); });
                timer->start(20);
            };
        }
        const WebhookOutcome outcome = outcomeOf(url, m_json, limitMs);
        QVERIFY(!outcome.isDelivered);
        QVERIFY2(outcome.text.contains(reason), qPrintable(outcome.text));
    }

    void deliveredIsWhatWasAnsweredBeforeAReset()
    {
        Receiver receiver;
        receiver.onRequest = [](QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
            socket->flush();
            socket->abort();
        };
        const WebhookOutcome outcome = outcomeOf(receiver.url(), m_json);
        QVERIFY2(outcome.isDelivered, qPrintable(outcome.text));
    }

    void readsNoEndlessAnswer()
    {
        Receiver receiver;
        qint64 sent = 0;
        bool isClosed = false;
        receiver.onRequest = [&](QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            const auto more = [socket, &sent] {
                if (socket->bytesToWrite() < 65'536)
                    sent += socket->write(QByteArray(65'536, 'z'));
            };
            connect(socket, &QTcpSocket::bytesWritten, socket, more);
            connect(socket, &QTcpSocket::disconnected, this, [&] { isClosed = true; });
            more();
        };
        const WebhookOutcome outcome = outcomeOf(receiver.url(), m_json);
        QVERIFY(outcome.isDelivered);
        QCOMPARE(outcome.answer, QByteArray(1024, 'z'));
        QTRY_VERIFY(isClosed);
        QVERIFY(sent < 50'000'000);
    }

    void unpacksNothing()
    {
        Receiver receiver([](const Receiver::Request &) {
            return Receiver::status("200 OK", "Content-Encoding: gzip\r\n", "\x1f\x8b not gzip at all");
        });
        const WebhookOutcome outcome = outcomeOf(receiver.url(), m_json);
        QVERIFY(outcome.isDelivered);
        QVERIFY(receiver.requests.first().head.toLower().contains("\r\naccept-encoding: identity\r\n"));
    }

    void refusesACertificateThatNobodyVouchesFor()
    {
        Receiver receiver;
        useTls(receiver, certificateForLoopback());
        const WebhookOutcome outcome =
            outcomeOf(receiver.url(QStringLiteral("/hook"), QStringLiteral("https")), m_json);
        QVERIFY(!outcome.isDelivered);
        QVERIFY2(outcome.text.contains(QLatin1String("self-signed")), qPrintable(outcome.text));
        QVERIFY(receiver.requests.isEmpty());
    }

    void deliversOverTlsToATrustedCertificate()
    {
        const Certificate certificate = certificateForLoopback();
        Receiver receiver;
        useTls(receiver, certificate);
        const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
        QSslConfiguration trusting = before;
        trusting.addCaCertificate(certificate.certificate);
        QSslConfiguration::setDefaultConfiguration(trusting);
        const WebhookOutcome outcome =
            outcomeOf(receiver.url(QStringLiteral("/hook"), QStringLiteral("https")), m_json);
        QSslConfiguration::setDefaultConfiguration(before);
        QVERIFY2(outcome.isDelivered, qPrintable(outcome.text));
        QCOMPARE(receiver.requests.size(), 1);
    }

    void sendsFieldsOfItsOwn()
    {
        Receiver receiver;
        const WebhookOutcome outcome =
            outcomeOf(receiver.url(), m_json, timeoutMs, {{"webhook-id", "msg_1"}, {"X-Team", "a b\tc"}});
        QVERIFY2(outcome.isDelivered, qPrintable(outcome.text));
        const QByteArray head = receiver.requests.first().head;
        QVERIFY2(head.contains("\r\nwebhook-id: msg_1\r\n"), head.constData());
        QVERIFY2(head.contains("\r\nX-Team: a b\tc\r\n"), head.constData());
    }

    void sendsNothingIfAFieldCouldBeAnother_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("CR LF") << QByteArray("X-A") << QByteArray("1\r\nX-Evil: 1");
        QTest::newRow("LF") << QByteArray("X-A") << QByteArray("1\nX-Evil: 1");
        QTest::newRow("CR") << QByteArray("X-A") << QByteArray("1\rX");
        QTest::newRow("NUL") << QByteArray("X-A") << QByteArray("1\0", 2);
        QTest::newRow("CR LF in the name") << QByteArray("X-A: 1\r\nX-B") << QByteArray("1");
        QTest::newRow("space in the name") << QByteArray("X A") << QByteArray("1");
        QTest::newRow("no name") << QByteArray() << QByteArray("1");
    }

    void sendsNothingIfAFieldCouldBeAnother()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        Receiver receiver;
        const WebhookOutcome outcome = outcomeOf(receiver.url(), m_json, timeoutMs, {{name, value}});
        QVERIFY(!outcome.isDelivered);
        QVERIFY(outcome.isRefusedHere);
        QVERIFY2(outcome.text.contains(QLatin1String("line break")), qPrintable(outcome.text));
        QCOMPARE(receiver.connections, 0);
    }

    void tellsWhenToTryAgain()
    {
        Receiver receiver(
            [](const Receiver::Request &) { return Receiver::status("429 Slow", "Retry-After: 120\r\n"); });
        QCOMPARE(outcomeOf(receiver.url(), m_json).retryAfter, QByteArray("120"));
    }
};

QTEST_GUILESS_MAIN(WebhookAttemptTest)
#include "tst_webhookattempt.moc"
