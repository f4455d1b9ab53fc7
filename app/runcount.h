#pragma once

#include "core/events/redact.h"
#include "core/usage/usagetotals.h"

#include <QObject>
#include <unordered_set>

namespace hookscope {

// What was sent under one label since this was made, and what it used. Main thread.
class RunCount final : public QObject {
    Q_OBJECT
public:
    explicit RunCount(std::string sandbox, QObject *parent = nullptr);

    const UsageTotals::Overall &overall() const { return m_totals.overall(); }

public slots:
    void take(const hookscope::EventBatch &batch);

private:
    std::string m_sandbox;
    std::unordered_set<ExchangeId> m_exchanges; // of the label
    UsageTotals m_totals;
};

// Requests, tokens and cost in one line, without a final stop. A sum that lacks parts says "≥", one of which
// nothing is known says so: never a number that could be wrong.
QString runSummary(const UsageTotals::Overall &overall);

} // namespace hookscope
