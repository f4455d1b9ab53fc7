#pragma once

#include "ui/live/livemodel.h"

#include <QWidget>

class QAction;

namespace hookscope {

class FilterBar;
class GroupPane;
class LiveView;

// The live table with its filter bar: the page that the window is about. Main thread; the log outlives
// it and is cleared by it on the person's word.
class LivePage final : public QWidget {
    Q_OBJECT
public:
    explicit LivePage(EventLog &log, QWidget *parent = nullptr);
    ~LivePage() override;

    LiveModel &model() { return m_model; }
    LiveView &view() { return *m_view; }
    FilterBar &filterBar() { return *m_bar; }
    GroupPane &groupPane() { return *m_groups; }

private:
    void applyFilter();
    void showCounts();

    EventLog &m_log;
    LiveModel m_model;
    FilterBar *m_bar;
    GroupPane *m_groups;
    LiveView *m_view;
};

} // namespace hookscope
