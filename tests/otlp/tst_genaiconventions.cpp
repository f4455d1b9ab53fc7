#include "core/otlp/genaiconventions.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::otlp;

Q_DECLARE_METATYPE(std::optional<std::string>)

class GenAiConventionsTest : public QObject {
    Q_OBJECT
private slots:
    void namesTheOperationByItsPath_data()
    {
        QTest::addColumn<QString>("operation");
        const auto row = [](const char *path, const char *operation) {
            QTest::newRow(path) << QString::fromLatin1(operation);
        };
        row("/v1/chat/completions", "chat");
        row("/v1/messages", "chat");
        row("/v1/responses", "chat");
        row("/api/chat", "chat");
        row("/v2/chat", "chat");
        row("/model/anthropic.claude-sonnet-4/converse", "chat");
        row("/v1/realtime", "chat");
        row("/v1/completions", "text_completion");
        row("/v1/complete", "text_completion");
        row("/api/generate", "text_completion");
        row("/v1beta/models/gemini-3-pro:generateContent", "generate_content");
        row("/v1beta/models/gemini-3-pro:streamGenerateContent", "generate_content");
        row("/v1/images/generations", "generate_content");
        row("/v1/embeddings", "embeddings");
        row("/api/embed", "embeddings");
        row("/v1beta/models/gemini-embedding-001:embedContent", "embeddings");
        row("/v1beta/models/x:batchEmbedContents", "embeddings");
        row("/model/amazon.titan-embed-text-v2/invoke", "embeddings");
        row("/v2/rerank", "rerank");
        row("/v1/audio/transcriptions", "transcription");
    }

    void namesTheOperationByItsPath()
    {
        QFETCH(QString, operation);
        LlmEvent call;
        call.path = QTest::currentDataTag();
        QCOMPARE(QString::fromLatin1(operationOf(call).data()), operation);
    }

    void namesTheProviderAsTheConventionsDo()
    {
        QCOMPARE(providerNameOf("google"), std::string_view("gcp.gemini"));
        QCOMPARE(providerNameOf("azure-openai"), std::string_view("azure.ai.openai"));
        QCOMPARE(providerNameOf("bedrock"), std::string_view("aws.bedrock"));
        QCOMPARE(providerNameOf("anthropic"), std::string_view("anthropic"));
        QCOMPARE(providerNameOf("ollama"), std::string_view("ollama"));
    }

    void tellsTheModelThatAnsweredFromTheOneAskedFor()
    {
        LlmEvent call;
        call.provider = "openai";
        call.model = "gpt-4o-2024-08-06";
        call.details.requestModel = "gpt-4o";
        call.status = 200;
        QCOMPARE(requestModelOf(call), std::optional<std::string>("gpt-4o"));
        QCOMPARE(responseModelOf(call), std::optional<std::string>("gpt-4o-2024-08-06"));

        call.model = "gpt-4o"; // nobody said that the answer names it
        QCOMPARE(responseModelOf(call), std::nullopt);
        call.details.answerId = "chatcmpl-1";
        QCOMPARE(responseModelOf(call), std::optional<std::string>("gpt-4o"));
        call.provider = "cohere";
        QCOMPARE(responseModelOf(call), std::nullopt);

        call.status = 429;
        call.details.requestModel.reset();
        QCOMPARE(responseModelOf(call), std::nullopt);
        QCOMPARE(requestModelOf(call), std::optional<std::string>("gpt-4o"));
    }

    void classifiesErrors()
    {
        LlmEvent call;
        call.status = 200;
        QCOMPARE(errorTypeOf(call), std::nullopt);
        call.error = "the answer was cut";
        QCOMPARE(errorTypeOf(call), std::optional<std::string>("_OTHER"));
        call.details.isUnderstood = false;
        QCOMPARE(errorTypeOf(call), std::nullopt);
        call.status = 529;
        QCOMPARE(errorTypeOf(call), std::optional<std::string>("529"));
    }

    void findsThePortOfAUrl_data()
    {
        QTest::addColumn<int>("port"); // 0: none
        const auto row = [](const char *url, int port) {
            QTest::newRow(url) << port;
        };
        row("https://api.openai.com/v1", 443);
        row("http://example.com?x=1:2", 80);
        row("http://127.0.0.1:11434/api/chat", 11434);
        row("http://user:1@example.com:8080/", 8080);
        row("http://[::1]:8080/", 8080);
        row("https://[::1]/", 443);
        row("wss://api.openai.com/v1/realtime", 443);
        row("api.openai.com:443", 443);
        row("api.openai.com", 0);
        row("http://example.com:99999/", 0);
        row("http://example.com:/", 0);
        row("", 0);
    }

    void findsThePortOfAUrl()
    {
        QFETCH(int, port);
        QCOMPARE(portOf(QTest::currentDataTag()).value_or(0), port);
    }
};

QTEST_APPLESS_MAIN(GenAiConventionsTest)
#include "tst_genaiconventions.moc"
