#include "ui/usage/limitsmodel.h"

#include "core/events/eventlog.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QDateTime>
#include <QLocale>

namespace hookscope {

namespace {

constexpr int restMs = 200;

QString wordText(const std::optional<std::string> &word)
{
    return word ? visible(std::string_view(*word)) : absentText();
}

// Numbers with their thousands, anything else as it was said.
QString amountText(const std::optional<std::string> &word)
{
    bool isNumber = false;
    const qint64 number = word ? QString::fromStdString(*word).toLongLong(&isNumber) : 0;
    return isNumber && number >= 0 ? tokensText(number) : wordText(word);
}

QString timeText(std::int64_t timeUs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeUs / 1000);
    const QLocale locale;
    const QString clock = time.time().toString(QStringLiteral("HH:mm:ss"));
    return time.date() == QDate::currentDate()
        ? clock
        : locale.toString(time.date(), QLocale::ShortFormat) + u' ' + clock;
}

} // namespace

LimitsModel::LimitsModel(EventLog &log, QObject *parent, Clock clock)
    : QAbstractTableModel(parent)
    , m_clock(clock ? std::move(clock) : [] { return QDateTime::currentMSecsSinceEpoch() * 1000; })
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &LimitsModel::refresh);
    connect(&log, &EventLog::appended, this, &LimitsModel::take);
}

void LimitsModel::take(const EventBatch &batch)
{
    bool hasChanged = false;
    for (const RedactedEvent &redacted : *batch) {
        if (const auto *call = std::get_if<LlmEvent>(&redacted.event()))
            hasChanged = m_limits.add(*call) || hasChanged;
    }
    if (hasChanged && !m_rest.isActive())
        m_rest.start();
}

void LimitsModel::refresh()
{
    const std::vector<LatestLimits::Entry> &entries = m_limits.entries();
    const int before = rowCount();
    const int after = static_cast<int>(entries.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows = entries;
        endInsertRows();
    } else {
        m_rows = entries; // never fewer: an old one goes only for a new one
    }
    if (before > 0)
        emit dataChanged(index(0, 0), index(std::min(before, after) - 1, columns - 1));
}

void LimitsModel::tick()
{
    if (!m_rows.empty())
        emit dataChanged(index(0, Reset), index(rowCount() - 1, Age), {Qt::DisplayRole});
}

int LimitsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LimitsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString LimitsModel::textOf(const LatestLimits::Entry &entry, int column) const
{
    switch (column) {
    case Provider:
        return visible(std::string_view(entry.provider));
    case Model:
        return entry.model.empty() ? absentText() : visible(std::string_view(entry.model));
    case Name:
        return visible(std::string_view(entry.said.name));
    case Remaining:
        return amountText(entry.said.remaining);
    case Limit:
        return amountText(entry.said.limit);
    case Reset: {
        const auto atUs =
            entry.said.reset ? resetTimeUs(*entry.said.reset, entry.toldAtUs) : std::optional<std::int64_t>();
        if (!atUs)
            return wordText(entry.said.reset);
        const std::int64_t leftUs = *atUs - m_clock();
        return leftUs > 0 ? tr("%1 (in %2)").arg(timeText(*atUs), elapsedText(leftUs))
                          : tr("%1 (passed)").arg(timeText(*atUs));
    }
    case Age:
        return elapsedText(std::max<std::int64_t>(0, m_clock() - entry.toldAtUs));
    default:
        return {};
    }
}

QVariant LimitsModel::sortValueOf(const LatestLimits::Entry &entry, int column) const
{
    const auto number = [](const std::optional<std::string> &word) {
        return word ? QString::fromStdString(*word).toDouble() : -1.0;
    };
    switch (column) {
    case Remaining:
        return number(entry.said.remaining);
    case Limit:
        return number(entry.said.limit);
    case Reset:
        return QVariant::fromValue<qint64>(
            entry.said.reset ? resetTimeUs(*entry.said.reset, entry.toldAtUs).value_or(0) : 0);
    case Age:
        return QVariant::fromValue<qint64>(-entry.toldAtUs);
    default:
        return textOf(entry, column);
    }
}

QVariant LimitsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LatestLimits::Entry &entry = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() == Remaining || index.column() == Limit || index.column() == Age;
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole:
        return index.column() == Reset && entry.said.reset
            ? tr("As the provider said it: %1").arg(wordText(entry.said.reset))
            : QVariant();
    case sortRole:
        return sortValueOf(entry, index.column());
    default:
        return {};
    }
}

QVariant LimitsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Provider:
        return tr("Provider");
    case Model:
        return tr("Model");
    case Name:
        return tr("Of what");
    case Remaining:
        return tr("Left");
    case Limit:
        return tr("Limit");
    case Reset:
        return tr("Whole again");
    case Age:
        return tr("Told before");
    default:
        return {};
    }
}

} // namespace hookscope
