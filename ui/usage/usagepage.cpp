#include "ui/usage/usagepage.h"

#include "ui/text/amounts.h"
#include "ui/usage/celltable.h"
#include "ui/usage/totalsmodel.h"
#include "ui/usage/usagechart.h"
#include "ui/usage/usagefilter.h"
#include "ui/usage/usageheadline.h"
#include "ui/usage/usagerows.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QTabWidget>

namespace hookscope {

namespace {

constexpr int refreshMs = 500;

int chosen(const QComboBox *box)
{
    return box->currentIndex();
}

} // namespace

UsagePage::UsagePage(const UsageSeries &series, QWidget *parent)
    : QWidget(parent)
    , m_series(series)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshMs);
    m_passing.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &UsagePage::refresh);
    connect(&m_passing, &QTimer::timeout, this, &UsagePage::refresh);
    connect(&m_series, &UsageSeries::changed, this, &UsagePage::schedule);
}

void UsagePage::build()
{
    m_headline = new UsageHeadline;
    m_chart = new UsageChart;
    auto *head = new QHBoxLayout;
    head->addWidget(m_headline, 1);
    head->addWidget(makeChoices());
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_chart);
    splitter->addWidget(makeTables());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({600, 400}); // in proportion
    m_chart->setMinimumHeight(140);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(splitter, 1);
    setFocusProxy(m_groups);

    connect(m_chart, &UsageChart::groupClicked, this,
            [this](const std::string &name) { emit filterRequested(groupFilter(m_choices.split, name)); });
    connect(m_chart, &UsageChart::restClicked, this,
            [this] { emit filterRequested(restFilter(m_choices.split, m_chartedNames)); });
}

QWidget *UsagePage::makeChoices()
{
    auto *choices = new QWidget;
    auto *layout = new QHBoxLayout(choices);
    const auto addBox = [&](const QString &name, const QString &text, const QStringList &items, int current) {
        auto *label = new QLabel(text);
        auto *box = new QComboBox;
        box->setObjectName(name);
        box->addItems(items);
        box->setCurrentIndex(current);
        label->setBuddy(box);
        layout->addWidget(label);
        layout->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &UsagePage::choose);
        return box;
    };
    // In the order of their enums.
    m_range = addBox(QStringLiteral("usageRange"), tr("&Range"),
                     {tr("Last hour"), tr("Last 24 hours"), tr("Last 7 days")}, int(m_choices.range));
    m_amount = addBox(QStringLiteral("usageAmount"), tr("&Amount"), {tr("Tokens"), tr("Cost")},
                      int(m_choices.amount));
    m_split = addBox(QStringLiteral("usageSplit"), tr("&By"), {tr("Model"), tr("Provider"), tr("Sandbox")},
                     int(m_choices.split));
    return choices;
}

QWidget *UsagePage::makeTables()
{
    m_groups = new CellTable(groupColumns(), 2);
    m_groups->setObjectName(QStringLiteral("usageGroups"));
    m_groups->setAccessibleName(tr("Usage in the range, the chart's numbers"));
    m_latency = new CellTable(latencyColumns(), 1);
    m_latency->setObjectName(QStringLiteral("usageLatency"));
    m_latency->setAccessibleName(tr("Time to first token and latency by model"));
    m_sessions = new CellTable(sessionColumns(), 8);
    m_sessions->setObjectName(QStringLiteral("usageSessions"));
    m_sessions->setAccessibleName(tr("Usage by session"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_groups, tr("Usage"));
    m_tabs->addTab(m_latency, tr("Latency"));
    m_tabs->addTab(m_sessions, tr("Sessions"));
    m_tabs->setTabToolTip(1, tr("Time to first token and latency by model, in the range"));
    m_tabs->setTabToolTip(2, tr("Sessions with a call in the range, each as a whole"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &UsagePage::refresh);
    for (CellTable *table : {m_groups, m_latency, m_sessions})
        connect(table, &CellTable::filterRequested, this, &UsagePage::filterRequested);
    return m_tabs;
}

void UsagePage::choose()
{
    if (!m_range || !m_amount || !m_split)
        return; // not all are there yet
    m_choices = {static_cast<UsageRange>(chosen(m_range)), static_cast<UsageAmount>(chosen(m_amount)),
                 static_cast<UsageSplit>(chosen(m_split))};
    refresh();
}

void UsagePage::schedule()
{
    if (isVisible() && !m_refresh.isActive())
        m_refresh.start();
}

void UsagePage::refresh()
{
    if (!isVisible() || !m_chart)
        return;
    const UsagePicture picture =
        m_series.picture(m_choices.range, {m_choices.split, m_choices.amount, charted, false});
    m_chartedNames.clear();
    for (std::size_t i = 0; i < picture.charted; ++i)
        m_chartedNames.push_back(picture.groups[i].name);
    m_chart->show(picture, m_choices.range, m_choices.amount);
    m_headline->show(m_series.lastMinute(), m_series.today(), picture.whole);
    showTables(picture);
    describe(picture);
    waitForTime();
}

// Only of the one that is seen.
void UsagePage::showTables(const UsagePicture &picture)
{
    if (m_tabs->currentWidget() == m_groups) {
        m_groups->cells().setTitle(0, splitTitle(m_choices.split));
        m_groups->cells().setRows(
            groupRows(picture, m_choices.split, m_chart->colours(), m_chart->restColour()));
    } else if (m_tabs->currentWidget() == m_latency) {
        m_latency->cells().setRows(
            latencyRows(m_series.picture(m_choices.range, {UsageSplit::Model, m_choices.amount, 0, true})));
    } else {
        m_sessions->cells().setRows(sessionRows(m_series.sessions(m_choices.range)));
    }
}

void UsagePage::describe(const UsagePicture &picture)
{
    m_chart->setAccessibleDescription(
        tr("%1, %2 by %3: %4 tokens and %5 in %6 calls. The table has the numbers.")
            .arg(m_range->currentText(), m_amount->currentText(), m_split->currentText(),
                 tokenSumText(picture.whole.totalTokens, picture.whole), costSumText(picture.whole),
                 countText(picture.whole.calls)));
}

// Until the next second while tokens of the last minute can fall out of it, else until the next minute.
void UsagePage::waitForTime()
{
    const qint64 stepMs = m_series.lastMinute().calls > 0 ? 1'000 : 60'000;
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    m_passing.start(static_cast<int>(stepMs - nowMs % stepMs) + 1);
}

void UsagePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_chart)
        build();
    refresh();
}

void UsagePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_refresh.stop();
    m_passing.stop();
}

QByteArray UsagePage::saveChoices() const
{
    return QByteArray::number(int(m_choices.range)) + ' ' + QByteArray::number(int(m_choices.amount)) + ' '
        + QByteArray::number(int(m_choices.split));
}

void UsagePage::restoreChoices(const QByteArray &saved)
{
    const QByteArrayList parts = saved.split(' ');
    if (parts.size() != 3)
        return;
    const int range = parts[0].toInt();
    const int amount = parts[1].toInt();
    const int split = parts[2].toInt();
    if (range < 0 || range > 2 || amount < 0 || amount > 1 || split < 0 || split > 2)
        return;
    m_choices = {static_cast<UsageRange>(range), static_cast<UsageAmount>(amount),
                 static_cast<UsageSplit>(split)};
}

} // namespace hookscope
