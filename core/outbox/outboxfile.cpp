#include "core/outbox/outboxfile.h"

#include "core/files/folders.h"
#include "core/outbox/deadletterquery.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QVariant>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hookscope {

namespace {

constexpr int schemaVersion = 1;
constexpr int pageBytes = 4096;
constexpr int busyTimeoutMs = 200; // the only wait for another program, and it holds deliveries up
constexpr int sqliteBusy = 5; // https://www.sqlite.org/rescode.html
constexpr int sqliteLocked = 6;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteNotADatabase = 26;

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Outbox)
};

tl::unexpected<Error> failure(ErrorCode code, const QString &text)
{
    return tl::unexpected(Error{code, text});
}

// A plain file of this user, made if there is none: SQLite would follow links, and wait at a pipe.
Result<void> prepareFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    QString folder;
    if (const int error = makeFolders(QFileInfo(path).path(), &folder); error != 0)
        return failure(ErrorCode::Io,
                       FileText::tr("the folder %1 cannot be made: %2").arg(folder, qt_error_string(error)));
    const int fd =
        ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return failure(ErrorCode::Io,
                       FileText::tr("%1 cannot be opened: %2").arg(path, qt_error_string(errno)));
    struct stat status = {};
    const bool isOurs = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
    if (isOurs && (status.st_mode & 077) != 0)
        ::fchmod(fd, S_IRUSR | S_IWUSR);
    ::close(fd);
    if (!isOurs)
        return failure(ErrorCode::Refused, FileText::tr("%1 is no regular file of this user").arg(path));
    return {};
}

// With its log: what is in that belongs to it.
QString moveAside(const QString &path)
{
    const QString aside = path + QStringLiteral(".corrupt-")
        + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmsszzzZ"));
    for (const QString &end : {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()}) {
        const QByteArray from = QFile::encodeName(path + end);
        if (::rename(from.constData(), QFile::encodeName(aside + end).constData()) != 0 && errno != ENOENT)
            return {};
    }
    return aside;
}

QueuedEvent eventOf(const QSqlQuery &row)
{
    QueuedEvent event;
    event.sequence = row.value(0).toLongLong();
    event.hookName = row.value(1).toString();
    event.id = row.value(2).toByteArray();
    event.mark = markOf(row.value(3).toByteArray(), row.value(4).toInt());
    event.madeMs = row.value(5).toLongLong();
    event.json = row.value(6).toByteArray();
    event.attempts = row.value(7).toInt();
    event.nextMs = row.value(8).toLongLong();
    event.batchId = row.value(9).toByteArray();
    return event;
}

} // namespace

struct OutboxFile::Statements {
    explicit Statements(const QSqlDatabase &database)
        : insert(database)
        , update(database)
        , remove(database)
        , bury(database)
        , waiting(database)
    {
        insert.prepare(QStringLiteral(
            "INSERT INTO delivery(sequence, hook, id, exchange, moment, made_ms, json, attempts, "
            "next_ms, batch, died_ms) VALUES(?,?,?,?,?,?,?,?,?,?,0)"));
        update.prepare(QStringLiteral("UPDATE delivery SET attempts=?, next_ms=?, batch=? WHERE sequence=?"));
        remove.prepare(QStringLiteral("DELETE FROM delivery WHERE sequence=?"));
        bury.prepare(QStringLiteral("UPDATE delivery SET attempts=?, died_ms=?, reason=? WHERE sequence=?"));
        waiting.setForwardOnly(true);
        waiting.prepare(QStringLiteral(
            "SELECT sequence, hook, id, exchange, moment, made_ms, json, attempts, next_ms, batch "
            "FROM delivery WHERE hook=? AND died_ms=0 AND sequence>? ORDER BY sequence LIMIT ?"));
    }

    QSqlQuery insert;
    QSqlQuery update;
    QSqlQuery remove;
    QSqlQuery bury;
    QSqlQuery waiting;
};

OutboxFile::OutboxFile()
{
    static std::atomic_int count = 0; // connections of Qt have names, program-wide
    m_connection = QStringLiteral("outbox-%1").arg(++count);
}

OutboxFile::~OutboxFile()
{
    close();
}

