#include "core/events/eventlog.h"
#include "core/sources/followgate.h"
#include "core/sources/jsonltail.h"
#include "core/usage/budgetwatch.h"
#include "core/usage/usageseries.h"
#include "core/usage/usagetotals.h"
#include "ui/files/importjob.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <simdjson.h>
#include <string>

// How fast a file with an event a line is opened: bench_opening import|follow|simdjson|memcpy FILE. import
// and follow are what the window does, into a log and totals as it has; the others are limits: simdjson parses every
// line, memcpy copies the file's bytes once, out of the page cache. Prints lines, bytes and seconds as JSON,
// and the log's bytes a row.

using namespace hookscope;

namespace {

struct Opened {
    quint64 lines = 0;
    double seconds = 0;
    double bytesPerRow = 0;
};

[[noreturn]] void fail(const QString &why)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(why));
    std::exit(1);
}

double secondsOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

quint64 linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        fail(file.errorString());
    const auto *bytes = reinterpret_cast<const char *>(file.map(0, file.size()));
    std::string_view left(bytes, static_cast<std::size_t>(file.size()));
    quint64 lines = 0;
    for (auto end = left.find('\n'); end != left.npos; end = left.find('\n')) {
        left.remove_prefix(end + 1);
        ++lines;
    }
    return lines;
}

// What takes in what a file brings, joined as app/pipeline does it.
struct Window {
    Window()
    {
        QObject::connect(&totals, &UsageTotals::counted, &series, &UsageSeries::count);
        QObject::connect(&totals, &UsageTotals::callCounted, &budgets, &BudgetWatch::count);
        QObject::connect(&totals, &UsageTotals::callCorrected, &budgets, &BudgetWatch::correct);
        QObject::connect(&log, &EventLog::restored, &budgets, &BudgetWatch::beginRestore);
        QObject::connect(&log, &EventLog::restored, &totals, &UsageTotals::add);
        QObject::connect(&log, &EventLog::restored, &budgets, &BudgetWatch::endRestore);
        QObject::connect(&log, &EventLog::rowsRestored, &budgets, &BudgetWatch::beginRestore);
        QObject::connect(&log, &EventLog::rowsRestored, &totals, &UsageTotals::addRows);
        QObject::connect(&log, &EventLog::rowsRestored, &budgets, &BudgetWatch::endRestore);
    }

    Opened opened(const QString &path, double seconds) const
    {
        const quint64 lines = linesOf(path);
        // agentkernel's lines are a row each.
        if (totals.overall().requests != lines)
            fail(QStringLiteral("%1 of %2 lines were counted").arg(totals.overall().requests).arg(lines));
        const double rows = static_cast<double>(std::max<quint64>(1, log.end() - log.begin()));
        return {lines, seconds, static_cast<double>(log.bytes()) / rows};
    }

    EventLog log;
    UsageTotals totals;
    UsageSeries series;
    BudgetWatch budgets;
};

Opened import(const QString &path)
{
    Window window;
    QEventLoop loop;
    ImportJob job(window.log, path);
    ImportCounts result;
    QObject::connect(&job, &ImportJob::finished, &loop, [&](const ImportCounts &counts) {
        result = counts;
        loop.quit();
    });
    QObject::connect(&job, &ImportJob::failed, &loop, [](const Error &error) { fail(error.text); });
    QElapsedTimer timer;
    timer.start();
    job.start();
    loop.exec();
    const double seconds = secondsOf(timer);
    if (result.bad > 0)
        fail(QStringLiteral("%1 bad lines: %2").arg(result.bad).arg(result.firstFault));
    return window.opened(path, seconds);
}

Opened follow(const QString &path)
{
    Window window;
    const FollowGate gate(window.log);
    QThread thread;
    auto *tail = new JsonlTail(path);
    tail->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, tail, &QObject::deleteLater);
    QEventLoop loop;
    const quint64 lines = linesOf(path);
    QObject::connect(tail, &JsonlTail::read, &window.log, [&](const ReadBatch &batch) {
        window.log.restoreRead(gate.newOf(batch));
        QTimer::singleShot(1, tail, &JsonlTail::readNext);
        if (window.totals.overall().requests >= lines)
            loop.quit();
    });
    QElapsedTimer timer;
    timer.start();
    thread.start();
    QMetaObject::invokeMethod(tail, &JsonlTail::start);
    loop.exec();
    const double seconds = secondsOf(timer);
    thread.quit();
    thread.wait();
    return window.opened(path, seconds);
}

Opened parse(const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    simdjson::padded_string text;
    if (simdjson::padded_string::load(path.toStdString()).get(text) != simdjson::SUCCESS)
        fail(QStringLiteral("The file cannot be loaded"));
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document_stream documents;
    if (parser.iterate_many(text).get(documents) != simdjson::SUCCESS)
        fail(QStringLiteral("The file cannot be parsed"));
    Opened opened;
    std::size_t status = 0;
    for (auto document : documents) {
        simdjson::ondemand::object object;
        if (document.get_object().get(object) != simdjson::SUCCESS)
            fail(QStringLiteral("A line is no object"));
        for (auto field : object) {
            simdjson::ondemand::value value;
            if (field.value().get(value) == simdjson::SUCCESS
                && value.type() == simdjson::ondemand::json_type::string)
                status += std::string_view(value.get_string()).size();
        }
        ++opened.lines;
    }
    opened.seconds = secondsOf(timer);
    if (status == 0)
        fail(QStringLiteral("There is no text in the file"));
    return opened;
}

Opened copy(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        fail(file.errorString());
    const auto size = static_cast<std::size_t>(file.size());
    const uchar *bytes = file.map(0, file.size());
    constexpr std::size_t piece = 1U << 20;
    std::string to(piece, '\0');
    QElapsedTimer timer;
    timer.start();
    std::size_t kept = 0;
    for (std::size_t at = 0; at < size; at += piece) {
        std::memcpy(to.data(), bytes + at, std::min(piece, size - at));
        kept += static_cast<unsigned char>(to[at % piece]);
    }
    const double seconds = secondsOf(timer);
    if (kept == 0)
        fail(QStringLiteral("The file is empty"));
    return {linesOf(path), seconds, 0};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    qRegisterMetaType<ReadBatch>();
    if (argc != 3)
        fail(QStringLiteral("usage: bench_opening import|follow|simdjson|memcpy FILE"));
    const std::string way = argv[1];
    const QString path = QString::fromLocal8Bit(argv[2]);
    linesOf(path); // the file is in the page cache
    const Opened opened = way == "import" ? import(path)
        : way == "follow"                 ? follow(path)
        : way == "simdjson"               ? parse(path)
                                          : copy(path);
    std::printf("{\"lines\": %llu, \"bytes\": %lld, \"seconds\": %.6f, \"bytes_per_row\": %.0f}\n",
                static_cast<unsigned long long>(opened.lines), static_cast<long long>(QFile(path).size()),
                opened.seconds, opened.bytesPerRow);
    return 0;
}
