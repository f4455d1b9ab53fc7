#include "ui/usage/usagecolours.h"

#include <algorithm>

namespace hookscope {

void UsageColours::setGroups(const std::vector<std::string> &names)
{
    std::erase_if(m_places, [&](const auto &entry) {
        return std::find(names.begin(), names.end(), entry.first) == names.end();
    });
    for (const std::string &name : names) {
        if (m_places.contains(name))
            continue;
        int place = 0;
        const auto isTaken = [&](const auto &entry) {
            return entry.second == place;
        };
        while (std::any_of(m_places.begin(), m_places.end(), isTaken))
            ++place;
        m_places.emplace(name, place);
    }
}

std::map<std::string, QColor> UsageColours::colours(bool isDark) const
{
    std::map<std::string, QColor> colours;
    for (const auto &[name, place] : m_places)
        colours.emplace(name, at(place, isDark));
    return colours;
}

QColor UsageColours::at(int place, bool isDark)
{
    static const QColor shared[] = {QColor(0x00, 0x72, 0xb2), QColor(0xe6, 0x9f, 0x00),
                                    QColor(0x00, 0x9e, 0x73), QColor(0xcc, 0x79, 0xa7),
                                    QColor(0x56, 0xb4, 0xe9), QColor(0xd5, 0x5e, 0x00)};
    if (place >= 0 && place < int(std::size(shared)))
        return shared[place];
    if (place == int(std::size(shared)))
        return isDark ? QColor(0xf0, 0xe4, 0x42) : QColor(0x20, 0x20, 0x20);
    return rest(isDark);
}

QColor UsageColours::rest(bool isDark)
{
    return isDark ? QColor(0x8a, 0x8f, 0x98) : QColor(0x9a, 0x9f, 0xa8);
}

} // namespace hookscope
