#pragma once

#include "core/error.h"

#include <QJsonObject>
#include <QStringList>
#include <optional>
#include <vector>

namespace hookscope {

enum class DeliveryMode {
    BestEffort, // from memory, tried a few times
    AtLeastOnce, // from the outbox on disk, until it is delivered or given up
};

// Several events as one JSON array: as soon as maxEvents wait, or the oldest has waited for maxWaitMs.
struct Batching {
    static constexpr int mostEvents = 1000;
    static constexpr int longestWaitMs = 10 * 60 * 1000;

    int maxEvents = 100;
    int maxWaitMs = 1000;

    friend bool operator==(const Batching &, const Batching &) = default;
};

// How events get to a webhook: the keys "delivery", "parallel", "batch" and "retry" of a hook. What is not
// set is the mode's usual way.
struct DeliveryPolicy {
    static constexpr int mostParallel = 6; // connections that are opened to one receiver

    DeliveryMode mode = DeliveryMode::BestEffort;
    std::optional<int> parallel; // deliveries under way at once; with 1, events arrive in their order
    std::optional<Batching> batch;
    std::vector<qint64> retryWaitsMs; // before the second try, the third, ...; empty: the usual ones

    int parallelOrUsual() const
    {
        return parallel.value_or(mode == DeliveryMode::AtLeastOnce ? 1 : mostParallel);
    }

    friend bool operator==(const DeliveryPolicy &, const DeliveryPolicy &) = default;
};

// The keys above, in the order in which they are written.
const QStringList &deliveryKeys();

// What those keys of a hook's object say; the error names key and range.
Result<DeliveryPolicy> deliveryPolicyFromJson(const QJsonObject &hook);

// Sets those keys, without those that are as usual. What "batch" and "retry" hold besides stays.
void writeTo(QJsonObject &hook, const DeliveryPolicy &policy);

// Why these wishes do not go together, if so.
Result<void> validate(const DeliveryPolicy &policy);

} // namespace hookscope
