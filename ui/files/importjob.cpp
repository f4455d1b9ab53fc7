#include "ui/files/importjob.h"

#include "core/formats/importer.h"

#include <QTimer>

namespace hookscope {

ImportJob::ImportJob(EventLog &log, const QString &path, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_path(path)
    , m_importer(new Importer)
{
    m_thread.setObjectName(QStringLiteral("import"));
    m_importer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_importer, &QObject::deleteLater);
    connect(m_importer, &Importer::batchRead, this, [this](const ReadBatch &batch) {
        m_log.restoreRead(batch);
        // By a timer, so that what else waits in the event loop comes first; the importer reads on meanwhile.
        QTimer::singleShot(1, this, [this] { QMetaObject::invokeMethod(m_importer, &Importer::next); });
    });
    connect(m_importer, &Importer::progressed, this, &ImportJob::progressed);
    connect(m_importer, &Importer::finished, this, &ImportJob::finished);
    connect(m_importer, &Importer::failed, this, &ImportJob::failed);
}

ImportJob::~ImportJob()
{
    if (!m_thread.isRunning()) {
        delete m_importer;
        return;
    }
    m_thread.requestInterruption();
    m_thread.quit();
    m_thread.wait();
}

void ImportJob::start()
{
    std::vector<ExchangeId> known;
    known.reserve(m_log.end() - m_log.begin());
    for (auto sequence = m_log.begin(); sequence < m_log.end(); ++sequence) {
        if (const Record *record = m_log.record(sequence))
            known.push_back(record->id);
    }
    m_thread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(m_importer,
                              [importer = m_importer, path = m_path, known = std::move(known)]() mutable {
                                  importer->start(path, std::move(known));
                              });
}

} // namespace hookscope
