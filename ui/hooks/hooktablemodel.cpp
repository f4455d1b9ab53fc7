#include "ui/hooks/hooktablemodel.h"

#include "ui/hooks/hooktexts.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int minuteMs = 60'000;

// The time of today, or an earlier day.
QString sinceText(const QDateTime &time)
{
    if (!time.isValid())
        return absentText();
    const QDateTime local = time.toLocalTime();
    return local.date() == QDate::currentDate() ? QLocale().toString(local.time(), QLocale::ShortFormat)
                                                : QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace

HookTableModel::HookTableModel(HookSetDocument &document, QObject *parent)
    : QAbstractTableModel(parent)
    , m_document(document)
    , m_content(document.content())
    , m_clock(&QDateTime::currentMSecsSinceEpoch)
{
    connect(&document, &HookSetDocument::contentChanged, this, &HookTableModel::takeContent);
    m_minute.setInterval(minuteMs);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, LastHour), index(rowCount() - 1, LastHour));
    });
}

void HookTableModel::takeContent()
{
    const HookSetDocument::Content content = m_document.content();
    if (content == m_content)
        return;
    const auto sizeOf = [](const HookSetDocument::Content &c) {
        return c.hooks.size() + c.bad.size();
    };
    const auto before = static_cast<int>(sizeOf(m_content));
    const auto after = static_cast<int>(sizeOf(content));
    // Rows grow and shrink at the end: the selection stays at its place through undo and redo.
    if (takeOrder(content)) {
        // and goes with those that are moved
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_content = content;
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_content = content;
        endRemoveRows();
    } else {
        m_content = content;
    }
    const auto isGone = [&content](const auto &entry) {
        return std::none_of(content.hooks.begin(), content.hooks.end(),
                            [&](const Hook &hook) { return hook.name == entry.key(); });
    };
    m_counts.removeIf(isGone);
    m_histories.removeIf(isGone);
    if (after > 0)
        emit dataChanged(index(0, 0), index(after - 1, columns - 1));
}

int HookTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_content.hooks.size() + m_content.bad.size());
}

int HookTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant HookTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool isNumber = index.column() >= Waiting && index.column() <= GivenUp;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (isBad(index.row()))
        return badData(m_content.bad[index.row() - m_content.hooks.size()], index.column(), role);
    return hookData(m_content.hooks[index.row()], index.column(), role);
}

QVariant HookTableModel::hookData(const Hook &hook, int column, int role) const
{
    const DeliveryCounts counts = m_counts.value(hook.name);
    if (role == Qt::CheckStateRole && column == Name)
        return hook.enabled ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole && column == Name)
        return hook.enabled ? tr("%1, enabled").arg(visible(hook.name))
                            : tr("%1, off").arg(visible(hook.name));
    if (role == Qt::ForegroundRole && !hook.enabled)
        return QGuiApplication::palette().brush(QPalette::Disabled, QPalette::Text);
    if (role == Qt::ToolTipRole && column == LastError && counts.lastTime.isValid()) {
        const QString time = QLocale().toString(counts.lastTime, QLocale::ShortFormat);
        const QString error =
            counts.lastError.isEmpty() ? tr("nothing has failed") : visible(counts.lastError);
        return tr("Last delivery or failure: %1; %2").arg(time, error).toHtmlEscaped();
    }
    if (column == LastHour)
        return hourData(hook, role);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    QString text;
    switch (column) {
    case Name:
        text = visible(hook.name);
        break;
    case Event:
        text = eventText(hook.event);
        if (!hook.when.isEmpty())
            text = tr("%1 if %2").arg(text, visible(hook.when.text()));
        break;
    case Target:
        text = targetText(hook.target);
        break;
    case Delivery:
        text =
            std::holds_alternative<WebhookTarget>(hook.target) ? deliveryText(hook.delivery) : absentText();
        break;
    case State:
        text = stateText(hook, counts);
        if (role == Qt::ToolTipRole)
            text = stateTip(hook, counts);
        break;
    case Waiting:
        return countText(counts.waiting);
    case WaitingSince:
        if (role == Qt::ToolTipRole)
            return counts.oldestWaiting.isValid() ? stateTip(hook, counts).toHtmlEscaped() : QString();
        return sinceText(counts.oldestWaiting);
    case Delivered:
        return countText(counts.delivered);
    case Failed:
        return countText(counts.failed);
    case Dropped:
        return countText(counts.dropped);
    case GivenUp:
        return countText(counts.dead);
    case LastError:
        text = counts.lastError.isEmpty() ? absentText() : visible(counts.lastError);
        break;
    }
    return role == Qt::ToolTipRole ? text.toHtmlEscaped() : text;
}

