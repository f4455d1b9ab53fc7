#include "core/hooks/payloadtemplate.h"
#include "core/events/eventjson.h"
#include "tests/fuzz/input.h"

#include <QJsonDocument>

using namespace hookscope;
using fuzz::require;

namespace {

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

// An event whose texts come out of the input, and of which some are not known.
QByteArray eventOf(fuzz::Input &input)
{
    const unsigned known = input.byte();
    const std::string text(input.section());
    if (input.byte() % 2 == 0) {
        ProxyEvent event;
        event.sandbox = event.method = event.url = event.host = text;
        if (known & 1U)
            event.status = static_cast<int>(known);
        if (known & 2U)
            event.error = text;
        return QByteArray::fromStdString(toJson(event));
    }
    LlmEvent event;
    event.sandbox = event.provider = event.host = event.path = text;
    if (known & 1U)
        event.model = text;
    if (known & 2U)
        event.error = text;
    return QByteArray::fromStdString(toJson(event));
}

bool isJson(const QByteArray &text)
{
    QJsonParseError error;
    QJsonDocument::fromJson(text, &error);
    return error.error == QJsonParseError::NoError;
}

} // namespace

// Any text is a template or an error; what a template makes of any event, whole or broken, is JSON or an
// error, and holds a secret only where the template asks for it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::string_view written = input.section();
    const QString text = QString::fromUtf8(written.data(), static_cast<qsizetype>(written.size()));
    const auto made = PayloadTemplate::compile(text);
    if (!made) {
        require(!made.error().text.isEmpty(), "an error has a sentence");
        return 0;
    }
    const auto again = PayloadTemplate::compile(made->text());
    require(again && *again == *made, "a template is the same when it is compiled again");
    if (made->isEmpty())
        return 0;
    const QByteArray secret = "s3\"cr\xff\n";
    bool isAsked = false;
    const auto secretOf = [&](const QString &) {
        isAsked = true;
        return secret;
    };
    for (const QByteArray &event : {eventOf(input), bytesOf(input.rest())}) {
        isAsked = false;
        const auto body = made->rendered(event, secretOf);
        require(body || !body.error().text.isEmpty(), "a refusal has a sentence");
        if (!body)
            continue;
        require(isJson(*body), "a body is JSON");
        require(!isAsked || !made->secretNames().isEmpty(), "a secret that is asked for is named");
    }
    return 0;
}
