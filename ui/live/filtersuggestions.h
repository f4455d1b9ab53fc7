#pragma once

#include "core/events/filterfields.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <functional>

namespace hookscope {

// What may stand at the cursor of a filter that is being typed.
struct FilterSuggestion {
    QString text; // to be typed there
    QString meaning; // for people; may be empty

    friend bool operator==(const FilterSuggestion &, const FilterSuggestion &) = default;
};

struct FilterSuggestions {
    int position = 0; // what they replace, in characters of the text
    int length = 0;
    QList<FilterSuggestion> items; // at most `most`, the likeliest first
};

// Fields that begin as what is typed, then values that hold it; behind a whole field name its operators.
// `values` gives the values seen of a field. Pure.
FilterSuggestions suggestionsAt(const QString &text, int cursor,
                                const std::function<QStringList(FilterFieldId)> &values, qsizetype most = 30);

} // namespace hookscope
