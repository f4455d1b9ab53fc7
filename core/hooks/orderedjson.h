#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QStringList>

namespace hookscope {

// `value` as indented JSON text in UTF-8, without a final line end. QJsonObject sorts its keys; here
// those of `firstKeys` lead in every object, in that order, and the others follow in theirs.
QByteArray orderedJson(const QJsonValue &value, const QStringList &firstKeys);

} // namespace hookscope
