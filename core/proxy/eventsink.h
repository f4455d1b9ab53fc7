#pragma once

#include "core/events/redact.h"
#include "core/proxy/activepolicy.h"
#include "core/proxy/bodykeeper.h"
#include "core/proxy/handover.h"
#include "core/proxy/proxyconfig.h"

#include <memory>
#include <optional>
#include <vector>

namespace hookscope::proxy {

// Where the events of one client connection go: redacted, and with the client's process filled in. It
// holds them back until the process is known or known to be unknowable, which takes a few
// milliseconds once per connection; their order is kept. Proxy thread.
class EventSink {
public:
    // `bodies` and `policy` may be null; what `policy` points to may change, and outlives the sink.
    EventSink(HandOver &handOver, const ProxyConfig &config, BodyKeeper *bodies,
              const std::shared_ptr<const ActivePolicy> *policy = nullptr)
        : m_handOver(handOver)
        , m_prices(config.prices)
        , m_isShown(config.isShown)
        , m_bodies(bodies)
        , m_policy(policy)
    {
    }

    // What the call's cost is found with, for those who make its event.
    const llm::PriceList *prices() const { return m_prices.get(); }

    // As ProxyConfig has it.
    bool isShown() const { return m_isShown; }

    // Who keeps bodies; null if nobody does.
    BodyKeeper *bodies() const { return m_bodies; }

    // What no event may show, whatever its request carries; null if there is nothing.
    const Secrets *mask() const { return m_policy && *m_policy ? &(*m_policy)->mask : nullptr; }

    void send(Event &&event, const Secrets &secrets);
    // The body is over; its event comes after those that were sent before, and later.
    void keep(ExchangeId id, CollectedBody &body, bool isWhole, const Secrets &secrets);
    void processFound(std::optional<Process> process);
    bool isProcessSettled() const { return m_isProcessSettled; }
    const std::optional<Process> &process() const { return m_process; }

private:
    struct Held {
        Event event;
        Secrets secrets;
    };

    HandOver &m_handOver;
    std::shared_ptr<const llm::PriceList> m_prices;
    bool m_isShown;
    BodyKeeper *m_bodies;
    const std::shared_ptr<const ActivePolicy> *m_policy;
    std::optional<Process> m_process;
    bool m_isProcessSettled = false;
    std::vector<Held> m_held;
    std::vector<BodyKeeper::Job> m_heldBodies;
};

} // namespace hookscope::proxy
