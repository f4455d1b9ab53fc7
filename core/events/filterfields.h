#pragma once

#include "core/events/record.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

namespace hookscope {

enum class FilterFieldId {
    Sandbox,
    Process,
    Method,
    Host,
    Path,
    Url,
    Provider,
    Model,
    Session,
    Error,
    Comment, // texts
    Status,
    Pid,
    Mark,
    Tokens,
    Input,
    Output,
    Cached,
    CacheWrite,
    Reasoning,
    Cost,
    Ttft,
    Latency,
    Duration,
    Size,
    RequestBytes, // numbers
    Since,
    Until,
    Is,
};

enum class FilterFlag {
    Llm,
    Streaming,
    Running,
    Error,
    Failed,
    Slow,
    Pinned,
    Read,
    Unread,
    Restored,
    Tunnel,
    Commented,
    Marked,
    Priced,
    NotUnderstood,
};

enum class FilterOperator { Is, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Matches };

// What is written for it: ":", "=", "!=", ...
QString textOf(FilterOperator op);

enum class FilterFieldKind { Text, Count, Tokens, Money, Time, Bytes, When, Flag };

// A field of the filter language: its name, and what it is, for people.
struct FilterField {
    FilterFieldId id = FilterFieldId::Is;
    FilterFieldKind kind = FilterFieldKind::Flag;
    QString name;
    QString meaning; // translated
    QString example; // a condition
    StringId Record::*text = nullptr; // of texts but the URL, which is two
};

struct FilterFlagInfo {
    FilterFlag flag = FilterFlag::Llm;
    QString name;
    QString meaning; // translated
};

// In the order in which they are offered.
const QList<FilterField> &filterFields();
const QList<FilterFlagInfo> &filterFlags();

const FilterField *filterField(const QString &name); // null if there is none; in either case
const FilterField &filterField(FilterFieldId id);
QList<FilterOperator> operatorsOf(FilterFieldKind kind);

// Those of `names` that a slip away from `typed` are, the nearest first; at most three.
QStringList similarNames(const QString &typed, const QStringList &names);

} // namespace hookscope
