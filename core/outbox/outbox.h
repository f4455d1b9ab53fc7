#pragma once

#include "core/outbox/outboxfile.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <map>
#include <optional>
#include <unordered_map>

namespace hookscope {

struct OutboxLimits {
    quint64 rows = 1'000'000; // that wait or were given up
    quint64 bytes = 1024LL * 1024 * 1024; // of their events
    qint64 fileBytes = 2048LL * 1024 * 1024;
    std::size_t heldRows = 10'000; // in memory, while the file takes none
    quint64 heldBytes = 64LL * 1024 * 1024;
    int retryMs = 2000; // after which the file is tried again
    int reopenMs = 5000; // after which one that could not be opened is
};

// The events that at_least_once hooks are still to get, in a file that survives the program (outbox.db), and
// those that were given up. append() returns when they are on the disk. If the file takes nothing (disk full,
// full by the limits, not to be opened), events are held in memory, up to heldRows, and go to the file as
// soon as it takes them again; what cannot be done to rows meanwhile is remembered. One thread, that of the
// first open().
class Outbox final : public QObject {
    Q_OBJECT
public:
    explicit Outbox(const OutboxLimits &limits = {}, QObject *parent = nullptr);
    ~Outbox() override;

    // outbox.db in that folder. Until then, or if it fails, all is held in memory.
    void open(const QString &folder);

    // Takes the events in, in their order, with sequences from now on; the last of them may find no room: how
    // many were taken.
    std::size_t append(std::vector<QueuedEvent> &events);

    // Those of that hook behind `after`, the oldest first.
    std::vector<QueuedEvent> waiting(const QString &hookName, qint64 after, int limit);

    // What became of an event in the outbox. Not synced: a power cut may take it back, the program's end
    // cannot.
    void noteDelivered(const std::vector<QueuedEvent> &events);
    void
    noteTried(const std::vector<QueuedEvent> &events); // attempts, nextMs and batchId are as they are now
    void bury(const std::vector<QueuedEvent> &events, const QString &reason);

    // Gives up what was made before `beforeMs` for hooks other than `present`, and forgets what was given up
    // 30 days ago.
    void tidy(qint64 beforeMs, const QStringList &present);

    // Gives up all that waits for that hook, whose user removed it: how many events, and when, for reopen().
    // None if the file takes nothing now. Not while one of them is under way.
    struct Closed {
        quint64 events = 0;
        qint64 atMs = 0;
    };
    std::optional<Closed> close(const QString &hookName);
    // What close() gave up, unless it was sent again or removed since, waits again as it did.
    void reopen(const QString &hookName, const Closed &closed);

    QList<DeadLetter> deadLetters(const DeadLetterChoice &choice, int limit);
    // They wait again, with their ids; the hooks that got some.
    QStringList revive(const DeadLetterChoice &choice);
    QStringList discard(const DeadLetterChoice &choice);

    // Tries the file again now, with what is in memory.
    void takeUpAgain();

    quint64 waitingOf(const QString &hookName) const { return m_tallies.value(hookName).waiting; }
    quint64 deadOf(const QString &hookName) const { return m_tallies.value(hookName).dead; }
    quint64 heldOf(const QString &hookName) const; // in memory only: lost with the program
    const OutboxState &state() const { return m_state; }

signals:
    // Another sentence, or durable no longer or again; numbers alone do not make it.
    void stateChanged(const hookscope::OutboxState &state);

private:
    enum class Change { Update, Remove, Bury };

    struct Pending { // what the file could not be told yet
        Change change = Change::Update;
        QueuedEvent event;
        QString reason;
    };

    bool tryToOpen();
    bool hasRoom(std::size_t rows, quint64 bytes) const;
    bool write(const std::vector<QueuedEvent> &events);
    std::size_t hold(const std::vector<QueuedEvent> &events);
    void note(Change change, const std::vector<QueuedEvent> &events, const QString &reason = {});
    bool apply(const Pending &pending);
    void applyToHeld(const Pending &pending);
    void startRetry();
    bool writePending();
    bool writeHeld();
    void fail();
    void readTallies();
    void tell();
    QStringList hooksOfDead() const;
    static QString removedReason();

    OutboxLimits m_limits;
    OutboxFile m_file;
    QString m_path;
    QHash<QString, OutboxFile::Tally> m_tallies;
    std::map<qint64, QueuedEvent> m_held; // by sequence
    quint64 m_heldBytes = 0;
    std::unordered_map<qint64, Pending> m_pending; // by sequence
    qint64 m_lastSequence = 0;
    quint64 m_rows = 0;
    quint64 m_bytes = 0;
    QString m_fault; // why the file takes nothing; empty: it does
    QString m_notice; // what happened to it
    OutboxState m_state;
    QTimer m_retry;
};

} // namespace hookscope
