#include "ui/live/callreading.h"

#include <functional>
#include <unordered_map>

namespace hookscope {

namespace {

constexpr EventLog::Sequence mostLookedAt = 100'000;

// Clients write the arguments that a model gave with other spaces.
std::string comparedText(const llm::MessagePart &part)
{
    std::string text = part.text;
    if (part.kind == llm::MessagePart::Kind::ToolCall)
        std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    return text;
}

std::size_t hashOf(const llm::MessagePart &part)
{
    const std::hash<std::string> hash;
    return hash(comparedText(part)) * 31 + hash(part.toolName) * 7 + hash(part.role)
        + static_cast<std::size_t>(part.kind);
}

bool isSame(const llm::MessagePart &left, const llm::MessagePart &right)
{
    return left.kind == right.kind && left.role == right.role && comparedText(left) == comparedText(right)
        && left.toolName == right.toolName;
}

std::string_view viewOf(const std::shared_ptr<const std::string> &text)
{
    return text ? std::string_view(*text) : std::string_view();
}

} // namespace

CallTexts callTextsOf(const Exchange &exchange)
{
    CallTexts texts;
    if (exchange.requestBody)
        texts.request = exchange.requestBody->text;
    if (exchange.answerBody)
        texts.answer = exchange.answerBody->text;
    return texts;
}

CallReading readCall(const CallTexts &call, const CallTexts &previous)
{
    CallReading reading;
    reading.conversation = llm::readConversation(viewOf(call.request), viewOf(call.answer));
    reading.hasPrevious = previous.request != nullptr;
    reading.isNew.assign(reading.conversation.asked.size(), reading.hasPrevious);
    if (!reading.hasPrevious)
        return reading;
    const llm::Conversation before = llm::readConversation(viewOf(previous.request), viewOf(previous.answer));
    std::unordered_multimap<std::size_t, const llm::MessagePart *> known;
    for (const auto *parts : {&before.asked, &before.answered}) {
        for (const llm::MessagePart &part : *parts)
            known.emplace(hashOf(part), &part);
    }
    for (std::size_t i = 0; i < reading.isNew.size(); ++i) {
        const llm::MessagePart &part = reading.conversation.asked[i];
        auto [from, to] = known.equal_range(hashOf(part));
        for (; from != to; ++from) {
            if (!isSame(*from->second, part))
                continue;
            known.erase(from);
            reading.isNew[i] = false;
            break;
        }
    }
    return reading;
}

CallTexts previousCallTexts(const EventLog &log, EventLog::Sequence sequence)
{
    const Record *own = log.record(sequence);
    if (!own || own->session == 0)
        return {};
    const EventLog::Sequence last = std::max(log.begin(), sequence - std::min(sequence, mostLookedAt));
    for (EventLog::Sequence at = sequence; at-- > last;) {
        const Record *other = log.record(at);
        if (!other || other->session != own->session || other->model != own->model)
            continue;
        const Exchange *exchange = log.exchange(at);
        if (!exchange)
            return {}; // older ones have no detail either
        if (exchange->requestBody && exchange->requestBody->text)
            return callTextsOf(*exchange);
    }
    return {};
}

} // namespace hookscope
