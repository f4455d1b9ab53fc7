#include "core/hooks/privatefolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <cerrno>
#include <sys/stat.h>

namespace hookscope {

Result<void> makePrivateFolder(const QString &path)
{
    const QString folder = QDir::cleanPath(path);
    if (QFileInfo(folder).isDir())
        return {};
    const QString parent = QFileInfo(folder).path();
    if (parent != folder) {
        if (auto made = makePrivateFolder(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(folder).constData(), S_IRWXU) == 0)
        return {};
    const int error = errno;
    if (QFileInfo(folder).isDir())
        return {}; // another program was quicker
    return tl::unexpected(
        Error{error == EACCES ? ErrorCode::PermissionDenied : ErrorCode::Io,
              QCoreApplication::translate("hookscope::Folder",
                                          "The folder %1 cannot be made: %2. Choose another one.")
                  .arg(folder, qt_error_string(error))});
}

} // namespace hookscope
