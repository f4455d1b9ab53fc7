#pragma once

#include <QString>
#include <string_view>

namespace hookscope {

struct ReadableBody {
    QString text; // safe to show, in lines of at most longestBodyLine characters
    bool isCut = false;
};

inline constexpr qsizetype longestBodyLine = 2000;

// A body laid out to be read: JSON indented, also that of each line or server-sent event; long lines are broken,
// since one of megabytes would stall the widget that shows it; cut after `most` characters. Any thread.
ReadableBody readableBody(std::string_view body, qsizetype most);

// The same for a part of it: no layout, many lines.
QString visibleLines(std::string_view text);

} // namespace hookscope
