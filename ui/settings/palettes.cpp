#include "ui/settings/palettes.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QToolTip>

namespace hookscope {

namespace {

struct Shades {
    QColor window;
    QColor base;
    QColor alternate;
    QColor button;
    QColor text;
    QColor placeholder;
    QColor disabled;
    QColor highlight;
    QColor highlightInactive;
    QColor highlightedText;
    QColor link;
    QColor visitedLink;
};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(shades.button, shades.window); // works out the bevels
    const auto setAll = [&](QPalette::ColorRole role, const QColor &colour) {
        palette.setColor(role, colour);
    };
    setAll(QPalette::Window, shades.window);
    setAll(QPalette::Base, shades.base);
    setAll(QPalette::AlternateBase, shades.alternate);
    setAll(QPalette::Button, shades.button);
    setAll(QPalette::ToolTipBase, shades.button);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        setAll(role, shades.text);
        palette.setColor(QPalette::Disabled, role, shades.disabled);
    }
    setAll(QPalette::BrightText, Qt::white);
    setAll(QPalette::PlaceholderText, shades.placeholder);
    setAll(QPalette::Link, shades.link);
    setAll(QPalette::LinkVisited, shades.visitedLink);
    setAll(QPalette::Highlight, shades.highlight);
    setAll(QPalette::HighlightedText, shades.highlightedText);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, shades.highlightInactive);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, shades.highlightInactive);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, shades.disabled);
    palette.setColor(QPalette::Disabled, QPalette::PlaceholderText, shades.disabled);
    return palette;
}

QPalette lightPalette()
{
    return paletteOf({QColor(0xf0, 0xf1, 0xf3), QColor(0xff, 0xff, 0xff), QColor(0xf6, 0xf7, 0xf9),
                      QColor(0xe8, 0xea, 0xed), QColor(0x1b, 0x1e, 0x23), QColor(0x60, 0x67, 0x72),
                      QColor(0x98, 0x9d, 0xa5), QColor(0x1f, 0x6f, 0xb5), QColor(0x4a, 0x7b, 0xa6),
                      QColor(0xff, 0xff, 0xff), QColor(0x0b, 0x5f, 0xa8), QColor(0x6b, 0x45, 0x9c)});
}

QPalette darkPalette()
{
    return paletteOf({QColor(0x2a, 0x2d, 0x32), QColor(0x1e, 0x20, 0x24), QColor(0x23, 0x26, 0x2b),
                      QColor(0x35, 0x39, 0x40), QColor(0xe4, 0xe6, 0xea), QColor(0x9b, 0xa2, 0xad),
                      QColor(0x70, 0x76, 0x80), QColor(0x2c, 0x66, 0x9c), QColor(0x35, 0x52, 0x6e),
                      QColor(0xff, 0xff, 0xff), QColor(0x6c, 0xb2, 0xf0), QColor(0xb8, 0x9a, 0xe0)});
}

} // namespace

void applyPalette(const QString &name)
{
    static const QString platformStyle = QApplication::style()->name(); // as it was before the first change
    const bool isOwn = name == QStringLiteral("light") || name == QStringLiteral("dark");
    const QString style = isOwn ? QStringLiteral("fusion") : platformStyle;
    if (QApplication::style()->name() != style)
        QApplication::setStyle(style);
    if (!isOwn)
        QApplication::setPalette(QPalette());
    else
        QApplication::setPalette(name == QStringLiteral("dark") ? darkPalette() : lightPalette());
    QToolTip::setPalette(QApplication::palette());
}

} // namespace hookscope
