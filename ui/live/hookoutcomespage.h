#pragma once

#include "core/events/delivery.h"

#include <QWidget>
#include <deque>
#include <optional>

class QLabel;
class QTreeWidget;

namespace hookscope {

// What hooks fired for one exchange, and what came back. Remembers the last outcomes of all exchanges, up to
// mostOutcomes. Main thread.
class HookOutcomesPage final : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t mostOutcomes = 20'000;

    explicit HookOutcomesPage(QWidget *parent = nullptr);

    void add(const QList<HookOutcome> &outcomes);
    void show(ExchangeId exchange);

private:
    void rebuild();

    std::deque<HookOutcome> m_outcomes;
    std::optional<ExchangeId> m_exchange;
    bool m_hasForgotten = false;
    QLabel *m_note;
    QTreeWidget *m_list;
};

} // namespace hookscope
