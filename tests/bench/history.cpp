// How fast a session is stored and read back: bench_history [EXCHANGES]. Prints what it did and how long it
// took.

#include "core/history/history.h"
#include "core/events/eventlog.h"
#include "core/history/sessionshelf.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <cstdio>

using namespace hookscope;

namespace {

constexpr int eventsInBatch = 500;

http::FieldList fields(int count)
{
    http::FieldList head;
    for (int i = 0; i < count; ++i)
        head.push_back({"x-header-field-" + std::to_string(i), "a value of a usual length, 42 bytes of it"});
    return head;
}

void add(std::vector<RedactedEvent> &events, Event event)
{
    events.push_back(redact(std::move(event), {}));
}

// As a streamed call of an agent is: 15 fields asked, 20 answered.
void addCall(std::vector<RedactedEvent> &events, int number)
{
    Started started;
    started.id = ExchangeId::next();
    started.timestampUs = 1'700'000'000'000'000 + number;
    started.sandbox = "claude";
    started.process = Process{"claude", 4711};
    started.method = "POST";
    started.host = "api.anthropic.com";
    started.path = "/v1/messages?beta=true";
    started.url = "https://api.anthropic.com/v1/messages?beta=true";
    started.head = fields(15);
    ProxyEvent request;
    request.id = started.id;
    request.timestampUs = started.timestampUs;
    request.sandbox = started.sandbox;
    request.method = started.method;
    request.url = started.url;
    request.host = started.host;
    request.process = started.process;
    request.requestBytes = 120'000;
    LlmEvent call;
    call.id = started.id;
    call.timestampUs = started.timestampUs;
    call.sandbox = started.sandbox;
    call.provider = "anthropic";
    call.host = started.host;
    call.method = started.method;
    call.path = "/v1/messages";
    call.model = "claude-sonnet-4-5";
    call.status = 200;
    call.tokens = {number, 20, 900, 50, 7};
    call.cost = 1'230'000'000 + number;
    call.costSource = CostSource::PriceList;
    call.usage = UsageState::Reported;
    call.details.answerId = "msg_" + std::to_string(number);
    ProxyEvent response = request;
    response.event = HookEvent::OnResponse;
    response.status = 200;
    response.latencyUs = 700'000;
    response.durationUs = 2'000'000;
    response.responseBytes = 40'000;
    const Answered answered{started.id, 200, 700'000, fields(20)};
    add(events, std::move(started));
    add(events, std::move(request));
    add(events, answered);
    add(events, std::move(call));
    add(events, std::move(response));
}

double seconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int exchanges = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100'000;
    const QTemporaryDir dir;
    qRegisterMetaType<EventBatch>();
    qRegisterMetaType<ReadSummary>();

    std::vector<EventBatch> batches;
    for (int i = 0; i < exchanges;) {
        std::vector<RedactedEvent> events;
        while (i < exchanges && events.size() < eventsInBatch)
            addCall(events, i++);
        batches.push_back(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
    }
    QElapsedTimer timer;
    timer.start();
    {
        History history(dir.path());
        history.start(true, 4096, 1);
        for (const EventBatch &batch : batches)
            history.append(batch);
        history.close();
    }
    const double stored = seconds(timer);
    qint64 bytes = 0;
    for (const Segment &segment : segmentsIn(currentSessionPath(dir.path())))
        bytes += segment.bytes;
    std::printf("stored %d exchanges, %.0f MB, in %.2f s\n", exchanges, static_cast<double>(bytes) / 1e6,
                stored);
    batches.clear();

    // As the program does it: on a thread of its own, with the log on the main one.
    EventLog log;
    QThread thread;
    History history(dir.path());
    history.moveToThread(&thread);
    double longest = 0;
    QEventLoop loop;
    QObject::connect(&history, &History::restoring, &log, [&](const EventBatch &batch) {
        QElapsedTimer one;
        one.start();
        log.restore(batch);
        longest = std::max(longest, seconds(one));
        QTimer::singleShot(1, &log,
                           [&history] { QMetaObject::invokeMethod(&history, &History::restoreNext); });
    });
    QObject::connect(&history, &History::restored, &loop, &QEventLoop::quit);
    thread.start();
    timer.start();
    QMetaObject::invokeMethod(&history, [&history] { history.start(true, 4096, 1'000'000); });
    loop.exec();
    std::printf("restored %llu exchanges in %.2f s; the log was busy for at most %.1f ms at a time\n",
                static_cast<unsigned long long>(log.end() - log.begin()), seconds(timer), longest * 1e3);
    thread.quit();
    thread.wait();
}
