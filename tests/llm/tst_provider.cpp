#include "core/llm/provider.h"

#include <QTest>

using namespace hookscope;

namespace {

QString nameOf(const std::optional<llm::KnownProvider> &provider)
{
    return provider ? QString::fromStdString(provider->name) : QStringLiteral("none");
}

} // namespace

class tst_Provider final : public QObject {
    Q_OBJECT

private slots:
    void knowsHosts_data();
    void knowsHosts();
    void domainsWin();
    void everyRouteHasItsProvider();
    void aRouteAndItsHostAreOneProvider();
    void namesDialects();
};

void tst_Provider::knowsHosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *host, const char *name) {
        QTest::newRow(host) << QByteArray(host) << QString::fromLatin1(name);
    };
    row("api.openai.com", "openai");
    row("API.OpenAI.com:443", "openai");
    row("api.openai.com.", "openai");
    row("eu.api.openai.com", "openai");
    row("api.anthropic.com", "anthropic");
    row("generativelanguage.googleapis.com", "google");
    row("api.deepseek.com", "deepseek");
    row("api.groq.com", "groq");
    row("api.mistral.ai", "mistral");
    row("api.cohere.com", "cohere");
    row("api.together.xyz", "together");
    row("api.fireworks.ai", "fireworks");
    row("openrouter.ai", "openrouter");
    row("api.x.ai", "xai");
    row("example.openai.azure.com", "azure-openai");
    row("us-central1-aiplatform.googleapis.com", "vertex");
    row("api.business.githubcopilot.com", "github-copilot");
    row("api.openai.com.example.org", "none");
    row("notapi.openai.com", "none");
    row(".openai.azure.com", "none");
    row("openai.azure.com", "none");
    row("localhost:11434", "none");
    row("[::1]:8080", "none");
    row("", "none");
}

void tst_Provider::knowsHosts()
{
    QFETCH(QByteArray, host);
    QTEST(nameOf(llm::providerOfHost(host.toStdString(), {})), "name");
}

void tst_Provider::domainsWin()
{
    const std::vector<llm::LlmDomain> domains{{"LLM.example.org:8443", llm::Dialect::Cohere},
                                              {"api.openai.com", llm::Dialect::Anthropic}};
    const llm::KnownProvider custom{"custom", llm::Dialect::Cohere};
    QVERIFY(llm::providerOfHost("llm.example.org", domains) == custom);
    QVERIFY(llm::providerOfHost("llm.example.org:80", domains) == custom);
    const llm::KnownProvider renamed{"custom", llm::Dialect::Anthropic};
    QVERIFY(llm::providerOfHost("api.openai.com:443", domains) == renamed);
    QVERIFY(!llm::providerOfHost("other.example.org", domains));
}

void tst_Provider::everyRouteHasItsProvider()
{
    QStringList names;
    for (const auto &route : llm::builtInRoutes()) {
        names << QString::fromUtf8(route.name.data(), static_cast<qsizetype>(route.name.size()));
        const auto provider = llm::providerOfRoute(route.name);
        QVERIFY(provider);
        QVERIFY(provider->name == route.provider);
        QVERIFY(!route.root.ends_with('/'));
    }
    QCOMPARE(names.join(u' '),
             QStringLiteral("openai anthropic gemini deepseek groq mistral cohere together "
                            "fireworks openrouter xai ollama"));
    QVERIFY(!llm::providerOfRoute("custom"));
    QVERIFY(llm::providerOfRoute("ollama")->dialect == llm::Dialect::Ollama);
}

void tst_Provider::aRouteAndItsHostAreOneProvider()
{
    for (const auto &route : llm::builtInRoutes()) {
        if (route.name == "ollama") // on this machine, where any program may listen
            continue;
        const auto host = route.root.substr(route.root.find("//") + 2);
        QVERIFY(llm::providerOfHost(host, {}) == llm::providerOfRoute(route.name));
    }
}

void tst_Provider::namesDialects()
{
    QVERIFY(llm::dialectNamed("openai") == llm::Dialect::OpenAi);
    QVERIFY(llm::dialectNamed("anthropic") == llm::Dialect::Anthropic);
    QVERIFY(llm::dialectNamed("google") == llm::Dialect::Google);
    QVERIFY(llm::dialectNamed("cohere") == llm::Dialect::Cohere);
    QVERIFY(llm::dialectNamed("ollama") == llm::Dialect::Ollama);
    QVERIFY(!llm::dialectNamed("gemini"));
}

QTEST_APPLESS_MAIN(tst_Provider)
#include "tst_provider.moc"
