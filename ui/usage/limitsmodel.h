#pragma once

#include "core/events/redact.h"
#include "core/usage/latestlimits.h"

#include <QAbstractTableModel>
#include <QTimer>
#include <functional>

namespace hookscope {

class EventLog;

// The rate limits that providers told of last, as a table: what is left of how much, when it is whole
// again, and how old that is. Main thread. Takes in what the log appends; shows it at most five times a
// second, and ages with tick().
class LimitsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Provider, Model, Name, Remaining, Limit, Reset, Age };
    static constexpr int columns = 7;
    static constexpr int sortRole = Qt::UserRole;

    using Clock = std::function<std::int64_t()>; // microseconds since the Unix epoch

    explicit LimitsModel(EventLog &log, QObject *parent = nullptr, Clock clock = {});

    void tick(); // the time has gone on

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void take(const EventBatch &batch);
    void refresh();
    QString textOf(const LatestLimits::Entry &entry, int column) const;
    QVariant sortValueOf(const LatestLimits::Entry &entry, int column) const;

    Clock m_clock;
    QTimer m_rest;
    LatestLimits m_limits;
    std::vector<LatestLimits::Entry> m_rows; // as they are shown
};

} // namespace hookscope