QVariant HookTableModel::hourData(const Hook &hook, int role) const
{
    const auto history = m_histories.constFind(hook.name);
    if (role == HourRole)
        return history == m_histories.constEnd() ? QVariant()
                                                 : QVariant::fromValue(history->lastHour(m_clock()));
    if (role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    if (history == m_histories.constEnd())
        return tr("Nothing was delivered yet");
    const DeliveryHistory::Minute sum = sumOf(history->lastHour(m_clock()));
    return tr("In the last hour: %1 events delivered, %2 given up or dropped, %3 tries repeated")
        .arg(countText(sum.delivered), countText(sum.lost), countText(sum.repeated));
}

QVariant HookTableModel::badData(const BadHook &bad, int column, int role) const
{
    if (role == Qt::ForegroundRole)
        return QGuiApplication::palette().brush(QPalette::Disabled, QPalette::Text);
    if (role == Qt::ToolTipRole) {
        return tr("Entry %1 of the file cannot be used (%2). It is kept as it is when the set is saved.")
            .arg(bad.position + 1)
            .arg(visible(bad.reason))
            .toHtmlEscaped();
    }
    if (role != Qt::DisplayRole)
        return {};
    const QString name = bad.json.toObject().value(QStringLiteral("name")).toString();
    switch (column) {
    case Name:
        return name.isEmpty() ? tr("⚠ Entry %1").arg(bad.position + 1) : QStringLiteral("⚠ ") + visible(name);
    case Event:
        return tr("not usable");
    case LastError:
        return visible(bad.reason);
    case LastHour:
        return {};
    default:
        return absentText();
    }
}

bool HookTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Name || isBad(index.row()))
        return false;
    HookSetDocument::Content after = m_content;
    Hook &hook = after.hooks[index.row()];
    hook.enabled = value.toInt() == Qt::Checked;
    const QString text = hook.enabled ? tr("Enable %1") : tr("Disable %1");
    return m_document.edit(text.arg(visible(hook.name)), after).has_value();
}

Qt::ItemFlags HookTableModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between rows, not onto one
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!isBad(index.row()))
        flags |= Qt::ItemIsDragEnabled;
    if (index.column() == Name && !isBad(index.row()))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QString HookTableModel::headerTip(int section)
{
    switch (section) {
    case LastHour:
        return tr(
            "By the minute: upwards what was delivered, downwards what failed, paler if it was tried again");
    case WaitingSince:
        return tr("When the oldest event that waits was made");
    case Waiting:
        return tr("Events that are queued or under way; those of hooks that deliver at least once also after "
                  "a restart");
    case Failed:
        return tr("Events that were given up");
    case Dropped:
        return tr("Events for which there was no room");
    case GivenUp:
        return tr("Events that were given up and are kept for 30 days: they can be sent again");
    default:
        return {};
    }
}

QString HookTableModel::stateTip(const Hook &hook, const DeliveryCounts &counts)
{
    QStringList parts{stateText(hook, counts)};
    const auto time = [](const QDateTime &at) {
        return QLocale().toString(at.toLocalTime(), QLocale::ShortFormat);
    };
    if (counts.failingSince.isValid())
        parts.append(tr("fails since %1").arg(time(counts.failingSince)));
    if (counts.nextTry.isValid())
        parts.append(tr("next try %1").arg(time(counts.nextTry)));
    if (counts.oldestWaiting.isValid())
        parts.append(tr("the oldest that waits is of %1").arg(time(counts.oldestWaiting)));
    if (counts.retried > 0)
        parts.append(tr("repeated tries: %1").arg(counts.retried));
    return parts.join(QStringLiteral("; "));
}

quint64 HookTableModel::deadOf(int row) const
{
    return isBad(row) ? 0 : m_counts.value(m_content.hooks[row].name).dead;
}

QVariant HookTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section >= Waiting && section <= GivenUp;
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole)
        return headerTip(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Hook");
    case Event:
        return tr("Event");
    case Target:
        return tr("Target");
    case Delivery:
        return tr("Delivery");
    case State:
        return tr("State");
    case LastHour:
        return tr("Last hour");
    case Waiting:
        return tr("Waiting");
    case WaitingSince:
        return tr("Since");
    case Delivered:
        return tr("Delivered");
    case Failed:
        return tr("Failed");
    case Dropped:
        return tr("Dropped");
    case GivenUp:
        return tr("Given up");
    case LastError:
        return tr("Last error");
    default:
        return {};
    }
}

void HookTableModel::setCounts(const QString &hookName, const DeliveryCounts &counts)
{
    for (int row = 0; row < m_content.hooks.size(); ++row) {
        if (m_content.hooks[row].name == hookName) {
            m_counts.insert(hookName, counts);
            m_histories[hookName].note(counts, m_clock());
            if (!m_minute.isActive())
                m_minute.start();
            emit dataChanged(index(row, State), index(row, LastError));
            return;
        }
    }
}

} // namespace hookscope
