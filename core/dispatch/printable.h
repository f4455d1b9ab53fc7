#pragma once

#include <QByteArray>
#include <QString>

namespace hookscope {

// `bytes` as one line that is safe in a log, a terminal and a label: characters that a terminal would
// obey rather than show stand as \uXXXX, bytes that are not UTF-8 as U+FFFD.
QString printable(const QByteArray &bytes);
QString printable(const QString &text);

} // namespace hookscope
