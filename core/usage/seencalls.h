#pragma once

#include "core/usage/callshare.h"
#include "core/usage/usagekey.h"

#include <QDate>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace hookscope {

// The calls that may be seen once more, by their key (callkey.h): the last 10,000 that have one, a few
// megabytes. One that is seen again after 10,000 others counts as a call of its own. One thread.
class SeenCalls {
public:
    static constexpr std::size_t limit = 10'000;

    struct Seen {
        CallShare share; // as it stands in the sums
        UsageKey place;
        QDate day;
        qint64 timestampUs = 0; // microseconds since the Unix epoch
        std::optional<std::string> session;
        quint64 number = 0; // of UsageTotals::callCounted()
        bool isCounted = true; // false: the sums that it was in were cleared
        bool isOneCall = true; // false: its id was seen with other numbers, so it names no one call
    };

    Seen *find(const std::string &key); // null if there is none; valid until the next remember()
    void remember(const std::string &key, Seen seen);

    // The sums were cleared: what was seen stays seen, but is no longer in them.
    void sumsCleared();

private:
    std::unordered_map<std::string, Seen> m_calls;
    std::deque<const std::string *> m_order; // the keys in the map, oldest first
};

} // namespace hookscope
