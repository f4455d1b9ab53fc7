#pragma once

#include "core/error.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace hookscope {

// What the user can set, with its defaults. A plain value; the file is CONFIG_DIR/settings.json.
struct Settings {
    QString listenHost = QStringLiteral("127.0.0.1");
    quint16 listenPort = 8790;        // 0: any free one
    QString sandbox = QStringLiteral("local"); // label of requests that carry none
    int maxClients = 4096;            // 1 to 65535; more get 503
    QStringList allowedOrigins;       // browser apps that may use the proxy, e.g. "http://localhost:3000"
    QStringList llmDomains;           // HOST or HOST=DIALECT, as --llm-domain
    bool addStreamUsage = false;      // ask for the usage of streams whose client does not; alters requests
    int slowMs = 30'000;              // rows whose duration is above are marked as slow
    QString palette = QStringLiteral("system"); // "system", "light" or "dark"
    QString lastHookSet;              // path of the set that was open last; empty: none
    QStringList recentHookSets;       // newest first, at most 10

    friend bool operator==(const Settings &, const Settings &) = default;
};

// A value in the file that could not be used: which one, and what was used instead.
struct SettingsProblem {
    QString key;
    QString text;
};

struct LoadedSettings {
    Settings settings;
    QList<SettingsProblem> problems;
};

// Reads the file; one that is not there gives the defaults. A value of a wrong type or range is
// reported and its default used. Fails only if the file is there and cannot be read or is not JSON.
Result<LoadedSettings> loadSettings(const QString &path);

// Writes the file whole (QSaveFile), mode 0600, keeping keys that this version does not know.
Result<void> saveSettings(const QString &path, const Settings &settings);

} // namespace hookscope
