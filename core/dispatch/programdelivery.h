#pragma once

#include "core/dispatch/deliverytally.h"
#include "core/dispatch/programrun.h"
#include "core/hooks/hook.h"

#include <QHash>
#include <QObject>
#include <deque>

namespace hookscope {

// Runs hooks' programs for their events, each hook's in the order of the events and no more at once than it
// says. Delivery thread; `tally` outlives it.
class ProgramDelivery final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostWaiting = 1000; // events of one hook; more are dropped

    explicit ProgramDelivery(DeliveryTally &tally, QObject *parent = nullptr);
    ~ProgramDelivery() override;

    // The programs' hooks that are on and valid. What waits for others is dropped and counted; what runs goes
    // on.
    void setHooks(const QList<Hook> &programs);

    void add(const Hook &hook, const QByteArray &json, const DeliveryMark &mark);
    void test(const Hook &hook, const QByteArray &json); // at once; emits tested()

    bool isIdle() const;
    QHash<QString, quint64> undelivered() const; // waiting or running, by hook
    void complete(const QString &hookName, DeliveryCounts &counts) const;

signals:
    void drained(); // isIdle() has become true
    void tested(const hookscope::TestResult &result);

private:
    struct Waiting {
        QByteArray json;
        DeliveryMark mark;
    };

    struct Lane {
        ExecTarget target;
        std::deque<Waiting> waiting;
        int running = 0;
        QDateTime failingSince;
    };

    void pump(const QString &hookName);
    void settle(const QString &hookName, const DeliveryMark &mark, const ProgramOutcome &outcome);

    DeliveryTally &m_tally;
    QHash<QString, Lane> m_lanes;
    int m_running = 0;
};

} // namespace hookscope
