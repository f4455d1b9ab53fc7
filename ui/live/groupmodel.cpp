#include "ui/live/groupmodel.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace hookscope {

namespace {

using Group = Grouping::Group;

constexpr EventLog::Sequence recordsBetweenClocks = 512;
constexpr int restOfTime = 10; // a pass takes at most one part of that many

QString nameOf(const Group &group)
{
    return group.hasName ? visible(group.name) : GroupModel::tr("(none)");
}

QString tokensOf(const GroupSums &sums)
{
    if (sums.calls == 0)
        return absentText();
    const QString text = tokensText(sums.tokens);
    return sums.withoutTokens > 0 ? atLeastText(text) : text;
}

QString costOf(const GroupSums &sums)
{
    if (sums.calls == 0)
        return absentText();
    return sums.withoutCost > 0 ? atLeastMoneyText(sums.cost) : moneyText(sums.cost);
}

QString toolTipOf(const Group &group, int column)
{
    const GroupSums &sums = group.sums;
    QString text;
    if (column == GroupModel::Tokens && sums.withoutTokens > 0)
        text = GroupModel::tr("At least: of %1 requests the tokens are not wholly known")
                   .arg(countText(sums.withoutTokens));
    else if (column == GroupModel::Cost && sums.withoutCost > 0)
        text = GroupModel::tr("At least %1: of %2 requests the cost is not wholly known")
                   .arg(exactMoneyText(sums.cost), countText(sums.withoutCost));
    else if (column == GroupModel::Cost && sums.calls > 0)
        text = exactMoneyText(sums.cost);
    else if (column == GroupModel::Name)
        text = nameOf(group);
    return text.toHtmlEscaped();
}

std::int64_t currentTimeUs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

} // namespace

GroupModel::GroupModel(const EventLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
{
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &GroupModel::begin);
    connect(&m_slice, &QTimer::timeout, this, &GroupModel::goOn); // with 0 ms: whenever nothing else waits
    connect(&log, &EventLog::changed, this, &GroupModel::noteChange);
}

void GroupModel::setGroupBy(GroupBy by)
{
    if (by == m_by)
        return;
    beginResetModel();
    m_by = by;
    m_groups.clear();
    endResetModel();
    begin();
}

void GroupModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    begin();
}

void GroupModel::setSlowMs(int slowMs)
{
    m_slowUs = static_cast<std::int64_t>(slowMs) * 1000;
    noteChange();
}

void GroupModel::setActive(bool isActive)
{
    if (isActive == m_isActive)
        return;
    m_isActive = isActive;
    if (!isActive) {
        m_slice.stop();
        m_refresh.stop();
        m_isBehind = m_isBehind || m_matcher;
        m_matcher.reset();
        m_grouping.reset();
    } else if (m_isBehind) {
        begin();
    }
}

void GroupModel::noteChange()
{
    m_isBehind = true;
    if (m_isActive && m_by != GroupBy::None && !m_matcher && !m_refresh.isActive())
        m_refresh.start(refreshMs);
}

void GroupModel::begin()
{
    m_refresh.stop();
    m_isBehind = true;
    if (!m_isActive || m_by == GroupBy::None)
        return;
    m_isBehind = false;
    m_matcher.emplace(m_filter, m_log.strings(), currentTimeUs(), m_slowUs);
    m_grouping.emplace(m_by, m_log.strings());
    m_next = m_log.begin();
    m_spentUs = 0;
    m_slice.start(0);
}

void GroupModel::goOn()
{
    QElapsedTimer clock;
    clock.start();
    m_next = std::max(m_next, m_log.begin());
    while (m_next < m_log.end() && clock.elapsed() < sliceMs - 1) {
        const auto end = std::min(m_log.end(), m_next + recordsBetweenClocks);
        for (; m_next < end; ++m_next) {
            const Record &record = *m_log.record(m_next);
            if (m_matcher->matches(record))
                m_grouping->add(record);
        }
    }
    m_spentUs += clock.nsecsElapsed() / 1000;
    if (m_next < m_log.end())
        return;
    m_slice.stop();
    std::vector<Group> groups = m_grouping->groups();
    m_matcher.reset();
    m_grouping.reset();
    take(std::move(groups));
    if (m_isBehind || m_filter.dependsOnTime())
        m_refresh.start(std::max<int>(refreshMs, static_cast<int>(m_spentUs / 1000) * restOfTime));
    emit refreshed();
}

