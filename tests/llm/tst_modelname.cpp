#include "core/llm/modelname.h"

#include <QTest>

using namespace hookscope;

class tst_ModelName final : public QObject {
    Q_OBJECT

private slots:
    void leavesOutWhereAModelIsFound_data();
    void leavesOutWhereAModelIsFound();
    void spellsOneModelOneWay_data();
    void spellsOneModelOneWay();
    void saysWhetherSomethingWasCut();
};

void tst_ModelName::leavesOutWhereAModelIsFound_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bare");
    const auto row = [](const char *name, const char *bare) {
        QTest::newRow(name) << QByteArray(name) << QByteArray(bare);
    };
    row("GPT-4o", "gpt-4o");
    row("models/gemini-2.5-flash", "gemini-2.5-flash");
    row("publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro");
    row("projects/p/locations/l/publishers/anthropic/models/claude-opus-4@20250514",
        "claude-opus-4@20250514");
    row("accounts/fireworks/models/deepseek-v3", "deepseek-v3");
    row("accounts/someone/models/deepseek-v3", "accounts/someone/models/deepseek-v3");
    row("arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0",
        "us.anthropic.claude-sonnet-4-20250514-v1:0");
    row("tunedModels/gemini-2.5-flash", "tunedmodels/gemini-2.5-flash");
    row("openai/gpt-4o", "openai/gpt-4o");
    row("models", "models");
    row("", "");
}

void tst_ModelName::leavesOutWhereAModelIsFound()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bare);
    QCOMPARE(QByteArray::fromStdString(llm::bareModelName(name.toStdString())), bare);
}

void tst_ModelName::spellsOneModelOneWay_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("plain");
    const auto row = [](const char *name, const char *plain) {
        QTest::newRow(name) << QByteArray(name) << QByteArray(plain);
    };
    row("gpt-4o-2024-08-06", "gpt-4o");
    row("gpt-4o", "gpt-4o");
    row("gpt-4o-mini-2024-07-18", "gpt-4o-mini");
    row("gpt-4-0613", "gpt-4-0613");
    row("gpt-4-1106-preview", "gpt-4-1106-preview");
    row("gemini-2.0-flash-001", "gemini-2.0-flash-001");
    row("gemini-3.1-flash-lite-preview-20260303", "gemini-3.1-flash-lite-preview");
    row("gpt-4o-2024-13-06", "gpt-4o-2024-13-06");
    row("model-12345678", "model-12345678");
    row("claude-sonnet-4-20250514", "claude-sonnet-4");
    row("claude-sonnet-4@20250514", "claude-sonnet-4");
    row("claude-sonnet-4-6@default", "claude-sonnet-4-6");
    row("claude-haiku-4.5", "claude-haiku-4-5");
    row("claude-haiku-4-5-20251001", "claude-haiku-4-5");
    row("claude-3-5-sonnet-latest", "claude-sonnet-3-5");
    row("claude-3.5-sonnet", "claude-sonnet-3-5");
    row("claude-3-opus-20240229", "claude-opus-3");
    row("claude-opus-4-6-fast", "claude-opus-4-6-fast");
    row("claude-2.1", "claude-2-1");
    row("claude-instant-1", "claude-instant-1");
    row("anthropic/claude-4.6-sonnet-20260217", "anthropic/claude-sonnet-4-6");
    row("us.anthropic.claude-haiku-4-5-20251001-v1:0", "geo.anthropic.claude-haiku-4-5");
    row("jp.anthropic.claude-haiku-4-5-20251001-v1:0", "geo.anthropic.claude-haiku-4-5");
    row("global.anthropic.claude-haiku-4-5-20251001-v1:0", "anthropic.claude-haiku-4-5");
    row("amazon.nova-lite-v1:0", "amazon.nova-lite");
    row("anthropic.claude-v2:1", "anthropic.claude");
    row("anthropic.claude-v2", "anthropic.claude-v2");
    row("llama3:latest", "llama3");
    row("gemma3:1b", "gemma3:1b");
    row("ft:gpt-4o-2024-08-06:acme::abc", "ft:gpt-4o");
    row("meta-llama/llama-3.2-3b-instruct:free", "meta-llama/llama-3.2-3b-instruct:free");
    row("-20250514", "-20250514");
    row("claude-", "claude-");
    row("", "");
}

void tst_ModelName::spellsOneModelOneWay()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, plain);
    QCOMPARE(QByteArray::fromStdString(llm::plainModelName(name.toStdString()).text), plain);
}

void tst_ModelName::saysWhetherSomethingWasCut()
{
    QVERIFY(!llm::plainModelName("claude-3.5-sonnet").isCut);
    QVERIFY(llm::plainModelName("gpt-4o-2024-08-06").isCut);
    QVERIFY(llm::plainModelName("us.amazon.nova-lite").isCut);
    QCOMPARE(llm::withoutMaker("openai/gpt-4o"), std::string_view("gpt-4o"));
    QCOMPARE(llm::withoutMaker("gpt-4o"), std::string_view("gpt-4o"));
}

QTEST_APPLESS_MAIN(tst_ModelName)
#include "tst_modelname.moc"
