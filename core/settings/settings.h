#pragma once

#include "core/error.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

namespace hookscope {

// The user's own price for models: 10^-12 US dollars per token, so that a USD per million tokens with at
// most six decimals is whole.
struct PriceSetting {
    QString model; // "*" stands for anything
    QString provider; // as in events; empty: every one
    qint64 input = 0;
    qint64 output = 0;
    std::optional<qint64> cacheRead; // not set: as input
    std::optional<qint64> cacheWrite; // not set: as input
    std::optional<qint64> cacheWrite1h; // not set: as cacheWrite
    qint64 webSearch = 0; // one search

    friend bool operator==(const PriceSetting &, const PriceSetting &) = default;
};

// A filter that was given a name.
struct SavedFilter {
    QString name;
    QString filter; // in the filter language

    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

// How much may be spent in a period of the local calendar.
struct BudgetSetting {
    enum class Unit { Usd, Tokens };

    QString name; // one line; each budget has its own
    QString period = QStringLiteral("month"); // one of budgetPeriods()
    Unit unit = Unit::Usd;
    qint64 limit = 0; // above 0; 10^-12 US dollars (whole millionths of a dollar), or tokens
    int thresholdPercent = 80; // 1 to 100: when to warn
    QString filter; // which calls count; empty: all

    friend bool operator==(const BudgetSetting &, const BudgetSetting &) = default;
};

QStringList budgetPeriods(); // "day", "week", "month"
bool isBudgetName(const QString &text);

// What the user can set, with its defaults. A plain value; the file is CONFIG_DIR/settings.json.
struct Settings {
    static constexpr int mostExpensiveCents = 100'000'000;
    static constexpr int leastRows = 1'000;
    static constexpr int mostRows = 10'000'000;
    static constexpr int leastMemoryMb = 64;
    static constexpr int mostMemoryMb = 1'048'576;

    QString listenHost = QStringLiteral("127.0.0.1");
    quint16 listenPort = 8790; // 0: any free one
    QString sandbox = QStringLiteral("local"); // label of requests that carry none
    int maxClients = 4096;            // 1 to 65535; more get 503
    QStringList allowedOrigins;       // browser apps that may use the proxy, e.g. "http://localhost:3000"
    QStringList intercept;            // whose tunnels are opened: HOST, *.DOMAIN or llm, as --intercept
    QStringList llmDomains;           // HOST or HOST=DIALECT, as --llm-domain
    QStringList blockedHosts;         // HOST or *.DOMAIN, as --block-host; nothing is sent there
    QStringList allowedHosts;         // as --allow-host; looked at with allowlistOnly
    bool allowlistOnly = false;       // nothing is sent to other hosts than the allowed ones
    QString upstreamProxy;            // http://[USER@]HOST[:PORT]; empty: none
    QStringList upstreamProxyExcept;  // HOST or *.DOMAIN that are reached without it
    QStringList secrets;              // NAME:HOST[:HEADER], as --secret; never a value
    QStringList secretSandboxes;      // NAME:LABEL, as --secret-sandbox
    bool addStreamUsage = false;      // ask for the usage of streams whose client does not; alters requests
    bool keepBodies = true;           // in memory, in the window only
    int bodyCapKb = 2048;             // of each body, 1 to 8192; more is cut
    int slowMs = 30'000;              // rows whose duration is above are marked as slow
    bool keepHistory = true;          // the window's session is kept on disk and comes back at the next start
    int historyMb = 512;              // the most that it takes there, 16 to 1048576
    int expensiveCents = 100;         // of a US dollar: rows that cost more are marked as expensive
    int maxRows = 1'000'000;          // that the window keeps; the oldest go first
    int maxMemoryMb = 1024;           // for rows and their details; details go first
    QString palette = QStringLiteral("system"); // one of paletteNames()
    QString language = QStringLiteral("system"); // one of languageNames(); read at the start
    bool trayIcon = true;             // an icon in the desktop's tray, if it has one
    bool notifications = true;        // the desktop's, when a budget is crossed
    QString lastHookSet;              // path of the set that was open last; empty: none
    QStringList recentHookSets;       // newest first, at most 10
    QList<SavedFilter> savedFilters;  // in the order in which they are shown, at most 50
    QList<PriceSetting> prices;       // the first that matches counts
    QList<BudgetSetting> budgets;

    friend bool operator==(const Settings &, const Settings &) = default;
};

QStringList paletteNames(); // "system", "light", "dark", "contrast"
QStringList languageNames(); // "system", "en", "de"

// What every name in the settings is: not empty, without spaces and control characters.
bool isWord(const QString &text);

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
// reported and its default used; of "prices" and "budgets" only the entry is left out. Fails only if the file
// is there and cannot be read or is not JSON.
Result<LoadedSettings> loadSettings(const QString &path);

// Whether saving writes the prices, or the budgets, too. They are often edited in the file, where entries
// that are left out stand beside the others, so that they are written only after a change in the program.
enum class SavedPrices { AsInFile, AsInSettings };
enum class SavedBudgets { AsInFile, AsInSettings };

// Writes the file whole (QSaveFile), mode 0600, keeping keys that this version does not know.
Result<void> saveSettings(const QString &path, const Settings &settings,
                          SavedPrices prices = SavedPrices::AsInFile,
                          SavedBudgets budgets = SavedBudgets::AsInFile);

} // namespace hookscope
