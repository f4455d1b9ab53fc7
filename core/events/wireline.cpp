#include "core/events/wireline.h"

#include "core/events/wirevalues.h"

#include <QCoreApplication>
#include <charconv>
#include <simdjson.h>
#include <unordered_map>
#include <variant>

namespace hookscope {

namespace {

namespace json = simdjson::ondemand;

struct WireText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::WireLine)
};

// What a value must be, which is also the end of the sentence about one that is not.
QString notA(std::string_view key, const QString &wanted)
{
    return WireText::tr("\"%1\" is not %2")
        .arg(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())), wanted);
}

std::string_view tokenOf(json::value &value)
{
    std::string_view token = value.raw_json_token();
    while (!token.empty()
           && (token.back() == ' ' || token.back() == '\t' || token.back() == '\r' || token.back() == '\n'))
        token.remove_suffix(1);
    return token;
}

bool take(json::value &value, WireLine::Text &text)
{
    std::string_view read;
    if (value.get_string().get(read) != simdjson::SUCCESS)
        return false;
    text = std::string(read);
    return true;
}

template <class Integer> bool take(json::value &value, std::optional<Integer> &number)
{
    const std::string_view token = tokenOf(value);
    Integer read = 0;
    const auto end = std::from_chars(token.data(), token.data() + token.size(), read);
    if (end.ec != std::errc() || end.ptr != token.data() + token.size())
        return false;
    number = read;
    return true;
}

bool take(json::value &value, WireLine::Flag &flag)
{
    const std::string_view token = tokenOf(value);
    if (token != "true" && token != "false")
        return false;
    flag = token == "true";
    return true;
}

bool takeProcess(json::value &value, WireLine &line)
{
    json::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return false;
    Process process;
    for (auto member : object) {
        json::field field;
        std::string_view key;
        if (std::move(member).get(field) != simdjson::SUCCESS
            || field.unescaped_key().get(key) != simdjson::SUCCESS)
            return false;
        json::value inner = field.value();
        WireLine::Text name;
        WireLine::Number pid;
        if (key == "name") {
            if (!take(inner, name))
                return false;
            process.name = *std::move(name);
        } else if (key == "pid") {
            if (!take(inner, pid))
                return false;
            process.pid = *pid;
        }
    }
    line.process = std::move(process);
    return true;
}

bool takeCost(json::value &value, WireLine &line)
{
    const DecimalUsd read = parseDecimalUsd(tokenOf(value));
    line.cost = read.amount;
    return read.isNumber;
}

// Text or null, of each entry in a list of lists.
bool takeTexts(json::value &value, std::vector<std::vector<WireLine::Text>> &rows)
{
    json::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS)
        return false;
    for (auto entry : list) {
        json::array texts;
        if (std::move(entry).get_array().get(texts) != simdjson::SUCCESS)
            return false;
        auto &row = rows.emplace_back();
        for (auto each : texts) {
            json::value text;
            if (std::move(each).get(text) != simdjson::SUCCESS)
                return false;
            if (tokenOf(text) == "null")
                row.emplace_back();
            else if (!take(text, row.emplace_back()))
                return false;
        }
    }
    return true;
}

bool takeHead(json::value &value, WireLine &line)
{
    std::vector<std::vector<WireLine::Text>> rows;
    if (!takeTexts(value, rows))
        return false;
    line.head.clear();
    for (auto &row : rows) {
        if (row.size() != 2 || !row[0] || !row[1])
            return false;
        line.head.push_back({*std::move(row[0]), *std::move(row[1])});
    }
    return true;
}

bool takeLimits(json::value &value, WireLine &line)
{
    std::vector<std::vector<WireLine::Text>> rows;
    if (!takeTexts(value, rows))
        return false;
    line.rateLimits.clear();
    for (auto &row : rows) {
        if (row.size() != 4 || !row[0])
            return false;
        line.rateLimits.push_back(
            {*std::move(row[0]), std::move(row[1]), std::move(row[2]), std::move(row[3])});
    }
    return true;
}

struct Special {
    bool (*take)(json::value &, WireLine &);
    const char *wanted;
};

using Target = std::variant<WireLine::Text WireLine::*, WireLine::Number WireLine::*,
                            WireLine::Size WireLine::*, WireLine::Flag WireLine::*, Special>;

