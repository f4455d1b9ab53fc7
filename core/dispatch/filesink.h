#pragma once

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>
#include <sys/types.h>

namespace hookscope {

// Appends whole lines to files and keeps their handles; it is the owner of these resources, hence
// neither value nor stage. Only regular files of this user with one name are written to, never through
// a symbolic link, and opening never waits. A file that was moved, removed or replaced is opened anew;
// new files have mode 0600, new folders 0700. One thread.
class FileSink {
public:
    struct Outcome {
        QString error; // a sentence; empty: all lines are in the file
        bool closedTornLine = false; // the file ended within a line, which got its end first
    };

    FileSink() = default;
    ~FileSink();
    FileSink(const FileSink &) = delete;
    FileSink &operator=(const FileSink &) = delete;

    // All of `lines`, each with its end, or none of them.
    Outcome append(const QString &path, const QByteArray &lines);

    // Closes the handles of all other files.
    void closeAllBut(const QSet<QString> &paths);

private:
    struct Handle {
        int fd = -1;
        dev_t device = 0;
        ino_t inode = 0;
        bool isTorn = false;
    };

    QString open(const QString &path, Handle &handle) const;
    bool isSame(const QString &path, const Handle &handle) const;
    void close(const QString &path);

    QHash<QString, Handle> m_handles;
};

} // namespace hookscope
