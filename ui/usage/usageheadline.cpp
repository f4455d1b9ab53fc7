#include "ui/usage/usageheadline.h"

#include "ui/text/amounts.h"
#include "ui/usage/totalsmodel.h"
#include "ui/usage/usagerows.h"

#include <QHBoxLayout>
#include <QLabel>

namespace hookscope {

namespace {

void set(QLabel *label, const QString &text, const QStringList &sentences)
{
    QStringList said = sentences;
    said.removeAll(QString());
    const QString toolTip = said.join(QLatin1Char(' ')).toHtmlEscaped();
    if (label->text() != text)
        label->setText(text);
    label->setToolTip(toolTip);
    label->setAccessibleDescription(said.join(QLatin1Char(' ')));
}

} // namespace

UsageHeadline::UsageHeadline(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 10, 4);
    layout->setSpacing(28);
    m_tokensPerMinute = addNumber(QStringLiteral("tokensPerMinute"), tr("tokens in the last minute"));
    m_today = addNumber(QStringLiteral("todaysCost"), tr("today"));
    m_cacheShare = addNumber(QStringLiteral("cacheShare"), tr("of the input from a cache"));
    m_errorRate = addNumber(QStringLiteral("errorRate"), tr("of the calls failed"));
    layout->addStretch(1);
}

QLabel *UsageHeadline::addNumber(const QString &name, const QString &caption)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *number = new QLabel(this);
    number->setObjectName(name);
    number->setTextFormat(Qt::PlainText);
    number->setAccessibleName(caption);
    number->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont large = number->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    number->setFont(large);
    auto *label = new QLabel(caption, this);
    label->setTextFormat(Qt::PlainText);
    column->addWidget(number);
    column->addWidget(label);
    static_cast<QHBoxLayout *>(layout())->addLayout(column);
    return number;
}

void UsageHeadline::show(const UsageSums &lastMinute, const UsageSums &today, const UsageSums &whole)
{
    set(m_tokensPerMinute, tokenSumText(lastMinute.totalTokens, lastMinute),
        {tr("Input and output of the %1 calls that ended in the last 60 seconds.")
             .arg(countText(lastMinute.calls)),
         tokenGapText(lastMinute)});
    set(m_today, costSumText(today),
        {tr("Cost of the %1 calls that ended since midnight, in US dollars.").arg(countText(today.calls)),
         today.cost != 0 ? exactMoneyText(today.cost) + QLatin1Char('.') : QString(), costGapText(today)});
    set(m_cacheShare, shareText(whole.cacheReadTokens, whole.cacheStatedInputTokens),
        {tr("In the range shown, %1 of %2 input tokens were read from a cache; calls that did not say are "
            "left out.")
             .arg(tokensText(whole.cacheReadTokens), tokensText(whole.cacheStatedInputTokens))});
    set(m_errorRate, shareText(qint64(whole.failed), qint64(whole.calls)),
        {tr("In the range shown, %1 of %2 calls were answered with 400 or above, or failed.")
             .arg(countText(whole.failed), countText(whole.calls))});
}

} // namespace hookscope
