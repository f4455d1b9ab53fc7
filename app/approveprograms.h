#pragma once

#include <QString>

namespace hookscope {

struct HookSet;

// Programs that hooks run need their user's leave, once per machine: in the window by a click, without it by
// --approve-programs. Where that is kept: KnownEffects, in the configuration folder.

// Switches off what was not allowed here, and says so on stderr.
void switchOffUnknownPrograms(HookSet &set, const QString &file, const QString &configDir);

// Lists the programs of that set and asks on the terminal. 0: all are allowed now; 1: not, or the set cannot
// be read.
int approvePrograms(const QString &file, const QString &configDir);

} // namespace hookscope
