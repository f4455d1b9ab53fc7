#include "ui/live/columns.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct Columns {
    Q_DECLARE_TR_FUNCTIONS(Columns)
};

QString textOf(const std::string *text)
{
    return text && !text->empty() ? visible(*text) : absentText();
}

QString boundedTokens(std::optional<std::int64_t> tokens, bool isLowerBound)
{
    if (tokens && isLowerBound)
        return atLeastText(tokensText(tokens));
    return tokensText(tokens);
}

QString stateSymbol(const Exchange &exchange)
{
    if (exchange.state == Exchange::State::InFlight)
        return QStringLiteral("…");
    if (exchange.state == Exchange::State::Streaming)
        return QStringLiteral("▸");
    if (isError(exchange))
        return QStringLiteral("✕");
    return isUnderstood(exchange) ? QStringLiteral("✓") : QStringLiteral("?");
}

QString costCell(const Exchange &exchange)
{
    const RowCost cost = costOf(exchange);
    return cost.amount && cost.isLowerBound ? atLeastMoneyText(*cost.amount) : moneyText(cost.amount);
}

QString processText(const Exchange &exchange)
{
    const std::optional<Process> process = processOf(exchange);
    if (!process)
        return absentText();
    return QStringLiteral("%1 %2").arg(visible(process->name)).arg(process->pid);
}

QString statusCell(const Exchange &exchange)
{
    const std::optional<int> status = statusOf(exchange);
    if (!status && exchange.state == Exchange::State::Failed)
        return Columns::tr("failed");
    return statusText(status);
}

QString durationCell(const Exchange &exchange, std::int64_t nowUs)
{
    return isRunning(exchange) ? elapsedText(elapsedUsOf(exchange, nowUs))
                               : durationText(durationUsOf(exchange));
}

std::string_view viewOf(const std::string *text)
{
    return text ? std::string_view(*text) : std::string_view();
}

int rankOf(const Exchange &exchange)
{
    if (isRunning(exchange))
        return static_cast<int>(exchange.state);
    return isError(exchange) ? 4 : isUnderstood(exchange) ? 2 : 3;
}

std::weak_ordering compareProcesses(const Exchange &left, const Exchange &right)
{
    const std::optional<Process> a = processOf(left);
    const std::optional<Process> b = processOf(right);
    if (!a || !b)
        return a.has_value() <=> b.has_value();
    const std::strong_ordering byName = a->name <=> b->name;
    return byName != 0 ? byName : a->pid <=> b->pid;
}

ColumnInfo text(const QString &title, const QString &toolTip, int width)
{
    return {title, title, toolTip, width, false, false};
}

ColumnInfo spare(const QString &title, const QString &toolTip, int width)
{
    return {title, title, toolTip, width, false, true};
}

ColumnInfo number(const QString &title, const QString &name, const QString &toolTip, int width)
{
    return {title, name, toolTip, width, true, false};
}

} // namespace

ColumnInfo infoOf(Column column)
{
    using C = Columns;
    switch (column) {
    case Column::State:
        return {QString(), C::tr("State"), C::tr("… in flight, ▸ streaming, ✓ done, ? done but not understood, ✕ failed"),
                2,         false,          false};
    case Column::Time:
        return text(C::tr("Time"), C::tr("When the request's head was read"), 9);
    case Column::Sandbox:
        return text(C::tr("Sandbox"), C::tr("The label that the request came under"), 7);
    case Column::Process:
        return text(C::tr("Process"), C::tr("The program that holds the client's socket, and its id"), 11);
    case Column::Method:
        return text(C::tr("Method"), C::tr("The request's method"), 8);
    case Column::Host:
        return spare(C::tr("Host"), C::tr("The upstream's host"), 11);
    case Column::Path:
        return spare(C::tr("Path"), C::tr("Path and query of the upstream request"), 11);
    case Column::Provider:
        return text(C::tr("Provider"), C::tr("Who serves the model; — if this is no LLM call"), 8);
    case Column::Model:
        return spare(C::tr("Model"), C::tr("The model that answered, else the one asked for"), 12);
    case Column::Status:
        return number(C::tr("Status"), C::tr("Status"), C::tr("The status as the client got it"), 5);
    case Column::Input:
        return number(C::tr("Input"), C::tr("Input tokens"),
                      C::tr("Tokens of the whole prompt, cached or not"), 7);
    case Column::Cached:
        return number(C::tr("Cached"), C::tr("Cached tokens"),
                      C::tr("Tokens of the prompt read from the cache"), 7);
    case Column::Output:
        return number(C::tr("Output"), C::tr("Output tokens"), C::tr("Tokens of the whole answer"), 7);
    case Column::Reasoning:
        return number(C::tr("Reason."), C::tr("Reasoning tokens"),
                      C::tr("Tokens of the answer spent on reasoning"), 6);
    case Column::Total:
        return number(C::tr("Total"), C::tr("Total tokens"), C::tr("Input plus output tokens"), 7);
    case Column::Ttft:
        return number(C::tr("TTFT"), C::tr("Time to first token"),
                      C::tr("From the request being read to the first content of the answer"), 7);
    case Column::Latency:
        return number(C::tr("Latency"), C::tr("Latency"),
                      C::tr("From the request being read to the answer's head"), 7);
    case Column::Duration:
        return number(C::tr("Duration"), C::tr("Duration"),
                      C::tr("From the request being read to the last byte; a clock marks a slow one"), 8);
    case Column::Cost:
        return number(C::tr("Cost"), C::tr("Cost"),
                      C::tr("What the call costs in US dollars; the details say how that is known"), 9);
    }
    return {};
}

