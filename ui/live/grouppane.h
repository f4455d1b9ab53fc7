#pragma once

#include "ui/live/groupmodel.h"

#include <QWidget>

class QTableView;

namespace hookscope {

// The groups beside the live table, hidden while there is nothing to group by. Main thread; the log outlives
// it.
class GroupPane final : public QWidget {
    Q_OBJECT
public:
    explicit GroupPane(const EventLog &log, QWidget *parent = nullptr);
    ~GroupPane() override;

    GroupModel &model() { return m_model; }
    QTableView &view() { return *m_view; }

    void setGroupBy(GroupBy by); // shows or hides it; no group is selected then
    void setFilter(const Filter &filter);

    const Filter &condition() const { return m_condition; } // of the selected group; empty if none is

signals:
    // The table's filter is this and the bar's. Escape and the group's end clear it.
    void conditionChanged(const hookscope::Filter &condition);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupView();
    void noteSelection();

    GroupModel m_model;
    QTableView *m_view;
    Filter m_condition;
};

} // namespace hookscope
