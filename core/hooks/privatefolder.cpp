#include "core/hooks/privatefolder.h"

#include "core/files/folders.h"

#include <QCoreApplication>
#include <cerrno>

namespace hookscope {

Result<void> makePrivateFolder(const QString &path)
{
    QString folder;
    const int error = makeFolders(path, &folder);
    if (error == 0)
        return {};
    return tl::unexpected(
        Error{error == EACCES ? ErrorCode::PermissionDenied : ErrorCode::Io,
              QCoreApplication::translate("hookscope::Folder",
                                          "The folder %1 cannot be made: %2. Choose another one.")
                  .arg(folder, qt_error_string(error))});
}

} // namespace hookscope
