#pragma once

#include "core/error.h"

namespace hookscope {

// Makes the folder `path` and those above it that are not there, each readable by its owner only
// (mode 0700). Folders that are there are left as they are.
Result<void> makePrivateFolder(const QString &path);

} // namespace hookscope
