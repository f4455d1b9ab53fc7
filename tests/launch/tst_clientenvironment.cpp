#include "core/launch/clientenvironment.h"
#include "core/launch/noproxy.h"

#include <QTest>

using namespace hookscope;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

LaunchInputs inputs()
{
    LaunchInputs result;
    result.port = 9001;
    result.sandbox = text("claude");
    return result;
}

LaunchInputs intercepting()
{
    LaunchInputs result = inputs();
    result.isIntercepting = true;
    result.caCertificate = text("/data/ca.pem");
    result.caBundle = text("/data/bundle.pem");
    for (const char *host : {"api.anthropic.com", "*.openai.com", "generativelanguage.googleapis.com",
                             "api.groq.com", "api.mistral.ai", "api.cohere.com", "api.together.xyz",
                             "api.deepseek.com", "openrouter.ai", "api.x.ai"})
        result.opened.append(text(host));
    return result;
}

Environment resultOf(const LaunchInputs &given, const Environment &current = {})
{
    return applied(current, clientEnvironment(given, current).changes);
}

} // namespace

class TestClientEnvironment : public QObject {
    Q_OBJECT
private slots:
    void setsEachVariable_data();
    void setsEachVariable();
    void leavesOutWhatIsNotMeant_data();
    void leavesOutWhatIsNotMeant();
    void writesTheAddressForClients_data();
    void writesTheAddressForClients();
    void readsNoProxyInItsWidestSense_data();
    void readsNoProxyInItsWidestSense();
    void warns_data();
    void warns();
    void keepsNoProxy_data();
    void keepsNoProxy();
    void keepsABaseUrlAndAllThatAreReadBesideIt();
    void setsBaseUrlsOfHostsThatStayClosed();
    void addsToTheUsersOwnCertificates();
    void takesBackWhatItSet_data();
    void takesBackWhatItSet();
    void startsAgainFromWhatTheUserHad();
    void takesBackOnlyVariablesThatItKnows();
};

