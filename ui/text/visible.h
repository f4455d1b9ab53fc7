#pragma once

#include <QString>
#include <string_view>

namespace hookscope {

// Text from the wire as it may be shown: control characters become their symbols (U+2400 block), and
// what would hide or reorder its neighbours (bidirectional and zero-width controls, line separators)
// becomes its code point in angle quotes. The result is one line. Any thread.
QString visible(QStringView text);

// The same for UTF-8; bytes that are not UTF-8 become U+FFFD.
QString visible(std::string_view utf8);

} // namespace hookscope
