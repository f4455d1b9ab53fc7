#include "core/sources/jsonltail.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QThread>
#include <algorithm>
#include <sys/stat.h>

namespace hookscope {

namespace {

constexpr int compareMs = 1000;
constexpr int hintMs = 20; // one look for many changes
constexpr int movedMs = 5000;
constexpr std::size_t pieceBytes = 256 * 1024;
constexpr int piecesABatch = 16;

struct Sibling {
    QString path;
    quint64 inode = 0;
    QDateTime changed;
};

// What a rotation makes of the file: its name with something behind it. Compressed ones are not lines.
QList<Sibling> siblingsOf(const QString &path)
{
    const QFileInfo info(path);
    QList<Sibling> siblings;
    const auto entries =
        info.dir().entryInfoList(QDir::Files | QDir::NoSymLinks | QDir::Hidden, QDir::NoSort);
    for (const QFileInfo &entry : entries) {
        static const QStringList packed{QStringLiteral("gz"), QStringLiteral("xz"), QStringLiteral("bz2"),
                                        QStringLiteral("zst")};
        if (!entry.fileName().startsWith(info.fileName()) || entry.fileName() == info.fileName()
            || packed.contains(entry.suffix()))
            continue;
        struct stat status;
        if (::stat(QFile::encodeName(entry.filePath()).constData(), &status) == 0)
            siblings.append({entry.filePath(), status.st_ino, entry.lastModified()});
    }
    std::sort(siblings.begin(), siblings.end(),
              [](const Sibling &left, const Sibling &right) { return left.changed < right.changed; });
    return siblings;
}

} // namespace

JsonlTail::JsonlTail(const QString &path)
{
    m_file.path = path;
}

JsonlTail::~JsonlTail() = default;

void JsonlTail::start()
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (const auto looked = identify(m_file.path);
        !looked && looked.error().kind == TailFault::Kind::NotAFile)
        return setState(FollowedFile::State::Ended, looked.error().text);
    m_compare = new QTimer(this);
    m_compare->setInterval(compareMs);
    connect(m_compare, &QTimer::timeout, this, &JsonlTail::look);
    m_hint = new QTimer(this);
    m_hint->setSingleShot(true);
    m_hint->setInterval(hintMs);
    connect(m_hint, &QTimer::timeout, this, &JsonlTail::look);
    m_watcher = new QFileSystemWatcher(this);
    const auto hint = [this] {
        if (!m_hint->isActive())
            m_hint->start();
    };
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, hint);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, hint);
    for (const Sibling &sibling : siblingsOf(m_file.path))
        m_seen.insert(sibling.inode);
    m_compare->start();
    look();
    announce();
}

void JsonlTail::look()
{
    findFile();
    watch();
    readLines();
}

void JsonlTail::findFile()
{
    const auto now = identify(m_file.path);
    if (now && (!m_hasCurrent || m_files.back().identity() != *now)) {
        moveOn(*now);
    } else if (now) {
        for (const Sibling &sibling : siblingsOf(m_file.path))
            m_seen.insert(sibling.inode);
    } else {
        if (m_hasCurrent)
            m_files.back().until = QDeadlineTimer(movedMs);
        m_hasCurrent = false;
        setState(FollowedFile::State::Waiting, now.error().text);
    }
}

// The file of that name is another one than before.
void JsonlTail::moveOn(FileIdentity now)
{
    auto opened = TailedFile::open(m_file.path);
    if (!opened)
        return setState(FollowedFile::State::Waiting, opened.error().text);
    if (m_hasCurrent)
        m_files.back().until = QDeadlineTimer(movedMs);
    if (!m_files.empty() && m_files.back().identity() == now) { // moved away and back
        m_files.back().until = QDeadlineTimer(QDeadlineTimer::Forever);
    } else {
        addUnseen();
        m_files.push_back(*std::move(opened));
    }
    m_hasCurrent = true;
    setState(FollowedFile::State::Following, {});
}

// Two rotations between two looks leave a file that never was seen under the name.
void JsonlTail::addUnseen()
{
    for (const Sibling &sibling : siblingsOf(m_file.path)) {
        const bool isOurs = std::any_of(m_files.begin(), m_files.end(), [&](const TailedFile &file) {
            return file.identity().inode == sibling.inode;
        });
        if (m_seen.contains(sibling.inode) || isOurs)
            continue;
        if (auto opened = TailedFile::open(sibling.path)) {
            opened->until = QDeadlineTimer(movedMs);
            m_files.push_back(*std::move(opened));
        }
    }
    for (const Sibling &sibling : siblingsOf(m_file.path))
        m_seen.insert(sibling.inode);
}

