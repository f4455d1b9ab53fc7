#include "core/events/eventlog.h"
#include "ui/live/livemodel.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>

// How the log and the table hold up at a million exchanges: bench_window [EXCHANGES]. The table is open
// and follows the newest row. Prints figures and the longest gaps of the event loop.

using namespace hookscope;

namespace {

constexpr int batchSize = 500; // exchanges, about what the proxy hands over at once under full load
constexpr double megabyte = 1024.0 * 1024.0;

// The pauses between two turns of the event loop, each of which could have been a frame.
class Gaps {
public:
    Gaps()
    {
        m_timer.setInterval(0);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
        });
        m_clock.start();
        m_timer.start();
    }

    // What went before is not the event loop's.
    void restart() { m_clock.restart(); }

    double longest() const { return m_gaps.empty() ? 0 : *std::max_element(m_gaps.begin(), m_gaps.end()); }

    double percentile(double part)
    {
        if (m_gaps.empty())
            return 0;
        std::sort(m_gaps.begin(), m_gaps.end());
        return m_gaps[static_cast<std::size_t>(part * static_cast<double>(m_gaps.size() - 1))];
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps; // milliseconds
};

double residentMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / megabyte;
}

class Traffic {
public:
    EventBatch next(int exchanges)
    {
        std::vector<RedactedEvent> events;
        events.reserve(static_cast<std::size_t>(exchanges) * 5);
        for (int i = 0; i < exchanges; ++i)
            add(events);
        return std::make_shared<const std::vector<RedactedEvent>>(std::move(events));
    }

private:
    void add(std::vector<RedactedEvent> &events)
    {
        const auto id = ExchangeId::next();
        const unsigned kind = m_random() % 8;
        Started started;
        started.id = id;
        started.timestampUs = m_nowUs += 1000;
        started.sandbox = "agent-" + std::to_string(kind % 4);
        started.process = Process{"claude", 1000 + static_cast<int>(kind)};
        started.method = "POST";
        started.host = "api" + std::to_string(kind) + ".example.com";
        started.path = "/v1/messages?beta=true";
        started.url = "https://" + started.host + started.path;
        LlmEvent call;
        call.id = id;
        call.timestampUs = m_nowUs;
        call.provider = kind % 2 == 0 ? "anthropic" : "openai";
        call.model = "model-" + std::to_string(kind);
        call.session = "session-" + std::to_string(m_random() % 500);
        call.tokens.input = m_random() % 100'000;
        call.tokens.output = m_random() % 5'000;
        call.cost = static_cast<PicoUsd>(m_random() % 1'000'000) * 1'000'000;
        call.usage = UsageState::Reported;
        ProxyEvent request;
        request.id = id;
        request.requestBytes = 1000;
        ProxyEvent response = request;
        response.event = HookEvent::OnResponse;
        response.status = m_random() % 50 == 0 ? 529 : 200;
        response.latencyUs = m_random() % 900'000;
        response.durationUs = *response.latencyUs + m_random() % 9'000'000;
        response.responseBytes = 5000;
        events.push_back(redact(started, {}));
        events.push_back(redact(request, {}));
        events.push_back(redact(Answered{id, *response.status, *response.latencyUs, {}}, {}));
        events.push_back(redact(call, {}));
        events.push_back(redact(response, {}));
    }

    std::mt19937 m_random{5};
    std::int64_t m_nowUs = 1'760'000'000'000'000;
};

void ingest(EventLog &log, quint64 exchanges)
{
    Traffic traffic;
    const double before = residentMb();
    double appendedMs = 0;
    Gaps gaps;
    while (log.end() < exchanges) {
        const EventBatch batch = traffic.next(batchSize);
        gaps.restart();
        QElapsedTimer clock;
        clock.start();
        log.append(batch);
        QCoreApplication::processEvents();
        appendedMs += static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }
    const double events = static_cast<double>(exchanges) * 5;
    std::printf(
        "ingest: %.0f exchanges, %.0f events/s; event loop's gap: longest %.1f ms, 99 %% under %.1f ms\n",
        static_cast<double>(exchanges), events / appendedMs * 1000, gaps.longest(), gaps.percentile(0.99));
    std::printf("memory: %.0f MB resident, %.0f before; records and texts %.0f bytes a row\n", residentMb(),
                before,
                static_cast<double>(log.recordBytes()) / static_cast<double>(log.end() - log.begin()));
}

void rearrange(LiveModel &model, const char *what, const std::function<void()> &start)
{
    bool isDone = false;
    const auto connection = QObject::connect(&model, &LiveModel::rearranged, [&] { isDone = true; });
    Gaps gaps;
    QElapsedTimer clock;
    clock.start();
    start();
    while (!isDone)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    for (int turn = 0; turn < 20; ++turn)
        QCoreApplication::processEvents();
    QObject::disconnect(connection);
    std::printf("%-28s %7.0f ms, longest gap %5.1f ms, %d rows\n", what, ms, gaps.longest(),
                model.rowCount());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const quint64 exchanges = arguments.size() > 1 ? arguments[1].toULongLong() : 1'000'000;
    EventLog log({.rows = exchanges, .keepsDetails = false});
    LivePage page(log);
    page.resize(1400, 800);
    page.show();
    ingest(log, exchanges);

    LiveModel &model = page.model();
    model.flush();
    const auto sortBy = [&](Column column, Qt::SortOrder order) {
        return [&page, column, order] {
            page.view().sortByColumn(static_cast<int>(column), order);
        };
    };
    rearrange(model, "filter: LLM calls, a word",
              [&] { model.setFilter(LiveFilter(true, QStringLiteral("model-3"))); });
    rearrange(model, "filter: none", [&] { model.setFilter({}); });
    rearrange(model, "sort by cost", sortBy(Column::Cost, Qt::DescendingOrder));
    rearrange(model, "sort by model", sortBy(Column::Model, Qt::AscendingOrder));
    rearrange(model, "sort by time", sortBy(Column::Time, Qt::AscendingOrder));
    QElapsedTimer clock;
    clock.start();
    log.clear();
    QCoreApplication::processEvents();
    std::printf("clear: %.0f ms, %.0f MB resident afterwards\n",
                static_cast<double>(clock.nsecsElapsed()) / 1e6, residentMb());
    return 0;
}