void OutboxFile::close()
{
    m_statements.reset();
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<QString> OutboxFile::open(const QString &path, qint64 bytesLimit)
{
    auto opened = openOnce(path, bytesLimit);
    if (opened)
        return QString();
    const bool isDamaged = m_isDamaged;
    close();
    if (!isDamaged)
        return tl::unexpected(opened.error());
    const QString aside = moveAside(path);
    if (aside.isEmpty())
        return failure(ErrorCode::Io, FileText::tr("%1 is damaged and cannot be moved aside").arg(path));
    if (auto again = openOnce(path, bytesLimit); !again) {
        close();
        return tl::unexpected(again.error());
    }
    return FileText::tr("The outbox was damaged and is now %1; what waited in it is not sent.").arg(aside);
}

Result<void> OutboxFile::openOnce(const QString &path, qint64 bytesLimit)
{
    m_isDamaged = false;
    m_sync = Sync::Disk;
    if (auto prepared = prepareFile(path); !prepared)
        return prepared;
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    if (!m_database.isValid())
        return failure(ErrorCode::NotFound,
                       FileText::tr("Qt's SQLite driver is not installed (libqt6sql6-sqlite)"));
    m_database.setDatabaseName(path);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeoutMs));
    if (!m_database.open())
        return failure(ErrorCode::Io, m_database.lastError().databaseText());
    const bool isReady = run(QStringLiteral("PRAGMA locking_mode=EXCLUSIVE"))
        && run(QStringLiteral("PRAGMA auto_vacuum=INCREMENTAL"))
        && run(QStringLiteral("PRAGMA journal_mode=WAL")) && run(QStringLiteral("PRAGMA synchronous=FULL"))
        && run(QStringLiteral("PRAGMA mmap_size=0"))
        && run(QStringLiteral("PRAGMA journal_size_limit=67108864"))
        && run(QStringLiteral("PRAGMA max_page_count=%1").arg(std::max<qint64>(bytesLimit / pageBytes, 16)));
    if (!isReady)
        return failure(ErrorCode::Io, m_errorText);
    if (auto schema = checkSchema(); !schema)
        return schema;
    m_statements = std::make_unique<Statements>(m_database);
    return {};
}

Result<void> OutboxFile::checkSchema()
{
    QSqlQuery query(m_database);
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next()) {
        fail(query);
        return failure(ErrorCode::Io, m_errorText);
    }
    if (query.value(0).toString() != QLatin1String("ok")) {
        m_isDamaged = true;
        return failure(ErrorCode::Io, query.value(0).toString());
    }
    query.finish();
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return failure(ErrorCode::Io, query.lastError().databaseText());
    const int version = query.value(0).toInt();
    query.finish();
    if (version > schemaVersion) {
        return failure(ErrorCode::Refused,
                       FileText::tr("it was written by a newer Hookscope; use that one, or move it away"));
    }
    // A version of 0 is a new file, or a making that was cut short.
    const bool isMade = version == schemaVersion
        || (run(QStringLiteral("BEGIN IMMEDIATE"))
            && run(QStringLiteral(
                "CREATE TABLE delivery(sequence INTEGER PRIMARY KEY, hook TEXT NOT NULL, id BLOB NOT NULL, "
                "exchange BLOB NOT NULL, moment INTEGER NOT NULL, made_ms INTEGER NOT NULL, "
                "json BLOB NOT NULL, attempts INTEGER NOT NULL, next_ms INTEGER NOT NULL, batch BLOB, "
                "died_ms INTEGER NOT NULL, reason TEXT)"))
            && run(QStringLiteral("CREATE INDEX delivery_by_hook ON delivery(hook, died_ms, sequence)"))
            && run(QStringLiteral("PRAGMA user_version=%1").arg(schemaVersion))
            && run(QStringLiteral("COMMIT")));
    if (!isMade)
        return failure(ErrorCode::Io, m_errorText);
    return {};
}

bool OutboxFile::fail(const QSqlQuery &query)
{
    const QSqlError error = query.lastError();
    const int code = error.nativeErrorCode().toInt() & 0xff;
    m_isDamaged = code == sqliteCorrupt || code == sqliteNotADatabase;
    m_errorText = code == sqliteBusy || code == sqliteLocked
        ? FileText::tr("another program holds it, probably a second Hookscope with the same data folder")
        : error.databaseText();
    return false;
}

