#pragma once

#include "core/events/redact.h"

#include <QObject>
#include <compare>
#include <map>
#include <string>
#include <unordered_set>

namespace hookscope {

// Running totals of this session: by sandbox, provider and model (as agentkernel's usage store), and
// over everything. Main thread. A sum is of what was reported; how many calls reported nothing is
// counted beside it, so that a total can be shown as the lower bound that it is.
class UsageTotals final : public QObject
{
    Q_OBJECT
public:
    struct Key {
        std::string sandbox;
        std::string provider;
        std::string model; // "unknown" where no model is known, as agentkernel's
        friend auto operator<=>(const Key &, const Key &) = default;
    };

    struct Entry {
        quint64 requests = 0;
        quint64 streaming = 0;
        qint64 inputTokens = 0;
        qint64 outputTokens = 0;
        qint64 totalTokens = 0;
        quint64 withoutUsage = 0;      // calls whose usage is missing or partial
        qint64 lastRequestUs = 0;      // microseconds since the Unix epoch
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    struct Overall {
        quint64 requests = 0; // exchanges started
        quint64 inFlight = 0;
        quint64 errors = 0;   // exchanges that failed, or were answered with 400 or above
        quint64 llmCalls = 0;
        quint64 withoutUsage = 0;
        qint64 inputTokens = 0;
        qint64 outputTokens = 0;
        qint64 cacheReadTokens = 0;
        friend bool operator==(const Overall &, const Overall &) = default;
    };

    explicit UsageTotals(QObject *parent = nullptr);

    const std::map<Key, Entry> &entries() const { return m_entries; }
    const Overall &overall() const { return m_overall; }

public slots:
    void add(const hookscope::EventBatch &batch);
    void clear(); // the sums; what is in flight stays in flight

signals:
    // Once per batch that changed something.
    void changed();

private:
    bool take(const Event &event);
    void takeCall(const LlmEvent &call);

    std::map<Key, Entry> m_entries;
    std::unordered_set<ExchangeId> m_inFlight;
    Overall m_overall;
};

} // namespace hookscope
