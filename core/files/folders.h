#pragma once

#include <QString>

namespace hookscope {

// Makes the folder `path` and those above it that are not there, each for its owner alone (mode 0700); those
// that are there stay as they are. 0, or the system's number of why it cannot be made; `failed`, if given, is
// the folder that could not be. Any thread.
int makeFolders(const QString &path, QString *failed = nullptr);

} // namespace hookscope
