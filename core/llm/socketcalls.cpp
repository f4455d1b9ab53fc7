#include "core/llm/socketcalls.h"

#include "core/llm/pickedjson.h"

namespace hookscope::llm {

RunningCall::RunningCall(const SocketHints &hints, std::optional<std::string> requestModel,
                         std::int64_t begunUs, std::unique_ptr<DialectReader> reader)
    : m_reader(std::move(reader))
{
    m_call.begunUs = begunUs;
    m_call.facts.provider = hints.provider;
    m_call.facts.session = hints.session;
    m_call.facts.streaming = true;
    m_call.facts.model = requestModel;
    m_call.facts.details.requestModel = std::move(requestModel);
}

void RunningCall::read(const JsonPicker &answer, std::int64_t nowUs)
{
    if (!m_call.answeredUs)
        m_call.answeredUs = nowUs;
    m_reader->read(answer, true);
    publish();
    if (m_reader->findings().hasContent)
        noteFirstContent(nowUs);
}

void RunningCall::noteFirstContent(std::int64_t nowUs)
{
    if (!m_call.facts.firstContentUs)
        m_call.facts.firstContentUs = nowUs;
}

void RunningCall::setModel(const std::optional<std::string> &model)
{
    if (!model || m_reader->findings().model)
        return;
    m_call.facts.model = model;
    m_reader->setRequestModel(*model);
}

SocketCall RunningCall::ended(std::int64_t nowUs)
{
    m_reader->ended();
    publish();
    m_call.endedUs = nowUs;
    m_call.facts.usage = hasUsage() ? UsageState::Reported : UsageState::Missing;
    return std::move(m_call);
}

SocketCall RunningCall::cut(std::int64_t nowUs, const std::optional<std::string> &error)
{
    m_call.endedUs = nowUs;
    // An answer that began may have been about to state it.
    m_call.facts.usage =
        isAnswered() && !m_reader->findings().error ? UsageState::Partial : UsageState::Missing;
    if (!m_call.facts.error)
        m_call.facts.error = error;
    return std::move(m_call);
}

void RunningCall::publish()
{
    m_reader->tell(m_call.facts);
}

std::optional<std::string> nameIn(const JsonPicker &message, std::size_t wanted)
{
    const auto raw = message.raw(wanted);
    if (message.kind(wanted) != JsonPicker::Kind::String || raw.empty() || raw.size() > longestName)
        return std::nullopt;
    return PickedJson().string(raw);
}

void SocketCalls::endUnread(std::int64_t nowUs, const std::string &why)
{
    const bool isRunning = running() != nullptr;
    cut(nowUs, why);
    if (isRunning || !m_hints.isKnown)
        return;
    SocketCall call;
    call.facts.provider = m_hints.provider;
    call.facts.session = m_hints.session;
    call.facts.streaming = true;
    call.facts.model = m_hints.model;
    call.facts.error = why;
    call.facts.details.isUnderstood = false;
    call.begunUs = nowUs;
    call.endedUs = nowUs;
    m_ended.push_back(std::move(call));
}

} // namespace hookscope::llm
