#include "ui/text/amounts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace hookscope {

namespace {

struct Amounts {
    Q_DECLARE_TR_FUNCTIONS(Amounts)
};

constexpr std::int64_t usPerSecond = 1'000'000;

// The C locale leaves the separators out unless told otherwise.
QLocale groupingLocale()
{
    QLocale locale;
    locale.setNumberOptions(locale.numberOptions() & ~QLocale::OmitGroupSeparator);
    return locale;
}

QString longDuration(std::int64_t seconds)
{
    const QLatin1Char zero('0');
    if (seconds < 3600)
        return Amounts::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, zero);
    return Amounts::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60, 2, 10, zero);
}

constexpr int picoDigits = 12;

quint64 powerOfTen(int exponent)
{
    quint64 power = 1;
    for (; exponent > 0; --exponent)
        power *= 10;
    return power;
}

quint64 sizeOf(PicoUsd amount)
{
    return amount < 0 ? quint64(0) - static_cast<quint64>(amount) : static_cast<quint64>(amount);
}

// Two significant digits at least, down to a thousandth of a cent: more do not fit a column.
int moneyDigits(PicoUsd amount)
{
    const quint64 size = sizeOf(amount);
    int digits = 2;
    for (quint64 step = powerOfTen(picoDigits - 1); size > 0 && size < step && digits < 5; step /= 10)
        ++digits;
    return digits;
}

// `units` are of the last digit shown. By whole numbers: a double has too few digits for an exact sum.
QString dollars(quint64 units, int digits, bool isNegative)
{
    const QLocale locale = groupingLocale();
    QLocale plain = locale;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    const quint64 whole = powerOfTen(digits);
    const QString fraction = plain.toString(units % whole + whole).mid(1); // with its leading zeros
    return (isNegative ? QStringLiteral("-$") : QStringLiteral("$")) + locale.toString(units / whole)
        + locale.decimalPoint() + fraction;
}

QString dateTime(std::int64_t timestampUs, const QString &format)
{
    if (timestampUs <= 0)
        return absentText();
    return QDateTime::fromMSecsSinceEpoch(timestampUs / 1000).toString(format);
}

} // namespace

QString absentText()
{
    return QStringLiteral("—");
}

QString countText(std::uint64_t count)
{
    return groupingLocale().toString(static_cast<qulonglong>(count));
}

QString tokensText(std::optional<std::int64_t> tokens)
{
    return tokens ? groupingLocale().toString(static_cast<qlonglong>(*tokens)) : absentText();
}

QString bytesText(std::optional<std::uint64_t> bytes)
{
    if (!bytes)
        return absentText();
    if (*bytes < 1024)
        return Amounts::tr("%1 B").arg(*bytes);
    return groupingLocale().formattedDataSize(static_cast<qint64>(*bytes), 1);
}

QString durationText(std::optional<std::int64_t> durationUs)
{
    if (!durationUs)
        return absentText();
    const std::int64_t us = *durationUs;
    const QLocale locale = groupingLocale();
    if (us < 10'000)
        return Amounts::tr("%1 ms").arg(locale.toString(static_cast<double>(us) / 1000.0, 'f', 1));
    // Compared after rounding, so that no "1000 ms" and no "60.00 s" comes out.
    if (us < usPerSecond - 500)
        return Amounts::tr("%1 ms").arg((us + 500) / 1000);
    if (us < 60 * usPerSecond - 5000)
        return Amounts::tr("%1 s").arg(
            locale.toString(static_cast<double>(us) / static_cast<double>(usPerSecond), 'f', 2));
    return longDuration((us + usPerSecond / 2) / usPerSecond);
}

QString elapsedText(std::int64_t elapsedUs)
{
    const std::int64_t seconds = elapsedUs > 0 ? elapsedUs / usPerSecond : 0;
    return seconds < 60 ? Amounts::tr("%1 s").arg(seconds) : longDuration(seconds);
}

QString moneyText(std::optional<PicoUsd> amount)
{
    if (!amount)
        return absentText();
    const int digits = moneyDigits(*amount);
    const quint64 unit = powerOfTen(picoDigits - digits);
    const quint64 units = (sizeOf(*amount) + unit / 2) / unit;
    return units == 0 && *amount > 0 ? QLatin1Char('<') + dollars(1, digits, false)
                                     : dollars(units, digits, *amount < 0);
}

QString exactMoneyText(PicoUsd amount)
{
    int digits = picoDigits;
    quint64 units = sizeOf(amount);
    for (; digits > 2 && units % 10 == 0; --digits)
        units /= 10;
    return dollars(units, digits, amount < 0);
}

QString atLeastText(const QString &amount)
{
    return QStringLiteral("≥\u202f") + amount;
}

QString atLeastMoneyText(PicoUsd amount)
{
    const int digits = moneyDigits(amount);
    const quint64 unit = powerOfTen(picoDigits - digits);
    const quint64 units = sizeOf(amount) / unit + (amount < 0 && sizeOf(amount) % unit ? 1 : 0);
    return atLeastText(units == 0 ? exactMoneyText(amount) : dollars(units, digits, amount < 0));
}

QString statusText(std::optional<int> status)
{
    return status ? QString::number(*status) : absentText();
}

QString clockText(std::int64_t timestampUs)
{
    return dateTime(timestampUs, QStringLiteral("HH:mm:ss.zzz"));
}

QString dateTimeText(std::int64_t timestampUs)
{
    return dateTime(timestampUs, QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

} // namespace hookscope
