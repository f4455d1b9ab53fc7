#include "core/llm/jsonpicker.h"

#include <algorithm>

namespace hookscope::llm {

JsonPaths::JsonPaths(std::initializer_list<std::string_view> paths)
    : m_nodes(1)
    , m_size(paths.size())
{
    std::int16_t number = 0;
    for (const auto path : paths)
        add(path, number++);
}

JsonPaths::JsonPaths(const JsonPaths &first, std::initializer_list<std::string_view> further)
    : JsonPaths(first)
{
    for (const auto path : further)
        add(path, static_cast<std::int16_t>(m_size++));
}

std::int16_t JsonPaths::memberNamed(std::int16_t parent, std::string_view key) const
{
    auto member = m_nodes[static_cast<std::size_t>(parent)].firstMember;
    while (member != none && m_nodes[static_cast<std::size_t>(member)].key != key)
        member = m_nodes[static_cast<std::size_t>(member)].nextMember;
    return member;
}

std::int16_t JsonPaths::child(std::int16_t parent, std::string_view step)
{
    const bool isElement = step == "[]";
    const auto at = static_cast<std::size_t>(parent);
    const auto existing = isElement ? m_nodes[at].element : memberNamed(parent, step);
    if (existing != none)
        return existing;
    const auto added = static_cast<std::int16_t>(m_nodes.size());
    Node node;
    if (isElement) {
        m_nodes[at].element = added;
    } else {
        node.key = step;
        node.nextMember = m_nodes[at].firstMember;
        m_nodes[at].firstMember = added;
    }
    m_nodes.push_back(node);
    return added;
}

void JsonPaths::add(std::string_view path, std::int16_t number)
{
    const bool isKindOnly = path.ends_with('?');
    const bool isSum = path.ends_with('+');
    if (isKindOnly || isSum)
        path.remove_suffix(1);
    std::int16_t node = 0;
    while (!path.empty()) {
        const bool isElement = path.starts_with("[]");
        const auto length = isElement ? 2 : std::min(path.find_first_of(".["), path.size());
        node = child(node, path.substr(0, length));
        path.remove_prefix(length);
        if (path.starts_with('.'))
            path.remove_prefix(1);
    }
    m_nodes[static_cast<std::size_t>(node)].wanted = number;
    m_nodes[static_cast<std::size_t>(node)].isKindOnly = isKindOnly;
    m_nodes[static_cast<std::size_t>(node)].isSum = isSum;
}

} // namespace hookscope::llm
