#pragma once

#include "core/error.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <variant>

namespace hookscope {

// Where a hook delivers to: values, as a hook set has them under "target". The first three are agentkernel's.

// A POST of JSON for each event.
struct WebhookTarget {
    QString url;
    friend bool operator==(const WebhookTarget &, const WebhookTarget &) = default;
};

// When a file that events are appended to is put aside (PATH.1, PATH.2, ...) and begun anew.
struct FileRotation {
    static constexpr int mostKept = 1000;
    static constexpr qint64 leastBytes = 4096;
    static constexpr qint64 mostBytes = qint64(1) << 50;
    static constexpr int leastAgeS = 60;
    static constexpr int mostAgeS = 366 * 24 * 3600;

    qint64 maxBytes = 0; // 0: of any size
    int maxAgeS = 0; // since it was begun; 0: of any age
    int keep = 5; // of those put aside; older ones are deleted
    bool isCompressed = false; // those put aside: PATH.1.zst

    friend bool operator==(const FileRotation &, const FileRotation &) = default;
};

// One line of JSON for each event.
struct FileTarget {
    QString path;
    std::optional<FileRotation> rotation = {};
    friend bool operator==(const FileTarget &, const FileTarget &) = default;
};

// Written in any case; such a hook only counts.
struct AuditTarget {
    friend bool operator==(const AuditTarget &, const AuditTarget &) = default;
};

// The desktop shows it.
struct NotifyTarget {
    friend bool operator==(const NotifyTarget &, const NotifyTarget &) = default;
};

// A program that gets the event on its standard input. No shell is between.
struct ExecTarget {
    static constexpr int mostAtOnce = 16;
    static constexpr int longestTimeoutMs = 10 * 60 * 1000;
    static constexpr int leastMemoryMb = 16;
    static constexpr int mostMemoryMb = 1024 * 1024;

    QStringList command; // the program's absolute path, then its arguments
    int timeoutMs = 30'000; // after which it is ended
    int memoryMb = 1024; // of address space
    int atOnce = 1; // with 1, events are handled in their order

    friend bool operator==(const ExecTarget &, const ExecTarget &) = default;
};

// An OpenTelemetry collector, by OTLP over HTTP: spans at URL/v1/traces, metrics at URL/v1/metrics.
struct OtlpTarget {
    QString url;
    friend bool operator==(const OtlpTarget &, const OtlpTarget &) = default;
};

using HookTarget = std::variant<WebhookTarget, FileTarget, AuditTarget, NotifyTarget, ExecTarget, OtlpTarget>;

// The error names the key and what is wrong with it. Does not validate().
Result<HookTarget> targetFromJson(const QJsonObject &object);
QJsonObject toJson(const HookTarget &target);

// Why nothing can be delivered there, if so, as a sentence for people: a URL that is not http(s) or not a URL
// or holds a line break, a path that is empty or relative or holds NUL.
Result<void> validate(const HookTarget &target);

// C0, C1 and DEL, and the two separators that some readers of logs take for a line end.
bool holdsControl(const QString &text);

} // namespace hookscope
