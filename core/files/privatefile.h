#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QString>

namespace hookscope {

// Files of this user alone. No link is followed. Errors are sentences that name the file.

// Whether anybody but its owner may read or write it; not if it is not there.
bool isOpenToOthers(const QString &path);

// The folder, made with mode 0700 if it is not there; one that others may write to is refused.
Result<void> makeOwnFolder(const QString &folder);

// Nothing if there is no such file. A mode that lets others read it is mended; what is no regular file of
// this user is an error.
Result<QByteArray> readPrivateFile(const QString &path);

// Whole or not at all, mode 0600.
Result<void> writePrivateFile(const QString &path, const QByteArray &content);

} // namespace hookscope
