#pragma once

#include "core/settings/settings.h"

#include <QJsonArray>
#include <QJsonValue>

namespace hookscope {

// The user's own prices as the settings file has them: US dollars per million tokens, a web search each.
QJsonArray pricesToJson(const QList<PriceSetting> &prices);

// Why this is no price, as the rest of a sentence that begins with its name; empty if it is one, which
// `price` then is.
QString readPrice(const QJsonValue &json, PriceSetting &price);

} // namespace hookscope
