#pragma once

#include "core/usage/usagepicture.h"
#include "ui/usage/usagecolours.h"

#include <QChartView>
#include <map>
#include <string>
#include <vector>

class QBarSet;
class QCategoryAxis;
class QLegendMarker;
class QStackedBarSeries;
class QValueAxis;

namespace hookscope {

// A picture's bins as stacked bars: one colour for each charted group, grey for the rest. Tells the exact
// numbers under the pointer; a click on a bar or in the legend asks for a group. Main thread.
class UsageChart final : public QChartView {
    Q_OBJECT
public:
    explicit UsageChart(QWidget *parent = nullptr);

    void show(const UsagePicture &picture, UsageRange range, UsageAmount amount);
    using QChartView::show;

    // Those of the stacks by group, as they are drawn now.
    std::map<std::string, QColor> colours() const { return m_colours.colours(isDark()); }
    QColor restColour() const { return UsageColours::rest(isDark()); }

    // Tokens, or picodollars, in one unit of the bars' values and of the scale.
    double unit() const { return m_unit; }

signals:
    void groupClicked(const std::string &name);
    void restClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Stack {
        std::string name;
        bool isRest = false;
        std::vector<UsageSums> bins;
        friend bool operator==(const Stack &, const Stack &) = default;
    };

    bool isDark() const;
    std::vector<Stack> stacksOf(const UsagePicture &picture);
    void drawStacks();
    void drawAxes();
    void recolour();
    QBarSet *makeSet(const Stack &stack, double unit);
    void connectMarker(QLegendMarker *marker, const Stack &stack);
    void ask(const Stack &stack);
    void showToolTip(std::size_t stack, int bin);
    QString binText(std::size_t bin) const;
    qint64 amountOf(const UsageSums &sums) const;

    QStackedBarSeries *m_series;
    QCategoryAxis *m_times;
    QValueAxis *m_scale;
    UsageColours m_colours;
    std::vector<Stack> m_stacks; // as drawn, from the bottom up
    std::vector<QDateTime> m_bins;
    UsageRange m_range = UsageRange::Hour;
    UsageAmount m_amount = UsageAmount::Tokens;
    double m_unit = 1;
};

} // namespace hookscope
