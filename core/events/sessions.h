#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace hookscope {

// A session that was kept under a name.
struct SessionInfo {
    QString name;
    qint64 bytes = 0;
    QDateTime saved;

    friend bool operator==(const SessionInfo &, const SessionInfo &) = default;
};

// What a session's files gave.
struct ReadSummary {
    quint64 rows = 0;
    quint64 interrupted = 0; // of them, those whose end is not in the files
    quint64 badLines = 0; // torn or not understood: skipped
    quint64 leftOut = 0; // events that could not be stored when they happened
    bool isCancelled = false;

    friend bool operator==(const ReadSummary &, const ReadSummary &) = default;
};

// A JSONL file whose lines come into the log as they are written.
struct FollowedFile {
    enum class State {
        Following,
        Waiting, // it is not there, or cannot be read now: `text` says why
        Ended, // refused, or no longer followed
    };

    QString path;
    State state = State::Following;
    quint64 rows = 0;
    quint64 badLines = 0;
    QString text; // a sentence about the state; may be empty
    QString badReason; // why the last bad line was one

    friend bool operator==(const FollowedFile &, const FollowedFile &) = default;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::SessionInfo)
Q_DECLARE_METATYPE(hookscope::ReadSummary)
Q_DECLARE_METATYPE(hookscope::FollowedFile)
