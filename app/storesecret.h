#pragma once

#include <QString>

namespace hookscope {

// Reads one line from stdin, unseen if it is typed, and puts it into the keyring under that name. With a
// QCoreApplication. Returns the exit code; says on stderr what happened.
int storeSecret(const QString &name);

} // namespace hookscope
