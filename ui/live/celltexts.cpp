#include "ui/live/celltexts.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct Cells {
    Q_DECLARE_TR_FUNCTIONS(Cells)
};

QString textOf(StringId id, const Strings &strings)
{
    const std::string_view text = strings.text(id);
    return text.empty() ? absentText() : visible(text);
}

QString tokensCell(const Record &record, Maybe tokens)
{
    const QString text = tokensText(tokens);
    return tokens.has() && record.isTokensLowerBound ? atLeastText(text) : text;
}

QString stateSymbol(const Record &record)
{
    if (record.state == Record::State::InFlight)
        return QStringLiteral("…");
    if (record.state == Record::State::Streaming)
        return QStringLiteral("▸");
    if (record.isError())
        return QStringLiteral("✕");
    return record.isUnderstood ? QStringLiteral("✓") : QStringLiteral("?");
}

QString costCell(const Record &record)
{
    return record.cost.has() && record.isCostLowerBound ? atLeastMoneyText(*record.cost)
                                                        : moneyText(record.cost);
}

QString processText(const Record &record, const Strings &strings)
{
    if (record.process == 0)
        return absentText();
    return QStringLiteral("%1 %2").arg(visible(strings.text(record.process))).arg(record.pid);
}

QString statusCell(const Record &record)
{
    if (record.status == 0)
        return record.state == Record::State::Failed ? Cells::tr("failed") : absentText();
    return statusText(record.status);
}

QString durationCell(const Record &record, std::int64_t nowUs)
{
    return record.isRunning() ? elapsedText(record.elapsedUs(nowUs)) : durationText(record.durationUs);
}

QString markCell(const Record &record)
{
    QString text;
    if (record.isPinned)
        text = Cells::tr("pinned");
    if (record.mark > 0)
        text += (text.isEmpty() ? QString() : QStringLiteral(", ")) + Cells::tr("colour %1").arg(record.mark);
    return text;
}

QString sizeCell(const Record &record)
{
    return bytesText(record.responseBytes.has()
                         ? std::optional(static_cast<std::uint64_t>(*record.responseBytes))
                         : std::nullopt);
}

} // namespace

QString cellText(const Record &record, const Strings &strings, Column column, std::int64_t nowUs)
{
    switch (column) {
    case Column::State:
        return stateSymbol(record);
    case Column::Time:
        return clockText(record.timestampUs).left(8); // the detail pane has the milliseconds
    case Column::Sandbox:
        return textOf(record.sandbox, strings);
    case Column::Process:
        return processText(record, strings);
    case Column::Method:
        return textOf(record.method, strings);
    case Column::Host:
        return textOf(record.host, strings);
    case Column::Path:
        return record.isTunnel ? Cells::tr("(tunnel)") : textOf(record.path, strings);
    case Column::Provider:
        return textOf(record.provider, strings);
    case Column::Model:
        return textOf(record.model, strings);
    case Column::Status:
        return statusCell(record);
    case Column::Input:
        return tokensCell(record, record.input);
    case Column::Cached:
        return tokensCell(record, record.cacheRead);
    case Column::Output:
        return tokensCell(record, record.output);
    case Column::Reasoning:
        return tokensCell(record, record.reasoning);
    case Column::Total:
        return tokensCell(record, record.total());
    case Column::Ttft:
        return durationText(record.ttftUs);
    case Column::Latency:
        return durationText(record.latencyUs);
    case Column::Duration:
        return durationCell(record, nowUs);
    case Column::Cost:
        return costCell(record);
    case Column::Mark:
        return markCell(record);
    case Column::Session:
        return textOf(record.session, strings);
    case Column::Size:
        return sizeCell(record);
    case Column::Comment:
        return visible(strings.text(record.comment));
    case Column::Timeline:
        return {}; // drawn
    }
    return {};
}

bool isSlow(const Record &record, std::int64_t nowUs, const Thresholds &thresholds)
{
    return record.elapsedUs(nowUs) > thresholds.slowUs;
}

bool isExpensive(const Record &record, const Thresholds &thresholds)
{
    return record.cost.has() && *record.cost > thresholds.expensive;
}

QString stateSentence(const Record &record, const Strings &strings, std::int64_t nowUs,
                      const Thresholds &thresholds)
{
    QString sentence;
    switch (record.state) {
    case Record::State::InFlight:
        sentence = Cells::tr("In flight: no answer yet");
        break;
    case Record::State::Streaming:
        sentence = Cells::tr("Streaming: the answer is arriving");
        break;
    case Record::State::Done:
        sentence = record.isError() ? Cells::tr("Answered with an error: %1").arg(statusText(record.status))
                                    : Cells::tr("Done");
        break;
    case Record::State::Failed:
        sentence = Cells::tr("Failed");
        break;
    }
    if (record.error != 0)
        sentence += QStringLiteral(": ") + visible(strings.text(record.error));
    if (!record.isUnderstood)
        sentence += Cells::tr(" (the answer was not understood)");
    if (isSlow(record, nowUs, thresholds))
        sentence += Cells::tr(" (slow)");
    if (isExpensive(record, thresholds))
        sentence += Cells::tr(" (expensive)");
    if (record.isRestored)
        sentence += Cells::tr(" (from an earlier session or a file)");
    return sentence;
}

} // namespace hookscope
