#include "core/events/strings.h"

#include <algorithm>

namespace hookscope {

Strings::Strings()
    : m_entries(1)
{
}

StringId Strings::take(std::string_view text)
{
    const auto found = m_ids.find(text);
    if (found != m_ids.end()) {
        ++m_entries[found->second].holders;
        return found->second;
    }
    StringId id = static_cast<StringId>(m_entries.size());
    if (m_free.empty()) {
        m_entries.emplace_back();
    } else {
        id = m_free.back();
        m_free.pop_back();
    }
    Entry &entry = m_entries[id];
    entry.characters = std::make_unique<char[]>(std::max<std::size_t>(1, text.size()));
    std::copy(text.begin(), text.end(), entry.characters.get());
    entry.size = static_cast<std::uint32_t>(text.size());
    entry.holders = 1;
    m_ids.emplace(entry.view(), id);
    m_characters += text.size();
    return id;
}

void Strings::release(StringId id)
{
    if (id == 0 || --m_entries[id].holders > 0)
        return;
    Entry &entry = m_entries[id];
    m_ids.erase(entry.view());
    m_characters -= entry.size;
    entry = {};
    m_free.push_back(id);
    ++m_generation;
}

StringId Strings::find(std::string_view text) const
{
    const auto found = m_ids.find(text);
    return found == m_ids.end() ? 0 : found->second;
}

std::size_t Strings::bytes() const
{
    // A node of the map: the key, the id, the hash and a pointer; a bucket.
    constexpr std::size_t node = sizeof(std::string_view) + 4 * sizeof(void *);
    return m_characters + m_entries.capacity() * sizeof(Entry) + m_free.capacity() * sizeof(StringId)
        + m_ids.size() * node;
}

void Strings::clear()
{
    *this = Strings();
    ++m_generation;
}

} // namespace hookscope
