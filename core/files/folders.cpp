#include "core/files/folders.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <sys/stat.h>

namespace hookscope {

int makeFolders(const QString &path, QString *failed)
{
    const QString folder = QDir::cleanPath(path);
    if (QFileInfo(folder).isDir())
        return 0;
    const QString parent = QFileInfo(folder).path();
    if (parent != folder) {
        if (const int error = makeFolders(parent, failed); error != 0)
            return error;
    }
    if (::mkdir(QFile::encodeName(folder).constData(), S_IRWXU) == 0)
        return 0;
    const int error = errno;
    if (QFileInfo(folder).isDir())
        return 0; // another program was quicker
    if (failed)
        *failed = folder;
    return error;
}

} // namespace hookscope
