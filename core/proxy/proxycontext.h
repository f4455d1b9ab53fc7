#pragma once

#include "core/proxy/activepolicy.h"
#include "core/proxy/bodykeeper.h"
#include "core/proxy/connector.h"
#include "core/proxy/handover.h"
#include "core/proxy/processlookup.h"
#include "core/proxy/proxyconfig.h"
#include "core/proxy/readiness.h"
#include "core/proxy/sharedknowledge.h"

#include <atomic>
#include <memory>
#include <string>
#include <unordered_set>

namespace hookscope::proxy {

class ClientConnection;

// What the connections of one proxy thread share. Lives as long as its io_context runs; that thread, where nothing else
// is said.
struct ProxyContext {
    Executor executor;
    const ProxyConfig &config;
    Connector &connector;
    HandOver &handOver;
    BodyKeeper *bodies; // null: no body is ever kept
    SharedKnowledge &knowledge;
    ProcessLookup &processes;
    Readiness &readiness;
    std::string address = {};   // host:port at which the proxy listens
    bool isStopping = false;    // finish what is under way, begin nothing
    std::unordered_set<ClientConnection *> connections = {};
    std::atomic<std::size_t> clients = 0; // those, and who is on the way here; any thread
    std::shared_ptr<const ActivePolicy> policy = {}; // never null while the proxy runs; for requests that begin now
    std::shared_ptr<TunnelOpener> opener = nullptr; // null: no tunnel is opened
};

} // namespace hookscope::proxy
