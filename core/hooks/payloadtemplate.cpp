#include "core/hooks/payloadtemplate.h"

#include "core/events/jsonstring.h"
#include "core/hooks/eventvalues.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <simdjson.h>

namespace hookscope {

namespace {

struct TemplateText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::PayloadTemplate)
};

std::string escaped(const QByteArray &text)
{
    std::string quoted;
    appendJsonString(quoted, std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    return quoted.substr(1, quoted.size() - 2);
}

bool isJson(const QByteArray &text)
{
    simdjson::dom::parser parser;
    return parser.parse(text.constData(), static_cast<std::size_t>(text.size())).error() == simdjson::SUCCESS;
}

// An event that has all keys, for a first look at what a template makes.
QByteArray fullEvent()
{
    QByteArray json = "{\"process\":{\"name\":\"a\",\"pid\":1}";
    for (const QString &key : PayloadTemplate::keys()) {
        if (!key.contains(QLatin1Char('.')) && key != QLatin1String("process"))
            json += ",\"" + key.toLatin1() + "\":\"1\"";
    }
    return json + '}';
}

} // namespace

// Makes the pieces, from the left to the right.
class TemplateCompiler {
public:
    explicit TemplateCompiler(const QString &text)
        : m_text(text)
    {
    }

    Result<PayloadTemplate> compile();

private:
    using Piece = PayloadTemplate::Piece;

    Result<void> add(const QRegularExpressionMatch &match);
    Result<void> addTag(QChar mark, const QString &name);
    Result<void> close(const QString &name);
    Result<void> checkJson(const PayloadTemplate &made, const QByteArray &event, const QString &when) const;
    tl::unexpected<Error> fault(const QString &text) const
    {
        return tl::unexpected(
            Error{ErrorCode::InvalidInput,
                  TemplateText::tr("\"template\", at character %1: %2").arg(m_at + 1).arg(text)});
    }

    const QString &m_text;
    qsizetype m_at = 0;
    std::vector<Piece> m_pieces;
    std::vector<std::size_t> m_open; // the sections that are
};

Result<void> TemplateCompiler::addTag(QChar mark, const QString &name)
{
    if (!PayloadTemplate::keys().contains(name)) {
        return fault(TemplateText::tr("no event has \"%1\"; there are %2")
                         .arg(name, PayloadTemplate::keys().join(QStringLiteral(", "))));
    }
    if (mark == QLatin1Char('/'))
        return close(name);
    Piece piece{Piece::Kind::Value, name.toLatin1()};
    if (mark == QLatin1Char('#') || mark == QLatin1Char('^')) {
        piece.kind = mark == QLatin1Char('#') ? Piece::Kind::If : Piece::Kind::IfNot;
        m_open.push_back(m_pieces.size());
    }
    m_pieces.push_back(piece);
    return {};
}

Result<void> TemplateCompiler::close(const QString &name)
{
    if (m_open.empty() || m_pieces[m_open.back()].text != name.toLatin1())
        return fault(TemplateText::tr("{{/%1}} closes nothing that is open").arg(name));
    m_pieces[m_open.back()].end = m_pieces.size();
    m_open.pop_back();
    m_pieces.push_back({Piece::Kind::End, name.toLatin1()});
    return {};
}

Result<void> TemplateCompiler::add(const QRegularExpressionMatch &match)
{
    if (match.capturedStart() > m_at)
        m_pieces.push_back(
            {Piece::Kind::Text, QStringView(m_text).mid(m_at, match.capturedStart() - m_at).toUtf8()});
    m_at = match.capturedStart();
    Result<void> added;
    if (!match.captured(QStringLiteral("raw")).isEmpty()) {
        const QString name = match.captured(QStringLiteral("raw"));
        added = addTag(QLatin1Char(' '), name);
        if (added)
            m_pieces.back().kind = Piece::Kind::Json;
    } else if (!match.captured(QStringLiteral("secret")).isEmpty()) {
        m_pieces.push_back({Piece::Kind::Secret, match.captured(QStringLiteral("secret")).toLatin1()});
    } else if (!match.captured(QStringLiteral("name")).isEmpty()) {
        const QString mark = match.captured(QStringLiteral("mark"));
        added =
            addTag(mark.isEmpty() ? QLatin1Char(' ') : mark.front(), match.captured(QStringLiteral("name")));
    } else {
        added =
            fault(TemplateText::tr("a place is written {{KEY}}, {{{KEY}}}, {{#KEY}}, {{^KEY}} or {{/KEY}}"));
    }
    m_at = match.capturedEnd();
    return added;
}

Result<void> TemplateCompiler::checkJson(const PayloadTemplate &made, const QByteArray &event,
                                         const QString &when) const
{
    const auto body = made.renderedUnchecked(event, [](const QString &) { return QByteArray("s"); });
    if (!body)
        return tl::unexpected(body.error());
    QJsonParseError error;
    QJsonDocument::fromJson(*body, &error);
    if (error.error == QJsonParseError::NoError)
        return {};
    return tl::unexpected(
        Error{ErrorCode::InvalidInput,
              TemplateText::tr("\"template\" makes no JSON %1: %2 at byte %3 of what it makes")
                  .arg(when, error.errorString())
                  .arg(error.offset + 1)});
}

