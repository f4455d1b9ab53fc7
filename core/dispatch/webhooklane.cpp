#include "core/dispatch/webhooklane.h"

#include <QNetworkAccessManager>
#include <QRandomGenerator>
#include <algorithm>
#include <chrono>

namespace hookscope {

namespace {

constexpr std::size_t windowSize = 200; // events read from the outbox at once
constexpr std::size_t mostOpen = 1000; // events that wait for another try while others go on
constexpr qsizetype mostBatchBytes = 4 * 1024 * 1024;
constexpr int idleMs = 60'000;
constexpr qint64 failingMs = 60'000; // of retrying, from which on the hook is said to fail
constexpr qint64 longestResumedWaitMs = 24LL * 60 * 60 * 1000;

} // namespace

qint64 WebhookLane::steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

WebhookLane::WebhookLane(const QString &hookName, Outbox &outbox, HostCircuits &circuits,
                         const DeliveryTiming &timing, std::size_t memoryLimit,
                         PayloadTemplate::SecretOf secretOf, QObject *parent)
    : QObject(parent)
    , m_hookName(hookName)
    , m_outbox(outbox)
    , m_circuits(circuits)
    , m_timing(timing)
    , m_memoryLimit(memoryLimit)
    , m_secretOf(std::move(secretOf))
    , m_timer(this)
    , m_idle(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WebhookLane::pump);
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleMs);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        if (m_underWay == 0)
            delete std::exchange(m_network, nullptr);
    });
}

WebhookLane::~WebhookLane()
{
    // Replies go before the manager that they belong to.
    qDeleteAll(findChildren<WebhookAttempt *>(Qt::FindDirectChildrenOnly));
}

void WebhookLane::start(const QUrl &url, const DeliveryPolicy &policy, const SendingPolicy &sending)
{
    const bool isNew = !m_isOn || url != m_url || sending != m_sending;
    m_url = url;
    m_host = HostCircuits::hostOf(url);
    m_policy = policy;
    m_sending = sending;
    m_isOn = true;
    if (isNew) {
        m_isGone = false;
        m_pausedUntilMs = 0;
        retryNow(); // another receiver, or one that was corrected, is not to wait for what the first one did
    }
    pump();
}

void WebhookLane::retryNow()
{
    for (Shipment &shipment : m_open)
        shipment.dueMs = 0;
    pump();
}

quint64 WebhookLane::stop()
{
    m_isOn = false;
    m_timer.stop();
    auto dropped = static_cast<quint64>(m_memory.size());
    m_memory.clear();
    for (auto shipment = m_open.begin(); shipment != m_open.end();) {
        if (shipment->isUnderWay || shipment->isDurable()) {
            ++shipment;
        } else {
            dropped += shipment->events.size();
            m_openEvents -= shipment->events.size();
            shipment = m_open.erase(shipment);
        }
    }
    return dropped;
}

bool WebhookLane::enqueue(const QueuedEvent &event)
{
    const bool mayGoNow = mayOpenAnother() && m_memory.empty();
    if (!mayGoNow && m_memory.size() >= m_memoryLimit)
        return false;
    m_memory.push_back(event);
    pump();
    return true;
}

void WebhookLane::wake(bool isFromStart)
{
    if (isFromStart) {
        m_window.clear();
        m_cursor = 0;
    }
    m_hasMore = true;
    pump();
}

void WebhookLane::setFlushing(bool isFlushing)
{
    m_isFlushing = isFlushing;
    pump();
}

bool WebhookLane::isIdle() const
{
    if (m_underWay > 0)
        return false;
    if (!m_isOn || m_circuits.isOpen(m_host) || m_pausedUntilMs > steadyMs())
        return true;
    const bool waitsInMemory = !m_memory.empty()
        || std::any_of(m_open.begin(), m_open.end(),
                       [](const Shipment &shipment) { return !shipment.isDurable(); });
    return !waitsInMemory && (!mayOpenAnother() || m_window.empty());
}

