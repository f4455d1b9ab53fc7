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
    // Of what is no whole JSON object it holds nothing.
    explicit EventValues(const QByteArray &json);

    bool isEmpty() const { return m_values.empty(); }

    // As JSON; empty if it is absent.
    std::string_view json(std::string_view key) const;

    // As it stands within a JSON string; empty if it is null or absent.
    std::string text(std::string_view key) const;

    // Whether it is there, and neither null, false nor empty.
    bool holds(std::string_view key) const;

private:
    enum class Depth { Whole, Inner }; // objects within objects stay as they are

    EventValues(const QByteArray &json, Depth depth);
    bool read(const QByteArray &json, Depth depth);
    void addSummary();

    std::map<std::string, std::string, std::less<>> m_values;
};

} // namespace hookscope