Result<PayloadTemplate> TemplateCompiler::compile()
{
    PayloadTemplate made;
    if (m_text.isEmpty())
        return made;
    if (m_text.size() > PayloadTemplate::mostCharacters)
        return fault(
            TemplateText::tr("it cannot be longer than %1 characters").arg(PayloadTemplate::mostCharacters));
    static const QRegularExpression place(QStringLiteral(
        R"(\{\{\{\s*(?<raw>[A-Za-z0-9_.]+)\s*\}\}\}|\{\{\s*(?<mark>[#^/]?)\s*(?<name>[A-Za-z0-9_.]+)\s*\}\})"
        R"(|\{secret:(?<secret>[A-Za-z_][A-Za-z0-9_]*)\}|\{\{[#^/{]?\s*[A-Za-z])"));
    for (auto matches = place.globalMatch(m_text); matches.hasNext();) {
        if (auto added = add(matches.next()); !added)
            return tl::unexpected(added.error());
    }
    m_pieces.push_back({Piece::Kind::Text, QStringView(m_text).mid(m_at).toUtf8()});
    if (!m_open.empty()) {
        m_at = m_text.size();
        return fault(TemplateText::tr("{{#%1}} is not closed: put {{/%1}} behind what it is for")
                         .arg(QString::fromLatin1(m_pieces[m_open.back()].text)));
    }
    made.m_text = m_text;
    made.m_pieces = std::make_shared<const std::vector<Piece>>(std::move(m_pieces));
    if (auto valid = checkJson(made, fullEvent(), TemplateText::tr("if an event has all keys")); !valid)
        return tl::unexpected(valid.error());
    if (auto valid = checkJson(made, QByteArrayLiteral("{\"event\":\"\"}"),
                               TemplateText::tr("if an event lacks its keys"));
        !valid)
        return tl::unexpected(valid.error());
    return made;
}

Result<PayloadTemplate> PayloadTemplate::compile(const QString &text)
{
    return TemplateCompiler(text).compile();
}

Result<QByteArray> PayloadTemplate::renderedUnchecked(const QByteArray &eventJson,
                                                      const SecretOf &secretOf) const
{
    const EventValues values(eventJson);
    if (values.isEmpty())
        return tl::unexpected(
            Error{ErrorCode::InvalidInput, TemplateText::tr("the event is no JSON object")});
    std::string body;
    for (std::size_t i = 0; m_pieces && i < m_pieces->size(); ++i) {
        const Piece &piece = (*m_pieces)[i];
        const std::string_view name(piece.text.constData(), static_cast<std::size_t>(piece.text.size()));
        switch (piece.kind) {
        case Piece::Kind::Text:
            body.append(name);
            break;
        case Piece::Kind::Value:
            body.append(values.text(name));
            break;
        case Piece::Kind::Json:
            body.append(values.json(name).empty() ? std::string_view("null") : values.json(name));
            break;
        case Piece::Kind::If:
        case Piece::Kind::IfNot:
            if (values.holds(name) != (piece.kind == Piece::Kind::If))
                i = piece.end;
            break;
        case Piece::Kind::End:
            break;
        case Piece::Kind::Secret: {
            const QByteArray secret = secretOf(QString::fromLatin1(piece.text));
            if (secret.isEmpty()) {
                return tl::unexpected(Error{ErrorCode::InvalidInput,
                                            TemplateText::tr("there is no value for the secret %1")
                                                .arg(QString::fromLatin1(piece.text))});
            }
            body.append(escaped(secret));
            break;
        }
        }
    }
    return QByteArray::fromStdString(body);
}

Result<QByteArray> PayloadTemplate::rendered(const QByteArray &eventJson, const SecretOf &secretOf) const
{
    auto body = renderedUnchecked(eventJson, secretOf);
    if (body && !isJson(*body)) {
        return tl::unexpected(
            Error{ErrorCode::InvalidInput, TemplateText::tr("\"template\" makes no JSON of this event")});
    }
    return body;
}

QStringList PayloadTemplate::secretNames() const
{
    QStringList names;
    for (std::size_t i = 0; m_pieces && i < m_pieces->size(); ++i) {
        if ((*m_pieces)[i].kind == Piece::Kind::Secret)
            names << QString::fromLatin1((*m_pieces)[i].text);
    }
    names.removeDuplicates();
    return names;
}

const QStringList &PayloadTemplate::keys()
{
    static const QStringList all =
        QStringLiteral(
            "timestamp sandbox method url host status secret_injected latency_ms event id process "
            "process.name process.pid duration_ms request_bytes response_bytes error provider path model "
            "input_tokens output_tokens total_tokens streaming session request_id cache_read_tokens "
            "cache_write_tokens reasoning_tokens cost_usd ttft_ms usage budget period period_start kind "
            "limit_usd limit_tokens spent_usd spent_tokens lower_bound forecast_at suppressed since until "
            "hook summary json")
            .split(QLatin1Char(' '));
    return all;
}

} // namespace hookscope