QString cellText(const Exchange &exchange, Column column, std::int64_t nowUs)
{
    const auto tokens = [&](auto pick) {
        const RowTokens row = tokensOf(exchange);
        return boundedTokens(pick(row.usage), row.isLowerBound);
    };
    switch (column) {
    case Column::State:
        return stateSymbol(exchange);
    case Column::Time:
        return clockText(exchange.started.timestampUs).left(8); // the detail pane has the milliseconds
    case Column::Sandbox:
        return textOf(&exchange.started.sandbox);
    case Column::Process:
        return processText(exchange);
    case Column::Method:
        return textOf(&exchange.started.method);
    case Column::Host:
        return textOf(&exchange.started.host);
    case Column::Path:
        return exchange.started.isTunnel ? Columns::tr("(tunnel)") : textOf(&exchange.started.path);
    case Column::Provider:
        return textOf(providerOf(exchange));
    case Column::Model:
        return textOf(modelOf(exchange));
    case Column::Status:
        return statusCell(exchange);
    case Column::Input:
        return tokens([](const TokenUsage &usage) { return usage.input; });
    case Column::Cached:
        return tokens([](const TokenUsage &usage) { return usage.cacheRead; });
    case Column::Output:
        return tokens([](const TokenUsage &usage) { return usage.output; });
    case Column::Reasoning:
        return tokens([](const TokenUsage &usage) { return usage.reasoning; });
    case Column::Total:
        return tokens([](const TokenUsage &usage) { return usage.total(); });
    case Column::Ttft:
        return durationText(ttftUsOf(exchange));
    case Column::Latency:
        return durationText(latencyUsOf(exchange));
    case Column::Duration:
        return durationCell(exchange, nowUs);
    case Column::Cost:
        return costCell(exchange);
    }
    return {};
}

QString stateSentence(const Exchange &exchange, std::int64_t nowUs, std::int64_t slowUs)
{
    QString sentence;
    switch (exchange.state) {
    case Exchange::State::InFlight:
        sentence = Columns::tr("In flight: no answer yet");
        break;
    case Exchange::State::Streaming:
        sentence = Columns::tr("Streaming: the answer is arriving");
        break;
    case Exchange::State::Done:
        sentence = isError(exchange)
            ? Columns::tr("Answered with an error: %1").arg(statusText(statusOf(exchange)))
            : Columns::tr("Done");
        break;
    case Exchange::State::Failed:
        sentence = Columns::tr("Failed");
        break;
    }
    if (const std::string *error = errorOf(exchange))
        sentence += QStringLiteral(": ") + visible(*error);
    if (!isUnderstood(exchange))
        sentence += Columns::tr(" (the answer was not understood)");
    if (elapsedUsOf(exchange, nowUs) > slowUs)
        sentence += Columns::tr(" (slow)");
    return sentence;
}

std::weak_ordering compareCells(const Exchange &left, const Exchange &right, Column column)
{
    const auto byTokens = [&](auto pick) -> std::weak_ordering {
        return pick(tokensOf(left).usage) <=> pick(tokensOf(right).usage);
    };
    switch (column) {
    case Column::State:
        return rankOf(left) <=> rankOf(right);
    case Column::Time:
        return left.started.timestampUs <=> right.started.timestampUs;
    case Column::Sandbox:
        return left.started.sandbox <=> right.started.sandbox;
    case Column::Process:
        return compareProcesses(left, right);
    case Column::Method:
        return left.started.method <=> right.started.method;
    case Column::Host:
        return left.started.host <=> right.started.host;
    case Column::Path:
        return left.started.path <=> right.started.path;
    case Column::Provider:
        return viewOf(providerOf(left)) <=> viewOf(providerOf(right));
    case Column::Model:
        return viewOf(modelOf(left)) <=> viewOf(modelOf(right));
    case Column::Status:
        return statusOf(left) <=> statusOf(right);
    case Column::Input:
        return byTokens([](const TokenUsage &usage) { return usage.input; });
    case Column::Cached:
        return byTokens([](const TokenUsage &usage) { return usage.cacheRead; });
    case Column::Output:
        return byTokens([](const TokenUsage &usage) { return usage.output; });
    case Column::Reasoning:
        return byTokens([](const TokenUsage &usage) { return usage.reasoning; });
    case Column::Total:
        return byTokens([](const TokenUsage &usage) { return usage.total(); });
    case Column::Ttft:
        return ttftUsOf(left) <=> ttftUsOf(right);
    case Column::Latency:
        return latencyUsOf(left) <=> latencyUsOf(right);
    case Column::Duration:
        return durationUsOf(left) <=> durationUsOf(right);
    case Column::Cost:
        return costOf(left).amount <=> costOf(right).amount;
    }
    return std::weak_ordering::equivalent;
}

bool canChange(Column column)
{
    switch (column) {
    case Column::Time:
    case Column::Sandbox:
    case Column::Method:
    case Column::Host:
    case Column::Path:
        return false;
    default:
        return true;
    }
}

} // namespace hookscope
