#pragma once

#include "core/launch/clientenvironment.h"

#include <functional>

namespace hookscope {

// A terminal program of this machine, and what goes between its name and the command to run in it.
struct Terminal {
    QString program; // its path
    QStringList arguments;

    friend bool operator==(const Terminal &, const Terminal &) = default;
};

// The user's terminal: $TERMINAL, Debian's alternative, then the usual ones in the order of how likely they
// are to be the chosen one. `find` gives the path of a program by its name, empty if there is none. None:
// there is no terminal. Pure but for `find`.
std::optional<Terminal> findTerminal(const Environment &environment,
                                     const std::function<QString(const QString &)> &find);

// Opens it with a shell of the user in the environment given, in its home folder, apart from this program's
// life. False if it could not be started.
bool openTerminal(const Terminal &terminal, const Environment &environment);

} // namespace hookscope
