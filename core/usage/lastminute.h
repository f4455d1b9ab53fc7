#pragma once

#include "core/usage/countedcall.h"
#include "core/usage/usagesums.h"

#include <array>

namespace hookscope {

// The sums over the calls that ended in the last 60 seconds. One thread; times in microseconds since the
// Unix epoch.
class LastMinute {
public:
    void count(const CountedCall &call);
    UsageSums sums(qint64 nowUs) const;
    void clear() { m_seconds = {}; }

private:
    struct Second {
        qint64 second = -1;
        UsageSums sums;
    };
    std::array<Second, 60> m_seconds; // that of a time is at its second modulo 60
};

} // namespace hookscope
