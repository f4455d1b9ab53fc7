#include "core/formats/jsonlreader.h"

#include "core/http/fields.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct JsonlText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::JsonlReader)
};

Started startOf(const ProxyEvent &event)
{
    Started started;
    started.id = event.id;
    started.timestampUs = event.timestampUs;
    if (event.event == HookEvent::OnResponse)
        started.timestampUs -= event.durationUs.value_or(0);
    started.sandbox = event.sandbox;
    started.process = event.process;
    started.method = event.method;
    started.url = event.url;
    started.host = event.host;
    started.isTunnel = event.method == "CONNECT";
    if (!started.isTunnel)
        started.path = pathOfUrl(event.url, LineForm::Imported);
    return started;
}

// It does not have the URL: the part after the scheme is what it knows.
Started startOf(const LlmEvent &event)
{
    Started started;
    started.id = event.id;
    started.timestampUs = event.timestampUs - event.durationUs.value_or(0);
    started.sandbox = event.sandbox;
    started.process = event.process;
    started.method = event.method;
    started.url = event.host + event.path;
    started.host = event.host;
    started.path = event.path;
    return started;
}

Started startOf(const Event &event)
{
    if (const auto *proxy = std::get_if<ProxyEvent>(&event))
        return startOf(*proxy);
    if (const auto *call = std::get_if<LlmEvent>(&event))
        return startOf(*call);
    Started started;
    started.id = exchangeOf(event);
    return started;
}

// How an exchange ends whose last event was that one.
ProxyEvent endOf(const Event &last, bool hasId)
{
    ProxyEvent end;
    if (const auto *call = std::get_if<LlmEvent>(&last)) {
        end.timestampUs = call->timestampUs;
        end.sandbox = call->sandbox;
        end.process = call->process;
        end.method = call->method;
        end.url = call->host + call->path;
        end.host = call->host;
        end.status = call->status;
        end.latencyUs = call->latencyUs;
        end.durationUs = call->durationUs;
        end.error = call->error;
        end.secretInjected = call->secretInjected;
    } else if (const auto *proxy = std::get_if<ProxyEvent>(&last)) {
        end = *proxy;
    }
    end.event = HookEvent::OnResponse;
    end.id = exchangeOf(last);
    if (hasId && !std::holds_alternative<LlmEvent>(last))
        end.error = "The file does not say how it ended.";
    return end;
}

bool isEnd(const Event &event)
{
    const auto *proxy = std::get_if<ProxyEvent>(&event);
    return proxy && proxy->event == HookEvent::OnResponse;
}

} // namespace

void JsonlReader::feed(std::string_view bytes, ImportedEvents &out)
{
    const auto last = bytes.rfind('\n');
    if (last != std::string_view::npos) {
        std::string_view lines = bytes.substr(0, last + 1);
        bytes.remove_prefix(last + 1);
        if (!m_rest.empty() || m_isTooLong) {
            const auto end = lines.find('\n');
            m_rest += lines.substr(0, end);
            lines.remove_prefix(end + 1);
            takeRest(out);
        }
        takeLines(lines, out);
    }
    if (m_rest.size() + bytes.size() <= maxLineBytes)
        m_rest += bytes;
    else
        m_isTooLong = true;
}

void JsonlReader::takeRest(ImportedEvents &out)
{
    if (m_isTooLong)
        takeLine(m_rest, out);
    else
        takeLines(m_rest, out);
    m_rest.clear();
    m_isTooLong = false;
}

void JsonlReader::takeLines(std::string_view lines, ImportedEvents &out)
{
    for (LinePart &part : m_scanner.scan(lines)) {
        if (const auto *line = std::get_if<std::string_view>(&part)) {
            takeLine(*line, out);
            continue;
        }
        auto &rows = std::get<LineRowBatch>(part);
        m_line += rows->records().size();
        out.add(std::move(rows));
    }
}

void JsonlReader::takeLine(std::string_view line, ImportedEvents &out)
{
    if (m_line++ == 0 && line.starts_with("\xef\xbb\xbf"))
        line.remove_prefix(3);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (http::trimmed(line).empty() && !m_isTooLong)
        return;
    if (m_isTooLong || line.size() > maxLineBytes)
        return addFault(JsonlText::tr("it is longer than %1 bytes").arg(maxLineBytes), out);
    auto read = m_reader.read(line);
    if (!read)
        return addFault(read.error(), out);
    takeEvent(std::move(read->event), read->hasId, out);
}

void JsonlReader::addFault(const QString &reason, ImportedEvents &out) const
{
    out.addFault(JsonlText::tr("line %1").arg(m_line), reason);
}

void JsonlReader::takeEvent(Event event, bool hasId, ImportedEvents &out)
{
    const ExchangeId id = exchangeOf(event);
    if (out.isKnown(id))
        return;
    const auto *proxy = std::get_if<ProxyEvent>(&event);
    const Secrets secrets = proxy ? Secrets::of(proxy->url, {}) : Secrets();
    const auto open = m_open.find(id);
    if (open == m_open.end() && !std::holds_alternative<Started>(event))
        out.add(startOf(event), secrets);
    const bool ends = isEnd(event);
    if (ends && open != m_open.end())
        m_open.erase(open);
    else if (!ends && hasId)
        m_open.insert_or_assign(id, event);
    if (hasId || ends)
        return out.add(std::move(event), secrets);
    const ProxyEvent end = endOf(event, false);
    out.add(std::move(event), secrets);
    out.add(end, secrets);
}

void JsonlReader::finish(ImportedEvents &out)
{
    if (!m_rest.empty() || m_isTooLong)
        takeRest(out);
    for (const auto &[id, last] : m_open) {
        const ProxyEvent end = endOf(last, true);
        out.add(end, Secrets::of(end.url, {}));
    }
    m_open.clear();
}

} // namespace hookscope
