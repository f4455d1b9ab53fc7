#include "core/formats/curlcommand.h"

#include "core/events/redact.h"
#include "core/events/utf8.h"
#include "core/http/domain.h"
#include "core/http/head.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr std::string_view mask = "***";

struct KeyVariable {
    std::string_view provider;
    std::string_view host; // for requests that were not recognised as calls; also of its subdomains
    std::string_view variable;
};

// What each provider's own documentation and SDK call it.
constexpr KeyVariable keyVariables[] = {
    {"openai", "api.openai.com", "OPENAI_API_KEY"},
    {"anthropic", "api.anthropic.com", "ANTHROPIC_API_KEY"},
    {"google", "generativelanguage.googleapis.com", "GEMINI_API_KEY"},
    {"deepseek", "api.deepseek.com", "DEEPSEEK_API_KEY"},
    {"groq", "api.groq.com", "GROQ_API_KEY"},
    {"mistral", "api.mistral.ai", "MISTRAL_API_KEY"},
    {"cohere", "api.cohere.com", "CO_API_KEY"},
    {"together", "api.together.xyz", "TOGETHER_API_KEY"},
    {"fireworks", "api.fireworks.ai", "FIREWORKS_API_KEY"},
    {"openrouter", "openrouter.ai", "OPENROUTER_API_KEY"},
    {"xai", "api.x.ai", "XAI_API_KEY"},
    {"ollama", "ollama.com", "OLLAMA_API_KEY"},
    {"azure-openai", "openai.azure.com", "AZURE_OPENAI_API_KEY"},
    {"perplexity", "api.perplexity.ai", "PERPLEXITY_API_KEY"},
    {"cerebras", "api.cerebras.ai", "CEREBRAS_API_KEY"},
    {"zai", "api.z.ai", "ZAI_API_KEY"},
    {"moonshot", "api.moonshot.ai", "MOONSHOT_API_KEY"},
    {"dashscope", "dashscope.aliyuncs.com", "DASHSCOPE_API_KEY"},
    {"minimax", "api.minimax.io", "MINIMAX_API_KEY"},
    {"huggingface-router", "router.huggingface.co", "HF_TOKEN"},
};

std::string_view variableOf(const Exchange &exchange)
{
    const std::string_view provider = !exchange.calls.empty() ? exchange.calls.front().provider
        : exchange.progress                                   ? exchange.progress->provider
                                                              : std::string_view();
    const std::string host = http::lowered(exchange.started.host);
    for (const KeyVariable &row : keyVariables) {
        if (provider.empty() ? http::isWithinDomain(host, row.host) : provider == row.provider)
            return row.variable;
    }
    return "TOKEN";
}

// One word of a POSIX shell's command line, made of literal text and variables.
class ShellWord {
public:
    // `text` with each mask in it as a reference to the variable.
    ShellWord &add(std::string_view text, std::string_view variable)
    {
        for (auto at = text.find(mask); at != std::string_view::npos; at = text.find(mask)) {
            addLiteral(text.substr(0, at));
            m_parts.push_back({Kind::Variable, std::string(variable)});
            text.remove_prefix(at + mask.size());
        }
        return addLiteral(text);
    }

    ShellWord &addLiteral(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const utf8::Decoded character = utf8::decode(text, at);
            const bool isPlain = character.isValid && !utf8::isControl(character.codePoint);
            append(isPlain ? Kind::Plain : Kind::Control, text.substr(at, character.length));
            at += character.length;
        }
        return *this;
    }

    // In double quotes if all of it means itself there, an interactive shell's ! included; else piece by
    // piece, literal text in single quotes.
    std::string text() const
    {
        const bool isDouble = std::all_of(m_parts.begin(), m_parts.end(), [](const Part &part) {
            return part.kind == Kind::Variable
                || (part.kind == Kind::Plain && part.text.find_first_of("\\\"`$!") == std::string::npos);
        });
        const bool isLiteral = std::all_of(m_parts.begin(), m_parts.end(),
                                           [](const Part &part) { return part.kind == Kind::Plain; });
        if (m_parts.empty())
            return "''";
        return isDouble && !isLiteral ? inDoubleQuotes() : inPieces();
    }

private:
    enum class Kind { Plain, Control, Variable };

    struct Part {
        Kind kind;
        std::string text;
    };

    void append(Kind kind, std::string_view text)
    {
        if (!m_parts.empty() && m_parts.back().kind == kind && kind != Kind::Variable)
            m_parts.back().text += text;
        else
            m_parts.push_back({kind, std::string(text)});
    }

    static bool isOfName(char c)
    {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    std::string inDoubleQuotes() const
    {
        std::string word = "\"";
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            if (m_parts[i].kind == Kind::Plain) {
                word += m_parts[i].text;
                continue;
            }
            // Where the name would go on, or what follows would be a part of the reference.
            const bool isFollowed = i + 1 < m_parts.size() && m_parts[i + 1].kind == Kind::Plain
                && (isOfName(m_parts[i + 1].text.front()) || m_parts[i + 1].text.front() == '[');
            word += isFollowed ? "${" + m_parts[i].text + '}' : '$' + m_parts[i].text;
        }
        return word + '"';
    }

    std::string inPieces() const
    {
        std::string word;
        for (const Part &part : m_parts) {
            switch (part.kind) {
            case Kind::Plain:
                word += singleQuoted(part.text);
                break;
            case Kind::Variable:
                word += "\"$" + part.text + '"';
                break;
            case Kind::Control:
                word += "\"$(printf '" + octal(part.text) + "')\"";
                break;
            }
        }
        return word;
    }

    static std::string singleQuoted(std::string_view text)
    {
        std::string quoted = "'";
        for (const char c : text) {
            if (c == '\'')
                quoted += "'\\''";
            else
                quoted += c;
        }
        return quoted + '\'';
    }

    static std::string octal(std::string_view bytes)
    {
        std::string escapes;
        for (const char c : bytes) {
            const auto value = static_cast<unsigned char>(c);
            escapes += '\\';
            for (const int shift : {6, 3, 0})
                escapes += static_cast<char>('0' + (value >> shift & 7));
        }
        return escapes;
    }

    std::vector<Part> m_parts;
};