WebhookLane::Status WebhookLane::status() const
{
    Status status;
    const qint64 nowMs = steadyMs();
    qint64 oldestMs = 0;
    qint64 nextMs = 0;
    const auto note = [&oldestMs](const QueuedEvent &event) {
        oldestMs = oldestMs == 0 ? event.madeMs : std::min(oldestMs, event.madeMs);
    };
    for (const Shipment &shipment : m_open) {
        note(shipment.events.front());
        status.inMemory += shipment.isDurable() ? 0 : shipment.events.size();
        if (!shipment.isUnderWay && shipment.attempts > 0)
            nextMs = nextMs == 0 ? shipment.dueMs : std::min(nextMs, shipment.dueMs);
    }
    for (const auto *queue : {&m_window, &m_memory}) {
        if (!queue->empty())
            note(queue->front());
    }
    status.inMemory += m_memory.size();
    if (oldestMs > 0)
        status.oldestWaiting = QDateTime::fromMSecsSinceEpoch(oldestMs, Qt::UTC);
    status.failingSince = m_failingSince;
    const bool isOpen = m_isOn && m_circuits.isOpen(m_host);
    if (const qint64 probeMs = m_circuits.waitMs(m_host, nowMs); isOpen && probeMs < HostCircuits::probeOutMs)
        nextMs = std::max(nextMs, nowMs + probeMs);
    if (nextMs > 0)
        status.nextTry = QDateTime::currentDateTimeUtc().addMSecs(nextMs - nowMs);
    if (m_isGone)
        status.state = DeliveryState::Gone;
    else if (isOpen && (m_failingSince.isValid() || oldestMs > 0))
        status.state = DeliveryState::CircuitOpen;
    else if (m_failingSince.isValid()) {
        const bool isLong = m_failingSince.msecsTo(QDateTime::currentDateTimeUtc()) >= failingMs;
        status.state = isLong || m_hasGivenUp ? DeliveryState::Failing : DeliveryState::Retrying;
    }
    return status;
}

// What waits in memory keeps its place while it waits, so that few are open; what waits in the outbox lets
// others go on, unless the order is to be kept.
bool WebhookLane::mayOpenAnother() const
{
    const auto parallel = static_cast<std::size_t>(m_policy.parallelOrUsual());
    if (m_policy.mode == DeliveryMode::BestEffort || parallel == 1)
        return m_open.size() < parallel;
    return m_open.size() < parallel || m_openEvents < mostOpen;
}

void WebhookLane::pump()
{
    if (!m_isOn)
        return;
    const qint64 nowMs = steadyMs();
    while (m_underWay < m_policy.parallelOrUsual() && m_pausedUntilMs <= nowMs) {
        Shipment *shipment = firstDue(nowMs);
        if (!shipment && mayOpenAnother()) {
            shipment = openNext(nowMs);
            if (shipment && shipment->dueMs > nowMs)
                continue; // of an earlier run, and not due yet
        }
        if (!shipment || m_circuits.waitMs(m_host, nowMs) > 0)
            break;
        send(*shipment);
    }
    arm(nowMs);
}

WebhookLane::Shipment *WebhookLane::firstDue(qint64 nowMs)
{
    const auto due = std::find_if(m_open.begin(), m_open.end(), [nowMs](const Shipment &shipment) {
        return !shipment.isUnderWay && shipment.dueMs <= nowMs;
    });
    return due == m_open.end() ? nullptr : &*due;
}

std::deque<QueuedEvent> &WebhookLane::source()
{
    refill(m_policy.batch ? static_cast<std::size_t>(m_policy.batch->maxEvents) : 1);
    return m_window.empty() ? m_memory : m_window;
}

void WebhookLane::refill(std::size_t wanted)
{
    while (m_hasMore && m_window.size() < wanted) {
        const std::size_t limit = std::max(windowSize, wanted);
        const std::vector<QueuedEvent> events =
            m_outbox.waiting(m_hookName, m_cursor, static_cast<int>(limit));
        m_hasMore = events.size() >= limit;
        for (const QueuedEvent &event : events) {
            m_cursor = event.sequence;
            const bool isOpen = std::any_of(m_open.begin(), m_open.end(), [&event](const Shipment &shipment) {
                return std::any_of(
                    shipment.events.begin(), shipment.events.end(),
                    [&event](const QueuedEvent &each) { return each.sequence == event.sequence; });
            });
            if (isOpen)
                continue;
            m_window.push_back(event);
            if (m_isResumed)
                m_window.back().nextMs = 0;
        }
        m_isResumed = m_isResumed && m_hasMore;
    }
}

// How many of the first ones go together; 0: they wait for more.
std::size_t WebhookLane::batchSize(const std::deque<QueuedEvent> &events, qint64 nowMs)
{
    if (!events.front().batchId.isEmpty()) {
        // What was sent as an array once is sent as the same one again, or its id would name two things.
        const auto end = std::find_if(events.begin(), events.end(), [&](const QueuedEvent &event) {
            return event.batchId != events.front().batchId;
        });
        return static_cast<std::size_t>(end - events.begin());
    }
    if (!m_policy.batch)
        return 1;
    if (m_batchUntilMs == 0)
        m_batchUntilMs = nowMs + m_policy.batch->maxWaitMs;
    const auto most = static_cast<std::size_t>(m_policy.batch->maxEvents);
    std::size_t size = 0;
    qsizetype bytes = 0;
    while (size < std::min(most, events.size()) && events[size].batchId.isEmpty()
           && (size == 0 || bytes + events[size].json.size() <= mostBatchBytes))
        bytes += events[size++].json.size();
    const bool isFull = size == most || size < events.size();
    return isFull || m_isFlushing || m_batchUntilMs <= nowMs ? size : 0;
}

