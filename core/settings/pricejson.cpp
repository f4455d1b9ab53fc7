#include "core/settings/pricejson.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <array>
#include <cmath>

namespace hookscope {

namespace {

constexpr qint64 picoPerMillionth = 1'000'000;

struct PriceText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Settings)
};

// Millionths of a US dollar. A double holds such a number to more than the six decimals it is read with.
double usd(qint64 millionths)
{
    return static_cast<double>(millionths) / 1e6;
}

// USD with at most six decimals, from 0 to a million, in millionths; none for anything else.
std::optional<qint64> millionths(const QJsonValue &value)
{
    const double scaled = value.toDouble(-1) * 1e6;
    const double whole = std::round(scaled);
    const bool isGood = scaled >= 0 && scaled <= 1e12 && std::abs(scaled - whole) < 1e-3;
    return isGood ? std::optional(static_cast<qint64>(whole)) : std::nullopt;
}

} // namespace

QJsonArray pricesToJson(const QList<PriceSetting> &prices)
{
    QJsonArray array;
    for (const PriceSetting &price : prices) {
        QJsonObject object{{QStringLiteral("model"), price.model},
                           {QStringLiteral("input"), usd(price.input)},
                           {QStringLiteral("output"), usd(price.output)}};
        if (!price.provider.isEmpty())
            object.insert(QStringLiteral("provider"), price.provider);
        if (price.cacheRead)
            object.insert(QStringLiteral("cacheRead"), usd(*price.cacheRead));
        if (price.cacheWrite)
            object.insert(QStringLiteral("cacheWrite"), usd(*price.cacheWrite));
        if (price.cacheWrite1h)
            object.insert(QStringLiteral("cacheWrite1h"), usd(*price.cacheWrite1h));
        if (price.webSearch != 0)
            object.insert(QStringLiteral("webSearch"), usd(price.webSearch / picoPerMillionth));
        array.append(object);
    }
    return array;
}

QString readPrice(const QJsonValue &json, PriceSetting &price)
{
    const QJsonObject object = json.toObject();
    price.model = object.value(QLatin1String("model")).toString();
    if (!isWord(price.model))
        return PriceText::tr("needs a \"model\" such as \"gpt-5*\"");
    const QStringList known{QStringLiteral("model"), QStringLiteral("provider"), QStringLiteral("input"),
                            QStringLiteral("output"), QStringLiteral("cacheRead"), QStringLiteral("cacheWrite"),
                            QStringLiteral("cacheWrite1h"), QStringLiteral("webSearch")};
    std::optional<qint64> input, output, webSearch;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const auto amount = millionths(it.value());
        const auto at = known.indexOf(it.key());
        if (at < 0)
            return PriceText::tr("has an unknown \"%1\"; it can have %2").arg(it.key(), known.join(u", "));
        if (at == 1 && !isWord(it.value().toString()))
            return PriceText::tr("has a \"provider\" that is no text without spaces");
        if (at > 1 && !amount) {
            return PriceText::tr("has a \"%1\" that is not a number of US dollars from 0 to 1000000 with at most "
                                    "six decimals").arg(it.key());
        }
        const std::array amounts{&input,           &output,           &price.cacheRead, &price.cacheWrite,
                                 &price.cacheWrite1h, &webSearch};
        if (at > 1)
            *amounts[static_cast<std::size_t>(at) - 2] = amount;
    }
    if (!input || !output)
        return PriceText::tr("needs \"input\" and \"output\" in US dollars per million tokens");
    price.provider = object.value(QLatin1String("provider")).toString();
    price.input = *input;
    price.output = *output;
    price.webSearch = webSearch.value_or(0) * picoPerMillionth;
    return {};
}

} // namespace hookscope
