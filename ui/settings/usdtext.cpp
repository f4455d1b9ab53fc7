#include "ui/settings/usdtext.h"

#include <algorithm>

namespace hookscope {

namespace {

constexpr int decimals = 6; // of a US dollar: a millionth per million tokens is 10^-12 per token
constexpr qint64 unitsPerUsd = 1'000'000;
constexpr qint64 mostUsd = 1'000'000;

bool isDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

std::optional<qint64> usdMillionths(QString text)
{
    text.replace(QLatin1Char(','), QLatin1Char('.')); // some write it so, and nobody groups in thousands here
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    const QString whole = text.left(point);
    const QString fraction = point < 0 ? QString() : text.mid(point + 1);
    if (whole.size() > 7 || fraction.size() > decimals || !isDigits(whole) || !isDigits(fraction)
        || whole.size() + fraction.size() == 0)
        return std::nullopt;
    const qint64 units =
        whole.toLongLong() * unitsPerUsd + fraction.leftJustified(decimals, QLatin1Char('0')).toLongLong();
    return units <= mostUsd * unitsPerUsd ? std::optional(units) : std::nullopt;
}

QString usdText(std::optional<qint64> millionths)
{
    if (!millionths)
        return {};
    QString fraction = QString::number(*millionths % unitsPerUsd).rightJustified(decimals, QLatin1Char('0'));
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    const QString whole = QString::number(*millionths / unitsPerUsd);
    return fraction.isEmpty() ? whole : whole + QLatin1Char('.') + fraction;
}

} // namespace hookscope