// Of what an earlier run tried, to be tried again at that moment of the wall clock.
qint64 WebhookLane::waitAtStartMs(qint64 nextMs)
{
    const qint64 waitMs = nextMs - QDateTime::currentMSecsSinceEpoch();
    if (waitMs > 0)
        return std::min(waitMs, longestResumedWaitMs);
    const bool isFirst = !std::exchange(m_hasBegunLate, true);
    if (isFirst || m_policy.parallelOrUsual() == 1)
        return 0;
    const auto spreadMs = static_cast<double>(std::min(-waitMs, m_timing.lateSpreadMs));
    return static_cast<qint64>(spreadMs * QRandomGenerator::global()->generateDouble());
}

WebhookLane::Shipment *WebhookLane::openNext(qint64 nowMs)
{
    std::deque<QueuedEvent> &events = source();
    const std::size_t size = events.empty() ? 0 : batchSize(events, nowMs);
    if (size == 0)
        return nullptr;
    m_batchUntilMs = 0;
    Shipment shipment;
    shipment.events.assign(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(size));
    events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(size));
    const QueuedEvent &first = shipment.events.front();
    shipment.isArray = m_policy.batch || !first.batchId.isEmpty();
    shipment.attempts = first.attempts;
    if (first.nextMs > 0)
        shipment.dueMs = nowMs + waitAtStartMs(first.nextMs);
    const bool isNewArray = shipment.isArray && first.batchId.isEmpty();
    shipment.id = shipment.isArray && !isNewArray ? first.batchId : first.id;
    if (isNewArray) {
        for (QueuedEvent &event : shipment.events)
            event.batchId = shipment.id;
        if (shipment.isDurable())
            m_outbox.noteTried(shipment.events);
    }
    m_openEvents += shipment.events.size();
    m_open.push_back(std::move(shipment));
    return &m_open.back();
}

void WebhookLane::send(Shipment &shipment)
{
    m_idle.stop();
    if (!m_network)
        m_network = WebhookAttempt::makeNetwork(this);
    shipment.isUnderWay = true;
    ++m_underWay;
    m_circuits.noteStart(m_host);
    const WebhookMessage message = messageOf(m_url, m_sending, shipment.events, shipment.isArray, shipment.id,
                                             QDateTime::currentSecsSinceEpoch(), m_secretOf);
    auto *attempt = new WebhookAttempt(m_network, message, m_timing.attemptMs, this);
    connect(attempt, &WebhookAttempt::finished, this,
            [this, attempt, host = m_host, shipment = &shipment](const WebhookOutcome &outcome) {
                attempt->deleteLater();
                bool isCircuitChanged = true;
                if (outcome.isRefusedHere || outcome.isUnready)
                    m_circuits.noteUnsent(host);
                else
                    isCircuitChanged = m_circuits.noteEnd(host, isHostInTrouble(outcome), steadyMs());
                settle(shipment, outcome);
                pump();
                if (isCircuitChanged)
                    emit circuitChanged(host);
                if (m_underWay == 0)
                    m_idle.start();
                emit changed();
            });
}

void WebhookLane::close(Shipment *shipment)
{
    m_openEvents -= shipment->events.size();
    m_open.remove_if([shipment](const Shipment &each) { return &each == shipment; });
}

void WebhookLane::arm(qint64 nowMs)
{
    if (!m_isOn)
        return;
    qint64 nextMs = 0;
    const auto consider = [&nextMs](qint64 ms) {
        nextMs = nextMs == 0 ? ms : std::min(nextMs, ms);
    };
    for (const Shipment &shipment : m_open) {
        if (!shipment.isUnderWay)
            consider(shipment.dueMs);
    }
    if (m_batchUntilMs > 0 && mayOpenAnother())
        consider(m_batchUntilMs);
    if (m_pausedUntilMs > nowMs && (nextMs > 0 || !m_memory.empty() || !m_window.empty() || m_hasMore))
        nextMs = std::max(nextMs, m_pausedUntilMs);
    const qint64 circuitMs = m_circuits.waitMs(m_host, nowMs);
    if (circuitMs > 0 && circuitMs < HostCircuits::probeOutMs)
        nextMs = std::max(nextMs, nowMs + circuitMs);
    // With all places taken, or a probe out, the end of what is under way comes first.
    const bool isHeldUp = m_underWay >= m_policy.parallelOrUsual() || circuitMs >= HostCircuits::probeOutMs;
    if (nextMs == 0 || isHeldUp)
        m_timer.stop();
    else
        m_timer.start(static_cast<int>(std::clamp<qint64>(nextMs - nowMs, 0, 24LL * 60 * 60 * 1000)));
}

} // namespace hookscope