void JsonlTail::watch()
{
    const QString folder = QFileInfo(m_file.path).path();
    if (!m_watcher->directories().contains(folder) && QFileInfo(folder).isDir())
        m_watcher->addPath(folder);
    if (m_hasCurrent && !m_watcher->files().contains(m_file.path))
        m_watcher->addPath(m_file.path);
}

void JsonlTail::readLines()
{
    if (!m_isTaken)
        return;
    const bool hasLines = !m_parts.isEmpty() || readPieces(); // a batch may have left some of them
    if (!hasLines) {
        dropRead();
        if (!m_hadLines) { // nothing new for one look at least
            std::vector<Event> events;
            m_rows.settle(events);
            add(std::move(events));
        }
    }
    m_hadLines = hasLines;
    if (!m_parts.isEmpty())
        give();
    else if (hasLines)
        QMetaObject::invokeMethod(this, &JsonlTail::readLines, Qt::QueuedConnection);
    announce();
}

// What is enough for a batch. False: there are no whole lines now.
bool JsonlTail::readPieces()
{
    bool hadLines = false;
    for (int i = 0; i < piecesABatch && !m_parts.hasBatch(); ++i) {
        bool hasLines = false;
        for (TailedFile &file : m_files) {
            // Looked for at each reading: what stands behind the old place may be of the new content.
            if (file.noticeTruncation())
                noteBad(tr("the file was cut within it"));
            const std::string_view lines = file.read(pieceBytes);
            takeLines(lines);
            hasLines = !lines.empty();
            if (hasLines)
                break; // the others in their turn
        }
        hadLines = hadLines || hasLines;
        if (!hasLines)
            break;
    }
    return hadLines;
}

void JsonlTail::takeLines(std::string_view lines)
{
    for (LinePart &part : m_scanner.scan(lines)) {
        if (const auto *line = std::get_if<std::string_view>(&part)) {
            take(*line);
            continue;
        }
        auto &rows = std::get<LineRowBatch>(part);
        m_file.rows += rows->records().size();
        m_parts.add(std::move(rows));
    }
}

void JsonlTail::take(std::string_view line)
{
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return;
    auto read = m_reader.read(line);
    if (!read)
        return noteBad(read.error());
    std::vector<Event> events;
    m_rows.add(*std::move(read), events);
    add(std::move(events));
}

void JsonlTail::add(std::vector<Event> events)
{
    for (Event &event : events) {
        m_file.rows += std::holds_alternative<Started>(event) ? 1 : 0;
        m_parts.add(redact(std::move(event), {}));
    }
}

void JsonlTail::noteBad(const QString &reason)
{
    ++m_file.badLines;
    m_file.badReason = reason;
}

// Files that were moved away, and whose writers had their time.
void JsonlTail::dropRead()
{
    const auto isOver = [](const TailedFile &file) {
        return file.until.hasExpired();
    };
    for (const TailedFile &file : m_files) {
        if (isOver(file) && !file.rest().empty())
            noteBad(tr("the file ended within it"));
    }
    std::erase_if(m_files, isOver);
}

void JsonlTail::give()
{
    m_isTaken = false;
    emit read(m_parts.take());
}

void JsonlTail::readNext()
{
    m_isTaken = true;
    if (m_file.state != FollowedFile::State::Ended)
        readLines();
}

void JsonlTail::stop()
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_file.state == FollowedFile::State::Ended)
        return;
    delete m_watcher;
    delete m_compare;
    delete m_hint;
    std::vector<Event> events;
    m_rows.finish("The file is not followed any more", events);
    m_files.clear();
    add(std::move(events));
    while (!m_parts.isEmpty())
        give();
    setState(FollowedFile::State::Ended, {});
}

void JsonlTail::setState(FollowedFile::State state, const QString &text)
{
    m_file.state = state;
    m_file.text = text;
    announce();
}

void JsonlTail::announce()
{
    if (m_file == m_announced)
        return;
    m_announced = m_file;
    emit changed(m_file);
}

} // namespace hookscope
