#pragma once

#include "core/error.h"
#include "core/usage/budget.h"

#include <QString>
#include <set>

namespace hookscope {

// Which crossings have been told, so that each is told once in its period, also over a restart. A budget
// whose amount, period, threshold or filter was changed is another one. A value; any thread.
class ToldCrossings {
public:
    bool holds(const Budget &budget, std::int64_t periodStartUs, BudgetCrossing kind) const;
    void add(const Budget &budget, std::int64_t periodStartUs, BudgetCrossing kind);

    // Leaves out the periods that began earlier.
    void forgetBefore(std::int64_t periodStartUs);

    friend bool operator==(const ToldCrossings &, const ToldCrossings &) = default;

private:
    friend Result<ToldCrossings> loadToldCrossings(const QString &path);
    friend Result<void> saveToldCrossings(const QString &path, const ToldCrossings &told);

    std::set<std::pair<std::int64_t, std::string>> m_told; // the period's start, and budget and kind
};

// The file of them, DATA_DIR/budgets.json. None is no fault, and gives an empty value.
Result<ToldCrossings> loadToldCrossings(const QString &path);

// Whole or not at all (QSaveFile), mode 0600.
Result<void> saveToldCrossings(const QString &path, const ToldCrossings &told);

} // namespace hookscope
