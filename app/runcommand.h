#pragma once

#include "app/clientprocess.h"
#include "app/commandline.h"

namespace hookscope {

// --run: the command with an environment that leads its requests to the running window's proxy, or to an
// engine of its own in this process; then one line of what it used on stderr. Blocks until the command has
// ended and hooks are flushed. Nothing is written to stdout. Main thread, with a QCoreApplication. The result
// is the exit code: the command's, 126 or 127 if it cannot be run, 1 if the engine cannot start.
int runCommand(const CommandLine &commandLine, const QByteArrayList &command,
               const InheritedState &inherited);

// --print-env: lines for a shell on stdout, notes on stderr. The result is the exit code.
int printEnvironment(const CommandLine &commandLine);

} // namespace hookscope
