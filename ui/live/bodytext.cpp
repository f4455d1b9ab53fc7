#include "ui/live/bodytext.h"

#include "core/http/fields.h"
#include "ui/text/indentedjson.h"
#include "ui/text/visible.h"

#include <algorithm>

namespace hookscope {

namespace {

bool isJson(std::string_view text)
{
    const auto start = text.find_first_not_of(" \t\r\n");
    const auto end = text.find_last_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return false;
    return (text[start] == '{' && text[end] == '}') || (text[start] == '[' && text[end] == ']');
}

// Takes lines until there is enough text.
class Lines {
public:
    explicit Lines(qsizetype most)
        : m_most(most)
    {
    }

    bool isFull() const { return m_isCut; }

    void add(std::string_view utf8)
    {
        const QString line = visible(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()))
                                         .replace(QLatin1Char('\t'), QStringLiteral("    ")));
        for (qsizetype at = 0; at == 0 || at < line.size(); at += longestBodyLine) {
            const auto piece = QStringView(line).mid(at, longestBodyLine);
            if (m_text.size() + piece.size() > m_most) {
                m_isCut = true;
                return;
            }
            if (m_hasLine)
                m_text += QLatin1Char('\n');
            m_hasLine = true;
            m_text += piece;
        }
    }

    void addAll(std::string_view text)
    {
        for (std::size_t at = 0; at <= text.size() && !m_isCut;) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            auto line = text.substr(at, end - at);
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            add(line);
            at = end + 1;
        }
    }

    ReadableBody take() { return {std::move(m_text), m_isCut}; }

private:
    qsizetype m_most;
    QString m_text;
    bool m_hasLine = false;
    bool m_isCut = false;
};

void addLine(Lines &lines, std::string_view line)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    std::string_view json = line;
    std::string name;
    if (line.starts_with("data:")) {
        json.remove_prefix(5);
        name = "data: ";
    }
    if (!isJson(json) || http::trimmed(json) == "[DONE]")
        return lines.add(line);
    lines.addAll(name + indentedJson(json));
}

} // namespace

ReadableBody readableBody(std::string_view body, qsizetype most)
{
    Lines lines(most);
    const bool isOneDocument = isJson(body) && body.find("}\n{") == std::string_view::npos
        && body.find("}\r\n{") == std::string_view::npos;
    // What is far more than is shown is not laid out whole: it only grows by that.
    const auto head = body.substr(0, static_cast<std::size_t>(most) * 2);
    if (isOneDocument) {
        lines.addAll(indentedJson(head));
    } else {
        for (std::size_t at = 0; at < head.size() && !lines.isFull();) {
            const std::size_t end = std::min(head.find('\n', at), head.size());
            addLine(lines, head.substr(at, end - at));
            at = end + 1;
        }
    }
    ReadableBody result = lines.take();
    result.isCut = result.isCut || head.size() < body.size();
    return result;
}

QString visibleLines(std::string_view text)
{
    Lines lines(static_cast<qsizetype>(text.size()) * 10 + 100);
    lines.addAll(text);
    return lines.take().text;
}

} // namespace hookscope
