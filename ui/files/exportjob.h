#pragma once

#include "core/error.h"
#include "core/events/eventlog.h"
#include "core/formats/exchangewriter.h"

#include <QObject>
#include <QThread>
#include <vector>

namespace hookscope {

class Exporter;

// One export, from the main thread: takes the requests out of the log in slices of a few milliseconds and has
// them written on a thread of its own. Each is written as it is when its slice is taken; those that left the
// log until then are counted. Cancelled when it is destroyed before its end; nothing is left then.
class ExportJob final : public QObject {
    Q_OBJECT
public:
    struct Result {
        quint64 exchanges = 0; // in the file
        quint64 leftOut = 0; // the format has nothing to say of them
        quint64 gone = 0; // not in the log any more
        quint64 bare = 0; // in the file as far as their rows tell: the log has no detail of them any more
    };

    ExportJob(const EventLog &log, const QString &path, ExportFormat format,
              std::vector<EventLog::Sequence> sequences, QObject *parent = nullptr);
    ~ExportJob() override;

    const QString &path() const { return m_path; }
    void start(); // once

signals:
    void progressed(quint64 done, quint64 all);
    void finished(const hookscope::ExportJob::Result &result);
    void failed(const hookscope::Error &error);

private:
    void giveSlice();

    const EventLog &m_log;
    QString m_path;
    ExportFormat m_format;
    std::vector<EventLog::Sequence> m_sequences;
    std::size_t m_next = 0;
    quint64 m_gone = 0;
    quint64 m_bare = 0;
    QThread m_thread;
    Exporter *m_exporter; // lives and dies on m_thread
};

} // namespace hookscope
