#pragma once

#include "core/usage/callshare.h"

#include <QtGlobal>
#include <deque>
#include <map>
#include <memory>

namespace hookscope {

// The calls that a budget may have to count once more, because it was made or changed after them, or
// because they are known better now: those from a time on, at most 200,000 of them, about 100 bytes
// each. Kept are their numbers and what a filter asks for; not their details. One thread.
class PastCalls {
public:
    static constexpr std::size_t limit = 200'000;

    struct Call {
        std::int64_t endUs = 0; // since the Unix epoch
        CallShare share; // the tokens: input and output alone
        LlmEvent event; // sandbox, provider, host, model, path, session, process, status, usage, times
    };

    bool isEmpty() const { return m_records.empty(); }

    // Numbers count up by one while there are any.
    void append(quint64 number, const LlmEvent &call, const CallShare &share);

    // Replaces that call's share; what it was before, or nothing if it is no longer there.
    std::optional<Call> correct(quint64 number, const CallShare &share);

    // Leaves out calls at the front that ended before.
    void forgetBefore(std::int64_t timeUs);

    // Whether a call that ended at that time or later had to be left out because there were too many.
    bool isShortOf(std::int64_t timeUs) const { return m_droppedUs && *m_droppedUs >= timeUs; }

    template <class Visit> void visit(Visit &&visitCall) const
    {
        for (const Record &record : m_records)
            visitCall(callOf(record));
    }

private:
    // What many calls have in common.
    struct Place {
        std::string sandbox, provider, host, method, path;
        std::optional<std::string> model, session, process;
        friend auto operator<=>(const Place &, const Place &) = default;
    };

    struct Record {
        std::int64_t endUs = 0;
        std::optional<std::int64_t> input, output, durationUs;
        std::optional<PicoUsd> cost;
        std::shared_ptr<const Place> place;
        std::int16_t status = 0; // 0: none
        UsageState usage = UsageState::Missing;
        bool isCostBound = false, isStreaming = false, isUnderstood = true, isRefused = false;
    };

    static void put(const CallShare &share, Record &record);
    static Call callOf(const Record &record);
    std::shared_ptr<const Place> shared(Place place);

    std::deque<Record> m_records;
    quint64 m_firstNumber = 0;
    std::optional<std::int64_t> m_droppedUs; // the latest end of what was left out
    std::map<Place, std::shared_ptr<const Place>> m_places;
    std::size_t m_placesToSweepAt = 1024;
};

} // namespace hookscope
