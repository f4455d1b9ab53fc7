#include "ui/usage/usagerows.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"
#include "ui/usage/totalsmodel.h"
#include "ui/usage/usagefilter.h"

#include <QCoreApplication>
#include <QLocale>

namespace hookscope {

namespace {

using Cell = CellTableModel::Cell;
using Row = CellTableModel::Row;

struct Rows {
    Q_DECLARE_TR_FUNCTIONS(Rows)
};

constexpr int percents[] = {50, 90, 99};

Cell nameCell(const std::string &name)
{
    const QString text = visible(name);
    return {text, text, {}};
}

Cell countCell(quint64 count)
{
    return {countText(count), count, {}};
}

Cell tokensCell(qint64 tokens, const UsageSums &sums)
{
    const QString gap = tokenGapText(sums);
    return {tokenSumText(tokens, sums), tokens, gap};
}

// Of a part of the tokens, that some providers never state.
Cell partCell(qint64 tokens, quint64 stated, const UsageSums &sums)
{
    if (stated == 0)
        return {absentText(), qint64(-1), Rows::tr("No provider stated it.")};
    Cell cell = tokensCell(tokens, sums);
    if (stated < sums.calls) {
        cell.toolTip = Rows::tr("Stated for %1 of %2 calls.").arg(countText(stated), countText(sums.calls));
    }
    return cell;
}

// What is unknown is less than what is free.
Cell costCell(const UsageSums &sums)
{
    QStringList sentences;
    if (sums.cost != 0)
        sentences.append(exactMoneyText(sums.cost) + QLatin1Char('.'));
    if (sums.withoutCost > 0)
        sentences.append(costGapText(sums));
    const bool isUnknown = sums.withoutCost > 0 && sums.cost == 0;
    return {costSumText(sums), isUnknown ? qint64(-1) : qint64(sums.cost), sentences.join(QLatin1Char(' '))};
}

Cell errorCell(const UsageSums &sums)
{
    const QString share = shareText(qint64(sums.failed), qint64(sums.calls));
    return {countText(sums.failed), sums.failed, Rows::tr("%1 of the calls").arg(share)};
}

Cell durationCell(const std::optional<qint64> &durationUs)
{
    return {durationText(durationUs), durationUs.value_or(-1), {}};
}

Cell timeCell(qint64 timestampUs)
{
    return {dateTimeText(timestampUs).left(16), timestampUs, dateTimeText(timestampUs)};
}

std::vector<Cell> sumCells(Cell name, const UsageSums &sums)
{
    return {std::move(name),
            costCell(sums),
            tokensCell(sums.totalTokens, sums),
            tokensCell(sums.uncachedInputTokens, sums),
            partCell(sums.cacheReadTokens, sums.statedCacheRead, sums),
            partCell(sums.cacheWriteTokens, sums.statedCacheWrite, sums),
            tokensCell(sums.outputTokens, sums),
            partCell(sums.reasoningTokens, sums.statedReasoning, sums),
            countCell(sums.calls),
            errorCell(sums)};
}

} // namespace

QString splitTitle(UsageSplit split)
{
    switch (split) {
    case UsageSplit::Model:
        return Rows::tr("Model");
    case UsageSplit::Provider:
        return Rows::tr("Provider");
    case UsageSplit::Sandbox:
        return Rows::tr("Sandbox");
    }
    return {};
}

QString shareText(qint64 part, qint64 whole)
{
    if (whole <= 0)
        return absentText();
    return Rows::tr("%1 %", "percent").arg(QLocale().toString(100.0 * double(part) / double(whole), 'f', 1));
}

std::vector<CellTableModel::Column> groupColumns()
{
    return {{splitTitle(UsageSplit::Model), {}, 26, false},
            {Rows::tr("Cost"), {}, 11},
            {Rows::tr("Tokens"), Rows::tr("Input and output"), 13},
            {Rows::tr("Uncached"),
             Rows::tr("Input that was neither read from a cache nor written to one, as far as the providers "
                      "said"),
             13},
            {Rows::tr("Cache read"), Rows::tr("Input that was read from a cache"), 13},
            {Rows::tr("Cache write"), Rows::tr("Input that was written to a cache"), 13},
            {Rows::tr("Output"), Rows::tr("The answers, reasoning included"), 12},
            {Rows::tr("Reasoning"), Rows::tr("The part of the output that was spent on reasoning"), 12},
            {Rows::tr("Calls"), {}, 8},
            {Rows::tr("Errors"), Rows::tr("Calls that were answered with 400 or above, or failed"), 8}};
}

std::vector<Row> groupRows(const UsagePicture &picture, UsageSplit split,
                           const std::map<std::string, QColor> &colours, const QColor &restColour)
{
    std::vector<Row> rows;
    for (const UsageGroup &group : picture.groups) {
        const auto colour = colours.find(group.name);
        rows.push_back({"1" + group.name, groupFilter(split, group.name),
                        sumCells(nameCell(group.name), group.whole.sums),
                        colour != colours.end() ? colour->second : restColour});
    }
    const UsageSums &further = picture.further.sums;
    if (further.calls > 0) {
        const QString text = Rows::tr("(further)");
        rows.push_back({"2",
                        {},
                        sumCells({text, text, Rows::tr("There are too many to keep each apart.")}, further),
                        restColour});
    }
    return rows;
}

std::vector<CellTableModel::Column> latencyColumns()
{
    std::vector<CellTableModel::Column> columns{{splitTitle(UsageSplit::Model), {}, 26, false},
                                                {Rows::tr("Calls"), {}, 8}};
    const QString rank = Rows::tr("%1 % of the calls took no longer; to within 0.8 %.");
    for (const int percent : percents) {
        columns.push_back({Rows::tr("First token p%1").arg(percent),
                           Rows::tr("From the request to the first content of a streamed answer.")
                               + QLatin1Char(' ') + rank.arg(percent),
                           16});
    }
    for (const int percent : percents) {
        columns.push_back({Rows::tr("Latency p%1").arg(percent),
                           Rows::tr("From the request to the beginning of the answer.") + QLatin1Char(' ')
                               + rank.arg(percent),
                           14});
    }
    return columns;
}

std::vector<Row> latencyRows(const UsagePicture &picture)
{
    std::vector<Row> rows;
    for (const UsageGroup &group : picture.groups) {
        std::vector<Cell> cells{nameCell(group.name), countCell(group.whole.sums.calls)};
        for (const DurationSketch *sketch : {&group.whole.ttft, &group.whole.latency}) {
            for (const int percent : percents) {
                Cell cell = durationCell(sketch->percentile(percent));
                cell.toolTip = Rows::tr("Of %1 calls").arg(countText(sketch->count()));
                cells.push_back(std::move(cell));
            }
        }
        rows.push_back({group.name, groupFilter(UsageSplit::Model, group.name), std::move(cells)});
    }
    return rows;
}

std::vector<CellTableModel::Column> sessionColumns()
{
    return {{Rows::tr("Session"), Rows::tr("As the client names it"), 40, false},
            {Rows::tr("Sandbox"), {}, 12, false},
            {Rows::tr("Cost"), Rows::tr("Of the whole session, as far as it was seen"), 11},
            {Rows::tr("Tokens"), Rows::tr("Input and output of the whole session"), 13},
            {Rows::tr("Cache read"), Rows::tr("Input that was read from a cache"), 13},
            {Rows::tr("Calls"), {}, 8},
            {Rows::tr("Errors"), Rows::tr("Calls that were answered with 400 or above, or failed"), 8},
            {Rows::tr("First call"), {}, 18},
            {Rows::tr("Last call"), {}, 18}};
}

std::vector<Row> sessionRows(const std::vector<SessionUsage> &sessions)
{
    std::vector<Row> rows;
    for (const SessionUsage &usage : sessions) {
        rows.push_back({usage.session,
                        sessionFilter(usage.session),
                        {nameCell(usage.session), nameCell(usage.sandbox), costCell(usage.sums),
                         tokensCell(usage.sums.totalTokens, usage.sums),
                         partCell(usage.sums.cacheReadTokens, usage.sums.statedCacheRead, usage.sums),
                         countCell(usage.sums.calls), errorCell(usage.sums), timeCell(usage.firstUs),
                         timeCell(usage.lastUs)}});
    }
    return rows;
}

} // namespace hookscope
