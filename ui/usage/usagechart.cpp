#include "ui/usage/usagechart.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"
#include "ui/usage/totalsmodel.h"

#include <QBarSet>
#include <QCategoryAxis>
#include <QCursor>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QLocale>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QValueAxis>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int longestName = 36; // in the legend
constexpr double picoPerDollar = 1e12;

// The legend takes its texts for HTML.
QString legendText(const QString &name)
{
    QString text = name;
    if (text.size() > longestName)
        text = text.left(longestName / 2) + QStringLiteral("…") + text.right(longestName / 2);
    return text.toHtmlEscaped();
}

// What one of the scale's units is, and how its labels are written.
struct Scale {
    double unit;
    QString format;
};

Scale scaleOf(UsageAmount amount, double largest)
{
    if (amount == UsageAmount::Cost) {
        const double dollars = largest / picoPerDollar;
        const int digits = dollars >= 10 ? 0 : dollars >= 0.1 ? 2 : dollars >= 0.001 ? 4 : 6;
        return {picoPerDollar, QStringLiteral("$%.%1f").arg(digits)};
    }
    for (const auto &[unit, letter] : {std::pair(1e9, "G"), std::pair(1e6, "M"), std::pair(1e3, "k")}) {
        if (largest >= 2 * unit) {
            return {unit,
                    QStringLiteral("%.%1f %2").arg(largest >= 20 * unit ? 0 : 1).arg(QLatin1String(letter))};
        }
    }
    return {1, QStringLiteral("%.0f")};
}

bool isLabelled(const QDateTime &bin, UsageRange range)
{
    switch (range) {
    case UsageRange::Hour:
        return bin.time().minute() % 10 == 0;
    case UsageRange::Day:
        return bin.time().hour() % 3 == 0;
    case UsageRange::Week:
        return bin.time().hour() == 0;
    }
    return false;
}

} // namespace

UsageChart::UsageChart(QWidget *parent)
    : QChartView(new QChart, parent)
    , m_series(new QStackedBarSeries)
    , m_times(new QCategoryAxis)
    , m_scale(new QValueAxis)
{
    setObjectName(QStringLiteral("usageChart"));
    setAccessibleName(tr("Usage over time"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // the table under it has the same by keyboard
    QChart *all = chart();
    all->setAnimationOptions(QChart::NoAnimation);
    all->setBackgroundRoundness(0);
    all->setMargins({4, 2, 8, 2});
    all->layout()->setContentsMargins(0, 0, 0, 0);
    all->addSeries(m_series);
    all->addAxis(m_times, Qt::AlignBottom);
    all->addAxis(m_scale, Qt::AlignLeft);
    m_series->attachAxis(m_times);
    m_series->attachAxis(m_scale);
    m_series->setBarWidth(0.86);
    m_times->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_times->setGridLineVisible(false);
    m_scale->setTickCount(5);
    all->legend()->setAlignment(Qt::AlignRight);
    all->legend()->setMarkerShape(QLegend::MarkerShapeRectangle);
    recolour();
}

bool UsageChart::isDark() const
{
    return palette().color(QPalette::Base).lightness() < 128;
}

qint64 UsageChart::amountOf(const UsageSums &sums) const
{
    return m_amount == UsageAmount::Cost ? sums.cost : sums.totalTokens;
}

std::vector<UsageChart::Stack> UsageChart::stacksOf(const UsagePicture &picture)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < picture.charted; ++i)
        names.push_back(picture.groups[i].name);
    m_colours.setGroups(names);
    std::vector<Stack> stacks(names.size());
    for (std::size_t i = 0; i < picture.charted; ++i)
        stacks[i] = {picture.groups[i].name, false, picture.groups[i].bins};
    std::sort(stacks.begin(), stacks.end(), [this](const Stack &left, const Stack &right) {
        return m_colours.places().at(left.name) < m_colours.places().at(right.name);
    });
    if (picture.rest.whole.sums.calls > 0)
        stacks.push_back({{}, true, picture.rest.bins});
    return stacks;
}

void UsageChart::show(const UsagePicture &picture, UsageRange range, UsageAmount amount)
{
    std::vector<Stack> stacks = stacksOf(picture);
    const bool isSame = stacks == m_stacks && picture.bins == m_bins && m_amount == amount;
    if (isSame)
        return;
    const bool hasSameTimes = picture.bins == m_bins;
    m_stacks = std::move(stacks);
    m_bins = picture.bins;
    m_range = range;
    m_amount = amount;
    if (!hasSameTimes)
        drawAxes();
    drawStacks();
}