void TestClientEnvironment::setsEachVariable_data()
{
    QTest::addColumn<bool>("isIntercepting");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    const auto row = [](bool isIntercepting, const char *name, const char *value) {
        QTest::addRow("%s %s", name, isIntercepting ? "intercepting" : "plain")
            << isIntercepting << text(name) << text(value);
    };
    for (const bool isIntercepting : {false, true}) {
        for (const char *name :
             {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"})
            row(isIntercepting, name, "http://claude:x@127.0.0.1:9001");
        row(isIntercepting, "NODE_USE_ENV_PROXY", "1");
    }
    row(false, "ANTHROPIC_BASE_URL", "http://127.0.0.1:9001/~claude/anthropic");
    row(false, "ANTHROPIC_API_BASE", "http://127.0.0.1:9001/~claude/anthropic");
    row(false, "OPENAI_BASE_URL", "http://127.0.0.1:9001/~claude/openai/v1");
    row(false, "OPENAI_API_BASE", "http://127.0.0.1:9001/~claude/openai/v1");
    row(false, "GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9001/~claude/gemini");
    row(false, "GROQ_BASE_URL", "http://127.0.0.1:9001/~claude/groq");
    row(false, "GROQ_API_BASE", "http://127.0.0.1:9001/~claude/groq/openai/v1");
    row(false, "MISTRAL_API_BASE", "http://127.0.0.1:9001/~claude/mistral/v1");
    row(false, "CO_API_URL", "http://127.0.0.1:9001/~claude/cohere");
    row(false, "TOGETHER_BASE_URL", "http://127.0.0.1:9001/~claude/together/v1");
    row(false, "DEEPSEEK_API_BASE", "http://127.0.0.1:9001/~claude/deepseek/beta");
    row(false, "OPENROUTER_API_BASE", "http://127.0.0.1:9001/~claude/openrouter/api/v1");
    row(false, "XAI_API_BASE", "http://127.0.0.1:9001/~claude/xai/v1");
    row(false, "OLLAMA_API_BASE", "http://127.0.0.1:9001/~claude/ollama");
    row(true, "NODE_EXTRA_CA_CERTS", "/data/ca.pem");
    row(true, "DENO_CERT", "/data/ca.pem");
    for (const char *name : {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO",
                             "CARGO_HTTP_CAINFO", "AWS_CA_BUNDLE", "CODEX_CA_CERTIFICATE"})
        row(true, name, "/data/bundle.pem");
}

void TestClientEnvironment::setsEachVariable()
{
    QFETCH(bool, isIntercepting);
    QFETCH(QString, name);
    QVERIFY(knownVariables().contains(name));
    const Environment environment = resultOf(isIntercepting ? intercepting() : inputs());
    QTEST(environment.value(name), "value");
    QVERIFY(environment.value(text("HOOKSCOPE_ENV")).split(QLatin1Char(' ')).contains(name));
}

void TestClientEnvironment::leavesOutWhatIsNotMeant_data()
{
    QTest::addColumn<bool>("isIntercepting");
    QTest::addColumn<QString>("name");
    for (const char *name : {"ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE",
                             "GOOGLE_GEMINI_BASE_URL", "OLLAMA_HOST", "NO_PROXY", "no_proxy"})
        QTest::addRow("%s intercepting", name) << true << text(name);
    for (const char *name :
         {"NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO",
          "CARGO_HTTP_CAINFO", "AWS_CA_BUNDLE", "CODEX_CA_CERTIFICATE", "DENO_CERT", "OLLAMA_HOST"})
        QTest::addRow("%s plain", name) << false << text(name);
}

void TestClientEnvironment::leavesOutWhatIsNotMeant()
{
    QFETCH(bool, isIntercepting);
    QFETCH(QString, name);
    QVERIFY(!resultOf(isIntercepting ? intercepting() : inputs()).contains(name));
}

void TestClientEnvironment::writesTheAddressForClients_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("sandbox");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("base");
    const auto row = [](const char *host, const QString &sandbox, const char *proxy, const char *base) {
        QTest::addRow("%s %s", host, qPrintable(sandbox))
            << text(host) << sandbox << text(proxy) << text(base);
    };
    row("127.0.0.1", {}, "http://127.0.0.1:9001", "http://127.0.0.1:9001/anthropic");
    row("0.0.0.0", {}, "http://127.0.0.1:9001", "http://127.0.0.1:9001/anthropic");
    row("::1", text("a"), "http://a:x@[::1]:9001", "http://[::1]:9001/~a/anthropic");
    row("::", {}, "http://[::1]:9001", "http://[::1]:9001/anthropic");
    row("localhost", text("a b/@:"), "http://a%20b%2F%40%3A:x@localhost:9001",
        "http://localhost:9001/~a%20b%2F%40%3A/anthropic");
}

void TestClientEnvironment::writesTheAddressForClients()
{
    QFETCH(QString, host);
    QFETCH(QString, sandbox);
    LaunchInputs given = inputs();
    given.host = host;
    given.sandbox = sandbox;
    const Environment environment = resultOf(given);
    QTEST(environment.value(text("HTTP_PROXY")), "proxy");
    QTEST(environment.value(text("ANTHROPIC_BASE_URL")), "base");
}

void TestClientEnvironment::readsNoProxyInItsWidestSense_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<bool>("isExcluded");
    const auto row = [](const char *list, bool isExcluded) {
        QTest::newRow(list) << text(list) << isExcluded;
    };
    row("", false);
    row("localhost,127.0.0.1,::1", false);
    row("*", true);
    row("localhost, *", true);
    row("api.openai.com", true);
    row("API.OpenAI.com", true);
    row("api.openai.com:443", true);
    row("openai.com", true);
    row(".openai.com", true);
    row("*.openai.com", true);
    row("localhost openai.com", true);
    row("penai.com", false);
    row("xapi.openai.com", false);
    row(".", false);
    row(",,", false);
}

void TestClientEnvironment::readsNoProxyInItsWidestSense()
{
    QFETCH(QString, list);
    QFETCH(bool, isExcluded);
    QCOMPARE(isExcludedFromProxy(list, text("api.openai.com")), isExcluded);
}

