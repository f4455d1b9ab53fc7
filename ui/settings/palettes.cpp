#include "ui/settings/palettes.h"

#include "core/settings/settings.h"
#include "ui/settings/contraststyle.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
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
                      QColor(0xe8, 0xea, 0xed), QColor(0x1b, 0x1e, 0x23), QColor(0x5a, 0x61, 0x6c),
                      QColor(0x98, 0x9d, 0xa5), QColor(0x1f, 0x6f, 0xb5), QColor(0x3f, 0x70, 0x9b),
                      QColor(0xff, 0xff, 0xff), QColor(0x0b, 0x5f, 0xa8), QColor(0x6b, 0x45, 0x9c)});
}

QPalette darkPalette()
{
    return paletteOf({QColor(0x2a, 0x2d, 0x32), QColor(0x1e, 0x20, 0x24), QColor(0x23, 0x26, 0x2b),
                      QColor(0x35, 0x39, 0x40), QColor(0xe4, 0xe6, 0xea), QColor(0xa6, 0xad, 0xb8),
                      QColor(0x70, 0x76, 0x80), QColor(0x2c, 0x66, 0x9c), QColor(0x35, 0x52, 0x6e),
                      QColor(0xff, 0xff, 0xff), QColor(0x6c, 0xb2, 0xf0), QColor(0xb8, 0x9a, 0xe0)});
}

QPalette contrastPalette()
{
    return paletteOf({QColor(0x00, 0x00, 0x00), QColor(0x00, 0x00, 0x00), QColor(0x14, 0x14, 0x14),
                      QColor(0x1c, 0x1c, 0x1c), QColor(0xff, 0xff, 0xff), QColor(0xd6, 0xd6, 0xd6),
                      QColor(0x9a, 0x9a, 0x9a), QColor(0xff, 0xe1, 0x4a), QColor(0xd8, 0xbf, 0x3f),
                      QColor(0x00, 0x00, 0x00), QColor(0x8e, 0xcb, 0xff), QColor(0xe0, 0xb8, 0xff)});
}

struct PaletteTexts {
    Q_DECLARE_TR_FUNCTIONS(PaletteTexts)
};

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

// Which own palette stands for the system's; empty: the platform's own is as it should be.
QString nameFor(const AppearanceHint &hint, bool isPlatformDark)
{
    using Scheme = AppearanceHint::Scheme;
    if (hint.isContrastHigh)
        return QStringLiteral("contrast");
    if (hint.scheme == Scheme::Dark && !isPlatformDark)
        return QStringLiteral("dark");
    if (hint.scheme == Scheme::Light && isPlatformDark)
        return QStringLiteral("light");
    return {};
}

QStyle *styleFor(const QString &own, const QString &platform)
{
    if (own == QStringLiteral("contrast"))
        return new ContrastStyle;
    return QStyleFactory::create(own.isEmpty() ? platform : QStringLiteral("fusion"));
}

} // namespace

QString paletteText(const QString &name)
{
    if (name == QStringLiteral("light"))
        return PaletteTexts::tr("Light");
    if (name == QStringLiteral("dark"))
        return PaletteTexts::tr("Dark");
    if (name == QStringLiteral("contrast"))
        return PaletteTexts::tr("High contrast");
    return PaletteTexts::tr("As the system");
}

QPalette ownPalette(const QString &name)
{
    if (name == QStringLiteral("dark"))
        return darkPalette();
    return name == QStringLiteral("contrast") ? contrastPalette() : lightPalette();
}

void applyPalette(const QString &name, const AppearanceHint &hint)
{
    // As the platform had it before the first change; that is the first one's starting point, too.
    static const QString platformStyle = QApplication::style()->name();
    static const bool isPlatformDark = isDark(QApplication::palette());
    static QString current;
    const bool isOwn = name != QStringLiteral("system") && paletteNames().contains(name);
    const QString own = isOwn ? name : nameFor(hint, isPlatformDark);
    if (own != current) {
        if (QStyle *style = styleFor(own, platformStyle))
            QApplication::setStyle(style);
        current = own;
    }
    QApplication::setPalette(own.isEmpty() ? QPalette() : ownPalette(own));
    QToolTip::setPalette(QApplication::palette());
}

} // namespace hookscope
