#pragma once

#include <QByteArray>
#include <QString>

namespace hookscope::otlp {

// What a collector said of an export that it took (status 2xx).
struct ExportAnswer {
    quint64 rejected = 0; // spans or data points
    QString message; // for people: why, or a warning; empty if there is none

    friend bool operator==(const ExportAnswer &, const ExportAnswer &) = default;
};

// Reads `partialSuccess` of a JSON answer, also of one that is cut. Anything else is an answer without it.
ExportAnswer exportAnswerOf(const QByteArray &body);

} // namespace hookscope::otlp