void TestClientEnvironment::warns_data()
{
    QTest::addColumn<Environment>("current");
    QTest::addColumn<bool>("isIntercepting");
    QTest::addColumn<QStringList>("named"); // of the only warning
    const auto row = [](const char *name, const Environment &current, bool isIntercepting,
                        const QStringList &named) {
        QTest::newRow(name) << current << isIntercepting << named;
    };
    row("nothing set", {}, false, {});
    row("exceptions that do not matter", {{text("NO_PROXY"), text("localhost,10.0.0.0/8")}}, true, {});
    row("all hosts", {{text("NO_PROXY"), text("*")}}, true, {text("NO_PROXY"), text("every host")});
    row("a provider", {{text("no_proxy"), text("api.openai.com")}}, true,
        {text("no_proxy"), text("api.openai.com")});
    row("a provider, plain", {{text("no_proxy"), text(".anthropic.com")}}, false,
        {text("no_proxy"), text("api.anthropic.com"), text("base URL")});
    row("both cases alike", {{text("NO_PROXY"), text("*")}, {text("no_proxy"), text("*")}}, true,
        {text("NO_PROXY")});
    row("another proxy", {{text("HTTPS_PROXY"), text("http://user:secret@proxy.corp:3128")}}, false,
        {text("HTTPS_PROXY"), text("another proxy")});
    row("a gateway", {{text("OPENAI_BASE_URL"), text("https://gateway.corp/v1")}}, false,
        {text("OPENAI_BASE_URL"), text("kept")});
    row("a gateway while intercepting", {{text("OPENAI_BASE_URL"), text("https://gateway.corp/v1")}}, true,
        {});
    row("an empty base URL", {{text("OPENAI_BASE_URL"), QString()}}, false, {});
}

void TestClientEnvironment::warns()
{
    QFETCH(Environment, current);
    QFETCH(bool, isIntercepting);
    QFETCH(QStringList, named);
    const QStringList warnings =
        clientEnvironment(isIntercepting ? intercepting() : inputs(), current).warnings;
    QCOMPARE(warnings.size(), named.isEmpty() ? 0 : 1);
    for (const QString &name : named)
        QVERIFY2(warnings.first().contains(name), qPrintable(warnings.first()));
    QVERIFY(!warnings.join(QLatin1Char('\n')).contains(text("secret")));
}

void TestClientEnvironment::keepsNoProxy_data()
{
    QTest::addColumn<Environment>("before");
    QTest::addColumn<QString>("upper"); // beside base URLs
    QTest::addColumn<QString>("lower");
    QTest::newRow("none") << Environment() << text("127.0.0.1:9001") << text("127.0.0.1:9001");
    QTest::newRow("empty") << Environment{{text("no_proxy"), QString()}} << text("127.0.0.1:9001")
                           << text("127.0.0.1:9001");
    QTest::newRow("one") << Environment{{text("NO_PROXY"), text("corp, .x")}}
                         << text("corp, .x,127.0.0.1:9001") << text("corp, .x,127.0.0.1:9001");
    QTest::newRow("two") << Environment{{text("NO_PROXY"), text("corp")}, {text("no_proxy"), text("*")}}
                         << text("corp,127.0.0.1:9001") << text("*,127.0.0.1:9001");
}

void TestClientEnvironment::keepsNoProxy()
{
    QFETCH(Environment, before);
    const Environment plain = resultOf(inputs(), before);
    QTEST(plain.value(text("NO_PROXY")), "upper");
    QTEST(plain.value(text("no_proxy")), "lower");
    const Environment opened = resultOf(intercepting(), before);
    for (const char *name : {"NO_PROXY", "no_proxy"}) {
        QCOMPARE(opened.contains(text(name)), before.contains(text(name)));
        QCOMPARE(opened.value(text(name)), before.value(text(name)));
    }
}

