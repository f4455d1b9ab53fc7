#pragma once

#include "core/error.h"
#include "core/events/eventlog.h"
#include "core/formats/importedevents.h"

#include <QObject>
#include <QThread>

namespace hookscope {

class Importer;

// One import, from the main thread: a file is read on a thread of its own, and what is in it is restored to
// the log batch by batch, so that no hook fires. Requests that the log has already are left out. Cancelled
// when it is destroyed before its end; what was restored until then stays.
class ImportJob final : public QObject {
    Q_OBJECT
public:
    ImportJob(EventLog &log, const QString &path, QObject *parent = nullptr);
    ~ImportJob() override;

    const QString &path() const { return m_path; }
    void start(); // once

signals:
    void progressed(double part); // 0 to 1
    void finished(const hookscope::ImportCounts &counts);
    void failed(const hookscope::Error &error);

private:
    EventLog &m_log;
    QString m_path;
    QThread m_thread;
    Importer *m_importer; // lives and dies on m_thread
};

} // namespace hookscope
