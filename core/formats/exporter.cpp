#include "core/formats/exporter.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QThread>

namespace hookscope {

Exporter::Exporter(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<ExportFormat>();
    qRegisterMetaType<ExchangeSlice>();
    qRegisterMetaType<Error>();
}

Exporter::~Exporter() = default;

void Exporter::start(const QString &path, ExportFormat format)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_exchanges = 0;
    m_leftOut = 0;
    const QFileInfo target(path);
    if (target.exists() && !target.isFile()) {
        emit failed({ErrorCode::InvalidInput,
                     tr("%1 is not a file that can be replaced; choose another name.").arg(path)});
        return;
    }
    m_file = std::make_unique<QSaveFile>(path);
    m_writer = makeExchangeWriter(format);
    if (!m_file->open(QIODevice::WriteOnly)
        || !m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail();
    std::string bytes;
    m_writer->begin(bytes);
    if (put(bytes))
        emit sliceWritten();
}

void Exporter::write(const ExchangeSlice &slice)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!m_file || !slice)
        return;
    std::string bytes;
    for (const Exchange &exchange : *slice)
        ++(m_writer->add(exchange, bytes) ? m_exchanges : m_leftOut);
    if (put(bytes))
        emit sliceWritten();
}

void Exporter::finish()
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!m_file)
        return;
    std::string bytes;
    m_writer->end(bytes);
    if (!put(bytes))
        return;
    if (!m_file->commit())
        return fail();
    m_file.reset();
    emit finished(m_exchanges, m_leftOut);
}

void Exporter::cancel()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_file.reset(); // without a commit nothing is left
}

bool Exporter::put(const std::string &bytes)
{
    const auto size = static_cast<qint64>(bytes.size());
    if (m_file->write(bytes.data(), size) == size)
        return true;
    fail();
    return false;
}

void Exporter::fail()
{
    const QString reason = m_file->errorString();
    const QString path = m_file->fileName();
    const auto code =
        m_file->error() == QFileDevice::PermissionsError ? ErrorCode::PermissionDenied : ErrorCode::Io;
    m_file.reset();
    emit failed(
        {code, tr("%1 cannot be written: %2. Choose another folder, or make room there.").arg(path, reason)});
}

} // namespace hookscope
