#pragma once

#include "core/events/redact.h"
#include "core/proxy/handover.h"

#include <QThread>
#include <atomic>
#include <condition_variable>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::proxy {

class BodyKeeper;

// One body as its bytes pass: a copy of the first of them. Every piece is one memcpy, made after the bytes
// were written on. Proxy thread.
class CollectedBody {
public:
    // `keeper` null: nothing is kept.
    CollectedBody(BodyKeeper *keeper, BodySide side);
    ~CollectedBody();
    CollectedBody(const CollectedBody &) = delete;
    CollectedBody &operator=(const CollectedBody &) = delete;

    // Of its head only the type and the coding are needed.
    void setHead(const http::FieldList &head);
    void add(std::string_view piece);

private:
    friend class BodyKeeper;
    void drop();

    BodyKeeper *m_keeper;
    BodySide m_side;
    http::FieldList m_head;
    std::string m_bytes;
    std::uint64_t m_fullSize = 0;
    std::size_t m_counted = 0; // of the keeper's bytes
    bool m_isLeftOut = false; // there was no room
};

// Makes events of bodies on a thread of its own: decodes them, masks what is a credential, and puts what is
// left into the hand-over. The bytes of all bodies that are collected or wait are bounded; what does not fit
// is not kept, and its event says so.
class BodyKeeper {
public:
    static constexpr std::size_t mostBytes = 128U << 20;
    static constexpr std::size_t mostHandedOver = 64U << 20; // of texts that the main thread has not taken

    BodyKeeper(HandOver &handOver, bool isOn, std::size_t capBytes);
    ~BodyKeeper(); // what waits is not kept

    // Any thread; counts for exchanges that begin later, and what is being collected is not kept either.
    void setOn(bool isOn) { m_isOn = isOn; }
    bool isOn() const { return m_isOn; }

    // A body that is over, whole or cut, and all that its event is made of.
    struct Job {
        BodyKept event;
        http::FieldList head;
        std::string bytes;
        std::size_t counted = 0;
        Secrets secrets;
    };

    // Takes what was collected; nothing if there is nothing to keep. Proxy thread, as keep() is.
    std::optional<Job> jobOf(ExchangeId id, CollectedBody &body, bool isWhole, const Secrets &secrets);

    // To be called for each job, after the exchange's Started event was handed over.
    void keep(Job job);

private:
    friend class CollectedBody;

    void run();
    void make(Job job);
    bool take(std::size_t bytes); // room for so many more; false: there is none

    HandOver &m_handOver;
    std::atomic<bool> m_isOn;
    std::size_t m_capBytes;
    std::atomic<std::size_t> m_bytes = 0;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_wake;
    std::vector<Job> m_jobs;
    bool m_isStopping = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace hookscope::proxy
