#pragma once

#include "core/error.h"
#include "core/outbox/queuedevent.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <memory>
#include <vector>

namespace hookscope {

// The outbox's SQLite file and its statements: the owner of that resource, hence neither value nor stage. One
// thread. This one connection writes and checkpoints, and locks all others out, those of other programs too
// (two writers on one WAL can lose commits in SQLite before 3.51.3). Every function that can fail says so and
// leaves the reason in errorText().
class OutboxFile {
public:
    // Whether a commit waits for the disk. Without, it survives the end of the program, not a power cut.
    enum class Sync { Disk, System };

    struct Tally {
        QString hookName;
        quint64 waiting = 0;
        quint64 dead = 0;
        quint64 bytes = 0;
    };

    OutboxFile();
    ~OutboxFile();
    OutboxFile(const OutboxFile &) = delete;
    OutboxFile &operator=(const OutboxFile &) = delete;

    // Opens or makes it (0600). One that is damaged is moved aside, with its log, and a new one made; the
    // value then says so, and is empty otherwise. One of a newer program, or in use, stays as it is and is an
    // error. `bytesLimit`: what the file may grow to.
    Result<QString> open(const QString &path, qint64 bytesLimit);
    void close();
    bool isOpen() const { return m_statements != nullptr; }

    // For what is changed from now on; not within a transaction.
    void setSync(Sync sync);

    bool begin(Sync sync);
    bool commit();
    void rollback();

    bool insert(const QueuedEvent &event);
    bool update(const QueuedEvent &event); // attempts, nextMs, batchId
    bool remove(qint64 sequence);
    bool bury(const QueuedEvent &event, const QString &reason, qint64 nowMs);

    bool waiting(const QString &hookName, qint64 after, int limit, std::vector<QueuedEvent> &events);
    bool tallies(std::vector<Tally> &tallies);
    qint64 lastSequence(); // 0: none

    // Given up before `beforeMs`: away. Made before it, for one of `hookNames`: given up. How many, or -1.
    int forgetDead(qint64 beforeMs);
    int buryOld(qint64 beforeMs, const QStringList &hookNames, const QString &reason, qint64 nowMs);
    // What was given up for that hook at that very moment waits again, as it did.
    bool unbury(const QString &hookName, const QString &reason, qint64 diedMs);

    bool deadLetters(const DeadLetterChoice &choice, int limit, QList<DeadLetter> &letters);
    // How many, or -1. With a filter, in steps: if one fails, earlier ones stay done.
    int revive(const DeadLetterChoice &choice, qint64 nowMs);
    int discard(const DeadLetterChoice &choice);

    void emptyLog(); // the write-ahead log takes room that the disk may not have
    void shrink(); // gives pages that are free back to the system, some at a time

    QString errorText() const { return m_errorText; }
    bool isDamaged() const { return m_isDamaged; } // found so by the last function that failed

private:
    struct Statements;

    Result<void> openOnce(const QString &path, qint64 bytesLimit);
    Result<void> checkSchema();
    bool run(const QString &sql);
    bool run(QSqlQuery &query);
    bool deadSequences(const DeadLetterChoice &choice, QList<qint64> &sequences);
    int changeDead(const QString &head, const QVariantList &values, const DeadLetterChoice &choice);
    bool fail(const QSqlQuery &query);

    QString m_connection;
    QSqlDatabase m_database;
    std::unique_ptr<Statements> m_statements;
    Sync m_sync = Sync::Disk;
    QString m_errorText;
    bool m_isDamaged = false;
};

} // namespace hookscope