// Sets are made anew: a set tells of each value that changes by itself, and all is laid out each time.
void UsageChart::drawStacks()
{
    double largest = 0;
    for (std::size_t bin = 0; bin < m_bins.size(); ++bin) {
        double sum = 0;
        for (const Stack &stack : m_stacks)
            sum += double(amountOf(stack.bins[bin]));
        largest = std::max(largest, sum);
    }
    const Scale scale = scaleOf(m_amount, largest);
    m_series->clear();
    QList<QBarSet *> sets;
    for (const Stack &stack : m_stacks)
        sets.append(makeSet(stack, scale.unit));
    m_series->append(sets);
    for (std::size_t i = 0; i < m_stacks.size(); ++i) {
        QBarSet *set = sets[static_cast<qsizetype>(i)];
        connect(set, &QBarSet::clicked, this, [this, i] { ask(m_stacks[i]); });
        connect(set, &QBarSet::hovered, this, [this, i](bool isOver, int bin) {
            if (isOver)
                showToolTip(i, bin);
            else
                QToolTip::hideText();
        });
    }
    const QList<QLegendMarker *> markers = chart()->legend()->markers(m_series);
    for (qsizetype i = 0; i < markers.size() && i < sets.size(); ++i)
        connectMarker(markers[i], m_stacks[static_cast<std::size_t>(i)]);
    m_unit = scale.unit;
    m_scale->setLabelFormat(scale.format);
    m_scale->setRange(0, largest > 0 ? largest / scale.unit : 1);
    m_scale->applyNiceNumbers();
    chart()->layout()->invalidate(); // a change of range alone does not make room for longer labels
}

QBarSet *UsageChart::makeSet(const Stack &stack, double unit)
{
    auto *set = new QBarSet(stack.isRest ? tr("Other") : legendText(visible(stack.name)));
    for (const UsageSums &bin : stack.bins)
        set->append(double(amountOf(bin)) / unit);
    set->setColor(stack.isRest ? restColour()
                               : UsageColours::at(m_colours.places().at(stack.name), isDark()));
    set->setBorderColor(palette().color(QPalette::Base)); // so that neighbours stand apart without colour
    return set;
}

void UsageChart::connectMarker(QLegendMarker *marker, const Stack &stack)
{
    connect(marker, &QLegendMarker::clicked, this, [this, stack] { ask(stack); });
}

void UsageChart::ask(const Stack &stack)
{
    if (stack.isRest)
        emit restClicked();
    else
        emit groupClicked(std::string(stack.name));
}

void UsageChart::drawAxes()
{
    const QStringList old = m_times->categoriesLabels();
    for (const QString &label : old)
        m_times->remove(label);
    m_times->setRange(-0.5, double(m_bins.size()) - 0.5);
    m_times->setStartValue(-0.5);
    const QString form = m_range == UsageRange::Week ? tr("ddd d", "day in a chart") : tr("HH:mm");
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        if (isLabelled(m_bins[i], m_range))
            m_times->append(QLocale().toString(m_bins[i], form).toHtmlEscaped(), double(i));
    }
}

QString UsageChart::binText(std::size_t bin) const
{
    const QLocale locale;
    const QDateTime &start = m_bins[bin];
    if (m_range == UsageRange::Hour)
        return locale.toString(start, tr("HH:mm"));
    const QDateTime end = m_range == UsageRange::Day
        ? start.addSecs(3600)
        : QDateTime(start.date(), start.time(), start.timeZone()).addSecs(qint64(6) * 3600);
    return tr("%1 to %2").arg(locale.toString(start, tr("ddd d, HH:mm")), locale.toString(end, tr("HH:mm")));
}

void UsageChart::showToolTip(std::size_t stack, int bin)
{
    if (stack >= m_stacks.size() || bin < 0 || std::size_t(bin) >= m_stacks[stack].bins.size())
        return;
    const UsageSums &sums = m_stacks[stack].bins[std::size_t(bin)];
    const QString name = m_stacks[stack].isRest ? tr("Other") : visible(m_stacks[stack].name);
    const QString text = tr("%1\n%2\n%3 tokens in %4 calls\n%5")
                             .arg(name, binText(std::size_t(bin)), tokenSumText(sums.totalTokens, sums),
                                  countText(sums.calls), costSumText(sums));
    QToolTip::showText(QCursor::pos(), text.toHtmlEscaped().replace(u'\n', QLatin1String("<br>")), this);
}

void UsageChart::recolour()
{
    const QColor text = palette().color(QPalette::Text);
    const QColor base = palette().color(QPalette::Base);
    QColor line = text;
    line.setAlphaF(0.18F);
    chart()->setBackgroundBrush(base);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(base);
    chart()->legend()->setLabelColor(text);
    for (QAbstractAxis *axis :
         {static_cast<QAbstractAxis *>(m_times), static_cast<QAbstractAxis *>(m_scale)}) {
        axis->setLabelsFont(font());
        axis->setLabelsColor(text);
        axis->setLinePenColor(line);
        axis->setGridLineColor(line);
    }
    chart()->legend()->setFont(font());
    if (!m_bins.empty())
        drawStacks();
}

void UsageChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
}

} // namespace hookscope
