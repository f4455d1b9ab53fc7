#pragma once

#include <QByteArray>
#include <map>
#include <string>
#include <string_view>

namespace hookscope {

// What one event in its wire form holds, each value as it stands there, as JSON. Keys of objects within are
// joined by a dot. A value.
class EventValues {
public:
    explicit EventValues(const QByteArray &json);

    // As JSON; empty if it is absent.
    std::string_view json(std::string_view key) const;

    // As it stands within a JSON string; empty if it is null or absent.
    std::string text(std::string_view key) const;

    // Whether it is there, and neither null, false nor empty.
    bool holds(std::string_view key) const;

private:
    void addSummary();

    std::map<std::string, std::string, std::less<>> m_values;
};

} // namespace hookscope
