#include "core/usage/toldcrossings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <algorithm>

namespace hookscope {

namespace {

constexpr qint64 sizeLimit = 4 * 1024 * 1024; // bytes

struct ToldText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::ToldCrossings)
};

// All that makes a budget this one. The name and the filter are the user's text, so they go last.
std::string keyOf(const Budget &budget, BudgetCrossing kind)
{
    const char *unit = budget.unit == BudgetUnit::Money ? "usd" : "tokens";
    return std::string(nameOf(kind)) + ' ' + nameOf(budget.period) + ' ' + unit + ' '
        + std::to_string(budget.limit) + ' ' + std::to_string(budget.thresholdPercent) + ' '
        + std::to_string(budget.name.size()) + ' ' + budget.name + ' ' + budget.filter;
}

Error unreadable(const QString &path, const QString &reason)
{
    return {ErrorCode::Io,
            ToldText::tr("What %1 says of the budgets cannot be used (%2), so their warnings may come once "
                         "more. The next warning writes it anew.")
                .arg(path, reason)};
}

} // namespace

bool ToldCrossings::holds(const Budget &budget, std::int64_t periodStartUs, BudgetCrossing kind) const
{
    return m_told.contains({periodStartUs, keyOf(budget, kind)});
}

void ToldCrossings::add(const Budget &budget, std::int64_t periodStartUs, BudgetCrossing kind)
{
    m_told.emplace(periodStartUs, keyOf(budget, kind));
}

void ToldCrossings::forgetBefore(std::int64_t periodStartUs)
{
    m_told.erase(m_told.begin(), m_told.lower_bound({periodStartUs, {}}));
}

Result<ToldCrossings> loadToldCrossings(const QString &path)
{
    if (!QFileInfo::exists(path))
        return ToldCrossings();
    QFile file(path);
    // A pipe in the file's place would make open() wait.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return tl::unexpected(unreadable(path, file.errorString()));
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(file.read(sizeLimit), &error).object();
    if (error.error != QJsonParseError::NoError)
        return tl::unexpected(unreadable(path, error.errorString()));
    ToldCrossings told;
    for (const QJsonValue &entry : object.value(QLatin1String("told")).toArray()) {
        // As text: a JSON number is a double to most readers.
        const qint64 startUs = entry[QLatin1String("period_start_us")].toString().toLongLong();
        told.m_told.emplace(startUs, entry[QLatin1String("crossing")].toString().toStdString());
    }
    return told;
}

Result<void> saveToldCrossings(const QString &path, const ToldCrossings &told)
{
    QJsonArray entries;
    for (const auto &[startUs, crossing] : told.m_told) {
        entries.append(QJsonObject{{QStringLiteral("period_start_us"), QString::number(startUs)},
                                   {QStringLiteral("crossing"), QString::fromStdString(crossing)}});
    }
    const QByteArray bytes =
        QJsonDocument(QJsonObject{{QStringLiteral("told"), entries}}).toJson(QJsonDocument::Indented);
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit()) {
        return tl::unexpected(Error{ErrorCode::Io,
                                    ToldText::tr("That a budget's warning was given could not be noted in %1 "
                                                 "(%2): it may come once more after the next start.")
                                        .arg(path, file.errorString())});
    }
    return {};
}

} // namespace hookscope
