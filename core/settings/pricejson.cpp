#include "core/settings/pricejson.h"

#include <QJsonObject>

namespace hookscope {

namespace {

// Millionths of a US dollar. A double holds such a number to more than the six decimals it is read with.
double usd(qint64 millionths)
{
    return static_cast<double>(millionths) / 1e6;
}

} // namespace

QJsonArray pricesToJson(const QList<PriceSetting> &prices)
{
    constexpr qint64 picoPerMillionth = 1'000'000;
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

} // namespace hookscope
