#include "ui/files/exportjob.h"

#include "core/formats/exporter.h"

#include <QElapsedTimer>

namespace hookscope {

namespace {

constexpr std::size_t sliceExchanges = 256;
constexpr qint64 sliceNs = 4'000'000; // the window draws in between

} // namespace

ExportJob::ExportJob(const EventLog &log, const QString &path, ExportFormat format,
                     std::vector<EventLog::Sequence> sequences, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_path(path)
    , m_format(format)
    , m_sequences(std::move(sequences))
    , m_exporter(new Exporter)
{
    m_thread.setObjectName(QStringLiteral("export"));
    m_exporter->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_exporter, &QObject::deleteLater);
    connect(m_exporter, &Exporter::sliceWritten, this, &ExportJob::giveSlice);
    connect(m_exporter, &Exporter::failed, this, &ExportJob::failed);
    connect(m_exporter, &Exporter::finished, this, [this](quint64 exchanges, quint64 leftOut) {
        emit finished({exchanges, leftOut, m_gone, m_bare});
    });
}

ExportJob::~ExportJob()
{
    if (!m_thread.isRunning()) {
        delete m_exporter;
        return;
    }
    m_thread.quit();
    m_thread.wait(); // for the slice that is being written; the file goes with the exporter
}

void ExportJob::start()
{
    m_thread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(m_exporter, [exporter = m_exporter, path = m_path, format = m_format] {
        exporter->start(path, format);
    });
}

void ExportJob::giveSlice()
{
    if (m_next == m_sequences.size()) {
        QMetaObject::invokeMethod(m_exporter, &Exporter::finish);
        return;
    }
    QElapsedTimer clock;
    clock.start();
    auto slice = std::make_shared<std::vector<Exchange>>();
    while (m_next < m_sequences.size() && slice->size() < sliceExchanges && clock.nsecsElapsed() < sliceNs) {
        const EventLog::Sequence sequence = m_sequences[m_next++];
        std::optional<Exchange> exchange = m_log.detail(sequence);
        if (!exchange) {
            ++m_gone;
            continue;
        }
        if (!m_log.isDetailWhole(sequence))
            ++m_bare;
        slice->push_back(*std::move(exchange));
    }
    emit progressed(m_next, m_sequences.size());
    QMetaObject::invokeMethod(m_exporter, [exporter = m_exporter, slice] { exporter->write(slice); });
}

} // namespace hookscope
