#include "core/events/exchangeid.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>

namespace hookscope {

namespace {

// Milliseconds in the upper bits, 4096ths of one in the lower 12 (RFC 9562 section 6.2, method 3), and
// never the same twice in this process, also not when the clock is set back.
std::uint64_t nextTick()
{
    static std::atomic<std::uint64_t> last = 0;

    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    const auto us =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(sinceEpoch).count());
    const std::uint64_t now = (us / 1000) << 12 | ((us % 1000) * 4096 / 1000);

    std::uint64_t previous = last.load(std::memory_order_relaxed);
    std::uint64_t tick = 0;
    do {
        tick = std::max(now, previous + 1);
    } while (!last.compare_exchange_weak(previous, tick, std::memory_order_relaxed));
    return tick;
}

std::uint64_t randomBits()
{
    thread_local std::mt19937_64 generator = [] {
        std::random_device device;
        std::seed_seq seed = {device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return generator();
}

} // namespace

ExchangeId ExchangeId::next()
{
    const std::uint64_t tick = nextTick();
    ExchangeId id;
    id.high = (tick >> 12) << 16 | 0x7000ULL | (tick & 0xfffULL);
    id.low = 0x8000'0000'0000'0000ULL | (randomBits() >> 2);
    return id;
}

std::string ExchangeId::text() const
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            ++at;
        const std::uint64_t half = i < 16 ? high : low;
        text[at++] = digits[half >> (60 - 4 * (i % 16)) & 0xf];
    }
    return text;
}

} // namespace hookscope
