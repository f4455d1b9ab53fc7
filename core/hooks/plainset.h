#pragma once

#include "core/hooks/hook.h"

#include <QByteArray>
#include <QList>

namespace hookscope {

// A hook set as agentkernel reads it: a bare array of hooks that have its own keys only.
struct PlainSet {
    struct LeftOut {
        QString name;
        QString reason; // what of it agentkernel has no word for, in words

        friend bool operator==(const LeftOut &, const LeftOut &) = default;
    };

    QList<Hook> hooks;
    QList<LeftOut> leftOut; // they would do something else there, or more

    friend bool operator==(const PlainSet &, const PlainSet &) = default;
};

// Which hooks mean there what they mean here. Pure.
PlainSet plainSetOf(const QList<Hook> &hooks);

// Indented UTF-8 with a final line end.
QByteArray toJson(const PlainSet &set);

// Whole or not at all, mode 0600; the error names the file and says what to do.
Result<void> savePlainSet(const QString &path, const PlainSet &set);

} // namespace hookscope
