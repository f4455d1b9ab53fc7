#include "ui/hooks/dueevents.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <algorithm>

namespace hookscope {

namespace {

struct EventText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::DueEvents)
};

// The newest first. A collector gets the calls of an exchange, or its answer if it has none.
std::vector<CapturedEvent> dueOf(const Hook &hook, const Exchange &exchange, std::int64_t nowUs)
{
    std::vector<CapturedEvent> due;
    const bool isCollector = std::holds_alternative<OtlpTarget>(hook.target);
    const auto add = [&](const auto &event, int index) {
        if (isDue(hook, event, nowUs))
            due.push_back({event, exchange.started.url, index});
    };
    int index = static_cast<int>(exchange.calls.size());
    for (auto call = exchange.calls.rbegin(); call != exchange.calls.rend(); ++call)
        add(*call, --index);
    if (exchange.response && !(isCollector && !exchange.calls.empty()))
        add(*exchange.response, 0);
    if (exchange.request)
        add(*exchange.request, 0);
    return due;
}

} // namespace

DueEvents dueEvents(const Hook &hook, const EventLog &log, std::int64_t nowUs)
{
    DueEvents found;
    if (hook.event == HookEvent::OnBudget)
        return found;
    const EventLog::Sequence oldest =
        std::max(log.begin(), log.end() - std::min(log.end(), DueEvents::mostLooked));
    for (EventLog::Sequence sequence = log.end(); sequence-- > oldest;) {
        std::optional<Exchange> ofLine;
        const Exchange *exchange = log.exchange(sequence);
        if (!exchange && log.isDetailWhole(sequence))
            exchange = &ofLine.emplace(*log.detail(sequence));
        if (!exchange)
            continue;
        ++found.captured;
        if (found.newest.size() >= DueEvents::mostKept) {
            found.fired += wouldFire(hook, *exchange, nowUs) ? 1 : 0;
            continue;
        }
        std::vector<CapturedEvent> due = dueOf(hook, *exchange, nowUs);
        found.fired += due.empty() ? 0 : 1;
        for (CapturedEvent &event : due)
            found.newest.push_back(std::move(event));
    }
    return found;
}

QString captionOf(const CapturedEvent &event)
{
    if (const auto *call = std::get_if<LlmEvent>(&event.event)) {
        return EventText::tr("%1 · LLM call · %2 · %3 tokens")
            .arg(clockText(call->timestampUs), visible(call->model.value_or(call->provider)),
                 tokensText(call->tokens.total()));
    }
    const auto *proxied = std::get_if<ProxyEvent>(&event.event);
    if (!proxied)
        return {};
    const QString what = visible(proxied->method) + QLatin1Char(' ') + visible(proxied->url);
    return proxied->event == HookEvent::OnRequest
        ? EventText::tr("%1 · request · %2").arg(clockText(proxied->timestampUs), what)
        : EventText::tr("%1 · answer · %2 · %3")
              .arg(clockText(proxied->timestampUs), statusText(proxied->status), what);
}

} // namespace hookscope
