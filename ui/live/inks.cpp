#include "ui/live/inks.h"

#include "ui/live/livemodel.h"
#include "ui/live/rowpaint.h"

namespace hookscope {

QColor rowInk(const QPalette &palette, QPalette::ColorGroup group, int emphasis, bool isSelected)
{
    if (isSelected)
        return palette.color(group, QPalette::HighlightedText);
    if (emphasis & LiveModel::Failed)
        return isDark(palette) ? QColor(0xff, 0x8a, 0x80) : QColor(0xb0, 0x1c, 0x14);
    if (emphasis & LiveModel::Slow)
        return isDark(palette) ? QColor(0xff, 0xc1, 0x5e) : QColor(0x8a, 0x52, 0x00);
    return palette.color(group, QPalette::Text);
}

QColor absentInk(const QPalette &palette, QPalette::ColorGroup group, bool isSelected)
{
    return palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::PlaceholderText);
}

} // namespace hookscope
