#pragma once

#include "core/events/linerows.h"
#include "core/events/redact.h"

#include <QMetaType>
#include <deque>
#include <memory>
#include <variant>
#include <vector>

namespace hookscope {

// What was read of a file, in its order: for the log.
using ReadPart = std::variant<EventBatch, LineRowBatch>;
using ReadBatch = std::shared_ptr<const std::vector<ReadPart>>;

// What a reader has read and its receiver has not got yet. One thread.
class ReadParts {
public:
    void add(RedactedEvent event);
    void add(LineRowBatch rows);

    bool isEmpty() const { return m_parts.empty() && m_events.empty(); }
    bool hasBatch() const { return m_weight >= batchWeight; } // take() would give a whole one

    // The oldest of it, some milliseconds of the log's time.
    ReadBatch take();

private:
    static constexpr std::size_t batchWeight = 500; // events; many rows of lines are as much work as one

    static std::size_t weightOf(const ReadPart &part);
    void closeEvents();

    std::deque<ReadPart> m_parts;
    std::vector<RedactedEvent> m_events; // the last part, if there are any
    std::size_t m_weight = 0;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::ReadBatch)
