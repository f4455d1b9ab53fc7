#pragma once

#include "core/events/redact.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace hookscope::proxy {

// The one crossing from the proxy's threads to the main thread. put() from any thread; take() from the
// main one, which `wake` asks for once per batch. Bounded: what does not fit is counted as lost, so
// that a stalled main thread costs events, never traffic.
class HandOver
{
public:
    static constexpr std::size_t defaultCapacity = 262'144;

    struct Batch {
        std::vector<RedactedEvent> events;
        std::uint64_t lost = 0; // since the last batch
    };

    explicit HandOver(std::function<void()> wake, std::size_t capacity = defaultCapacity);

    void put(RedactedEvent &&event);
    Batch take();

    // Of the texts of bodies that wait to be taken.
    std::size_t bodyBytes() const { return m_bodyBytes; }

private:
    std::function<void()> m_wake;
    std::size_t m_capacity;
    std::atomic<std::size_t> m_bodyBytes = 0;
    std::mutex m_mutex; // guards what follows
    Batch m_batch;
    bool m_isWakePosted = false;
    std::size_t m_lastSize = 0; // of the batch before: the next is likely to be as large
};

} // namespace hookscope::proxy
