#include "core/formats/importer.h"

#include "core/formats/harreader.h"
#include "core/formats/harscanner.h"
#include "core/formats/jsonlreader.h"

#include <QFileInfo>
#include <QThread>

namespace hookscope {

namespace {

constexpr std::size_t chunkBytes = 512U << 10U;
constexpr int chunksABatch = 8; // progress is shown also where there is nothing to be found

// Whether the first key of the first object is "log", which no event has.
bool looksLikeHar(std::string_view beginning)
{
    auto at = beginning.find_first_not_of(" \t\r\n", beginning.find('{') + 1);
    return at != std::string_view::npos && beginning.substr(at).starts_with("\"log\"");
}

} // namespace

Importer::Importer(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<ReadBatch>();
    qRegisterMetaType<ImportCounts>();
    qRegisterMetaType<Error>();
}

Importer::~Importer() = default;

void Importer::start(const QString &path, std::vector<ExchangeId> known)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_events = ImportedEvents(std::move(known));
    m_reader.reset();
    m_isChecked = m_isAskedFor = m_isRead = m_isAtEnd = false;
    if (!open(path))
        return;
    if (!readChunk())
        return fail(ErrorCode::InvalidInput, tr("%1 cannot be imported: it is empty.").arg(path));
    std::string_view beginning = m_chunk;
    if (beginning.starts_with("\xef\xbb\xbf"))
        beginning.remove_prefix(3);
    const auto first = beginning.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || beginning[first] != '{')
        return fail(
            ErrorCode::InvalidInput,
            tr("%1 cannot be imported: it is neither a HAR file nor one with a JSON event a line (both begin "
               "with a brace).")
                .arg(path));
    if (looksLikeHar(beginning) || path.endsWith(QStringLiteral(".har"), Qt::CaseInsensitive)) {
        HarScanner scanner;
        if (!check(scanner))
            return;
        if (const QString objection = HarReader::objection(scanner); !objection.isEmpty())
            return fail(ErrorCode::InvalidInput, tr("%1 cannot be imported: %2.").arg(path, objection));
        m_reader = std::make_unique<HarReader>(scanner);
        m_isChecked = true;
    } else {
        m_reader = std::make_unique<JsonlReader>();
    }
    m_file.seek(0);
    next();
}

bool Importer::open(const QString &path)
{
    m_file.close();
    m_file.setFileName(path);
    const QFileInfo info(path);
    if (!info.exists()) {
        fail(ErrorCode::NotFound, tr("%1 cannot be imported: there is no such file.").arg(path));
    } else if (!info.isFile()) {
        fail(ErrorCode::InvalidInput,
             tr("%1 cannot be imported: it is not a file.").arg(path)); // a pipe would block
    } else if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        fail(ErrorCode::PermissionDenied, tr("%1 cannot be imported: %2.").arg(path, m_file.errorString()));
    }
    return m_file.isOpen();
}

// False if there is no more, after an error too.
bool Importer::readChunk()
{
    m_chunk.resize(chunkBytes);
    const qint64 size = m_file.read(m_chunk.data(), static_cast<qint64>(chunkBytes));
    m_chunk.resize(static_cast<std::size_t>(std::max<qint64>(0, size)));
    return size > 0;
}

// All of the file goes by once before anything of it is taken. False if that was interrupted.
bool Importer::check(HarScanner &scanner)
{
    std::vector<std::string> entries;
    int chunks = 0;
    do {
        if (QThread::currentThread()->isInterruptionRequested())
            return false;
        entries.clear();
        if (!scanner.feed(m_chunk, entries))
            return true;
        if (++chunks % chunksABatch == 0)
            report(0.5 * static_cast<double>(m_file.pos()));
    } while (readChunk());
    scanner.finish();
    return true;
}

void Importer::next()
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!m_reader || QThread::currentThread()->isInterruptionRequested())
        return;
    m_isAskedFor = true;
    readAhead();
}

void Importer::readAhead()
{
    if (m_reader && !m_isRead)
        read();
    if (m_reader && m_isRead && m_isAskedFor)
        give();
}

// Until there is a batch. Nothing was read if the thread was interrupted, or after a failure.
void Importer::read()
{
    for (int i = 0; i < chunksABatch && !m_events.parts().hasBatch(); ++i) {
        if (QThread::currentThread()->isInterruptionRequested())
            return;
        if (!readChunk())
            return readToTheEnd();
        m_reader->feed(m_chunk, m_events);
    }
    m_isRead = true;
}

void Importer::readToTheEnd()
{
    if (m_file.error() != QFileDevice::NoError)
        return fail(ErrorCode::Io,
                    tr("%1 cannot be read to its end: %2.").arg(m_file.fileName(), m_file.errorString()));
    m_reader->finish(m_events);
    const ImportCounts &counts = m_events.counts();
    if (counts.exchanges == 0 && counts.known == 0 && counts.bad > 0)
        return fail(ErrorCode::InvalidInput,
                    tr("%1 cannot be imported: nothing in it can be used (%2).")
                        .arg(m_file.fileName(), counts.firstFault));
    m_isRead = m_isAtEnd = true;
}

void Importer::give()
{
    m_isAskedFor = false;
    const ReadBatch batch = m_events.parts().take();
    if (m_isAtEnd && m_events.parts().isEmpty()) {
        m_reader.reset();
        emit batchRead(batch);
        emit finished(m_events.counts());
        m_file.close();
        return;
    }
    m_isRead = m_isAtEnd || m_events.parts().hasBatch();
    const auto done = static_cast<double>(m_file.pos());
    report(m_isChecked ? 0.5 * (static_cast<double>(m_file.size()) + done) : done);
    emit batchRead(batch);
    QMetaObject::invokeMethod(this, &Importer::readAhead, Qt::QueuedConnection);
}

void Importer::report(double done)
{
    emit progressed(done / static_cast<double>(std::max<qint64>(1, m_file.size())));
}

void Importer::fail(ErrorCode code, const QString &text)
{
    m_reader.reset();
    m_file.close();
    emit failed({code, text});
}

} // namespace hookscope
