#pragma once

#include "core/usage/usageseries.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QTabWidget;

namespace hookscope {

class CellTable;
class UsageChart;
class UsageHeadline;

// Where tokens and money go: a chart over time, headline numbers, and tables with the same numbers by
// group, by session, and of latency by model. Built when it is first shown, since charts take their time;
// changes at most twice a second, and only while it is seen. Main thread; the series outlives it.
class UsagePage final : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t charted = 7; // groups with a stack of their own: at most 480 bars

    explicit UsagePage(const UsageSeries &series, QWidget *parent = nullptr);

    // What is chosen in its boxes, to be kept between starts.
    QByteArray saveChoices() const;
    void restoreChoices(const QByteArray &saved);

signals:
    void filterRequested(const QString &filter); // text for the live table's filter

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Choices {
        UsageRange range = UsageRange::Hour;
        UsageAmount amount = UsageAmount::Tokens;
        UsageSplit split = UsageSplit::Model;
    };

    void build();
    QWidget *makeChoices();
    QWidget *makeTables();
    void choose();
    void schedule();
    void refresh();
    void showTables(const UsagePicture &picture);
    void describe(const UsagePicture &picture);
    void waitForTime();

    const UsageSeries &m_series;
    QTimer m_refresh;
    QTimer m_passing; // of time: what is shown ages without any call
    Choices m_choices;
    std::vector<std::string> m_chartedNames;
    UsageHeadline *m_headline = nullptr; // all null until it is built
    UsageChart *m_chart = nullptr;
    QTabWidget *m_tabs = nullptr;
    CellTable *m_groups = nullptr;
    CellTable *m_latency = nullptr;
    CellTable *m_sessions = nullptr;
    QComboBox *m_range = nullptr;
    QComboBox *m_amount = nullptr;
    QComboBox *m_split = nullptr;
};

} // namespace hookscope
