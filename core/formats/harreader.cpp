#include "core/formats/harreader.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace hookscope {

namespace {

constexpr qsizetype longestSandbox = 64;

struct HarText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::HarReader)
};

QString nameIn(const std::string &json)
{
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    return object[QStringLiteral("name")].toString().left(longestSandbox);
}

// Who sent the requests of a browser's file: that browser.
std::string sandboxOf(const HarScanner &scanned)
{
    QString name = nameIn(scanned.browser());
    if (name.isEmpty())
        name = nameIn(scanned.creator());
    return name.isEmpty() ? "imported" : name.toStdString();
}

} // namespace

QString HarReader::objection(const HarScanner &scanned)
{
    const std::string &version = scanned.version();
    const bool isVersionKnown =
        version.empty() || version == "\"\"" || version == "\"1.1\"" || version == "\"1.2\"";
    switch (scanned.problem()) {
    case HarScanner::Problem::NotJson:
        return HarText::tr("it is not valid JSON from byte %1 on").arg(scanned.offset());
    case HarScanner::Problem::TooDeep:
        return HarText::tr("its JSON is nested deeper than %1 levels").arg(HarScanner::maxDepth);
    case HarScanner::Problem::NoEntries:
        return HarText::tr("it has no \"log\" with \"entries\", so it is no HAR file");
    case HarScanner::Problem::Truncated:
    case HarScanner::Problem::None:
        break;
    }
    if (!isVersionKnown)
        return HarText::tr("its HAR version is %1, and only 1.1 and 1.2 can be read")
            .arg(QString::fromStdString(version.substr(0, 40)));
    return {};
}

HarReader::HarReader(const HarScanner &scanned)
    : m_reader(sandboxOf(scanned))
{
}

void HarReader::feed(std::string_view bytes, ImportedEvents &out)
{
    m_scanner.feed(bytes, m_entries);
    for (const std::string &entry : m_entries) {
        ++m_entry;
        auto events = m_reader.read(entry);
        if (!events) {
            out.addFault(HarText::tr("entry %1").arg(m_entry), events.error());
            continue;
        }
        if (out.isKnown(exchangeOf(events->front())))
            continue;
        const auto &started = std::get<Started>(events->front());
        const Secrets secrets = Secrets::of(started.url, started.head);
        for (Event &event : *events)
            out.add(std::move(event), secrets);
    }
    m_entries.clear();
    for (; m_odd < m_scanner.oddEntries(); ++m_odd)
        out.addFault(HarText::tr("after entry %1").arg(m_entry),
                     HarText::tr("one is too long, or no object"));
}

void HarReader::finish(ImportedEvents &out)
{
    m_scanner.finish();
    if (m_scanner.problem() == HarScanner::Problem::Truncated)
        out.setNote(
            HarText::tr("The file ends in the middle: what comes after its last whole entry is missing."));
}

} // namespace hookscope
