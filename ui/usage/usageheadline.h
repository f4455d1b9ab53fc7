#pragma once

#include "core/usage/usagesums.h"

#include <QWidget>

class QLabel;

namespace hookscope {

// The four numbers at the head of the usage page. Main thread.
class UsageHeadline final : public QWidget {
    Q_OBJECT
public:
    explicit UsageHeadline(QWidget *parent = nullptr);

    // `whole`: over the range that the page shows.
    void show(const UsageSums &lastMinute, const UsageSums &today, const UsageSums &whole);
    using QWidget::show;

private:
    QLabel *addNumber(const QString &name, const QString &caption);

    QLabel *m_tokensPerMinute;
    QLabel *m_today;
    QLabel *m_cacheShare;
    QLabel *m_errorRate;
};

} // namespace hookscope
