#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope {

// The parts of a text that are credentials; they may overlap and come in any order.
class Spans {
public:
    // [begin, end); an empty part, and one that is masked already, is left out.
    void add(std::string_view text, std::size_t begin, std::size_t end);

    // The parts that `spans` found in the form of `text` that has its percent-encoding removed.
    // at: for each byte of that form, and its end, the place in `text`.
    void addMapped(std::string_view text, const Spans &spans, const std::vector<std::size_t> &at);

    bool isEmpty() const { return m_spans.empty(); }

    // In a text with escapes as JSON's, no part begins or ends within one, so that what is around it stays JSON.
    void keepEscapesWhole(std::string_view text);

    // Calls take(begin, end) for each part.
    template <class Take> void each(Take take) const
    {
        for (const Span &span : m_spans)
            take(span.begin, span.end);
    }

    // `text` with `***` in place of each part; parts that overlap or touch are one.
    std::string masked(std::string_view text) const;

private:
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    std::vector<Span> m_spans;
};

// A text without its percent-encoding, and where each byte of it, and its end, came from.
struct PercentDecoded {
    std::string text;
    std::vector<std::size_t> at;
};

PercentDecoded percentDecoded(std::string_view text);

// Looks for credentials by `find(text, Spans &)` in `text` as it is and, if it is percent-encoded (once
// or twice), in what it stands for.
template <class Find> Spans findDecoded(std::string_view text, Find find)
{
    Spans spans;
    find(text, spans);
    if (text.find('%') == std::string_view::npos)
        return spans;

    PercentDecoded form = percentDecoded(text);
    for (int depth = 0; depth < 2; ++depth) {
        Spans inside;
        find(std::string_view(form.text), inside);
        spans.addMapped(text, inside, form.at);
        if (form.text.find('%') == std::string::npos)
            break;
        PercentDecoded next = percentDecoded(form.text);
        for (std::size_t &place : next.at)
            place = form.at[place];
        form = std::move(next);
    }
    return spans;
}

} // namespace hookscope
