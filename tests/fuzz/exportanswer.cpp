#include "core/otlp/exportanswer.h"
#include "tests/fuzz/input.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace hookscope;
using fuzz::require;

namespace {

constexpr quint64 mostCount = 1'000'000'000'000'000'000;

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

// Any bytes are an answer; what a collector says as the specification has it is read, and its count also if
// the rest is cut off.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const bool isOfSpans = input.byte() % 2 == 0;
    quint64 count = 0;
    for (int i = 0; i < 8; ++i)
        count = count << 8U | input.byte();
    count %= mostCount;
    const QByteArray bytes = bytesOf(input.rest());

    const otlp::ExportAnswer any = otlp::exportAnswerOf(bytes);
    require(any == otlp::exportAnswerOf(bytes), "the same bytes are the same answer");
    if (!bytes.contains("partialSuccess") && !bytes.contains('\\'))
        require(any == otlp::ExportAnswer(), "without its key there is nothing");

    const QString message = QString::fromUtf8(bytes);
    const QString key = isOfSpans ? QStringLiteral("rejectedSpans") : QStringLiteral("rejectedDataPoints");
    const QJsonObject partial{{key, QString::number(count)}, {QStringLiteral("errorMessage"), message}};
    const QByteArray whole = QJsonDocument(QJsonObject{{QStringLiteral("partialSuccess"), partial}})
                                 .toJson(QJsonDocument::Compact);
    const otlp::ExportAnswer read = otlp::exportAnswerOf(whole);
    require(read.rejected == count, "what was rejected is counted");
    require(read.message == message, "the message is as it was said");

    // The count first, as servers write it, and the message cut where answers are.
    const QByteArray head = "{\"partialSuccess\":{\"" + key.toLatin1() + "\":\"" + QByteArray::number(count)
        + "\",\"errorMessage\":\"";
    require(otlp::exportAnswerOf(head).rejected == count, "a cut answer still has its count");
    return 0;
}
