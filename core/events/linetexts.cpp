#include "core/events/linetexts.h"

#include "core/events/credentialscan.h"
#include "core/events/redact.h"

#include <functional>

namespace hookscope {

namespace {

constexpr std::size_t places = 1U << 12U; // two for each hash

// Whether redact() would leave it as it is.
bool isClean(std::string_view text, TextKind kind)
{
    return findDecoded(text,
                       [kind](std::string_view form, Spans &found) { findCredentials(form, kind, found); })
        .isEmpty();
}

} // namespace

std::string_view pathOfUrl(std::string_view url, LineForm form)
{
    const auto authority = url.find("://");
    if (authority == std::string_view::npos)
        return form == LineForm::Followed ? url : std::string_view();
    const auto path = url.find_first_of(form == LineForm::Followed ? "/?#" : "/?", authority + 3);
    return path == std::string_view::npos ? "/" : url.substr(path);
}

LineTexts::LineTexts(LineForm form)
    : m_form(form)
{
}

LineTexts::Place &LineTexts::placeOf(std::string_view text, Role role)
{
    m_places.resize(places); // at the first text
    const std::size_t hash =
        std::hash<std::string_view>()(text) + static_cast<std::size_t>(role) * 0x9e3779b9U;
    Place &first = m_places[hash % places];
    if (first.is(text, role))
        return first;
    Place &second = m_places[(hash % places) ^ 1U];
    if (second.is(text, role))
        return second;
    Place &place = first.isUsed && (hash & places) != 0 ? second : first;
    learn(place, text, role);
    return place;
}

void LineTexts::learn(Place &place, std::string_view text, Role role) const
{
    place = {};
    place.text = text;
    place.role = role;
    place.isUsed = true;
    place.origin = text.size();
    place.isClean = isClean(text, role == Role::Text ? TextKind::Prose : TextKind::Url);
    if (role != Role::Url && role != Role::TunnelUrl)
        return;
    place.path = role == Role::Url ? pathOfUrl(text, m_form) : std::string_view();
    place.isClean = place.isClean && isClean(place.path, TextKind::Url) && Secrets::of(text, {}).isEmpty();
    place.known.isWholeUrl = !text.ends_with(place.path);
    if (!place.known.isWholeUrl)
        place.origin -= place.path.size();
}

const LineTexts::Known *LineTexts::find(std::string_view text, Role role, std::size_t slot, Strings &strings)
{
    if (text.size() > longest)
        return nullptr;
    Place *&last = m_last[slot];
    if (!last || !last->is(text, role))
        last = &placeOf(text, role);
    Place &place = *last;
    if (!place.isClean)
        return nullptr;
    if (place.batch != m_batch && role != Role::CallUrl) {
        place.batch = m_batch;
        place.known.id = strings.take(place.originOf());
        if (role == Role::Url || role == Role::TunnelUrl)
            place.known.path = strings.take(place.path);
    }
    return &place.known;
}

} // namespace hookscope
