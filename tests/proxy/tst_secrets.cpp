#include "core/events/eventjson.h"
#include "core/events/storedjson.h"
#include "tests/proxy/interceptingclient.h"
#include "tests/proxy/proxyfixture.h"
#include "tests/proxy/tlscontext.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

const QByteArray canary = "sk-canary-7f3a9c51d2e84b60";

policy::HeldSecret heldSecret(const std::string &binding, const std::string &value = canary.toStdString())
{
    policy::HeldSecret secret{*policy::parseSecretBinding(binding), value, "the keyring has no such entry"};
    secret.binding.sandboxes = {"me"};
    return secret;
}

// Answers every request with all that it was sent, in head and body.
class Echo {
public:
    explicit Echo(SSL_CTX *tls = nullptr, QByteArray status = "200 OK")
        : m_peer(
            [this, status](RawSocket &socket, int) {
                for (QByteArray head = socket.readHead(); !head.isEmpty(); head = socket.readHead()) {
                    const std::lock_guard lock(m_mutex);
                    m_heads.append(head);
                    const QByteArray body =
                        R"({"seen": ")" + head.toPercentEncoding() + R"(", "key": ")" + canary + R"("})";
                    socket.send("HTTP/1.1 " + status + "\r\nX-Seen: " + canary + "\r\nX-Code: "
                                + canary.toBase64() + "\r\nLocation: http://127.0.0.1:1/?got=" + canary
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + QByteArray::number(body.size()) + "\r\n\r\n" + body);
                }
            },
            tls)
    {
    }

    quint16 port() const { return m_peer.port(); }
    QList<QByteArray> heads() const
    {
        const std::lock_guard lock(m_mutex);
        return m_heads;
    }

private:
    mutable std::mutex m_mutex;
    QList<QByteArray> m_heads;
    RawUpstream m_peer;
};

void appendHead(QByteArray &text, const http::FieldList &head)
{
    for (const http::Field &field : head)
        text += QByteArray::fromStdString(field.name + ": " + field.value + "\n");
}

// All that leaves the proxy's room: what is printed, stored, delivered, shown.
QByteArray outputsOf(const ProxyFixture &proxy)
{
    QByteArray text;
    for (const ProxyEvent &event : proxy.all<ProxyEvent>())
        text += QByteArray::fromStdString(toJson(event)) + QByteArray::fromStdString(auditLine(event));
    for (const LlmEvent &event : proxy.all<LlmEvent>())
        text += QByteArray::fromStdString(toJson(event)) + QByteArray::fromStdString(auditLine(event));
    for (const Started &event : proxy.all<Started>()) {
        text += QByteArray::fromStdString(event.url + event.path + "\n" + toStoredJson(event));
        appendHead(text, event.head);
    }
    for (const Answered &event : proxy.all<Answered>()) {
        text += QByteArray::fromStdString(toStoredJson(event));
        appendHead(text, event.head);
    }
    for (const BodyKept &event : proxy.all<BodyKept>())
        text += event.text ? QByteArray::fromStdString(*event.text) : QByteArray();
    return text;
}

} // namespace

class TestSecrets : public QObject {
    Q_OBJECT
private slots:
    void goesOnlyWhereItMay_data();
    void goesOnlyWhereItMay();
    void goesOverVerifiedTls_data();
    void goesOverVerifiedTls();
    void saysWhyItWasLeftOut_data();
    void saysWhyItWasLeftOut();
    void isInNoTunnel();
    void goesIntoATunnelThatIsOpened();
    void isNotSentInPlainTextToAnotherMachine();
    void isSeenInNoOutput();
};

void TestSecrets::goesOnlyWhereItMay_data()
{
    QTest::addColumn<QByteArray>("binding");
    QTest::addColumn<QByteArray>("request"); // %1 is the upstream's port
    QTest::addColumn<QByteArray>("line"); // of the request as the upstream gets it; empty: no secret
    const QByteArray auth = "Authorization: Bearer " + canary;
    const QByteArray from = "GET /~me/up/x HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    const QByteArray end = "Connection: close\r\n\r\n";
    QTest::newRow("without one of the client's") << QByteArray("KEY:127.0.0.1") << from + end << auth;
    QTest::newRow("in place of the client's")
        << QByteArray("KEY:127.0.0.1") << from + "authorization: Bearer dummy-of-client\r\n" + end << auth;
    QTest::newRow("in place of all of the client's")
        << QByteArray("KEY:127.0.0.1")
        << from + "authorization: a-dummy-of-client\r\nAuthorization: b-dummy-of-client\r\n" + end << auth;
    QTest::newRow("in another header")
        << QByteArray("KEY:127.0.0.1:x-api-key") << from + "X-Api-Key: dummy-of-client\r\n" + end
        << "x-api-key: " + canary;
    QTest::newRow("with proxy credentials for a label")
        << QByteArray("KEY:127.0.0.1")
        << "GET http://127.0.0.1:%1/x HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic "
            + QByteArray("me:").toBase64() + "\r\n" + end
        << auth;
    QTest::newRow("another sandbox") << QByteArray("KEY:127.0.0.1")
                                     << QByteArray("GET /~you/up/x HTTP/1.1\r\nHost: 127.0.0.1\r\n") + end
                                     << QByteArray();
    QTest::newRow("no sandbox") << QByteArray("KEY:127.0.0.1")
                                << QByteArray("GET /up/x HTTP/1.1\r\nHost: 127.0.0.1\r\n") + end
                                << QByteArray();
    QTest::newRow("another host") << QByteArray("KEY:127.0.0.2") << from + end << QByteArray();
    QTest::newRow("another spelling of the host")
        << QByteArray("KEY:127.0.0.1")
        << "GET http://127.1:%1/x HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic "
            + QByteArray("me:").toBase64() + "\r\n" + end
        << QByteArray();
    QTest::newRow("TRACE") << QByteArray("KEY:127.0.0.1")
                           << QByteArray("TRACE /~me/up/x HTTP/1.1\r\nHost: 127.0.0.1\r\n") + end
                           << QByteArray();
}

