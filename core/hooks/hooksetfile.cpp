#include "core/hooks/hooksetfile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace hookscope {

namespace {

constexpr int quietMs = 200;

// Empty if the file is not there or cannot be read. A pipe in its place is not opened: that would wait.
QByteArray digestOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result();
}

} // namespace

HookSetFile::HookSetFile(QObject *parent)
    : QObject(parent)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietMs);
    connect(&m_quiet, &QTimer::timeout, this, &HookSetFile::compare);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_quiet.start(); });
    // Other files of a busy folder must not put the comparison off for ever.
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_quiet.isActive())
            m_quiet.start();
    });
}

void HookSetFile::watch(const QString &path)
{
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    m_quiet.stop();
    m_path = path;
    saved();
}

void HookSetFile::saved()
{
    watchAgain();
    m_knownDigest = m_path.isEmpty() ? QByteArray() : digestOf(m_path);
}

void HookSetFile::watchAgain()
{
    if (m_path.isEmpty())
        return;
    // Editors save by rename: the watched inode is gone then, and only the folder tells of the new one.
    const QString folder = QFileInfo(m_path).absolutePath();
    if (!m_watcher.directories().contains(folder) && QFileInfo(folder).isDir())
        m_watcher.addPath(folder);
    if (!m_watcher.files().contains(m_path) && QFileInfo(m_path).isFile())
        m_watcher.addPath(m_path);
}

void HookSetFile::compare()
{
    watchAgain();
    const QByteArray digest = digestOf(m_path);
    if (digest == m_knownDigest)
        return;
    m_knownDigest = digest;
    emit changedOutside(m_path);
}

} // namespace hookscope
