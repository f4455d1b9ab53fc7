#pragma once

#include <QPalette>
#include <QString>

namespace hookscope {

// What the desktop prefers, as far as it says: Qt 6.4 cannot tell it (ui/desktop/systemappearance.h does).
struct AppearanceHint {
    enum class Scheme { Unknown, Light, Dark };

    Scheme scheme = Scheme::Unknown;
    bool isContrastHigh = false;

    friend bool operator==(const AppearanceHint &, const AppearanceHint &) = default;
};

// What a person calls the palette of that name (paletteNames() in the settings).
QString paletteText(const QString &name);

// "light", "dark" or "contrast", with disabled roles. Text has a contrast of 4.5:1 or more to what it
// stands on (WCAG 2.1, 1.4.3), and of 7:1 in "contrast" (1.4.6); what is disabled may have less.
QPalette ownPalette(const QString &name);

// Makes the application look as `name` says: own palettes in the Fusion style; "system" is the own one that
// the hint asks for, or what the platform gives if that is so already or nothing is asked for. Main
// thread, with a QApplication.
void applyPalette(const QString &name, const AppearanceHint &hint = {});

} // namespace hookscope