void TestSecrets::goesOnlyWhereItMay()
{
    QFETCH(QByteArray, binding);
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, line);
    Echo upstream;
    ProxyFixture proxy(upstream.port(), [&](proxy::ProxyConfig &config) {
        config.traffic.secrets.push_back(heldSecret(binding.toStdString()));
    });
    proxy.ask(request.replace("%1", QByteArray::number(upstream.port())));
    const std::vector<ProxyEvent> events = (proxy.finished(1), proxy.all<ProxyEvent>());
    QCOMPARE(upstream.heads().size(), 1);
    const QByteArray head = upstream.heads()[0];
    QCOMPARE(head.contains("\r\n" + line + "\r\n"), true);
    QCOMPARE(head.count(canary), line.isEmpty() ? 0 : 1);
    if (!line.isEmpty())
        QVERIFY(!head.contains("dummy-of-client"));
    QCOMPARE(events.size(), std::size_t(2));
    for (const ProxyEvent &event : events)
        QCOMPARE(event.secretInjected, !line.isEmpty());
}

void TestSecrets::goesOverVerifiedTls_data()
{
    QTest::addColumn<QByteArray>("name"); // in the upstream's certificate
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("to port 443") << QByteArray("DNS:llm.test") << QByteArray("https://llm.test") << true;
    QTest::newRow("to another port") << QByteArray("DNS:llm.test") << QByteArray("https://llm.test:8443")
                                     << false;
    QTest::newRow("to a longer name")
        << QByteArray("DNS:llm.test.evil.test") << QByteArray("https://llm.test.evil.test") << false;
    QTest::newRow("to a subdomain") << QByteArray("DNS:api.llm.test") << QByteArray("https://api.llm.test")
                                    << false;
    QTest::newRow("to a bad certificate")
        << QByteArray("DNS:other.test") << QByteArray("https://llm.test") << false;
}

void TestSecrets::goesOverVerifiedTls()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, url);
    QFETCH(bool, isSent);
    const PemCertificate pem = makeCertificate(name.constData());
    const TlsContext tls(pem);
    QTemporaryDir folder;
    Echo upstream(tls.context);
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.routes.push_back(*proxy::parseRoute("llm=" + url.toStdString()));
        config.connectTo.push_back(*proxy::parseConnectTo("::127.0.0.1:" + std::to_string(upstream.port())));
        config.upstreamCaFile = writePem(folder, pem);
        config.traffic.secrets.push_back(heldSecret("KEY:llm.test"));
    });
    proxy.ask(get("/~me/llm/v1/models", "Connection: close\r\n"));
    QCOMPARE(proxy.finished(1)[0].secretInjected, isSent);
    QByteArray got;
    for (const QByteArray &head : upstream.heads())
        got += head;
    QCOMPARE(got.contains(canary), isSent);
}

void TestSecrets::saysWhyItWasLeftOut_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("reason"); // of the event's error; empty: none
    const QByteArray own = "Authorization: Bearer key-of-client\r\n";
    const QByteArray close = "Connection: close\r\n";
    const QByteArray denied = "401 Unauthorized";
    QTest::newRow("another sandbox, without a key")
        << get("/~you/up/", close) << canary << QByteArray("200 OK")
        << QByteArray("the sandbox 'you' is not one that is listed");
    QTest::newRow("another sandbox, a key that works")
        << get("/~you/up/", own + close) << canary << QByteArray("200 OK") << QByteArray();
    QTest::newRow("another sandbox, a key that does not")
        << get("/~you/up/", own + close) << canary << denied << QByteArray("KEY was not injected");
    QTest::newRow("no value") << get("/~me/up/", close) << QByteArray() << denied
                              << QByteArray("the keyring has no such entry");
    QTest::newRow("injected, and refused by the upstream")
        << get("/~me/up/", close) << canary << denied << QByteArray();
}

