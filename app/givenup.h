#pragma once

#include "core/events/filter.h"

#include <QString>

namespace hookscope {

// What at-least-once hooks gave up, without a window, and while no other Hookscope has the outbox of that
// data folder: two that write it could lose what is in it. Both return the exit code, and say on stderr what
// is wrong; a folder without an outbox has given nothing up, and gets none.

// A JSON object a line on stdout, the oldest first: hook, webhook_id, made, given_up, tries, reason, event.
int listGivenUp(const Filter &filter, const QString &dataFolder);

// Those wait again, with their ids, and are sent when Hookscope runs with their hooks. Says how many.
int resendGivenUp(const Filter &filter, const QString &dataFolder);

} // namespace hookscope
