#include "core/dispatch/sampleevent.h"

#include <QDateTime>

namespace hookscope {

ProxyEvent sampleEvent(HookEvent event)
{
    ProxyEvent sample;
    sample.event = event;
    sample.id = ExchangeId::next();
    sample.timestampUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    sample.sandbox = "test";
    sample.method = "POST";
    sample.url = "https://api.openai.com/v1/chat/completions";
    sample.host = "api.openai.com";
    sample.requestBytes = 1337;
    if (event == HookEvent::OnResponse) {
        sample.status = 200;
        sample.latencyUs = 412'000;
        sample.durationUs = 2'750'000;
        sample.responseBytes = 8192;
    }
    return sample;
}

LlmEvent sampleCall()
{
    LlmEvent sample;
    sample.id = ExchangeId::next();
    sample.timestampUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    sample.sandbox = "test";
    sample.provider = "openai";
    sample.host = "api.openai.com";
    sample.method = "POST";
    sample.path = "/v1/chat/completions";
    sample.model = "gpt-4o-2024-08-06";
    sample.details.requestModel = "gpt-4o";
    sample.status = 200;
    sample.latencyUs = 412'000;
    sample.durationUs = 2'750'000;
    sample.tokens.input = 1337;
    sample.tokens.output = 42;
    sample.usage = UsageState::Reported;
    return sample;
}

BudgetEvent sampleBudgetEvent()
{
    const QDateTime now = QDateTime::currentDateTime();
    BudgetEvent sample;
    sample.timestampUs = now.toMSecsSinceEpoch() * 1000;
    sample.budget = "test";
    sample.period = BudgetPeriod::Day;
    sample.periodStartUs = now.date().startOfDay().toMSecsSinceEpoch() * 1000;
    sample.kind = BudgetCrossing::Threshold;
    sample.unit = BudgetUnit::Money;
    sample.limit = 10'000'000'000'000;
    sample.spent = 8'250'000'000'000;
    return sample;
}

} // namespace hookscope
