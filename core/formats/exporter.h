#pragma once

#include "core/error.h"
#include "core/formats/exchangewriter.h"

#include <QMetaType>
#include <QObject>
#include <memory>
#include <vector>

class QSaveFile;

namespace hookscope {

// A part of the exchanges to be written, copied while the log stood still.
using ExchangeSlice = std::shared_ptr<const std::vector<Exchange>>;

// Writes one file on a worker thread: start(), write() once per slice, finish(). The file is there when it is
// whole, for its owner alone (0600); until then, and after cancel() or a failure, what stood at `path` is
// untouched. After failed() all further calls are ignored until the next start().
class Exporter final : public QObject {
    Q_OBJECT
public:
    explicit Exporter(QObject *parent = nullptr);
    ~Exporter() override;

public slots:
    void start(const QString &path, hookscope::ExportFormat format);
    void write(const hookscope::ExchangeSlice &slice);
    void finish();
    void cancel();

signals:
    void sliceWritten(); // ready for the next one; also after start()
    // exchanges: in the file; leftOut: those that the format can say nothing of.
    void finished(quint64 exchanges, quint64 leftOut);
    void failed(const hookscope::Error &error);

private:
    bool put(const std::string &bytes);
    void fail();

    std::unique_ptr<QSaveFile> m_file;
    std::unique_ptr<ExchangeWriter> m_writer;
    quint64 m_exchanges = 0;
    quint64 m_leftOut = 0;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::ExportFormat)
Q_DECLARE_METATYPE(hookscope::ExchangeSlice)
