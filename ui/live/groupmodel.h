#pragma once

#include "core/events/eventlog.h"
#include "core/events/filtermatcher.h"
#include "core/events/grouping.h"

#include <QAbstractTableModel>
#include <QTimer>
#include <optional>
#include <vector>

namespace hookscope {

// The groups of the records that match a filter, with their sums, one row each. Main thread; the log outlives
// it. It goes through the log in slices of at most 8 ms of an event-loop turn, shows the groups when it is
// through, and begins anew when records have changed, at most twice a second and for at most a tenth of the
// time. While it is not active it does nothing.
class GroupModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Requests, Calls, Tokens, Cost, Errors, ColumnCount };

    static constexpr int sliceMs = 8;
    static constexpr int refreshMs = 500;

    explicit GroupModel(const EventLog &log, QObject *parent = nullptr);

    GroupBy groupBy() const { return m_by; }
    void setGroupBy(GroupBy by);
    void setFilter(const Filter &filter);
    void setSlowMs(int slowMs); // what is:slow means
    void setActive(bool isActive);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    const Grouping::Group &groupAt(int row) const { return m_groups[static_cast<std::size_t>(row)]; }
    QString conditionAt(int row) const; // that the table shows the group by

    bool isCounting() const { return m_matcher.has_value(); }

signals:
    void refreshed(); // the groups are those of a whole pass

private:
    void noteChange();
    void begin();
    void goOn();
    void take(std::vector<Grouping::Group> groups);
    void removeGone(const std::vector<Grouping::Group> &groups);
    void rearrange(std::vector<Grouping::Group> groups);
    bool comesBefore(const Grouping::Group &left, const Grouping::Group &right) const;

    const EventLog &m_log;
    GroupBy m_by = GroupBy::None;
    Filter m_filter;
    std::int64_t m_slowUs = 30'000'000;
    bool m_isActive = false;
    bool m_isBehind = true; // the log has changed since the last pass began
    QTimer m_refresh; // until a pass may begin
    QTimer m_slice;
    std::optional<FilterMatcher> m_matcher; // of the pass that is under way
    std::optional<Grouping> m_grouping;
    EventLog::Sequence m_next = 0;
    qint64 m_spentUs = 0; // by this pass
    std::vector<Grouping::Group> m_groups;
    int m_sortColumn = Cost;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace hookscope
