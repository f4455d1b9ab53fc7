#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <cstddef>

namespace hookscope {

// One file of a session, as it was when it was looked at.
struct Segment {
    QString path;
    quint64 number = 0;
    qint64 bytes = 0;

    friend bool operator==(const Segment &, const Segment &) = default;
};

// The segments of a session's folder, oldest first. What is no regular file of that kind of name is none.
QList<Segment> segmentsIn(const QString &folder);

// The folder that the running session is appended to, as segments of JSON lines: it owns the handles, hence
// neither value nor stage. Folders have mode 0700, files 0600; no link is followed. The folder is this
// process's alone while it is open; the oldest segment goes when all of them are larger than the cap. One
// thread.
class SessionFolder {
public:
    explicit SessionFolder(QString folder);
    ~SessionFolder();
    SessionFolder(const SessionFolder &) = delete;
    SessionFolder &operator=(const SessionFolder &) = delete;

    // Makes and locks it; the sentence why not, or nothing.
    QString open();
    bool isOpen() const { return m_lock >= 0; }
    void close();

    struct Outcome {
        QString error; // a sentence; empty: all lines are with the system
        bool isDiskFull = false;
    };

    // All of `lines`, each with its end, by one write, or none of them.
    Outcome append(const QByteArray &lines);

    void setMostBytes(qint64 mostBytes);

    // While something reads the segments none of them goes.
    void setHeld(bool isHeld);

    // Deletes every segment.
    void clear();

    QList<Segment> segments() const;
    qint64 tornLines() const { return m_tornLines; } // that were found when a segment was opened, and ended

private:
    qint64 segmentBytes() const;
    QString openSegment(quint64 number);
    QString ensureSegment(qsizetype more);
    bool isStillThere() const;
    void closeSegment();
    void makeRoom();

    QString m_folder;
    qint64 m_mostBytes = 512LL * 1024 * 1024;
    QList<Segment> m_segments; // the last one is written to
    int m_lock = -1;
    int m_file = -1;
    bool m_isTorn = false;
    bool m_isHeld = false;
    qint64 m_tornLines = 0;
};

// Makes the folder and those above it that are not there, mode 0700; the sentence why not, or nothing.
QString makeSessionFolder(const QString &folder);

} // namespace hookscope
