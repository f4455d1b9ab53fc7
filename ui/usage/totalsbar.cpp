#include "ui/usage/totalsbar.h"

#include "ui/text/amounts.h"
#include "ui/usage/totalsmodel.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStringList>

namespace hookscope {

namespace {

constexpr int mostDays = 7; // in a tooltip

QString repeatsText(quint64 repeats)
{
    return repeats == 1
        ? TotalsBar::tr("1 answer was seen once more, behind a gateway or as a repeat, and is counted once.")
        : TotalsBar::tr("%1 times an answer was seen once more, behind a gateway or as a repeat; each is "
                        "counted once.")
              .arg(countText(repeats));
}

QString dayText(QDate day, QDate today)
{
    return day == today ? TotalsBar::tr("Today") : QLocale().toString(day, QLocale::ShortFormat);
}

} // namespace

TotalsBar::TotalsBar(UsageTotals &totals, EventLog &log, QWidget *parent)
    : QWidget(parent)
    , m_totals(totals)
    , m_log(log)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(18);
    m_address = addField(QStringLiteral("address"), tr("Where clients reach Hookscope"));
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addStretch(1);
    m_lost = addField(QStringLiteral("lost"),
                      tr("The window could not keep up: these events are missing from the "
                         "table, the totals and the hooks"));
    m_notUnderstood = addField(
        QStringLiteral("notUnderstood"),
        tr("An LLM host answered these calls in a form that Hookscope does not know, so they are in no sum. "
           "If the host is your own, name its dialect in the settings, under More LLM hosts, as "
           "HOST=DIALECT. "
           "The request's details say what was wrong."));
    m_memory = addField(QStringLiteral("memory"), {});
    m_inFlight = addField(QStringLiteral("inFlight"), tr("Requests that run now"));
    m_requests =
        addField(QStringLiteral("requests"), tr("Requests since the start, or since totals were reset"));
    m_errors =
        addField(QStringLiteral("errors"), tr("Requests that failed or were answered with 400 or above"));
    m_input = addField(QStringLiteral("input"), {});
    m_output = addField(QStringLiteral("output"), {});
    m_cost = addField(QStringLiteral("cost"), {});
    m_today = addField(QStringLiteral("today"), tr("Cost of the calls that ended since midnight"));

    m_timer.setSingleShot(true);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &TotalsBar::refresh);
    connect(&m_totals, &UsageTotals::changed, this, &TotalsBar::schedule);
    connect(&m_log, &EventLog::lostChanged, this, &TotalsBar::schedule);
    connect(&m_log, &EventLog::changed, this, &TotalsBar::schedule);
    connect(&m_minute, &QTimer::timeout, this, &TotalsBar::schedule);
    m_minute.start(60'000);
    refresh();
}

QLabel *TotalsBar::addField(const QString &name, const QString &toolTip)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setToolTip(toolTip);
    layout()->addWidget(label);
    return label;
}

void TotalsBar::showAddress(const QString &text)
{
    m_address->setText(text);
}

void TotalsBar::schedule()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void TotalsBar::refresh()
{
    const UsageTotals::Overall &all = m_totals.overall();
    refreshUsage(all);
    refreshCost(all);
    m_requests->setText(tr("Requests %1").arg(countText(all.requests)));
    m_errors->setText((all.errors > 0 ? tr("✕ Errors %1") : tr("Errors %1")).arg(countText(all.errors)));
    m_inFlight->setText(tr("In flight %1").arg(countText(all.inFlight)));
    refreshMemory();
    m_lost->setText(tr("⚠ %1 events lost").arg(countText(m_log.lost())));
    m_lost->setVisible(m_log.lost() > 0);
    m_notUnderstood->setText(all.notUnderstood == 1
                                 ? tr("⚠ 1 call not understood")
                                 : tr("⚠ %1 calls not understood").arg(countText(all.notUnderstood)));
    m_notUnderstood->setVisible(all.notUnderstood > 0);
}

void TotalsBar::refreshMemory()
{
    const quint64 rows = m_log.end() - m_log.begin();
    const LogCaps &caps = m_log.caps();
    m_memory->setText(tr("%1 rows, %2").arg(countText(rows), bytesText(m_log.bytes())));
    m_memory->setToolTip(tr("What the table holds in memory. At most %1 rows and %2 are kept: beyond it, the details of "
                            "the oldest requests go, and then their rows. Clear gives all of it back.")
                             .arg(countText(caps.rows), bytesText(caps.bytes)));
}

void TotalsBar::refreshUsage(const UsageTotals::Overall &all)
{
    m_input->setText(tr("Tokens in %1").arg(tokenSumText(all.inputTokens, all)));
    m_output->setText(tr("out %1").arg(tokenSumText(all.outputTokens, all)));
    QString cover = tr("Tokens of %1 LLM calls, as their providers reported them.").arg(countText(all.calls));
    if (all.withoutUsage > 0)
        cover += QLatin1Char(' ') + tokenGapText(all);
    if (all.repeats > 0)
        cover += QLatin1Char('\n') + repeatsText(all.repeats);
    m_input->setToolTip(cover + QLatin1Char('\n')
                        + tr("Of the input, %1 were read from a cache and %2 written to one.")
                              .arg(tokensText(all.cacheReadTokens), tokensText(all.cacheWriteTokens)));
    m_output->setToolTip(
        cover + QLatin1Char('\n')
        + tr("Of the output, %1 were spent on reasoning.").arg(tokensText(all.reasoningTokens)));
}

void TotalsBar::refreshCost(const UsageTotals::Overall &all)
{
    const QDate today = m_totals.dayOf(QDateTime::currentMSecsSinceEpoch() * 1000);
    m_cost->setText(tr("Cost %1").arg(costSumText(all)));
    QStringList lines{tr("Cost of %1 LLM calls in US dollars, since the start or since totals were reset: as "
                         "the provider stated it, or by your own prices or the price list.")
                          .arg(countText(all.calls))};
    if (all.withoutCost > 0)
        lines.append(costGapText(all) + QLatin1Char(' ')
                     + tr("Prices that are not in the list can be entered in the settings."));
    if (all.repeats > 0)
        lines.append(repeatsText(all.repeats));
    const auto &days = m_totals.days();
    auto day = days.rbegin();
    for (int i = 0; i < mostDays && day != days.rend(); ++i, ++day)
        lines.append(tr("%1: %2").arg(dayText(day->first, today), costSumText(day->second)));
    m_cost->setToolTip(lines.join(QLatin1Char('\n')));

    const auto found = days.find(today);
    m_today->setText(tr("today %1").arg(costSumText(found != days.end() ? found->second : UsageSums())));
    m_today->setVisible(days.size() > (found != days.end() ? 1U : 0U));
}

} // namespace hookscope
