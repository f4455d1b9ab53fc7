#include "core/events/eventjson.h"

#include "core/events/objectwriter.h"

#include <algorithm>
#include <chrono>

namespace hookscope {

namespace {

std::int64_t floored(std::int64_t value, std::int64_t unit)
{
    return value / unit - (value % unit < 0 ? 1 : 0);
}

// Puts the digits of `number` over the zeros that end before `end`.
void putDigits(std::string &text, std::size_t end, std::int64_t number)
{
    for (; number > 0; number /= 10)
        text[--end] = static_cast<char>('0' + number % 10);
}

} // namespace

std::string decimalUsd(PicoUsd amount)
{
    constexpr std::uint64_t picosPerUsd = 1'000'000'000'000;
    const auto size = amount < 0 ? -static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    std::string text = (amount < 0 ? "-" : "") + std::to_string(size / picosPerUsd);
    if (const auto fraction = size % picosPerUsd) {
        const auto digits = std::to_string(fraction);
        text += '.' + std::string(12 - digits.size(), '0') + digits;
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

const char *nameOf(HookEvent event)
{
    switch (event) {
    case HookEvent::OnRequest:
        return "on_request";
    case HookEvent::OnResponse:
        return "on_response";
    case HookEvent::OnBudget:
        return "on_budget";
    }
    return "on_response";
}

const char *nameOf(UsageState state)
{
    switch (state) {
    case UsageState::Reported:
        return "reported";
    case UsageState::Missing:
        return "missing";
    case UsageState::Partial:
        return "partial";
    }
    return "missing";
}

std::string rfc3339(std::int64_t timestampUs)
{
    const std::int64_t ms = floored(timestampUs, 1000);
    const std::int64_t days = floored(ms, 86'400'000);
    const std::int64_t msOfDay = ms - days * 86'400'000;
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};

    const int year = static_cast<int>(date.year());
    std::string text = std::to_string(year);
    text.insert(year < 0 ? 1 : 0, 4 - std::min<std::size_t>(4, text.size()), '0');
    text += "-00-00T00:00:00.000Z";
    const std::size_t end = text.size();
    putDigits(text, end - 17, static_cast<unsigned>(date.month()));
    putDigits(text, end - 14, static_cast<unsigned>(date.day()));
    putDigits(text, end - 11, msOfDay / 3'600'000);
    putDigits(text, end - 8, msOfDay / 60'000 % 60);
    putDigits(text, end - 5, msOfDay / 1000 % 60);
    putDigits(text, end - 1, msOfDay % 1000);
    return text;
}

std::string toJson(const ProxyEvent &event)
{
    ObjectWriter json;
    json.add("timestamp", rfc3339(event.timestampUs));
    json.add("sandbox", event.sandbox);
    json.add("method", event.method);
    json.add("url", event.url);
    json.add("host", event.host);
    json.addNumber("status", event.status);
    json.addFlag("secret_injected", event.secretInjected);
    json.addMs("latency_ms", event.latencyUs);
    json.add("event", nameOf(event.event));
    json.add("id", event.id.text());
    json.addProcess("process", event.process);
    json.addMs("duration_ms", event.durationUs);
    json.addNumber("request_bytes", event.requestBytes);
    json.addNumber("response_bytes", event.responseBytes);
    if (event.error)
        json.addText("error", event.error);
    return json.finished();
}

std::string toJson(const LlmEvent &event)
{
    ObjectWriter json;
    json.add("timestamp", rfc3339(event.timestampUs));
    json.add("sandbox", event.sandbox);
    json.add("provider", event.provider);
    json.add("host", event.host);
    json.add("method", event.method);
    json.add("path", event.path);
    json.addText("model", event.model);
    json.addNumber("status", event.status);
    json.addMs("latency_ms", event.latencyUs);
    json.addNumber("input_tokens", event.tokens.input);
    json.addNumber("output_tokens", event.tokens.output);
    json.addNumber("total_tokens", event.tokens.total());
    json.addFlag("streaming", event.streaming);
    json.addFlag("secret_injected", event.secretInjected);
    json.add("event", nameOf(HookEvent::OnResponse));
    json.add("id", event.id.text());
    json.addProcess("process", event.process);
    json.addText("session", event.session);
    json.addText("request_id", event.requestId);
    json.addNumber("cache_read_tokens", event.tokens.cacheRead);
    json.addNumber("cache_write_tokens", event.tokens.cacheWrite);
    json.addNumber("reasoning_tokens", event.tokens.reasoning);
    json.addMoney("cost_usd", event.cost);
    json.addMs("ttft_ms", event.ttftUs);
    json.addMs("duration_ms", event.durationUs);
    json.add("usage", nameOf(event.usage));
    if (event.error)
        json.addText("error", event.error);
    return json.finished();
}

std::string toJson(const BudgetEvent &event)
{
    const bool isMoney = event.unit == BudgetUnit::Money;
    const auto addAmount = [&](ObjectWriter &json, const char *usdKey, const char *tokensKey,
                               std::int64_t amount) {
        if (isMoney)
            json.addMoney(usdKey, amount);
        else
            json.addNumber(tokensKey, std::optional(amount));
    };
    ObjectWriter json;
    json.add("timestamp", rfc3339(event.timestampUs));
    json.add("event", nameOf(HookEvent::OnBudget));
    json.add("budget", event.budget);
    json.add("period", nameOf(event.period));
    json.add("period_start", rfc3339(event.periodStartUs));
    json.add("kind", nameOf(event.kind));
    addAmount(json, "limit_usd", "limit_tokens", event.limit);
    addAmount(json, "spent_usd", "spent_tokens", event.spent);
    json.addFlag("lower_bound", event.isLowerBound);
    json.addText("forecast_at",
                 event.forecastAtUs ? std::optional(rfc3339(*event.forecastAtUs)) : std::nullopt);
    return json.finished();
}

} // namespace hookscope
