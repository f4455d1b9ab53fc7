#include "ui/text/linediff.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace hookscope {

namespace {

using Kind = DiffLine::Kind;

// For each number of changes, how far each diagonal reaches.
using Trace = std::vector<std::vector<int>>;

class Myers {
public:
    Myers(QList<QString>::const_iterator from, int fromSize, QList<QString>::const_iterator to, int toSize)
        : m_from(from)
        , m_to(to)
        , m_fromSize(fromSize)
        , m_toSize(toSize)
    {
    }

    std::optional<QVector<DiffLine>> run(int mostChanges)
    {
        const int most = std::min(mostChanges, m_fromSize + m_toSize);
        std::vector<int> reach{0, 0, 0}; // of the diagonals -1, 0, 1
        for (int changes = 0; changes <= most; ++changes) {
            std::vector<int> next(static_cast<std::size_t>(2 * changes + 3), 0);
            for (int diagonal = -changes; diagonal <= changes; diagonal += 2) {
                const int x = follow(start(reach, changes, diagonal), diagonal);
                next[static_cast<std::size_t>(diagonal + changes + 1)] = x;
                if (x >= m_fromSize && x - diagonal >= m_toSize) {
                    m_trace.push_back(std::move(next));
                    return walkBack(changes);
                }
            }
            m_trace.push_back(next);
            reach = std::move(next);
        }
        return std::nullopt;
    }

private:
    // `reach` is of one change less: its diagonal d is at d + changes.
    static int at(const std::vector<int> &reach, int changes, int diagonal)
    {
        return reach[static_cast<std::size_t>(diagonal + changes)];
    }

    static bool isDown(const std::vector<int> &reach, int changes, int diagonal)
    {
        return diagonal == -changes
            || (diagonal != changes && at(reach, changes, diagonal - 1) < at(reach, changes, diagonal + 1));
    }

    static int start(const std::vector<int> &reach, int changes, int diagonal)
    {
        if (changes == 0)
            return 0;
        return isDown(reach, changes, diagonal) ? at(reach, changes, diagonal + 1)
                                                : at(reach, changes, diagonal - 1) + 1;
    }

    int follow(int x, int diagonal) const
    {
        while (x < m_fromSize && x - diagonal < m_toSize && m_from[x] == m_to[x - diagonal])
            ++x;
        return x;
    }

    QVector<DiffLine> walkBack(int changes) const
    {
        QVector<DiffLine> lines;
        int x = m_fromSize;
        int y = m_toSize;
        for (; changes >= 0; --changes) {
            const int diagonal = x - y;
            int begin = 0;
            if (changes > 0)
                begin = start(m_trace[static_cast<std::size_t>(changes - 1)], changes, diagonal);
            while (x > begin) {
                lines.append({Kind::Same, m_from[--x]});
                --y;
            }
            if (changes == 0)
                break;
            if (isDown(m_trace[static_cast<std::size_t>(changes - 1)], changes, diagonal))
                lines.append({Kind::Added, m_to[--y]});
            else
                lines.append({Kind::Removed, m_from[--x]});
        }
        std::reverse(lines.begin(), lines.end());
        return lines;
    }

    QList<QString>::const_iterator m_from;
    QList<QString>::const_iterator m_to;
    int m_fromSize;
    int m_toSize;
    Trace m_trace;
};

} // namespace

QVector<DiffLine> diffLines(const QStringList &from, const QStringList &to, int mostChanges)
{
    const auto [fromHead, toHead] = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
    const auto [fromTail, toTail] = std::mismatch(from.rbegin(), std::make_reverse_iterator(fromHead),
                                                  to.rbegin(), std::make_reverse_iterator(toHead));
    QVector<DiffLine> lines;
    const auto addAll = [&](auto begin, auto end, Kind kind) {
        for (; begin != end; ++begin)
            lines.append({kind, *begin});
    };
    addAll(from.begin(), fromHead, Kind::Same);
    const auto fromEnd = fromTail.base();
    const auto toEnd = toTail.base();
    auto middle =
        Myers(fromHead, static_cast<int>(fromEnd - fromHead), toHead, static_cast<int>(toEnd - toHead))
            .run(mostChanges);
    if (middle) {
        lines += *middle;
    } else {
        addAll(fromHead, fromEnd, Kind::Removed);
        addAll(toHead, toEnd, Kind::Added);
    }
    addAll(fromEnd, from.end(), Kind::Same);
    return lines;
}

} // namespace hookscope
