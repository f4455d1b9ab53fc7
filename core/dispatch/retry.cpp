#include "core/dispatch/retry.h"

#include <QLocale>
#include <algorithm>
#include <limits>

namespace hookscope {

Verdict verdictOf(const WebhookOutcome &outcome)
{
    if (outcome.isDelivered)
        return Verdict::Delivered;
    if (outcome.isRefusedHere)
        return Verdict::GiveUp;
    if (outcome.isUnready)
        return Verdict::Again;
    switch (outcome.status) {
    case 408:
    case 425:
    case 429:
        return Verdict::Again;
    case 410:
        return Verdict::Gone;
    default:
        return outcome.status >= 300 && outcome.status <= 499 ? Verdict::GiveUp : Verdict::Again;
    }
}

bool isHostInTrouble(const WebhookOutcome &outcome)
{
    return verdictOf(outcome) == Verdict::Again;
}

std::optional<qint64> retryAfterMs(const QByteArray &value, const QDateTime &now)
{
    const QByteArray text = value.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        bool fits = false;
        const qint64 seconds = text.toLongLong(&fits);
        return fits && seconds <= std::numeric_limits<qint64>::max() / 1000
            ? seconds * 1000
            : std::numeric_limits<qint64>::max();
    }
    // An IMF-fixdate; the two obsolete forms of dates are left to nobody.
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(text), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return std::max<qint64>(now.msecsTo(date), 0);
}

qint64 jittered(qint64 waitMs, double jitter, double random)
{
    return waitMs + static_cast<qint64>(static_cast<double>(waitMs) * jitter * (2 * random - 1));
}

} // namespace hookscope