const std::unordered_map<std::string_view, Target> &targets()
{
    using L = WireLine;
    static const std::unordered_map<std::string_view, Target> table = {
        {"timestamp", &L::timestamp},
        {"sandbox", &L::sandbox},
        {"method", &L::method},
        {"url", &L::url},
        {"host", &L::host},
        {"path", &L::path},
        {"provider", &L::provider},
        {"model", &L::model},
        {"event", &L::event},
        {"id", &L::id},
        {"session", &L::session},
        {"request_id", &L::requestId},
        {"usage", &L::usage},
        {"error", &L::error},
        {"status", &L::status},
        {"latency_ms", &L::latencyMs},
        {"duration_ms", &L::durationMs},
        {"ttft_ms", &L::ttftMs},
        {"input_tokens", &L::input},
        {"output_tokens", &L::output},
        {"cache_read_tokens", &L::cacheRead},
        {"cache_write_tokens", &L::cacheWrite},
        {"reasoning_tokens", &L::reasoning},
        {"request_bytes", &L::requestBytes},
        {"response_bytes", &L::responseBytes},
        {"secret_injected", &L::secretInjected},
        {"streaming", &L::streaming},
        {"process",
         Special{takeProcess, QT_TRANSLATE_NOOP("hookscope::WireLine", "a process with name and pid")}},
        {"cost_usd", Special{takeCost, QT_TRANSLATE_NOOP("hookscope::WireLine", "a number")}},
        // The stored form's own.
        {"stored", &L::kind},
        {"cost_source", &L::costSource},
        {"request_model", &L::requestModel},
        {"answer_id", &L::answerId},
        {"service_tier", &L::serviceTier},
        {"stop_reason", &L::stopReason},
        {"usage_note", &L::usageNote},
        {"timestamp_us", &L::timestampUs},
        {"latency_us", &L::latencyUs},
        {"duration_us", &L::durationUs},
        {"ttft_us", &L::ttftUs},
        {"cache_write_1h_tokens", &L::cacheWrite1h},
        {"audio_input_tokens", &L::audioInput},
        {"audio_output_tokens", &L::audioOutput},
        {"image_input_tokens", &L::imageInput},
        {"image_output_tokens", &L::imageOutput},
        {"web_searches", &L::webSearches},
        {"web_fetches", &L::webFetches},

        {"tunnel", &L::isTunnel},
        {"understood", &L::isUnderstood},
        {"head", Special{takeHead, QT_TRANSLATE_NOOP("hookscope::WireLine", "a list of header fields")}},
        {"rate_limits",
         Special{takeLimits, QT_TRANSLATE_NOOP("hookscope::WireLine", "a list of rate limits")}},
    };
    return table;
}

// Puts the value where the table says; the fault it has, or nothing.
class Placer {
public:
    Placer(std::string_view key, json::value &value, WireLine &line)
        : m_key(key)
        , m_value(value)
        , m_line(line)
    {
    }

    QString operator()(WireLine::Text WireLine::*text) const
    {
        return take(m_value, m_line.*text) ? QString() : notA(m_key, WireText::tr("a text"));
    }

    QString operator()(WireLine::Number WireLine::*number) const
    {
        return take(m_value, m_line.*number) ? QString() : notA(m_key, WireText::tr("a whole number"));
    }

    QString operator()(WireLine::Size WireLine::*size) const
    {
        return take(m_value, m_line.*size) ? QString()
                                           : notA(m_key, WireText::tr("a whole number that is not negative"));
    }

    QString operator()(WireLine::Flag WireLine::*flag) const
    {
        return take(m_value, m_line.*flag) ? QString() : notA(m_key, WireText::tr("true or false"));
    }

    QString operator()(const Special &special) const
    {
        return special.take(m_value, m_line) ? QString() : notA(m_key, WireText::tr(special.wanted));
    }

private:
    std::string_view m_key;
    json::value &m_value;
    WireLine &m_line;
};

QString jsonFault(simdjson::error_code code)
{
    if (code == simdjson::EMPTY)
        return WireText::tr("it is empty");
    if (code == simdjson::UTF8_ERROR)
        return WireText::tr("it is not UTF-8");
    if (code == simdjson::INCORRECT_TYPE)
        return WireText::tr("it is not a JSON object");
    return WireText::tr("it is not JSON, or cut");
}

} // namespace

struct WireLineReader::Parser {
    json::parser parser;
    std::string text; // the line with the room behind it that the parser reads into
};

WireLineReader::WireLineReader()
    : m_parser(std::make_unique<Parser>())
{
}

WireLineReader::~WireLineReader() = default;
WireLineReader::WireLineReader(WireLineReader &&) noexcept = default;
WireLineReader &WireLineReader::operator=(WireLineReader &&) noexcept = default;

tl::expected<WireLine, QString> WireLineReader::read(std::string_view line)
{
    std::string &text = m_parser->text;
    text.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    text.assign(line);
    json::document document;
    if (const auto code = m_parser->parser.iterate(text.data(), text.size(), text.capacity()).get(document))
        return tl::unexpected(jsonFault(code));
    json::object object;
    if (const auto code = document.get_object().get(object))
        return tl::unexpected(jsonFault(code));

    WireLine result;
    for (auto member : object) {
        json::field field;
        std::string_view key;
        if (const auto code = std::move(member).get(field))
            return tl::unexpected(jsonFault(code));
        if (const auto code = field.unescaped_key().get(key))
            return tl::unexpected(jsonFault(code));
        const auto found = targets().find(key);
        if (found == targets().end())
            continue;
        json::value value = field.value();
        if (tokenOf(value) == "null")
            continue;
        const QString fault = std::visit(Placer(found->first, value, result), found->second);
        if (!fault.isEmpty())
            return tl::unexpected(fault);
    }
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
        return tl::unexpected(WireText::tr("something stands behind the object"));
    return result;
}

} // namespace hookscope
