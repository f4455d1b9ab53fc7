#pragma once

#include "core/events/redact.h"
#include "core/history/segmentreader.h"

#include <QObject>
#include <memory>

namespace hookscope {

// Reads one saved session for a window of its own: batches on demand, so that the window takes them at its
// own pace. Lives on a thread beside the main one; owned there. After cancel() only finished() comes.
class SessionReader final : public QObject {
    Q_OBJECT
public:
    SessionReader(const QString &folder, quint64 mostRows);

public slots:
    void readNext(); // then batchRead, or finished
    void cancel();

signals:
    void batchRead(const hookscope::EventBatch &batch);
    void annotationsRead(const hookscope::Annotations &annotations); // before finished(), if there are any
    void progressed(qint64 bytes, qint64 all);
    void finished(const hookscope::ReadSummary &summary);

private:
    void finish(ReadSummary summary);

    QString m_folder;
    quint64 m_mostRows;
    std::unique_ptr<SegmentReader> m_reader;
    bool m_isFinished = false;
};

} // namespace hookscope