// Groups that are gone leave, the others change in place, new ones come at the end; then all are sorted. So
// what is selected stays selected.
void GroupModel::take(std::vector<Group> groups)
{
    removeGone(groups);
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t row = 0; row < m_groups.size(); ++row)
        places.emplace(m_groups[row].name, row);
    std::vector<Group> added;
    for (Group &group : groups) {
        if (const auto known = places.find(group.name); known != places.end())
            m_groups[known->second].sums = group.sums;
        else
            added.push_back(std::move(group));
    }
    if (!m_groups.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    if (!added.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
        m_groups.insert(m_groups.end(), added.begin(), added.end());
        endInsertRows();
    }
    sort(m_sortColumn, m_sortOrder);
}

void GroupModel::removeGone(const std::vector<Group> &groups)
{
    std::unordered_set<std::string> names;
    for (const Group &group : groups)
        names.insert(group.name);
    std::vector<Group> rows = m_groups;
    const auto tail = std::stable_partition(rows.begin(), rows.end(),
                                            [&](const Group &group) { return names.contains(group.name); });
    if (tail == rows.end())
        return;
    const auto kept = static_cast<int>(tail - rows.begin());
    rearrange(std::move(rows));
    beginRemoveRows({}, kept, rowCount() - 1);
    m_groups.resize(static_cast<std::size_t>(kept));
    endRemoveRows();
}

void GroupModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    std::vector<Group> rows = m_groups;
    std::stable_sort(rows.begin(), rows.end(),
                     [this](const Group &left, const Group &right) { return comesBefore(left, right); });
    if (rows != m_groups)
        rearrange(std::move(rows));
}

void GroupModel::rearrange(std::vector<Group> groups)
{
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    std::unordered_map<std::string, int> places;
    for (std::size_t row = 0; row < groups.size(); ++row)
        places.emplace(groups[row].name, static_cast<int>(row));
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &old : before)
        after.append(index(places.at(groupAt(old.row()).name), old.column()));
    m_groups = std::move(groups);
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

bool GroupModel::comesBefore(const Group &left, const Group &right) const
{
    const Group &a = m_sortOrder == Qt::AscendingOrder ? left : right;
    const Group &b = m_sortOrder == Qt::AscendingOrder ? right : left;
    const auto byNumber = [&](auto number) {
        const auto x = a.sums.*number;
        const auto y = b.sums.*number;
        return x != y ? x < y : left.name < right.name;
    };
    switch (m_sortColumn) {
    case Requests:
        return byNumber(&GroupSums::requests);
    case Calls:
        return byNumber(&GroupSums::calls);
    case Tokens:
        return byNumber(&GroupSums::tokens);
    case Cost:
        return byNumber(&GroupSums::cost);
    case Errors:
        return byNumber(&GroupSums::errors);
    default:
        return a.name < b.name;
    }
}

QString GroupModel::conditionAt(int row) const
{
    const std::string_view field = fieldOf(m_by);
    return onlyThis(QString::fromLatin1(field.data(), static_cast<qsizetype>(field.size())),
                    QString::fromStdString(groupAt(row).name));
}

int GroupModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

int GroupModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GroupModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Group &group = groupAt(index.row());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight)
                                   | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return toolTipOf(group, index.column());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Requests:
        return countText(group.sums.requests);
    case Calls:
        return countText(group.sums.calls);
    case Tokens:
        return tokensOf(group.sums);
    case Cost:
        return costOf(group.sums);
    case Errors:
        return countText(group.sums.errors);
    default:
        return nameOf(group);
    }
}

QVariant GroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isToolTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !isToolTip)
        return {};
    switch (section) {
    case Requests:
        return isToolTip ? tr("Requests that match the filter") : tr("Requests");
    case Calls:
        return isToolTip ? tr("LLM calls that ended; one seen twice counts twice") : tr("Calls");
    case Tokens:
        return isToolTip ? tr("Input plus output tokens; ≥ where not all is known") : tr("Tokens");
    case Cost:
        return isToolTip ? tr("US dollars; ≥ where not all is known") : tr("Cost");
    case Errors:
        return isToolTip ? tr("Requests that failed, or were answered with 400 or above") : tr("Errors");
    default:
        return isToolTip ? tr("Click a group to see its requests only") : tr("Group");
    }
}

} // namespace hookscope
