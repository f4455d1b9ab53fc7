#pragma once

#include "core/hooks/hook.h"

#include <QList>
#include <QStringList>

namespace hookscope {

// How the hooks of one name differ in two sets.
struct HookDifference {
    enum class Kind { OnlyHere, OnlyThere, Differs };

    QString name;
    Kind kind = Kind::Differs;
    QStringList keys; // that differ, those of objects within joined by a dot: "target.url"
    QByteArray here; // the hook as a set has it, as indented JSON; empty: it is not there
    QByteArray there;

    friend bool operator==(const HookDifference &, const HookDifference &) = default;
};

struct SetDifference {
    QList<HookDifference> hooks; // in their order here, then those that are only there
    int alike = 0; // hooks that do not differ
    bool isOrderOther = false; // of those that both have

    friend bool operator==(const SetDifference &, const SetDifference &) = default;
};

// Hooks are the same one by their name. Pure.
SetDifference differenceOf(const QList<Hook> &here, const QList<Hook> &there);

} // namespace hookscope
