#pragma once

#include <QString>

namespace hookscope {

// Makes the application look as `name` says: "light" and "dark" are own palettes in the Fusion style,
// with their disabled roles; "system" (and anything else) is what the platform gives. Main thread, with
// a QApplication. Qt 6.4 cannot tell the platform's colour scheme, hence the choice.
void applyPalette(const QString &name);

} // namespace hookscope
