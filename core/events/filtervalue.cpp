#include "core/events/filtervalue.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>
#include <span>

namespace hookscope {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Filter)
};

using Kind = FilterFieldKind;
using Limits = std::numeric_limits<std::int64_t>;
__extension__ using Wide = __int128;

struct Unit {
    const char *name; // in lower case
    std::int64_t size;
};

constexpr Unit countUnits[] = {{"", 1}};
constexpr Unit tokenUnits[] = {{"", 1}, {"k", 1'000}, {"m", 1'000'000}};
constexpr Unit moneyUnits[] = {{"", 1'000'000'000'000}};
constexpr Unit timeUnits[] = {
    {"us", 1},           {"ms", 1'000},        {"s", 1'000'000},     {"m", 60'000'000},
    {"min", 60'000'000}, {"h", 3'600'000'000}, {"d", 86'400'000'000}};
constexpr Unit byteUnits[] = {
    {"", 1},          {"b", 1},         {"kb", 1'000},   {"mb", 1'000'000}, {"gb", 1'000'000'000},
    {"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}};

std::span<const Unit> unitsOf(Kind kind)
{
    switch (kind) {
    case Kind::Tokens:
        return tokenUnits;
    case Kind::Money:
        return moneyUnits;
    case Kind::Time:
        return timeUnits;
    case Kind::Bytes:
        return byteUnits;
    default:
        return countUnits;
    }
}

QString ruleOf(Kind kind)
{
    switch (kind) {
    case Kind::Tokens:
        return Texts::tr("is no number of tokens, such as 500, 1.5k or 2M");
    case Kind::Money:
        return Texts::tr("is no amount in US dollars, such as 0.5");
    case Kind::Time:
        return Texts::tr("is no time with its unit, such as 250ms, 30s, 5m or 1h");
    case Kind::Bytes:
        return Texts::tr("is no number of bytes, such as 500, 10kB or 4MiB");
    default:
        return Texts::tr("is no whole number");
    }
}

QStringList examplesOf(Kind kind)
{
    switch (kind) {
    case Kind::Tokens:
        return {QStringLiteral("1k"), QStringLiteral("100k"), QStringLiteral("1M")};
    case Kind::Money:
        return {QStringLiteral("0.01"), QStringLiteral("0.5"), QStringLiteral("1")};
    case Kind::Time:
        return {QStringLiteral("500ms"), QStringLiteral("30s"), QStringLiteral("5m")};
    case Kind::Bytes:
        return {QStringLiteral("10kB"), QStringLiteral("1MB"), QStringLiteral("4MiB")};
    default:
        return {};
    }
}

// A number of the smallest units, and whether a fraction of one was left over.
struct Amount {
    std::int64_t whole = 0;
    bool hasMore = false;
};

std::optional<std::int64_t> unitNamed(Kind kind, QStringView name, bool isZero)
{
    for (const Unit &unit : unitsOf(kind)) {
        if (name.compare(QLatin1String(unit.name), Qt::CaseInsensitive) == 0)
            return unit.size;
    }
    return isZero && name.isEmpty() ? std::optional<std::int64_t>(1) : std::nullopt; // 0 is 0 in any unit
}

// Digits, maybe with a point and more digits, and a unit. Too large a number is the largest.
std::optional<Amount> amountOf(Kind kind, QStringView text)
{
    if (kind == Kind::Money && text.startsWith(u'$'))
        text = text.sliced(1);
    Wide digits = 0;
    Wide scale = 1;
    bool hasPoint = false, hasDigit = false, isTooLarge = false, hasLost = false;
    qsizetype at = 0;
    for (; at < text.size(); ++at) {
        const QChar c = text[at];
        if (c == u'.' && !hasPoint) {
            hasPoint = true;
        } else if (c >= u'0' && c <= u'9') {
            hasDigit = true;
            const int digit = c.unicode() - u'0';
            if (hasPoint && scale >= Wide(1'000'000'000'000'000)) { // finer than a picodollar
                hasLost = hasLost || digit != 0;
                continue;
            }
            isTooLarge = isTooLarge || digits > Wide(Limits::max());
            if (!isTooLarge)
                digits = digits * 10 + digit;
            if (hasPoint)
                scale *= 10;
        } else {
            break;
        }
    }
    if (!hasDigit || text[at - 1] == u'.')
        return std::nullopt;
    const auto unit = unitNamed(kind, text.sliced(at), digits == 0 && !hasLost);
    if (!unit)
        return std::nullopt;
    const Wide product = digits * *unit;
    const Wide whole = product / scale;
    if (isTooLarge || whole >= Wide(Limits::max()))
        return Amount{Limits::max() - 1, true};
    return Amount{static_cast<std::int64_t>(whole), product % scale != 0 || hasLost};
}

tl::unexpected<FilterValueError> noValue(const QString &value, const QString &rule,
                                         const QStringList &instead)
{
    return tl::unexpected(FilterValueError{Texts::tr("“%1” %2.").arg(value, rule), instead});
}

FilterRange rangeOf(FilterOperator op, const Amount &amount)
{
    const std::int64_t above = amount.whole + 1;
    const std::int64_t below = amount.hasMore ? amount.whole : amount.whole - 1;
    switch (op) {
    case FilterOperator::Less:
        return {Limits::min(), below};
    case FilterOperator::LessOrEqual:
        return {Limits::min(), amount.whole};
    case FilterOperator::Greater:
        return {above, Limits::max()};
    case FilterOperator::GreaterOrEqual:
        return {amount.hasMore ? above : amount.whole, Limits::max()};
    default:
        return amount.hasMore ? FilterRange{1, 0} : FilterRange{amount.whole, amount.whole};
    }
}

bool isEquality(FilterOperator op)
{
    return op == FilterOperator::Is || op == FilterOperator::Equal || op == FilterOperator::NotEqual;
}

// 4xx
std::optional<FilterRange> statusClass(const QString &value)
{
    if (value.size() != 3 || value[0] < u'1' || value[0] > u'9'
        || value.sliced(1).compare(QLatin1String("xx"), Qt::CaseInsensitive) != 0)
        return std::nullopt;
    const std::int64_t first = (value[0].unicode() - u'0') * 100;
    return FilterRange{first, first + 99};
}

std::int64_t midnightUs(std::int64_t nowUs, int dayOffset)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowUs / 1000).date();
    return today.addDays(dayOffset).startOfDay().toMSecsSinceEpoch() * 1000;
}

std::optional<QTime> clockOf(const QString &text)
{
    for (const char *form : {"H:mm", "H:mm:ss"}) {
        const QTime time = QTime::fromString(text, QString::fromLatin1(form));
        if (time.isValid())
            return time;
    }
    return std::nullopt;
}

} // namespace

tl::expected<FilterRange, FilterValueError> filterRange(const FilterField &field, FilterOperator op,
                                                        const QString &value)
{
    if (field.id == FilterFieldId::Status && isEquality(op)) {
        if (const auto range = statusClass(value))
            return *range;
    }
    const qsizetype dots = value.indexOf(QLatin1String(".."));
    if (dots >= 0 && isEquality(op)) {
        const auto from = amountOf(field.kind, QStringView(value).first(dots));
        const auto to = amountOf(field.kind, QStringView(value).sliced(dots + 2));
        if (from && to)
            return FilterRange{rangeOf(FilterOperator::GreaterOrEqual, *from).low, to->whole};
    }
    const auto amount = amountOf(field.kind, value);
    const bool isCount = field.kind == Kind::Count;
    if (!amount || (isCount && amount->hasMore)) {
        QStringList instead = examplesOf(field.kind);
        if (field.kind == Kind::Time && amountOf(Kind::Count, value))
            instead = {value + QStringLiteral("s"), value + QStringLiteral("ms"),
                       value + QStringLiteral("m")};
        return noValue(value, ruleOf(field.kind), instead);
    }
    if (field.id == FilterFieldId::Mark && isEquality(op) && (amount->whole < 1 || amount->whole > 6))
        return noValue(value, Texts::tr("is no colour: they are 1 to 6"), {QStringLiteral("1")});
    return rangeOf(op, *amount);
}

std::int64_t FilterTime::at(std::int64_t nowUs) const
{
    switch (kind) {
    case Kind::Ago:
        return nowUs - us;
    case Kind::OfDay:
        return midnightUs(nowUs, dayOffset) + us;
    case Kind::Fixed:
        break;
    }
    return us;
}

tl::expected<FilterTime, FilterValueError> filterTime(const QString &value)
{
    using When = FilterTime::Kind;
    if (value.compare(QLatin1String("today"), Qt::CaseInsensitive) == 0)
        return FilterTime{When::OfDay, 0, 0};
    if (value.compare(QLatin1String("yesterday"), Qt::CaseInsensitive) == 0)
        return FilterTime{When::OfDay, 0, -1};
    if (const auto amount = amountOf(Kind::Time, value); amount && value != QLatin1String("0"))
        return FilterTime{When::Ago, std::min(amount->whole, Limits::max() / 2), 0};
    if (const auto clock = clockOf(value))
        return FilterTime{When::OfDay, clock->msecsSinceStartOfDay() * std::int64_t(1000), 0};
    const bool isDay = value.size() == 10;
    const QDateTime time = isDay ? QDate::fromString(value, Qt::ISODate).startOfDay()
                                 : QDateTime::fromString(value, Qt::ISODate);
    if (value.size() >= 10 && time.isValid())
        return FilterTime{When::Fixed, time.toMSecsSinceEpoch() * 1000, 0};
    return noValue(value, Texts::tr("is no time, such as 10m (ago), today, 14:30 or 2025-01-31"),
                   {QStringLiteral("10m"), QStringLiteral("2h"), QStringLiteral("today")});
}

} // namespace hookscope