// OPENAI_API_BASE beside it would lead some clients past the gateway, with the gateway's key.
void TestClientEnvironment::keepsABaseUrlAndAllThatAreReadBesideIt()
{
    const Environment environment =
        resultOf(inputs(), {{text("OPENAI_BASE_URL"), text("https://gateway.corp/v1")}});
    QCOMPARE(environment.value(text("OPENAI_BASE_URL")), text("https://gateway.corp/v1"));
    QVERIFY(!environment.contains(text("OPENAI_API_BASE")));
    QVERIFY(environment.contains(text("ANTHROPIC_BASE_URL")));
}

void TestClientEnvironment::setsBaseUrlsOfHostsThatStayClosed()
{
    LaunchInputs given = intercepting();
    given.opened = {text("api.anthropic.com"), text("*.api.openai.com")};
    const Environment environment = resultOf(given);
    QVERIFY(!environment.contains(text("ANTHROPIC_BASE_URL")));
    QVERIFY(!environment.contains(text("OPENAI_BASE_URL"))); // the pattern is for the domain, too
    QVERIFY(environment.contains(text("GOOGLE_GEMINI_BASE_URL")));
    QVERIFY(environment.contains(text("SSL_CERT_FILE")));
    QCOMPARE(environment.value(text("NO_PROXY")), text("127.0.0.1:9001"));
}

void TestClientEnvironment::addsToTheUsersOwnCertificates()
{
    const Environment environment =
        resultOf(intercepting(), {{text("NODE_EXTRA_CA_CERTS"), text("/etc/corp.pem")}});
    QCOMPARE(environment.value(text("NODE_EXTRA_CA_CERTS")), text("/data/bundle.pem"));
    QCOMPARE(environment.value(text("DENO_CERT")), text("/data/ca.pem"));
}

void TestClientEnvironment::takesBackWhatItSet_data()
{
    QTest::addColumn<Environment>("before");
    QTest::newRow("nothing") << Environment();
    QTest::newRow("of others") << Environment{{text("PATH"), text("/bin")}};
    QTest::newRow("replaced") << Environment{{text("HTTP_PROXY"), text("http://u:p@corp:1")},
                                             {text("SSL_CERT_FILE"), text("/etc/corp.pem")},
                                             {text("OPENAI_BASE_URL"), text("https://gateway/v1")}};
    QTest::newRow("replaced, empty") << Environment{{text("HTTP_PROXY"), QString()},
                                                    {text("OPENAI_BASE_URL"), QString()}};
    QTest::newRow("exceptions") << Environment{{text("NO_PROXY"), text("localhost")}};
}

void TestClientEnvironment::takesBackWhatItSet()
{
    QFETCH(Environment, before);
    for (const LaunchInputs &given : {inputs(), intercepting()}) {
        const Environment during = resultOf(given, before);
        QVERIFY(during != before);
        QCOMPARE(applied(during, undoEnvironment(during)), before);
    }
    QVERIFY(undoEnvironment(before).isEmpty());
}

void TestClientEnvironment::startsAgainFromWhatTheUserHad()
{
    const Environment before{{text("HTTP_PROXY"), text("http://corp:1")},
                             {text("CURL_CA_BUNDLE"), text("/etc/corp.pem")}};
    const Environment plain = resultOf(inputs(), before);
    LaunchInputs other = inputs();
    other.port = 9002;
    for (const LaunchInputs &next : {other, intercepting()}) {
        const Environment again = resultOf(next, plain);
        QCOMPARE(again, resultOf(next, before));
        QCOMPARE(applied(again, undoEnvironment(again)), before);
        QCOMPARE(clientEnvironment(next, plain).warnings, clientEnvironment(next, before).warnings);
    }
}

void TestClientEnvironment::takesBackOnlyVariablesThatItKnows()
{
    const Environment current{{text("HOOKSCOPE_ENV"), text("PATH HTTP_PROXY $(reboot)")},
                              {text("PATH"), text("/bin")}};
    QCOMPARE(applied(current, undoEnvironment(current)), (Environment{{text("PATH"), text("/bin")}}));
}

QTEST_APPLESS_MAIN(TestClientEnvironment)
#include "tst_clientenvironment.moc"
