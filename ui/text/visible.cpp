#include "ui/text/visible.h"

#include <algorithm>

namespace hookscope {

namespace {

bool isDeceptive(char16_t c)
{
    return (c >= 0x80 && c <= 0x9f) || c == 0x00ad || c == 0x061c || c == 0x180e
        || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f)
        || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb);
}

bool isControl(char16_t c)
{
    return c < 0x20 || c == 0x7f;
}

} // namespace

QString visible(QStringView text)
{
    const auto isPlain = [](QChar c) {
        return !isControl(c.unicode()) && !isDeceptive(c.unicode());
    };
    if (std::all_of(text.begin(), text.end(), isPlain))
        return text.toString();

    QString result;
    result.reserve(text.size() + 16);
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        if (isControl(code))
            result += QChar(static_cast<char16_t>(code == 0x7f ? 0x2421 : 0x2400 + code));
        else if (isDeceptive(code))
            result += QStringLiteral("‹U+%1›").arg(code, 4, 16, QLatin1Char('0')).toUpper();
        else
            result += c;
    }
    return result;
}

QString visible(std::string_view utf8)
{
    return visible(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

} // namespace hookscope
