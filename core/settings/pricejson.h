#pragma once

#include "core/settings/settings.h"

#include <QJsonArray>

namespace hookscope {

// The user's own prices as the settings file has them: US dollars per million tokens, a web search each.
QJsonArray pricesToJson(const QList<PriceSetting> &prices);

} // namespace hookscope
