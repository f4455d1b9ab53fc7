// How many events a second reach a fast local receiver in each way of delivery, and how many lines a second a
// file: bench_hooks [EVENTS [WAY]]. Of lines there are twenty times as many.

#include "tests/dispatch/receiver.h"
#include "tests/dispatch/running.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <cstdio>

using namespace hookscope;

namespace {

class ReceiverThread {
public:
    ReceiverThread()
    {
        m_receiver.moveToThread(&m_thread);
        m_thread.start();
    }

    ~ReceiverThread()
    {
        QMetaObject::invokeMethod(
            &m_receiver, [this] { m_receiver.moveToThread(QCoreApplication::instance()->thread()); },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    QString url() const { return m_receiver.url(); }

private:
    QThread m_thread;
    Receiver m_receiver;
};

constexpr int linesPerEvent = 20; // or it would be over before it can be measured

void measure(const char *name, const Hook &hook, const QString &folder, int events)
{
    Running running(-1, DeliveryTiming());
    running.setOutboxFolder(folder);
    running.setHooks({hook});
    QElapsedTimer elapsed;
    elapsed.start();
    for (int sent = 0; sent < events; sent += 50) // about what a busy proxy hands over at once
        running.dispatch(requests(50));
    running.flush(600'000);
    while (running.flushed == 0)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const DeliveryCounts counts = running.counts("a");
    std::printf("%-32s %6.0f events/s (%llu delivered, %llu failed, %llu dropped)\n", name,
                1000.0 * events / static_cast<double>(elapsed.elapsed()), counts.delivered, counts.failed,
                counts.dropped);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int events = argc > 1 ? std::atoi(argv[1]) : 5000;
    const int only = argc > 2 ? std::atoi(argv[2]) : 0;
    const QTemporaryDir folder;
    const ReceiverThread receiver;
    const std::pair<const char *, DeliveryPolicy> ways[] = {
        {"best effort", {}},
        {"at least once, in order", {DeliveryMode::AtLeastOnce, {}, {}, {}}},
        {"at least once, 6 in parallel", {DeliveryMode::AtLeastOnce, 6, {}, {}}},
        {"at least once, arrays of 100", {DeliveryMode::AtLeastOnce, {}, Batching{100, 1000}, {}}},
    };
    int number = 0;
    for (const auto &[name, policy] : ways) {
        Hook hook = hookTo(QStringLiteral("a"), WebhookTarget{receiver.url()});
        hook.delivery = policy;
        if (++number == only || only == 0)
            measure(name, hook, folder.path(), events);
    }
    const std::pair<const char *, std::optional<FileRotation>> files[] = {
        {"file", {}},
        {"file, put aside at 1 MB", FileRotation{1'000'000, 0, 5, false}},
        {"file, the same, compressed", FileRotation{1'000'000, 0, 5, true}},
    };
    for (const auto &[name, rotation] : files) {
        if (++number == only || only == 0)
            measure(name,
                    hookTo(QStringLiteral("a"),
                           FileTarget{folder.filePath(QStringLiteral("%1.jsonl").arg(number)), rotation}),
                    folder.path(), linesPerEvent * events);
    }
    return 0;
}
