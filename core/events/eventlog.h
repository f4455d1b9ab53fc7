#pragma once

#include "core/events/exchange.h"
#include "core/events/redact.h"

#include <QObject>
#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hookscope {

// The exchanges of this session, newest last, up to a limit; the oldest are evicted beyond it.
// Main thread. An exchange is addressed by its sequence number, which counts up from 0 and is never
// used again, so that a view may be behind without showing a wrong row.
class EventLog final : public QObject {
    Q_OBJECT
public:
    using Sequence = quint64;

    static constexpr std::size_t defaultLimit = 50'000;

    // limit: the most exchanges to keep; 0 keeps none (events still pass through appended()).
    explicit EventLog(std::size_t limit = defaultLimit, QObject *parent = nullptr);

    Sequence begin() const { return m_first; }
    Sequence end() const { return m_first + m_exchanges.size(); }

    // Null if evicted, cleared, or not there yet. Valid until the next append() or clear().
    const Exchange *exchange(Sequence sequence) const;

    // Events that the hand-over from the proxy had to leave out since the start.
    quint64 lost() const { return m_lost; }

public slots:
    void append(const hookscope::EventBatch &batch);

    // Takes in what was read from elsewhere (an earlier session, a file), for which no hook fires. An event
    // of an exchange that the log has by append(), or whole by restore(), is left out.
    void restore(const hookscope::EventBatch &batch);
    void reportLost(quint64 count);
    void clear();

signals:
    // Once per batch, after the log took it in.
    void appended(const hookscope::EventBatch &batch);
    // As appended, of what restore() took in; calls of exchanges that the log has no row of are there too.
    void restored(const hookscope::EventBatch &batch);
    // Once per batch, after appended or restored: the log now spans begin() to end(), and these exchanges
    // that were there before have changed. Evicted and cleared ones are below begin().
    void changed(const std::vector<hookscope::EventLog::Sequence> &updated);
    void lostChanged(quint64 lost);

private:
    void take(const Event &event, Sequence known, std::vector<Sequence> &updated);
    bool mayRestore(const Event &event);
    void announce(std::vector<Sequence> &updated);
    void makeRoom();

    std::size_t m_limit;
    Sequence m_first = 0;
    std::deque<Exchange> m_exchanges;
    std::unordered_map<ExchangeId, Sequence> m_sequences;
    std::unordered_set<ExchangeId> m_restoring; // begun by restore(), and not ended
    quint64 m_lost = 0;
};

} // namespace hookscope
