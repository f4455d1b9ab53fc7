#pragma once

#include "app/commandline.h"

namespace hookscope {

// --check-trust: says on stdout, a line each, which programs of this machine would accept the CA in the
// environment that --run gives. The exit code is 0 if none refuses, 1 if one does or nothing could be tried.
int checkTrust(const CommandLine &commandLine);

} // namespace hookscope
