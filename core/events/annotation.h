#pragma once

#include "core/events/exchangeid.h"

#include <QMetaType>
#include <string>
#include <vector>

namespace hookscope {

// What the person says of one row, as it stands: it replaces what was said of it before.
struct Annotation {
    ExchangeId id;
    int mark = 0; // a colour from 1 to 6; 0: none
    bool isPinned = false;
    std::string comment; // UTF-8

    friend bool operator==(const Annotation &, const Annotation &) = default;
};

using Annotations = std::vector<Annotation>;

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::Annotations)
