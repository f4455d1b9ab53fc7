#pragma once

#include "core/events/delivery.h"
#include "core/events/eventlog.h"
#include "core/events/filter.h"

#include <QAbstractTableModel>
#include <deque>

namespace hookscope {

// The tries of all hooks, the newest first, of which those are shown that are of one hook, or that have an
// exchange in the log for which a filter holds. Bounded: the oldest go. Batches cost one insertion.
class DeliveryLogModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, HookName, Result, Try, Duration, NextTry, What, Text };
    static constexpr int columns = 8;
    static constexpr std::size_t mostKept = 20'000;

    // The log outlives it.
    explicit DeliveryLogModel(const EventLog &log, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const DeliveryAttempt &attemptAt(int row) const;
    std::size_t count() const { return m_attempts.size(); } // also of what is not shown

    // Empty: those of all hooks; an empty filter: of all exchanges.
    void show(const QString &hookName, const Filter &filter);

public slots:
    void add(const QList<hookscope::DeliveryAttempt> &attempts);
    void clear();

private:
    bool isShown(const DeliveryAttempt &attempt) const;
    QString whatText(const DeliveryAttempt &attempt) const;
    void evict();

    const EventLog &m_log;
    QString m_hookName;
    Filter m_filter;
    std::deque<DeliveryAttempt> m_attempts; // the oldest first
    quint64 m_first = 0; // number of the first of them
    std::deque<quint64> m_shown; // numbers, ascending
};

} // namespace hookscope
