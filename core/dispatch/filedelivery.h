#pragma once

#include "core/dispatch/deliverytally.h"
#include "core/dispatch/filerotator.h"
#include "core/dispatch/filesink.h"

#include <map>

namespace hookscope {

// Lines on their way to files: gathered over a batch of events, so that a file gets one write for many, and
// told of to `tally`. Owner of the files' handles, hence neither value nor stage. Delivery thread.
class FileDelivery {
public:
    explicit FileDelivery(DeliveryTally &tally);

    void add(const QString &hookName, const QString &path, const QByteArray &json, const DeliveryMark &mark);
    void writeAll();

    // At once, and told of to nobody but the caller.
    TestResult test(const QString &hookName, const QString &path, const QByteArray &json);

    // The files of the hooks in force, and when each is put aside. Others are closed.
    void setFiles(const QSet<QString> &paths, const QHash<QString, FileRotation> &rotations);

private:
    struct Batch {
        QByteArray lines;
        QHash<QString, quint64> events; // by hook
        QList<HookOutcome> outcomes; // to be, of the last ones
    };

    void write(const QString &path, Batch &batch);

    DeliveryTally &m_tally;
    FileSink m_files;
    FileRotator m_rotator;
    QHash<QString, FileRotation> m_rotations; // by path
    std::map<QString, Batch> m_batches; // by path
};

} // namespace hookscope
