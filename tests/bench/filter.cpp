#include "core/events/filtermatcher.h"
#include "core/events/grouping.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

// How fast a filter and a grouping go through a million records of the log: in milliseconds, the best of
// several rounds, since the machine is shared. A filter is new in each round, so what it remembers of texts
// is part of the time. Usage: bench_filter [ROWS]

using namespace hookscope;

namespace {

constexpr int rounds = 5;
constexpr std::int64_t nowUs = 1'700'000'000'000'000;

// Five minutes of many clients: few hosts and models, thousands of sessions, and in every fourth request a
// path of its own.
Record madeRecord(std::size_t number, Strings &strings)
{
    static constexpr const char *hosts[] = {"api.anthropic.com", "api.openai.com",
                                            "generativelanguage.googleapis.com", "localhost"};
    static constexpr const char *models[] = {"claude-opus-4-1", "gpt-5-mini", "gemini-2.5-pro", "llama3:8b"};
    static constexpr const char *providers[] = {"anthropic", "openai", "google", "ollama"};
    const std::size_t kind = number * 7 % 11 % 4;
    Started started;
    started.id = {1, number};
    started.timestampUs = nowUs - static_cast<std::int64_t>(number);
    started.sandbox = "sandbox-" + std::to_string(number % 20);
    started.process = Process{"node", static_cast<std::int64_t>(1000 + number % 500)};
    started.method = "POST";
    started.host = hosts[kind];
    started.path = number % 4 == 0 ? "/v1/files/file-" + std::to_string(number) + "/content" : "/v1/messages";
    started.url = "https://" + started.host + started.path;
    Record record;
    apply(record, started, strings);

    LlmEvent call;
    call.id = started.id;
    call.provider = providers[kind];
    call.model = models[kind];
    call.session = "session-" + std::to_string(number % 5000);
    call.tokens.input = static_cast<std::int64_t>(number % 200'000);
    call.tokens.output = static_cast<std::int64_t>(number % 3'000);
    call.cost = static_cast<std::int64_t>(number % 2'000'000) * 1'000'000;
    call.usage = UsageState::Reported;
    apply(record, call, strings);

    ProxyEvent ended;
    ended.event = HookEvent::OnResponse;
    ended.id = started.id;
    ended.status = number % 50 == 0 ? 429 : 200;
    ended.durationUs = static_cast<std::int64_t>(number % 60'000'000);
    apply(record, ended, strings);
    return record;
}

template <class Work> double bestMs(Work work)
{
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
        best = std::min(best, taken.count());
    }
    return best;
}

} // namespace

int main(int argc, char *argv[])
{
    const std::size_t rows = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
    Strings strings;
    std::vector<Record> records;
    records.reserve(rows);
    for (std::size_t i = 0; i < rows; ++i)
        records.push_back(madeRecord(i, strings));
    std::printf("%zu records, %zu distinct texts\n", rows, strings.size());

    std::uint64_t sum = 0;
    const double passMs = bestMs([&] {
        for (const Record &record : records)
            sum += record.status;
    });
    std::printf("read   %7.1f ms  one number of each record (sum %llu)\n", passMs,
                static_cast<unsigned long long>(sum));
    for (const char *text :
         {"is:llm", "status>=400", "cost>0.5 tokens>100k", "provider:anthropic model:*opus* status>=400",
          "host:*.openai.com OR duration>30s", "anthropic", "nothing-like-it", "\"claude\" -localhost",
          "com/v1/files", "path:*file-99*", "path~file-9+/", "url~openai.com/v1/m"}) {
        const Filter filter = *Filter::compile(QString::fromLatin1(text));
        std::size_t found = 0;
        const double ms = bestMs([&] {
            FilterMatcher matcher(filter, strings, nowUs);
            found = 0;
            for (const Record &record : records)
                found += matcher.matches(record) ? 1 : 0;
        });
        std::printf("filter %7.1f ms  %8zu found  %s\n", ms, found, text);
    }
    for (const GroupBy by : {GroupBy::Provider, GroupBy::Sandbox, GroupBy::Session}) {
        std::size_t groups = 0;
        const double ms = bestMs([&] {
            Grouping grouping(by, strings);
            for (const Record &record : records)
                grouping.add(record);
            groups = grouping.groups().size();
        });
        std::printf("group  %7.1f ms  %8zu groups by %s\n", ms, groups, std::string(fieldOf(by)).c_str());
    }
    return 0;
}
