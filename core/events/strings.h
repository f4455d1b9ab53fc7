#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hookscope {

// Names a text of a Strings; 0 is no text at all, which is not the same as an empty one.
using StringId = std::uint32_t;

// The texts of the log's records, each kept once however many records hold it, for as long as one does.
// One thread.
class Strings {
public:
    Strings();

    // The id of that text; whoever keeps it calls release() once for each take().
    StringId take(std::string_view text);
    void hold(StringId id) { ++m_entries[id].holders; } // one more take() of a text that is held; 0 is allowed
    void release(StringId id); // 0 is allowed

    // Valid until the last record that holds it is gone; empty for 0.
    std::string_view text(StringId id) const { return m_entries[id].view(); }

    // The id of that text if some record holds it, else 0.
    StringId find(std::string_view text) const;

    // Ids are below that number.
    std::size_t size() const { return m_entries.size(); }

    // Changes whenever an id that meant one text may come to mean another.
    std::uint64_t generation() const { return m_generation; }

    // What it takes in memory, nearly: allocators round up.
    std::size_t bytes() const;

    void clear();

private:
    struct Entry {
        std::unique_ptr<char[]> characters;
        std::uint32_t size = 0;
        std::uint32_t holders = 0;

        std::string_view view() const { return {characters.get(), size}; }
    };

    std::vector<Entry> m_entries; // the first is no text
    std::vector<StringId> m_free;
    std::unordered_map<std::string_view, StringId> m_ids; // the keys lie in the entries
    std::size_t m_characters = 0;
    std::uint64_t m_generation = 0;
};

} // namespace hookscope
