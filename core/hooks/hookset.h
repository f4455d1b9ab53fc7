#pragma once

#include "core/hooks/hook.h"

#include <QJsonValue>
#include <QList>

namespace hookscope {

// An entry of a hook set's file that is not a usable hook. It is kept as it was for the next save.
struct BadHook {
    int position = 0; // index in the file's list, from 0
    QString reason;
    QJsonValue json;

    friend bool operator==(const BadHook &, const BadHook &) = default;
};

// A file's content: {"name": "...", "hooks": [...]}, or a bare array of hooks (which then has no name
// and is saved as an object, since only that form has all the keys).
struct HookSet {
    QString name;
    QList<Hook> hooks;
    QList<BadHook> bad;
    QJsonObject extra; // keys of others at the top level

    friend bool operator==(const HookSet &, const HookSet &) = default;
};

// Reads bytes as a hook set; a parse error names line and column. A name that comes twice is a bad hook.
Result<HookSet> hookSetFromJson(const QByteArray &bytes);

// Indented UTF-8 with a final line end; bad hooks stand where they stood.
QByteArray hookSetToJson(const HookSet &set);

// The keys that lead in a hook's object, and in those within, when it is written for people.
const QStringList &hookKeyOrder();

// File I/O around the two above; errors name the file and the place. Saving is atomic (the old file is
// whole until the new one is), 0600, refuses to write through a symbolic link, and syncs the folder.
Result<HookSet> loadHookSet(const QString &path);
Result<void> saveHookSet(const QString &path, const HookSet &set);

} // namespace hookscope
