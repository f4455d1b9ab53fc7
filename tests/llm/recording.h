#pragma once

#include "core/llm/callreader.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QVariant>
#include <algorithm>
#include <random>
#include <string>
#include <string_view>

// The recordings in tests/fixtures/open, and what is expected to be read of each. A new case is a new folder.
namespace hookscope::test {

inline QString recordings()
{
    return QStringLiteral(HOOKSCOPE_FIXTURES "/open");
}

inline bool isSocket(const QString &name)
{
    return QFile::exists(recordings() + u'/' + name + QStringLiteral("/response.frames.jsonl"));
}

// Free: not a call, so nothing may be read.
inline bool isTokenCount(const QString &name)
{
    return name.contains(QStringLiteral("/count-tokens-"));
}

// "provider/case" of all but those on a websocket.
inline QStringList recordingNames()
{
    QStringList list;
    const auto providers = QDir(recordings()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const auto &provider : providers) {
        const auto folders =
            QDir(recordings() + u'/' + provider).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const auto &folder : folders) {
            const QString name = provider + u'/' + folder;
            if (!isSocket(name))
                list << name;
        }
    }
    return list;
}

struct Recording {
    explicit Recording(const QString &name)
    {
        const QString folder = recordings() + u'/' + name + u'/';
        const auto meta = objectOf(folder + QStringLiteral("meta.json"));
        expected = objectOf(folder + QStringLiteral("expected.json"));
        method = meta.value(u"method").toString().toStdString();
        const QUrl url(meta.value(u"url").toString());
        host = url.host().toStdString();
        path = url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded).toStdString();
        status = meta.value(u"status").toInt();
        requestHead = headOf(meta.value(u"request_headers").toArray());
        answerHead = headOf(meta.value(u"response_headers").toArray());
        std::erase_if(answerHead, [](const http::Field &field) {
            return http::equalsIgnoringCase(field.name, "content-encoding");
        });
        request = contentOf(folder + QStringLiteral("request.json"));
        const auto model = expected.value(u"request_model").toString().toStdString();
        if (name.startsWith(QStringLiteral("openai/audio-transcription")))
            sendForm(model);
        answer = contentOf(folder + meta.value(u"response_body_file").toString());
        if (meta.value(u"content_encoding").toString() == QStringLiteral("gzip")) {
            coding = "gzip";
            answerHead.push_back({"Content-Encoding", coding});
        }
    }

    QJsonObject expected;
    std::string method, host, path, request, answer, coding;
    http::FieldList requestHead, answerHead;
    int status = 0;

private:
    static std::string contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

    static QJsonObject objectOf(const QString &path)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(contentOf(path))).object();
    }

    static http::FieldList headOf(const QJsonArray &fields)
    {
        http::FieldList head;
        for (const auto &field : fields) {
            head.push_back({field.toArray().at(0).toString().toStdString(),
                            field.toArray().at(1).toString().toStdString()});
        }
        return head;
    }

    // The recording has left the upload out, of which the model is a field.
    void sendForm(const std::string &model)
    {
        requestHead = {{"Content-Type", "multipart/form-data; boundary=\"a(b)\""}};
        request = "--a(b)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                  "Content-Type: audio/wav\r\n\r\nRIFF name=\"model\"\r\n\r\nnone\r\n--a(b\r\n--a(b)\r\n"
                  "Content-Disposition: form-data; name=\"model\"\r\n\r\n"
            + model + "\r\n--a(b)--\r\n";
    }
};

// Gives the bytes to `feed` in pieces of that size, or of random sizes for 0; each is a copy of its own, so
// that reading beyond it is found out.
template <class Feed>
void inPieces(std::string_view bytes, std::size_t piece, std::mt19937 &random, Feed feed)
{
    while (!bytes.empty()) {
        const auto size = piece ? piece : 1 + random() % 700;
        const std::string part(bytes.substr(0, size));
        feed(part);
        bytes.remove_prefix(part.size());
    }
}

// What is compared, of CallFacts and LlmEvent alike.
template <class Call> QVariantMap readOf(const Call &call)
{
    const auto number = [](const std::optional<std::int64_t> &value) {
        return value ? QVariant(static_cast<qlonglong>(*value)) : QVariant();
    };
    return {
        {QStringLiteral("model"), call.model ? QVariant(QString::fromStdString(*call.model)) : QVariant()},
        {QStringLiteral("streaming"), call.streaming},
        {QStringLiteral("usage_present"), call.usage == UsageState::Reported},
        {QStringLiteral("input_tokens"), number(call.tokens.input)},
        {QStringLiteral("output_tokens"), number(call.tokens.output)},
        {QStringLiteral("total_tokens"), number(call.tokens.total())},
        {QStringLiteral("cache_read_tokens"), number(call.tokens.cacheRead)},
        {QStringLiteral("cache_write_tokens"), number(call.tokens.cacheWrite)},
        {QStringLiteral("reasoning_tokens"), number(call.tokens.reasoning)},
    };
}

inline QVariantMap expectedOf(const Recording &recorded, const QVariantMap &read)
{
    QVariantMap expected;
    for (const auto &key : read.keys()) {
        const auto value = recorded.expected.value(key);
        expected[key] = value.isNull() ? QVariant()
            : value.isDouble()         ? QVariant(value.toInteger())
                                       : value.toVariant();
    }
    return expected;
}

// As `provider` is in events.
inline QString providerOf(const Recording &recorded)
{
    const auto provider = recorded.expected.value(u"provider").toString();
    return provider == QStringLiteral("gemini") ? QStringLiteral("google") : provider;
}

inline QByteArray textOf(const QVariantMap &map)
{
    return QJsonDocument(QJsonObject::fromVariantMap(map)).toJson(QJsonDocument::Compact);
}

} // namespace hookscope::test
