#pragma once

#include "core/launch/clientenvironment.h"

namespace hookscope {

enum class Shell { Sh, Fish, PowerShell };

// By its name on the command line: sh, fish, powershell.
std::optional<Shell> shellNamed(const QString &name);
QString shellNames(); // "sh, fish, powershell"

// Of the user: by the path that $SHELL holds; sh if it is none of the others.
Shell shellOfUser(const QString &path);

// A word that the shell takes as that text, whatever is in it.
QString quoted(Shell shell, const QString &text);

// One line a change, to be evaluated by the shell, each ended by a line feed.
QString shellLines(Shell shell, const QList<VariableChange> &changes);

} // namespace hookscope
