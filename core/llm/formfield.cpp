#include "core/llm/formfield.h"

#include "core/http/fields.h"

#include <algorithm>

namespace hookscope::llm {

namespace {

constexpr std::size_t longestHead = 8 * 1024;
constexpr std::size_t longestValue = 256;
constexpr std::size_t longestBoundary = 70; // RFC 2046 section 5.1.1
constexpr std::string_view headEnd = "\r\n\r\n";

std::string_view boundaryOf(std::string_view contentType)
{
    const auto type = http::lowered(contentType);
    const auto at = type.find("boundary=");
    if (!type.starts_with("multipart/form-data") || at == std::string::npos)
        return {};
    auto boundary = contentType.substr(at + 9);
    if (boundary.starts_with('"')) {
        boundary.remove_prefix(1);
        return boundary.substr(0, boundary.find('"'));
    }
    return http::trimmed(boundary.substr(0, boundary.find(';')));
}

} // namespace

FormField::FormField(std::string_view contentType, std::string_view name)
{
    const auto boundary = boundaryOf(contentType);
    if (boundary.empty() || boundary.size() > longestBoundary)
        return;
    m_delimiter.append("\r\n--").append(boundary);
    m_wanted.append("name=\"").append(name).append("\"");
    m_held = "\r\n"; // the first delimiter may begin the body
    m_state = State::Boundary;
}

void FormField::feed(std::string_view bytes)
{
    while (!bytes.empty() && m_state != State::Done) {
        // In slices, so that a large file's bytes are not held beside themselves.
        const auto slice = bytes.substr(0, longestHead);
        bytes.remove_prefix(slice.size());
        m_held.append(slice);
        while (step()) { }
    }
}

// Whether the state changed; what is held afterwards is less than a delimiter, a head or a value.
bool FormField::step()
{
    if (m_state == State::Boundary) {
        const auto at = m_held.find(m_delimiter);
        if (at == std::string::npos) {
            m_held.erase(0, m_held.size() - std::min(m_held.size(), m_delimiter.size() - 1));
            return false;
        }
        m_held.erase(0, at + m_delimiter.size());
        m_state = State::Head;
        return true;
    }
    if (m_state == State::Head) {
        const auto at = m_held.find(headEnd);
        if (std::min(at, m_held.size()) > longestHead)
            m_state = State::Done; // no form that anybody sends
        if (at == std::string::npos || m_state == State::Done)
            return false;
        // A field's name may stand behind other parameters, but not inside "filename=".
        const auto name = m_held.find(m_wanted);
        const bool isWanted = name < at && name > 0 && (m_held[name - 1] == ' ' || m_held[name - 1] == ';');
        // A part without content has its delimiter right behind its head.
        m_held.erase(0, at + 2);
        if (isWanted)
            m_held.erase(0, 2);
        m_state = isWanted ? State::Value : State::Boundary;
        return true;
    }
    if (m_state == State::Value) {
        const auto at = m_held.find(m_delimiter);
        if (at != std::string::npos && at > 0 && at <= longestValue)
            m_value = m_held.substr(0, at);
        if (at != std::string::npos || m_held.size() > longestValue + m_delimiter.size()) {
            m_state = State::Done;
            m_held.clear();
        }
    }
    return false;
}

} // namespace hookscope::llm
