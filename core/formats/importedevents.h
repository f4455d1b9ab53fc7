#pragma once

#include "core/events/readbatch.h"

#include <QMetaType>
#include <QString>
#include <vector>

namespace hookscope {

// What became of the exchanges of a file.
struct ImportCounts {
    quint64 exchanges = 0; // that are new
    quint64 known = 0; // left out, since the log has them
    quint64 bad = 0; // entries or lines that cannot be used
    QString firstFault; // of the first of these: where and why
    QString note; // something is wrong with the file as a whole

    friend bool operator==(const ImportCounts &, const ImportCounts &) = default;
};

// Collects the events of a file for the log: redacted, without the exchanges that the log has already.
class ImportedEvents {
public:
    explicit ImportedEvents(std::vector<ExchangeId> known = {});

    // Whether the log has that exchange already; it is counted once.
    bool isKnown(ExchangeId id);

    // A Started event counts as one more exchange.
    void add(Event event, const Secrets &secrets);

    // An exchange each; they have ids of their own, so none is known.
    void add(LineRowBatch rows);

    // where: "entry 3", "line 12".
    void addFault(const QString &where, const QString &reason);
    void setNote(const QString &note) { m_counts.note = note; }

    ReadParts &parts() { return m_parts; } // what has come and was not taken yet
    const ImportCounts &counts() const { return m_counts; }

private:
    std::vector<ExchangeId> m_known; // sorted
    std::vector<bool> m_isCounted;
    ReadParts m_parts;
    ImportCounts m_counts;
};

// Reads one form of file, in parts of any size.
class ImportReader {
public:
    virtual ~ImportReader() = default;
    virtual void feed(std::string_view bytes, ImportedEvents &out) = 0;
    virtual void finish(ImportedEvents &out) = 0; // the file has ended
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::ImportCounts)