void TestSecrets::saysWhyItWasLeftOut()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, reason);
    Echo upstream(nullptr, status);
    ProxyFixture proxy(upstream.port(), [&](proxy::ProxyConfig &config) {
        config.traffic.secrets.push_back(heldSecret("KEY:127.0.0.1", value.toStdString()));
    });
    QCOMPARE(statusOf(proxy.ask(request)), status.left(3).toInt());
    const ProxyEvent event = proxy.finished(1)[0];
    const QByteArray error = QByteArray::fromStdString(event.error.value_or(""));
    QCOMPARE(error.isEmpty(), reason.isEmpty());
    QVERIFY2(error.contains(reason), error.constData());
}

void TestSecrets::isInNoTunnel()
{
    RawUpstream upstream([](RawSocket &socket, int) { socket.send("got " + socket.readToEnd()); });
    ProxyFixture proxy(upstream.port(), [&](proxy::ProxyConfig &config) {
        config.traffic.secrets.push_back(heldSecret("KEY:127.0.0.1"));
    });
    const QByteArray target = "127.0.0.1:" + QByteArray::number(upstream.port());
    const QByteArray answer =
        proxy.ask("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nProxy-Authorization: Basic "
                  + QByteArray("me:").toBase64() + "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(answer.endsWith("got GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    QVERIFY(!proxy.finished(1)[0].secretInjected);
}

void TestSecrets::goesIntoATunnelThatIsOpened()
{
    const InterceptedHost host("llm.test");
    const PemCertificate pem = makeCertificate("DNS:llm.test");
    const TlsContext tls(pem);
    QTemporaryDir folder;
    Echo upstream(tls.context);
    ProxyFixture proxy(1, [&](proxy::ProxyConfig &config) {
        config.upstreamCaFile = writePem(folder, pem);
        config.connectTo.push_back(*proxy::parseConnectTo("::127.0.0.1:" + std::to_string(upstream.port())));
        config.interception = host.interception();
        config.traffic.secrets.push_back(heldSecret("KEY:llm.test"));
    });
    RawSocket client = proxy.connect();
    client.send("CONNECT llm.test:443 HTTP/1.1\r\nHost: llm.test:443\r\nProxy-Authorization: Basic "
                + QByteArray("me:").toBase64() + "\r\n\r\n");
    client.readHead();
    QVERIFY(client.startTls(host.client(), "llm.test"));
    client.send("GET /v1/models HTTP/1.1\r\nHost: llm.test\r\nAuthorization: Bearer unused-by-client\r\n"
                "Connection: close\r\n\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 200);
    QVERIFY(upstream.heads().at(0).contains("Authorization: Bearer " + canary + "\r\n"));
    QVERIFY(!upstream.heads().at(0).contains("unused-by-client"));
    for (const ProxyEvent &event : proxy.finished(2))
        QCOMPARE(event.secretInjected, event.method == "GET");
    QVERIFY(!outputsOf(proxy).contains(canary));
}

void TestSecrets::isNotSentInPlainTextToAnotherMachine()
{
    const policy::SecretRequest far{"GET", "llm.test", 80, false, "me"};
    const std::vector<policy::HeldSecret> secrets{heldSecret("KEY:llm.test")};
    const policy::SecretChoice choice = policy::chooseSecrets(secrets, far);
    QVERIFY(choice.injected.empty());
    QVERIFY(choice.refusal.find("TLS") != std::string::npos);
}

void TestSecrets::isSeenInNoOutput()
{
    Echo upstream;
    ProxyFixture proxy(upstream.port(), [&](proxy::ProxyConfig &config) {
        config.keepBodies = true;
        config.bodyCapBytes = 1'000'000;
        config.routes.push_back(
            *proxy::parseRoute("openai=http://127.0.0.1:" + std::to_string(upstream.port())));
        config.traffic.secrets.push_back(heldSecret("KEY:127.0.0.1"));
        config.traffic.secrets.push_back(heldSecret("KEY:127.0.0.1:x-api-key"));
    });
    const QByteArray close = "Connection: close\r\n";
    QVERIFY(proxy.ask(get("/~me/up/x", close)).contains(canary)); // the upstream's own bytes pass as they are
    proxy.ask("POST /~me/openai/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n" + close
              + "Content-Length: 31\r\n\r\n{\"model\": \"gpt-4o\", \"x\": \"abcd\"}");
    proxy.ask(get("/~you/up/" + canary + "?q=" + canary.toBase64(),
                  close)); // no injection, but the upstream tells it
    proxy.ask(get("/~" + canary + "/nope/", close));
    proxy.finished(4);
    QTRY_VERIFY(proxy.all<BodyKept>().size() >= 4);
    const QByteArray told = outputsOf(proxy);
    QVERIFY(told.contains("X-Seen: ***"));
    QVERIFY(told.contains("\"secret_injected\":true"));
    for (const QByteArray &form :
         {canary, canary.toBase64(QByteArray::OmitTrailingEquals), canary.toPercentEncoding("", "-")})
        QVERIFY2(!told.contains(form),
                 told.mid(std::max<qsizetype>(0, told.indexOf(form) - 200), 400).constData());
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
