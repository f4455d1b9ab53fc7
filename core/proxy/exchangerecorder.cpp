#include "core/proxy/exchangerecorder.h"

#include <chrono>

namespace hookscope::proxy {

namespace {

std::int64_t wallClockUs()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t microseconds(Clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

std::optional<std::int64_t> since(std::int64_t begunUs, std::optional<std::int64_t> us)
{
    return us ? std::optional(*us - begunUs) : std::nullopt;
}

constexpr std::string_view userAgent = "user-agent";

constexpr std::int64_t shortestTickUs = 100'000; // between two events that differ in tokens alone

std::string withoutQuery(const std::string &path)
{
    return path.substr(0, path.find('?'));
}

void setCost(LlmEvent &call, const llm::CallFacts &facts, const llm::PriceList *prices)
{
    const auto cost = prices ? prices->costOf(facts) : std::nullopt;
    if (!cost)
        return;
    call.cost = cost->amount;
    call.costSource = cost->source;
}

// What passes through a tunnel is not read, and so not kept.
BodyKeeper *keeperFor(const EventSink &sink, const Destination &destination)
{
    return destination.kind == Destination::Kind::Tunnel ? nullptr : sink.bodies();
}

} // namespace

ExchangeRecorder::ExchangeRecorder(std::shared_ptr<EventSink> sink, const http::RequestHead &head,
                                   const Destination &destination)
    : m_sink(std::move(sink))
    , m_unsaid(Unsaid{&head, &destination, wallClockUs()})
    , m_requestKept(keeperFor(*m_sink, destination), BodySide::Request)
    , m_answerKept(keeperFor(*m_sink, destination), BodySide::Answer)
    , m_startedAt(Clock::now())
    , m_readAt(m_startedAt)
{
    m_common.id = ExchangeId::next();
    if (const Secrets *mask = m_sink->mask())
        m_secrets = *mask; // as the policy is now
}

void ExchangeRecorder::begin()
{
    if (!m_unsaid)
        return;
    const Unsaid unsaid = *std::exchange(m_unsaid, std::nullopt);
    const http::RequestHead &head = *unsaid.head;
    const Destination &destination = *unsaid.destination;
    const Secrets ofPolicy = std::exchange(m_secrets, Secrets::of(head.target, head.fields));
    m_secrets.add(ofPolicy);
    const bool isTunnel = destination.kind == Destination::Kind::Tunnel;
    m_requestKept.setHead(head.fields);
    m_common.sandbox = destination.sandbox;
    m_common.method = head.method;
    m_common.url = destination.eventUrl;
    m_common.host = destination.url.host;
    m_path = isTunnel ? std::string() : destination.url.path;

    sendStarted(m_path, isTunnel, head.fields, unsaid.timestampUs);
    if (!isTunnel) {
        const llm::CallReader::Request request{head.method, m_path, destination.provider, head.fields};
        m_reader = llm::CallReader::forRequest(request);
        m_socketReader = llm::SocketCallReader::forRequest(request);
        reportProgress();
    }
}

ExchangeRecorder::ExchangeRecorder(std::shared_ptr<EventSink> sink, const http::RequestHead *head,
                                   const Refusal &refusal)
    : m_sink(std::move(sink))
    , m_isRequest(head != nullptr)
    , m_requestKept(nullptr, BodySide::Request)
    , m_answerKept(nullptr, BodySide::Answer)
    , m_startedAt(Clock::now())
    , m_readAt(m_startedAt)
{
    m_common.id = ExchangeId::next();
    m_common.sandbox = refusal.sandbox;
    m_common.method = head ? head->method : "-";
    m_common.url = head ? head->target : "-";
    if (!refusal.url.empty())
        m_common.url = refusal.url;
    m_common.host = refusal.host;
    if (head)
        m_secrets = Secrets::of(head->target, head->fields);
    if (const Secrets *mask = m_sink->mask())
        m_secrets.add(*mask);

    const http::FieldList none;
    sendStarted(head ? head->target : std::string(), false, head ? head->fields : none, wallClockUs());
}

void ExchangeRecorder::sendStarted(std::string path, bool isTunnel, const http::FieldList &head,
                                   std::int64_t timestampUs)
{
    Started started;
    started.id = m_common.id;
    started.timestampUs = timestampUs;
    started.sandbox = m_common.sandbox;
    started.method = m_common.method;
    started.url = m_common.url;
    started.host = m_common.host;
    started.path = std::move(path);
    started.isTunnel = isTunnel;
    if (m_sink->isShown())
        started.head = head;
    else if (const auto agent = http::fieldValue(head, userAgent))
        started.head.push_back({std::string(userAgent), std::string(*agent)});
    send(std::move(started));
}

ExchangeRecorder::~ExchangeRecorder()
{
    if (!m_isFinished)
        finished("Hookscope was stopped before the exchange was over");
}

std::int64_t ExchangeRecorder::nowUs() const
{
    return microseconds(Clock::now() - m_readAt);
}

void ExchangeRecorder::send(Event &&event)
{
    m_sink->send(std::move(event), m_secrets);
}

void ExchangeRecorder::requestBody(const Pieces &content)
{
    begin();
    for (const std::string_view piece : content) {
        m_requestBytes += piece.size();
        m_requestKept.add(piece);
        if (m_reader)
            m_reader->requestBody(piece);
    }
}

void ExchangeRecorder::requestRead()
{
    begin();
    if (!m_answeredAt) // an answer that came first is measured from the head
        m_readAt = Clock::now();
    if (m_reader) {
        m_reader->requestEnded();
        reportProgress();
    }
    ensureRequestEvent();
    keepRequest(true);
}

void ExchangeRecorder::keepRequest(bool isWhole)
{
    if (!std::exchange(m_isRequestKept, true))
        m_sink->keep(m_common.id, m_requestKept, isWhole, m_secrets);
}

void ExchangeRecorder::ensureRequestEvent()
{
    if (m_hasRequestEvent || !m_isRequest)
        return;
    m_hasRequestEvent = true;
    send(proxyEvent(HookEvent::OnRequest));
}

ProxyEvent ExchangeRecorder::proxyEvent(HookEvent event) const
{
    ProxyEvent made = m_common;
    made.event = event;
    made.timestampUs = wallClockUs();
    if (m_isRequest)
        made.requestBytes = m_requestBytes;
    return made;
}

void ExchangeRecorder::answered(const http::ResponseHead &head)
{
    begin();
    m_answeredAt = Clock::now();
    m_status = head.status;
    m_answerKept.setHead(head.fields);
    if (m_sink->isShown())
        send(Answered{m_common.id, head.status, microseconds(*m_answeredAt - m_readAt), head.fields});
    if (m_reader)
        m_reader->answerHead(head.status, head.fields);
    if (head.status != 101)
        m_socketReader.reset();
    else if (m_socketReader)
        m_socketReader->upgraded(head.fields);
}

void ExchangeRecorder::answerBody(const Pieces &content)
{
    if (content.empty())
        return;
    const std::int64_t now = m_reader ? nowUs() : 0;
    for (const std::string_view piece : content) {
        m_responseBytes += piece.size();
        m_answerKept.add(piece);
        if (m_reader)
            m_reader->answerBody(piece, now);
    }
    reportProgress();
}

void ExchangeRecorder::editedAnswerBody(const Pieces &content, std::size_t sentOn)
{
    const std::uint64_t before = m_responseBytes;
    answerBody(content);
    m_responseBytes = before + sentOn;
}

void ExchangeRecorder::socketSent(std::string_view piece)
{
    m_socketReader->clientBytes(piece, nowUs());
    reportSocketCalls();
}

void ExchangeRecorder::socketAnswered(std::string_view piece)
{
    m_socketReader->serverBytes(piece, nowUs());
    reportSocketCalls();
}

void ExchangeRecorder::tunnelled(std::uint64_t toUpstream, std::uint64_t toClient)
{
    m_requestBytes += toUpstream;
    m_responseBytes += toClient;
}

void ExchangeRecorder::secretInjected()
{
    m_common.secretInjected = true;
}

void ExchangeRecorder::answeredByUs(int status)
{
    m_status = status;
}

void ExchangeRecorder::reportProgress()
{
    if (m_reader && m_reader->isCall())
        reportProgress(m_reader->facts(), 0);
}

void ExchangeRecorder::reportProgress(const llm::CallFacts &facts, std::int64_t begunUs)
{
    if (!m_sink->isShown())
        return;
    Progress progress{begunUs, facts.model, facts.firstContentUs.has_value(), {}};
    if (!facts.canShrink)
        progress.tokens = facts.tokens;
    if (progress == m_sentProgress)
        return;
    // Some streams state their tokens in every event.
    const std::int64_t now = nowUs();
    const bool areTokensNews = m_sentProgress && progress.begunUs == m_sentProgress->begunUs
        && progress.model == m_sentProgress->model
        && progress.hasFirstContent == m_sentProgress->hasFirstContent;
    if (areTokensNews && now - m_progressSentUs < shortestTickUs)
        return;
    m_progressSentUs = now;
    CallProgress event{m_common.id,
                       facts.provider,
                       facts.model,
                       facts.streaming,
                       since(begunUs, facts.firstContentUs),
                       progress.tokens,
                       {}};
    const auto *prices = m_sink->prices();
    if (const auto cost = prices && progress.tokens.total() ? prices->costOf(facts) : std::nullopt)
        event.cost = cost->amount;
    m_sentProgress = std::move(progress);
    send(std::move(event));
}

// Each call of a socket's as soon as it has ended.
void ExchangeRecorder::reportSocketCalls()
{
    for (const llm::SocketCall &call : m_socketReader->takeEnded()) {
        LlmEvent event = callEvent(call.facts, call.begunUs);
        event.latencyUs = since(call.begunUs, call.answeredUs);
        event.durationUs = call.endedUs - call.begunUs;
        if (call.status)
            event.status = call.status;
        send(std::move(event));
    }
    if (const llm::SocketCall *running = m_socketReader->running())
        reportProgress(running->facts, running->begunUs);
}

// What the call's own bytes say, and the exchange around them; `begunUs` is when it was asked for.
LlmEvent ExchangeRecorder::callEvent(const llm::CallFacts &facts, std::int64_t begunUs) const
{
    LlmEvent call;
    call.id = m_common.id;
    call.timestampUs = wallClockUs();
    call.sandbox = m_common.sandbox;
    call.provider = facts.provider;
    call.host = m_common.host;
    call.method = m_common.method;
    call.path = withoutQuery(m_path);
    call.model = facts.model;
    call.status = m_status;
    call.secretInjected = m_common.secretInjected;
    call.tokens = facts.tokens;
    call.streaming = facts.streaming;
    call.session = facts.session;
    call.requestId = facts.requestId;
    call.ttftUs = since(begunUs, facts.firstContentUs);
    call.usage = facts.usage;
    call.error = facts.error;
    call.details = facts.details;
    setCost(call, facts, m_sink->prices());
    return call;
}

void ExchangeRecorder::emitCall(const std::optional<std::string> &error)
{
    m_reader->answerEnded(!error.has_value());
    if (!m_reader->isCall())
        return;
    LlmEvent call = callEvent(m_reader->facts(), 0);
    call.durationUs = nowUs();
    if (error)
        call.error = error;
    if (m_answeredAt)
        call.latencyUs = microseconds(*m_answeredAt - m_readAt);
    send(std::move(call));
}

void ExchangeRecorder::finished(std::optional<std::string> error)
{
    begin();
    m_isFinished = true;
    ensureRequestEvent();
    if (m_reader)
        emitCall(error);
    if (m_socketReader) {
        m_socketReader->closed(nowUs());
        reportSocketCalls();
    }
    ProxyEvent event = proxyEvent(HookEvent::OnResponse);
    if (m_isRequest)
        event.durationUs = nowUs();
    event.status = m_status;
    event.responseBytes = m_responseBytes;
    if (m_answeredAt)
        event.latencyUs = microseconds(*m_answeredAt - m_readAt);
    event.error = std::move(error);
    const bool isWhole = !event.error;
    send(std::move(event));
    keepRequest(false);
    m_sink->keep(m_common.id, m_answerKept, isWhole, m_secrets);
}

} // namespace hookscope::proxy
