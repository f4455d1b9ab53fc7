#pragma once

#include "core/events/strings.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope {

// What a row says of a line that stands alone.
enum class LineForm {
    Imported, // it began at the line's time, and a call's URL is its host and path
    Followed, // it began the latency before the line's time, and a call has no URL
};

// The path of an exchange of which a line tells the URL alone.
std::string_view pathOfUrl(std::string_view url, LineForm form);

// The texts of a file's lines, which repeat: of each it is found out once whether it holds a credential, how
// a URL divides, and which id it has among the texts of the batch. A fixed number of them is remembered, a
// new one in the place of one with the same hash. One thread.
class LineTexts {
public:
    static constexpr std::size_t longest = 512;
    static constexpr std::size_t slotCount = 8;

    // What a text is: each is looked through as redact() looks through it there.
    enum class Role : unsigned char {
        Text,
        Path,
        Url, // of a proxy event, not a tunnel
        TunnelUrl,
        CallUrl, // a call's host and path, of which no text is kept
    };

    struct Known {
        StringId id = 0; // of the text; of a Url's origin
        StringId path = 0; // of a Url
        bool isWholeUrl = false; // the origin is
    };

    explicit LineTexts(LineForm form);

    // Null if there is, or may be, something to be masked in it, or it is too long. Ids are `strings`', which
    // holds the texts from then on. Valid until the next call. slot: where in the line it stands; the last
    // text there is tried first.
    const Known *find(std::string_view text, Role role, std::size_t slot, Strings &strings);

    // The next texts go into other Strings.
    void beginBatch() { ++m_batch; }

private:
    struct Place {
        bool is(std::string_view other, Role its) const { return isUsed && role == its && text == other; }
        std::string_view originOf() const { return std::string_view(text).substr(0, origin); }

        std::string text;
        Known known;
        std::size_t origin = 0; // the length of it
        std::string path;
        std::uint32_t batch = 0; // that the ids are of
        Role role = Role::Text;
        bool isUsed = false;
        bool isClean = false;
    };

    Place &placeOf(std::string_view text, Role role);
    void learn(Place &place, std::string_view text, Role role) const;

    LineForm m_form;
    std::vector<Place> m_places;
    std::array<Place *, slotCount> m_last{};
    std::uint32_t m_batch = 1;
};

} // namespace hookscope
