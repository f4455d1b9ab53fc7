#include "core/dispatch/filedelivery.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <utility>

namespace hookscope {

namespace {

constexpr qsizetype batchLimit = 1024 * 1024; // bytes that are gathered for one write

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::HookDispatcher)
};

} // namespace

FileDelivery::FileDelivery(DeliveryTally &tally)
    : m_tally(tally)
{
}

void FileDelivery::add(const QString &hookName, const QString &path, const QByteArray &json,
                       const DeliveryMark &mark)
{
    Batch &batch = m_batches[path];
    batch.lines += json;
    batch.lines += '\n';
    ++batch.events[hookName];
    if (batch.outcomes.size() >= DeliveryTally::mostTold)
        batch.outcomes.removeFirst();
    batch.outcomes.append({mark, hookName, {}, {}, {}});
    if (batch.lines.size() >= batchLimit)
        write(path, batch);
}

void FileDelivery::write(const QString &path, Batch &batch)
{
    const Batch taken = std::exchange(batch, {});
    if (taken.lines.isEmpty())
        return;
    if (const auto rotation = m_rotations.constFind(path); rotation != m_rotations.constEnd()) {
        if (const auto done = m_rotator.rotateIfDue(path, *rotation, taken.lines.size()); !done)
            m_tally.report(taken.events.cbegin().key(), done.error().text);
    }
    const FileSink::Outcome outcome = m_files.append(path, taken.lines);
    for (auto it = taken.events.cbegin(); it != taken.events.cend(); ++it) {
        if (outcome.error.isEmpty())
            m_tally.countDelivered(it.key(), it.value());
        else
            m_tally.countFailed(it.key(), outcome.error, it.value());
    }
    for (HookOutcome each : taken.outcomes) {
        each.result = outcome.error.isEmpty() ? HookOutcome::Result::Delivered : HookOutcome::Result::Failed;
        each.text = outcome.error.isEmpty() ? FileText::tr("Appended a line to %1").arg(path) : outcome.error;
        m_tally.note(std::move(each));
    }
    if (outcome.closedTornLine) {
        m_tally.report(taken.events.cbegin().key(),
                       FileText::tr("File %1 ended within a line; that line was closed").arg(path));
    }
}

void FileDelivery::setFiles(const QSet<QString> &paths, const QHash<QString, FileRotation> &rotations)
{
    m_files.closeAllBut(paths);
    m_rotations = rotations;
}

void FileDelivery::writeAll()
{
    for (auto &[path, batch] : m_batches)
        write(path, batch);
    m_batches.clear();
}

TestResult FileDelivery::test(const QString &hookName, const QString &path, const QByteArray &json)
{
    QElapsedTimer elapsed;
    elapsed.start();
    const FileSink::Outcome outcome = m_files.append(path, json + '\n');
    if (!outcome.error.isEmpty())
        return {hookName, false, outcome.error};
    return {hookName, true,
            FileText::tr("Appended a line of %1 bytes to %2 in %3 ms")
                .arg(json.size() + 1)
                .arg(path)
                .arg(elapsed.elapsed())};
}

} // namespace hookscope
