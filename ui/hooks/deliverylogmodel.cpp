#include "ui/hooks/deliverylogmodel.h"

#include "core/events/filtermatcher.h"
#include "ui/hooks/hooktexts.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <algorithm>

namespace hookscope {

namespace {

QString clockOf(const QDateTime &time)
{
    return time.isValid() ? clockText(time.toMSecsSinceEpoch() * 1000) : absentText();
}

} // namespace

DeliveryLogModel::DeliveryLogModel(const EventLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
{
}

int DeliveryLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int DeliveryLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

const DeliveryAttempt &DeliveryLogModel::attemptAt(int row) const
{
    const quint64 number = m_shown[m_shown.size() - 1 - static_cast<std::size_t>(row)];
    return m_attempts[static_cast<std::size_t>(number - m_first)];
}

QString DeliveryLogModel::whatText(const DeliveryAttempt &attempt) const
{
    QString text = eventText(attempt.mark.event);
    if (const auto sequence = m_log.find(attempt.mark.exchange)) {
        if (const auto exchange = m_log.detail(*sequence); exchange && exchange->request)
            text = visible(exchange->request->method) + QLatin1Char(' ') + visible(exchange->request->url);
    }
    return attempt.events > 1 ? tr("%1 and %2 more").arg(text).arg(attempt.events - 1) : text;
}

QVariant DeliveryLogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const DeliveryAttempt &attempt = attemptAt(index.row());
    if (role == Qt::TextAlignmentRole && (index.column() == Try || index.column() == Duration))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return index.column() == Text ? visible(attempt.text) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return clockOf(attempt.time);
    case HookName:
        return visible(attempt.hookName);
    case What:
        return whatText(attempt);
    case Try:
        return attempt.number;
    case Result:
        return (attempt.isDelivered ? QStringLiteral("✓ ") : QStringLiteral("✗ "))
            + (attempt.status > 0 ? QString::number(attempt.status) : tr("no answer"));
    case Duration:
        return durationText(attempt.elapsedMs * 1000);
    case NextTry:
        return clockOf(attempt.nextTry);
    case Text:
        return visible(attempt.text);
    }
    return {};
}

QVariant DeliveryLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case HookName:
        return tr("Hook");
    case What:
        return tr("Event");
    case Try:
        return tr("Try");
    case Result:
        return tr("Answer");
    case Duration:
        return tr("Duration");
    case NextTry:
        return tr("Next try");
    case Text:
        return tr("Why not");
    }
    return {};
}

bool DeliveryLogModel::isShown(const DeliveryAttempt &attempt) const
{
    if (!m_hookName.isEmpty() && attempt.hookName != m_hookName)
        return false;
    if (m_filter.isEmpty())
        return true;
    const auto sequence = m_log.find(attempt.mark.exchange);
    const Record *record = sequence ? m_log.record(*sequence) : nullptr;
    return record
        && FilterMatcher(m_filter, m_log.strings(), QDateTime::currentMSecsSinceEpoch() * 1000)
               .matches(*record);
}

void DeliveryLogModel::show(const QString &hookName, const Filter &filter)
{
    beginResetModel();
    m_hookName = hookName;
    m_filter = filter;
    m_shown.clear();
    for (std::size_t i = 0; i < m_attempts.size(); ++i) {
        if (isShown(m_attempts[i]))
            m_shown.push_back(m_first + i);
    }
    endResetModel();
}

void DeliveryLogModel::add(const QList<DeliveryAttempt> &attempts)
{
    std::vector<quint64> shown;
    for (const DeliveryAttempt &attempt : attempts) {
        m_attempts.push_back(attempt);
        if (isShown(attempt))
            shown.push_back(m_first + m_attempts.size() - 1);
    }
    if (!shown.empty()) {
        beginInsertRows({}, 0, static_cast<int>(shown.size()) - 1);
        m_shown.insert(m_shown.end(), shown.begin(), shown.end());
        endInsertRows();
    }
    evict();
}

void DeliveryLogModel::evict()
{
    if (m_attempts.size() <= mostKept)
        return;
    const std::size_t gone = m_attempts.size() - mostKept;
    const auto end = std::lower_bound(m_shown.begin(), m_shown.end(), m_first + gone);
    if (const auto rows = static_cast<int>(end - m_shown.begin()); rows > 0) {
        const int last = static_cast<int>(m_shown.size()) - 1;
        beginRemoveRows({}, last - rows + 1, last);
        m_shown.erase(m_shown.begin(), end);
        endRemoveRows();
    }
    m_attempts.erase(m_attempts.begin(), m_attempts.begin() + static_cast<std::ptrdiff_t>(gone));
    m_first += gone;
}

void DeliveryLogModel::clear()
{
    beginResetModel();
    m_first += m_attempts.size();
    m_attempts.clear();
    m_shown.clear();
    endResetModel();
}

} // namespace hookscope
