#pragma once

#include "core/error.h"
#include "core/hooks/hooktarget.h"

#include <QHash>
#include <QString>
#include <atomic>
#include <memory>

namespace hookscope {

// Puts files aside before events are appended to them: PATH becomes PATH.1, PATH.1 becomes PATH.2, and so on.
// What is put aside is compressed by another thread, if it is to be (PATH.1.zst); until that is done, no next
// one is put aside. Nothing but regular files of these names is touched. One thread.
class FileRotator {
public:
    ~FileRotator(); // waits for what is being compressed

    // If `bytes` more would make it too big, or it was begun too long ago. The error is a sentence; the file
    // then goes on as it is.
    Result<void> rotateIfDue(const QString &path, const FileRotation &rotation, qint64 bytes);

private:
    void compress(const QString &path);

    QHash<QString, std::shared_ptr<std::atomic<bool>>> m_isBusy; // by path
    QHash<QString, qint64> m_firstSeenS; // where the file system does not say when a file was begun
};

} // namespace hookscope
