#pragma once

#include "core/events/eventlog.h"
#include "core/events/readbatch.h"

#include <QObject>
#include <deque>
#include <unordered_set>
#include <vector>

namespace hookscope {

// Keeps what the log has already out of what followed files tell: a file that this Hookscope's own hooks
// write, or that was followed before. It knows the log's exchanges when a file begins to be followed, and the
// newest of those that came since. Main thread.
class FollowGate final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostNew = 200'000;

    // The ids of the log's rows are taken here.
    explicit FollowGate(const EventLog &log, QObject *parent = nullptr);

    // The batch without events of exchanges that the log has. Rows of lines without ids are new, as they are.
    ReadBatch newOf(const ReadBatch &batch) const;
    EventBatch newOf(const EventBatch &batch) const;

public slots:
    void noteAppended(const hookscope::EventBatch &batch);

private:
    bool isKnown(ExchangeId id) const;

    std::vector<ExchangeId> m_before; // sorted
    std::unordered_set<ExchangeId> m_since;
    std::deque<ExchangeId> m_order;
};

} // namespace hookscope
