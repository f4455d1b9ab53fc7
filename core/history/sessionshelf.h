#pragma once

#include "core/error.h"
#include "core/events/sessions.h"
#include "core/history/sessionfolder.h"

#include <QList>
#include <QString>

namespace hookscope {

// Sessions kept under names, as folders beside the current one. Functions on the file system; any thread, but
// not two at a time for one name.

// Whether a session can have that name: 1 to 64 letters, digits, spaces, points, lines, not at the ends a
// space or a point, and not that of the running session. The error is a sentence.
Result<void> checkSessionName(const QString &name);

// The folder of a session of that name, and of the running one.
QString sessionPath(const QString &shelf, const QString &name);
QString currentSessionPath(const QString &shelf);

// By name.
QList<SessionInfo> savedSessions(const QString &shelf);

// Copies the segments, each up to its size as it is given: whole, or not at all. A name is used once.
Result<void> saveSession(const QString &shelf, const QString &name, const QList<Segment> &segments);

Result<void> removeSession(const QString &shelf, const QString &name);

} // namespace hookscope
