#pragma once

#include <QColor>
#include <map>
#include <string>
#include <vector>

namespace hookscope {

// The colours of the chart's stacks: those of Okabe and Ito, which people with any colour vision can tell
// apart, and of which each group keeps its own while it is charted. For the light and the dark palettes
// the one that would not stand out is another. Main thread.
class UsageColours {
public:
    static constexpr int count = 7;

    // Which groups are charted now. The order of the stacks is that of their places.
    void setGroups(const std::vector<std::string> &names);

    const std::map<std::string, int> &places() const { return m_places; }
    std::map<std::string, QColor> colours(bool isDark) const;

    static QColor rest(bool isDark); // grey: of all that have no colour
    static QColor at(int place, bool isDark);

private:
    std::map<std::string, int> m_places;
};

} // namespace hookscope
