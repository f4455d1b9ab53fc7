#include "core/dispatch/webhooksender.h"
#include "receiver.h"

#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTest>
#include <QTimer>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace hookscope;

class WebhookSenderTest : public QObject {
    Q_OBJECT

    static constexpr int timeoutMs = 20'000; // no test waits for it
    const QByteArray m_json = R"({"id":"1"})";

    // The outcome of one delivery to `url`.
    static WebhookOutcome outcomeOf(const QString &url, const QByteArray &json, int limitMs = timeoutMs)
    {
        WebhookSender sender(limitMs, 10);
        QList<WebhookOutcome> outcomes;
        connect(&sender, &WebhookSender::finished, &sender,
                [&](const QString &, const WebhookOutcome &outcome) { outcomes.append(outcome); });
        sender.enqueue(QStringLiteral("h"), QUrl(url), json);
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 1, 30'000);
        }();
        return outcomes.value(0);
    }

    struct Certificate {
        QSslCertificate certificate;
        QSslKey key;
    };

    // Self-signed, for 127.0.0.1.
    static Certificate makeCertificate()
    {
        EVP_PKEY *key = EVP_EC_gen("P-256");
        X509 *x509 = X509_new();
        X509_set_version(x509, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key);
        X509_NAME *name = X509_get_subject_name(x509);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>("receiver"), -1, -1, 0);
        X509_set_issuer_name(x509, name);
        X509_EXTENSION *address = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
        X509_add_ext(x509, address, -1);
        X509_EXTENSION_free(address);
        X509_sign(x509, key, EVP_sha256());
        const auto pem = [](auto write) {
            BIO *bio = BIO_new(BIO_s_mem());
            write(bio);
            char *data = nullptr;
            const long size = BIO_get_mem_data(bio, &data);
            const QByteArray text(data, size);
            BIO_free(bio);
            return text;
        };
        const QByteArray certificatePem = pem([&](BIO *bio) { PEM_write_bio_X509(bio, x509); });
        const QByteArray keyPem =
            pem([&](BIO *bio) { PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
        X509_free(x509);
        EVP_PKEY_free(key);
        return {QSslCertificate(certificatePem), QSslKey(keyPem, QSsl::Ec)};
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
        QCOMPARE(outcome.answer, QByteArray(200, 'z'));
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
        useTls(receiver, makeCertificate());
        const WebhookOutcome outcome =
            outcomeOf(receiver.url(QStringLiteral("/hook"), QStringLiteral("https")), m_json);
        QVERIFY(!outcome.isDelivered);
        QVERIFY2(outcome.text.contains(QLatin1String("self-signed")), qPrintable(outcome.text));
        QVERIFY(receiver.requests.isEmpty());
    }

    void deliversOverTlsToATrustedCertificate()
    {
        const Certificate certificate = makeCertificate();
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

    void startsInOrderAndSixAtATime()
    {
        Receiver receiver([](const Receiver::Request &) { return QByteArray(); });
        WebhookSender sender(timeoutMs, 10);
        for (int i = 0; i < 16; ++i)
            QVERIFY(sender.enqueue(QStringLiteral("h"), QUrl(receiver.url()), QByteArray::number(i)));
        QVERIFY(!sender.enqueue(QStringLiteral("h"), QUrl(receiver.url()), "one too many"));
        QTRY_COMPARE(receiver.requests.size(), 6);
        QList<int> first;
        for (const Receiver::Request &request : receiver.requests)
            first.append(request.body.toInt());
        std::sort(first.begin(), first.end());
        QCOMPARE(first, (QList<int>{0, 1, 2, 3, 4, 5}));
        QCOMPARE(sender.undelivered().value(QStringLiteral("h")), 16u);
    }

    void keepsTheConnection()
    {
        Receiver receiver;
        WebhookSender sender(timeoutMs, 1000);
        QSignalSpy drained(&sender, &WebhookSender::drained);
        for (int i = 0; i < 100; ++i)
            QVERIFY(sender.enqueue(QStringLiteral("h"), QUrl(receiver.url()), m_json));
        QTRY_COMPARE(drained.count(), 1);
        QCOMPARE(receiver.requests.size(), 100);
        QVERIFY(receiver.connections <= 6);
        QVERIFY(sender.isIdle());
    }

    void takesOutWhatIsNoLongerDue()
    {
        Receiver receiver([](const Receiver::Request &) { return QByteArray(); });
        WebhookSender sender(timeoutMs, 100);
        for (int i = 0; i < 6; ++i)
            QVERIFY(sender.enqueue(QStringLiteral("busy"), QUrl(receiver.url()), m_json));
        for (int i = 0; i < 5; ++i)
            QVERIFY(sender.enqueue(QStringLiteral("gone"), QUrl(receiver.url()), m_json));
        QVERIFY(sender.enqueue(QStringLiteral("kept"), QUrl(receiver.url()), m_json));
        const auto taken =
            sender.takeOut([](const QString &name, const QUrl &) { return name != QLatin1String("gone"); });
        QCOMPARE(taken, (QHash<QString, quint64>{{QStringLiteral("gone"), 5}}));
        QCOMPARE(sender.undelivered(),
                 (QHash<QString, quint64>{{QStringLiteral("busy"), 6}, {QStringLiteral("kept"), 1}}));
    }
};

QTEST_GUILESS_MAIN(WebhookSenderTest)
#include "tst_webhooksender.moc"
