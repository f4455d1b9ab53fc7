#pragma once

#include "core/formats/harentryreader.h"
#include "core/formats/harscanner.h"
#include "core/formats/importedevents.h"

namespace hookscope {

// HAR files of browsers, mitmproxy and Hookscope, of any size: entry by entry. The file was checked before
// (see checked()); one that ends in the middle gives what is whole of it, and a note.
class HarReader final : public ImportReader {
public:
    // scanned: a scanner that has seen the whole file. Its problem, or a version that is not known, is a
    // sentence's end for people; empty if the file can be read.
    static QString objection(const HarScanner &scanned);

    explicit HarReader(const HarScanner &scanned);

    void feed(std::string_view bytes, ImportedEvents &out) override;
    void finish(ImportedEvents &out) override;

private:
    HarScanner m_scanner;
    HarEntryReader m_reader;
    std::vector<std::string> m_entries;
    quint64 m_entry = 0;
    quint64 m_odd = 0;
};

} // namespace hookscope
