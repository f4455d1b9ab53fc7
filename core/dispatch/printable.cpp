#include "core/dispatch/printable.h"

#include "core/events/utf8.h"

#include <string>

namespace hookscope {

QString printable(const QByteArray &bytes)
{
    const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Decoded character = utf8::decode(text, at);
        at += character.length;
        if (character.isValid && utf8::isControl(character.codePoint))
            shown += "\\u" + QByteArray::number(character.codePoint, 16).rightJustified(4, '0').toStdString();
        else
            utf8::append(shown, character.isValid ? character.codePoint : U'\ufffd');
    }
    return QString::fromStdString(shown);
}

QString printable(const QString &text)
{
    return printable(text.toUtf8());
}

} // namespace hookscope
