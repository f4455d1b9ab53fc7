#include "ui/usage/totalsbar.h"

#include "ui/text/amounts.h"
#include "ui/usage/totalsmodel.h"

#include <QHBoxLayout>
#include <QLabel>

namespace hookscope {

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
    m_inFlight = addField(QStringLiteral("inFlight"), tr("Requests that run now"));
    m_requests =
        addField(QStringLiteral("requests"), tr("Requests since the start, or since totals were reset"));
    m_errors =
        addField(QStringLiteral("errors"), tr("Requests that failed or were answered with 400 or above"));
    m_input = addField(QStringLiteral("input"), {});
    m_output = addField(QStringLiteral("output"), {});

    m_timer.setSingleShot(true);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &TotalsBar::refresh);
    const auto schedule = [this] {
        if (!m_timer.isActive())
            m_timer.start();
    };
    connect(&m_totals, &UsageTotals::changed, this, schedule);
    connect(&m_log, &EventLog::lostChanged, this, schedule);
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

void TotalsBar::refresh()
{
    const UsageTotals::Overall &all = m_totals.overall();
    m_input->setText(tr("Tokens in %1").arg(sumText(all.inputTokens, all.withoutUsage)));
    m_output->setText(tr("out %1").arg(sumText(all.outputTokens, all.withoutUsage)));
    QString cover =
        tr("Tokens of %1 LLM calls, as their providers reported them").arg(countText(all.llmCalls));
    if (all.withoutUsage > 0)
        cover += tr("; %1 calls reported none, or not all: at least these").arg(countText(all.withoutUsage));
    m_input->setToolTip(
        cover + tr(". Of the input, %1 were read from a cache.").arg(tokensText(all.cacheReadTokens)));
    m_output->setToolTip(cover + QLatin1Char('.'));
    m_requests->setText(tr("Requests %1").arg(countText(all.requests)));
    m_errors->setText((all.errors > 0 ? tr("✕ Errors %1") : tr("Errors %1")).arg(countText(all.errors)));
    m_inFlight->setText(tr("In flight %1").arg(countText(all.inFlight)));
    m_lost->setText(tr("⚠ %1 events lost").arg(countText(m_log.lost())));
    m_lost->setVisible(m_log.lost() > 0);
}

} // namespace hookscope
