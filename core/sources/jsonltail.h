#pragma once

#include "core/events/eventreader.h"
#include "core/events/linescanner.h"
#include "core/events/readbatch.h"
#include "core/events/redact.h"
#include "core/events/rowmaker.h"
#include "core/events/sessions.h"
#include "core/sources/tailedfile.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <deque>
#include <memory>

class QFileSystemWatcher;

namespace hookscope {

// Follows one JSONL file of events, agentkernel's or Hookscope's, from its start: also when it is renamed,
// truncated, copied away and truncated, or deleted and made again. The system's word that it changed is a
// hint only: it is compared once a second. What is cut away between two looks cannot be read. On a thread
// beside the main one; one batch is on its way at a time.
class JsonlTail final : public QObject {
    Q_OBJECT
public:
    explicit JsonlTail(const QString &path);
    ~JsonlTail() override;

public slots:
    void start(); // a folder, pipe or device is refused: changed() says Ended
    void readNext(); // the last batch was taken
    void stop(); // what is open gets its end; then changed() says Ended

signals:
    void read(const hookscope::ReadBatch &batch);
    void changed(const hookscope::FollowedFile &file);

private:
    void look();
    void findFile();
    void moveOn(FileIdentity now);
    void addUnseen();
    void watch();
    void readLines();
    bool readPieces();
    void takeLines(std::string_view lines);
    void take(std::string_view line);
    void add(std::vector<Event> events);
    void noteBad(const QString &reason);
    void dropRead();
    void give();
    void setState(FollowedFile::State state, const QString &text);
    void announce();

    FollowedFile m_file;
    FollowedFile m_announced;
    std::deque<TailedFile> m_files; // the last is the one of that name, if m_hasCurrent
    bool m_hasCurrent = false;
    QSet<quint64> m_seen; // inodes beside it
    bool m_isTaken = true; // the last batch was
    bool m_hadLines = false; // at the last look
    LineScanner m_scanner{LineForm::Followed};
    EventReader m_reader; // of the lines that go the long way
    RowMaker m_rows;
    ReadParts m_parts;
    QFileSystemWatcher *m_watcher = nullptr;
    QTimer *m_compare = nullptr;
    QTimer *m_hint = nullptr;
};

} // namespace hookscope
