#pragma once

#include "core/error.h"
#include "core/formats/importedevents.h"

#include <QFile>
#include <QObject>
#include <memory>
#include <string>

namespace hookscope {

class HarScanner;

// Reads a HAR or JSONL file on a worker thread, in batches that are asked for one by one, so that a slow
// receiver is never flooded: start(), then next() after each batchRead(), until finished() or failed(). While the
// receiver has a batch, the one after it is read. The
// file is told by its content. It may be of any size; one that is no such file as a whole fails before the
// first batch. Ends early, without a signal, if its thread is asked to (QThread::requestInterruption()).
class Importer final : public QObject {
    Q_OBJECT
public:
    explicit Importer(QObject *parent = nullptr);
    ~Importer() override;

    // known: exchanges of the log, which are left out.
    void start(const QString &path, std::vector<ExchangeId> known);

public slots:
    void next();

signals:
    void progressed(double part); // 0 to 1
    void batchRead(const hookscope::ReadBatch &batch); // the exchanges of a file in their order
    void finished(const hookscope::ImportCounts &counts);
    void failed(const hookscope::Error &error);

private:
    bool open(const QString &path);
    bool check(HarScanner &scanner);
    bool readChunk();
    void read();
    void readToTheEnd();
    void give();
    void readAhead();
    void report(double done);
    void fail(ErrorCode code, const QString &text);

    QFile m_file;
    std::string m_chunk;
    bool m_isChecked = false; // reading twice: the progress is halved
    std::unique_ptr<ImportReader> m_reader;
    ImportedEvents m_events;
    bool m_isRead = false; // the next batch was, and not given yet
    bool m_isAskedFor = false; // the next batch
    bool m_isAtEnd = false; // there is nothing to be read any more
};

} // namespace hookscope
