#pragma once

#include <QString>
#include <QtGlobal>
#include <optional>

namespace hookscope {

// Amounts of US dollars as a person types them, in millionths of a dollar. By whole numbers, so that they
// are exact. Pure.

// From 0 to a million with at most six decimals, behind a point or a comma; none for any other text.
std::optional<qint64> usdMillionths(QString text);

// "1.25"; empty for none.
QString usdText(std::optional<qint64> millionths);

} // namespace hookscope