bool isLeftOut(const http::Field &field, const std::vector<std::string_view> &named)
{
    static constexpr std::string_view own[] = {"host",
                                               "content-length",
                                               "transfer-encoding",
                                               "connection",
                                               "keep-alive",
                                               "proxy-connection",
                                               "te",
                                               "trailer",
                                               "upgrade",
                                               "expect",
                                               "proxy-authorization",
                                               "proxy-authenticate",
                                               "content-encoding"}; // the file of the body is plain
    // Pseudo-fields of HTTP/2, and what could end a line, are no fields to curl.
    if (!http::isToken(field.name)
        || field.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        return true;
    const auto is = [&](std::string_view name) {
        return http::equalsIgnoringCase(field.name, name);
    };
    return std::any_of(std::begin(own), std::end(own), is) || std::any_of(named.begin(), named.end(), is);
}

std::string fieldArgument(const http::Field &field, std::string_view variable)
{
    ShellWord word;
    if (field.value.empty())
        return word.addLiteral(field.name + ';').text(); // with a colon curl would leave it out
    const bool isCookie = http::lowered(field.name).find("cookie") != std::string::npos;
    word.addLiteral(field.name + ": ").add(field.value, isCookie ? "COOKIE" : variable);
    return word.text();
}

// A URL with what curl refuses, and what it would cut, percent-encoded.
std::string urlForCurl(std::string_view url)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : url) {
        const auto value = static_cast<unsigned char>(c);
        if (value > 0x20 && value < 0x7f && c != '#') {
            text += c;
        } else {
            text += '%';
            text += digits[value >> 4];
            text += digits[value & 0xf];
        }
    }
    return text;
}

struct Body {
    bool isThere = false;
    bool isKnownEmpty = false;
    std::string_view file = "body.bin";
};

Body bodyOf(const Exchange &exchange)
{
    Body body;
    const http::FieldList &head = exchange.started.head;
    const auto &sizes = exchange.response ? exchange.response : exchange.request;
    const auto length = http::fieldValue(head, "content-length");
    if (sizes && sizes->requestBytes) {
        body.isThere = *sizes->requestBytes > 0;
        body.isKnownEmpty = !body.isThere;
    } else {
        body.isThere = (length && *length != "0") || http::fieldCount(head, "transfer-encoding") > 0;
        body.isKnownEmpty = length && !body.isThere;
    }
    const auto type = http::lowered(http::fieldValue(head, "content-type").value_or(""));
    if (type.find("json") != std::string::npos)
        body.file = "body.json";
    return body;
}

} // namespace

std::string curlCommand(const Exchange &exchange)
{
    const Started &started = exchange.started;
    const bool isSocket = http::fieldCount(started.head, "sec-websocket-key") > 0
        || http::fieldCount(started.head, "sec-websocket-version") > 0;
    if (started.isTunnel || isSocket || !http::isToken(started.method)
        || !(started.url.starts_with("http://") || started.url.starts_with("https://")))
        return {};

    constexpr std::string_view next = " \\\n  ";
    const std::string_view variable = variableOf(exchange);
    const bool isHead = started.method == "HEAD";
    const Body body = isHead ? Body() : bodyOf(exchange);
    const bool isEmptyBody = body.isKnownEmpty && started.method != "GET";
    std::string command;
    if (body.isThere) {
        command += "# The body was not kept: put it into ";
        command += body.file;
        command += '\n';
    }
    command += "curl";
    if (isHead)
        command += " --head";
    else if (started.method != "GET" || body.isThere)
        command += " --request " + ShellWord().addLiteral(started.method).text();
    const std::string url = urlForCurl(started.url);
    if (url.find_first_of("[]{}") != std::string::npos)
        command += " --globoff";
    if (http::fieldCount(started.head, "accept-encoding") > 0)
        command += " --compressed"; // curl decodes what it prints; the field stays the client's
    command += " --path-as-is --url " + ShellWord().add(url, variable).text();

    const auto named = http::listMembers(started.head, "connection");
    for (const http::Field &field : started.head) {
        if (!isLeftOut(field, named))
            command.append(next).append("-H ").append(fieldArgument(field, variable));
    }
    for (const std::string_view name : {"user-agent", "accept", "content-type"}) {
        const bool isAddedByCurl = name != "content-type" || body.isThere || isEmptyBody;
        if (isAddedByCurl && http::fieldCount(started.head, name) == 0)
            command.append(next).append("-H '").append(name).append(":'");
    }
    if (body.isThere)
        command.append(next).append("--data-binary @").append(body.file);
    else if (isEmptyBody)
        command.append(next).append("--data-binary ''");
    return command;
}

} // namespace hookscope
