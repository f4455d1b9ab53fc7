#include "app/demo.h"

#include "app/demoupstream.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace hookscope {

namespace {

constexpr int paceMs = 700;
constexpr int lastEventsMs = 300; // for the events of the last call to come through
constexpr std::size_t maxRunning = 6;

struct Call {
    const char *path; // behind the proxy's address
    const char *body; // null: a GET
};

// Each kind that the built-in upstream knows, by different senders.
constexpr Call calls[] = {
    {"/~claude/anthropic/v1/messages?beta=true",
     R"({"model":"claude-sonnet-4-5","max_tokens":1024,"stream":true,"messages":[{"role":"user","content":"Explain this diff"}]})"},
    {"/~codex/openai/v1/responses",
     R"({"model":"gpt-5-codex","stream":true,"input":[{"role":"user","content":"Write a test for the parser"}]})"},
    {"/~notebook/openai/v1/chat/completions",
     R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"Name three rivers"}]})"},
    {"/~gemini-cli/gemini/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
     R"({"contents":[{"role":"user","parts":[{"text":"Summarise the changelog"}]}]})"},
    {"/~claude/anthropic/v1/messages",
     R"({"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"A title, please"}]})"},
    {"/~notebook/openai/v1/chat/completions",
     R"({"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Tell a story"}]})"},
    {"/~gemini-cli/gemini/v1beta/models/gemini-2.5-flash:generateContent",
     R"({"contents":[{"role":"user","parts":[{"text":"Is this spam?"}]}]})"},
    {"/~notebook/openai/v1/embeddings", R"({"model":"text-embedding-3-small","input":"sea level"})"},
    {"/~codex/openai/v1/responses",
     R"({"model":"gpt-5-mini","input":[{"role":"user","content":"Name this commit"}]})"},
    {"/~notebook/openai/v1/models", nullptr},
    {"/~claude/anthropic/v1/messages?overloaded",
     R"({"model":"claude-opus-4-1","max_tokens":1024,"messages":[{"role":"user","content":"Are you there?"}]})"},
};

} // namespace

Demo::Demo(QObject *parent) : QObject(parent), m_upstream(std::make_unique<DemoUpstream>())
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_pace.setInterval(paceMs);
    connect(&m_pace, &QTimer::timeout, this, &Demo::callNext);
}

Demo::~Demo() = default;

std::vector<proxy::Route> Demo::routes() const
{
    std::vector<proxy::Route> routes;
    for (const char *name : {"openai", "anthropic", "gemini"}) {
        const std::string url = "http://127.0.0.1:" + std::to_string(m_upstream->port());
        if (auto route = proxy::parseRoute(std::string(name) + "=" + url))
            routes.push_back(std::move(*route));
    }
    return routes;
}

void Demo::start(const QString &host, quint16 port, bool isOnce)
{
    m_origin = QStringLiteral("http://%1:%2").arg(host).arg(port);
    m_isOnce = isOnce;
    m_next = 0;
    if (isOnce)
        m_pace.setInterval(0);
    m_pace.start();
}

void Demo::callNext()
{
    if (m_running >= static_cast<int>(maxRunning))
        return;
    const Call &call = calls[m_next];
    m_next = (m_next + 1) % std::size(calls);
    if (m_isOnce && m_next == 0)
        m_pace.stop();

    QNetworkRequest request(QUrl(m_origin + QLatin1String(call.path)));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("hookscope-demo/" HOOKSCOPE_VERSION));
    QNetworkReply *reply = nullptr;
    if (call.body) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        reply = m_network.post(request, QByteArray(call.body));
    } else {
        reply = m_network.get(request);
    }
    ++m_running;
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        --m_running;
        if (m_isOnce && m_running == 0 && !m_pace.isActive())
            QTimer::singleShot(lastEventsMs, this, &Demo::finished);
    });
}

} // namespace hookscope
