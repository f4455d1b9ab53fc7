#pragma once

#include "core/events/filterfields.h"

#include <QList>
#include <QString>
#include <optional>

namespace hookscope {

// A piece of a filter's text. Positions count UTF-16 units.
struct FilterToken {
    enum class Kind { Open, Close, And, Or, Not, Condition, Text, End };

    Kind kind = Kind::End;
    int position = 0;
    int length = 0;
    QString field; // of a condition, as typed; it may be no field at all
    FilterOperator op = FilterOperator::Is;
    int opPosition = 0;
    int opLength = 0;
    int valuePosition = 0; // behind the quote
    QString value; // as typed, without quotes
    bool isQuoted = false;
    bool isClosed = true; // false: the quote at its end is missing

    int end() const { return position + length; }
};

// Never fails; the last token is the End. Pure.
QList<FilterToken> filterTokens(const QString &text);

// The operator that stands there, and how many characters it has.
std::optional<FilterOperator> filterOperatorAt(const QString &text, qsizetype at, int &length);

} // namespace hookscope