bool OutboxFile::run(const QString &sql)
{
    QSqlQuery query(m_database);
    return query.exec(sql) || fail(query);
}

bool OutboxFile::run(QSqlQuery &query)
{
    const bool isDone = query.exec() || fail(query);
    query.finish();
    return isDone;
}

void OutboxFile::setSync(Sync sync)
{
    if (sync != m_sync
        && run(sync == Sync::Disk ? QStringLiteral("PRAGMA synchronous=FULL")
                                  : QStringLiteral("PRAGMA synchronous=NORMAL")))
        m_sync = sync;
}

bool OutboxFile::begin(Sync sync)
{
    setSync(sync);
    return run(QStringLiteral("BEGIN IMMEDIATE"));
}

bool OutboxFile::commit()
{
    return run(QStringLiteral("COMMIT"));
}

// SQLite may have done it already; that is no fault.
void OutboxFile::rollback()
{
    const QString error = m_errorText;
    const bool isDamaged = m_isDamaged;
    run(QStringLiteral("ROLLBACK"));
    m_errorText = error;
    m_isDamaged = isDamaged;
}

bool OutboxFile::insert(const QueuedEvent &event)
{
    QSqlQuery &query = m_statements->insert;
    query.bindValue(0, event.sequence);
    query.bindValue(1, event.hookName);
    query.bindValue(2, event.id);
    query.bindValue(3, exchangeBytes(event.mark));
    query.bindValue(4, momentNumber(event.mark));
    query.bindValue(5, event.madeMs);
    query.bindValue(6, event.json);
    query.bindValue(7, event.attempts);
    query.bindValue(8, event.nextMs);
    query.bindValue(9, event.batchId);
    return run(query);
}

bool OutboxFile::update(const QueuedEvent &event)
{
    QSqlQuery &query = m_statements->update;
    query.bindValue(0, event.attempts);
    query.bindValue(1, event.nextMs);
    query.bindValue(2, event.batchId);
    query.bindValue(3, event.sequence);
    return run(query);
}

bool OutboxFile::remove(qint64 sequence)
{
    m_statements->remove.bindValue(0, sequence);
    return run(m_statements->remove);
}

bool OutboxFile::bury(const QueuedEvent &event, const QString &reason, qint64 nowMs)
{
    QSqlQuery &query = m_statements->bury;
    query.bindValue(0, event.attempts);
    query.bindValue(1, nowMs);
    query.bindValue(2, reason);
    query.bindValue(3, event.sequence);
    return run(query);
}

bool OutboxFile::waiting(const QString &hookName, qint64 after, int limit, std::vector<QueuedEvent> &events)
{
    QSqlQuery &query = m_statements->waiting;
    query.bindValue(0, hookName);
    query.bindValue(1, after);
    query.bindValue(2, limit);
    bool isRead = query.exec();
    while (isRead && query.next())
        events.push_back(eventOf(query));
    isRead = isRead && !query.lastError().isValid();
    if (!isRead)
        fail(query);
    query.finish();
    return isRead;
}

bool OutboxFile::tallies(std::vector<Tally> &tallies)
{
    QSqlQuery query(m_database);
    if (!query.exec(QStringLiteral(
            "SELECT hook, sum(died_ms=0), sum(died_ms>0), sum(length(json)) FROM delivery GROUP BY hook")))
        return fail(query);
    while (query.next())
        tallies.push_back({query.value(0).toString(), query.value(1).toULongLong(),
                           query.value(2).toULongLong(), query.value(3).toULongLong()});
    return true;
}

qint64 OutboxFile::lastSequence()
{
    QSqlQuery query(m_database);
    return query.exec(QStringLiteral("SELECT max(sequence) FROM delivery")) && query.next()
        ? query.value(0).toLongLong()
        : 0;
}

void OutboxFile::emptyLog()
{
    run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
}

void OutboxFile::shrink()
{
    run(QStringLiteral("PRAGMA incremental_vacuum(256)"));
}

} // namespace hookscope
