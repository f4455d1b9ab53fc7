#pragma once

#include <QPalette>

namespace hookscope {

// The live table's own colours of text, beside the palette's. Each has at least the contrast to what it
// stands on that ui/settings/palettes.h promises. Pure.

// emphasis: of LiveModel.
QColor rowInk(const QPalette &palette, QPalette::ColorGroup group, int emphasis, bool isSelected);

// Of what is not known: quieter than numbers, so that the eye finds those.
QColor absentInk(const QPalette &palette, QPalette::ColorGroup group, bool isSelected);

} // namespace hookscope
