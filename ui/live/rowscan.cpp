#include "ui/live/rowscan.h"

#include "ui/live/cellorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace hookscope {

namespace {

constexpr EventLog::Sequence rowsBetweenLooksAtTheClock = 1024;

// Replaces the number of each text by its place among all.
void rankTexts(SortWork &work)
{
    std::vector<std::size_t> order(work.texts.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(),
              [&](std::size_t left, std::size_t right) { return work.texts[left] < work.texts[right]; });
    std::vector<std::int64_t> ranks(order.size());
    for (std::size_t i = 1; i < order.size(); ++i)
        ranks[order[i]] = ranks[order[i - 1]] + (work.texts[order[i]] != work.texts[order[i - 1]] ? 1 : 0);
    for (std::int64_t &key : work.keys)
        key = ranks[static_cast<std::size_t>(key)];
}

} // namespace

std::vector<SortWork::Sequence> SortWork::sorted() &&
{
    if (keys.empty()) {
        if (isDescending)
            std::reverse(rows.begin(), rows.end());
        return std::move(rows);
    }
    if (!texts.empty())
        rankTexts(*this);
    std::vector<std::pair<std::int64_t, Sequence>> pairs(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        pairs[i] = {keys[i], rows[i]};
    std::sort(pairs.begin(), pairs.end(), [this](const auto &left, const auto &right) {
        if (left.first != right.first)
            return isDescending ? left.first > right.first : left.first < right.first;
        return left.second < right.second;
    });
    std::transform(pairs.begin(), pairs.end(), rows.begin(), [](const auto &pair) { return pair.second; });
    return std::move(rows);
}

RowScan::RowScan(const EventLog &log, LiveFilter filter, Column column, Qt::SortOrder order, Sequence end)
    : m_log(log)
    , m_filter(std::move(filter))
    , m_column(column)
    , m_next(log.begin())
    , m_end(end)
    , m_generation(log.strings().generation())
{
    m_work.isDescending = order == Qt::DescendingOrder;
    if (end > m_next && m_filter.isEmpty())
        m_work.rows.reserve(end - m_next);
}

bool RowScan::advance(std::chrono::microseconds box)
{
    const auto deadline = std::chrono::steady_clock::now() + box;
    if (std::exchange(m_generation, m_log.strings().generation()) != m_generation)
        m_textKeys.clear(); // an id may mean another text now
    m_next = std::max(m_next, m_log.begin());
    const Sequence end = std::min(m_end, m_log.end());
    while (m_next < end) {
        take(m_next++);
        if (m_next % rowsBetweenLooksAtTheClock == 0 && std::chrono::steady_clock::now() >= deadline)
            return false;
    }
    return true;
}

void RowScan::take(Sequence sequence)
{
    const Record &record = *m_log.record(sequence);
    if (!m_filter.matches(record, m_log.strings()))
        return;
    m_work.rows.push_back(sequence);
    if (m_column == Column::Time)
        return;
    m_work.keys.push_back(isOrderedByText(m_column) ? textKey(orderText(record, m_column))
                                                    : orderNumber(record, m_column));
}

std::int64_t RowScan::textKey(StringId id)
{
    if (id >= m_textKeys.size())
        m_textKeys.resize(std::max<std::size_t>(id + 1, m_log.strings().size()));
    if (m_textKeys[id] == 0) {
        m_work.texts.emplace_back(m_log.strings().text(id));
        m_textKeys[id] = static_cast<std::int64_t>(m_work.texts.size());
    }
    return m_textKeys[id] - 1;
}

} // namespace hookscope
