#include "core/otlp/exportanswer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace hookscope::otlp {

namespace {

constexpr double mostCount = 1e18; // what the digits of a cut answer may say as well

// 64-bit numbers are strings in this encoding; some servers send numbers.
quint64 countOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().toULongLong();
    const double count = value.toDouble();
    return count > 0 ? static_cast<quint64>(qMin(count, mostCount)) : 0;
}

} // namespace

ExportAnswer exportAnswerOf(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject()) {
        const QJsonObject partial = document.object().value(QLatin1String("partialSuccess")).toObject();
        const quint64 spans = countOf(partial.value(QLatin1String("rejectedSpans")));
        const quint64 points = countOf(partial.value(QLatin1String("rejectedDataPoints")));
        return {qMax(spans, points), partial.value(QLatin1String("errorMessage")).toString()};
    }
    // A long message is cut where answers are.
    static const QRegularExpression rejected(
        QStringLiteral(R"re("partialSuccess".*"rejected(?:Spans|DataPoints)"\s*:\s*"?(\d{1,18}))re"),
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression message(QStringLiteral(R"re("errorMessage"\s*:\s*"([^"\\]*))re"));
    const QString text = QString::fromUtf8(body);
    const auto found = rejected.match(text);
    if (!found.hasMatch())
        return {};
    return {found.captured(1).toULongLong(), message.match(text).captured(1)};
}

} // namespace hookscope::otlp
