#include "core/settings/settings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace hookscope;

class SettingsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_count = 0;

    QString newPath() { return m_dir.filePath(QStringLiteral("settings%1.json").arg(++m_count)); }

    static bool write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<cannot be read>");
    }

    static int modeOf(const QString &path)
    {
        struct stat status;
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : -1;
    }

    static Settings other()
    {
        Settings s;
        s.listenHost = QStringLiteral("::1");
        s.listenPort = 0;
        s.sandbox = QStringLiteral("box");
        s.maxClients = 65'535;
        s.allowedOrigins = QStringList{QStringLiteral("http://localhost:3000")};
        s.llmDomains = QStringList{QStringLiteral("llm.example"), QStringLiteral("other.example=anthropic")};
        s.intercept = QStringList{QStringLiteral("llm"), QStringLiteral("*.lan.example")};
        s.blockedHosts = QStringList{QStringLiteral("*.bad.example"), QStringLiteral("10.0.0.1")};
        s.allowedHosts = QStringList{QStringLiteral("good.example:443")};
        s.allowlistOnly = true;
        s.upstreamProxy = QStringLiteral("http://me@proxy.example:3128");
        s.upstreamProxyExcept = QStringList{QStringLiteral("*.lan.example")};
        s.secrets = QStringList{QStringLiteral("KEY:llm.example:x-api-key")};
        s.secretSandboxes = QStringList{QStringLiteral("KEY:me")};
        s.addStreamUsage = true;
        s.keepBodies = false;
        s.bodyCapKb = 8192;
        s.slowMs = 0;
        s.keepHistory = false;
        s.historyMb = 16;
        s.expensiveCents = 0;
        s.maxRows = 1'000;
        s.maxMemoryMb = 64;
        s.palette = QStringLiteral("dark");
        s.language = QStringLiteral("de");
        s.lastHookSet = QStringLiteral("/home/me/a set.json");
        s.recentHookSets = QStringList{s.lastHookSet, QStringLiteral("/b.json")};
        s.savedFilters = {{QStringLiteral("errors"), QStringLiteral("status>=400 \"a b\"")}};
        s.prices = {{QStringLiteral("gpt-5*"), QString(), 1'250'000, 10'000'000, 125'000, {}, {}, 0},
                    {QStringLiteral("*"), QStringLiteral("custom"), 1, 1'000'000'000'000, 0, 3, 999'999'999'999,
                     10'000'000'000}};
        s.trayIcon = false;
        s.notifications = false;
        s.budgets = {
            {QStringLiteral("a day"), QStringLiteral("day"), BudgetSetting::Unit::Usd, 10'000'001'000'000, 1, {}},
            {QStringLiteral("t"), QStringLiteral("week"), BudgetSetting::Unit::Tokens, 5'000'000, 100,
             QStringLiteral("model:opus")}};
        return s;
    }

private slots:
    void aMissingFileGivesTheDefaults()
    {
        const auto loaded = loadSettings(newPath());
        QVERIFY(loaded);
        QCOMPARE(loaded->settings, Settings());
        QVERIFY(loaded->problems.isEmpty());
    }

    void loadsWhatItSaved()
    {
        const QString path = m_dir.filePath(QStringLiteral("a/b/settings.json"));
        QVERIFY(saveSettings(path, other(), SavedPrices::AsInSettings, SavedBudgets::AsInSettings));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings, other());
        QVERIFY(loaded->problems.isEmpty());
        QCOMPARE(modeOf(path), 0600);
        QCOMPARE(modeOf(m_dir.filePath(QStringLiteral("a"))), 0700);
        QCOMPARE(modeOf(m_dir.filePath(QStringLiteral("a/b"))), 0700);
    }

    void keepsKeysThatItDoesNotKnow()
    {
        const QString path = newPath();
        QVERIFY(write(path, R"({"future": {"x": [1]}, "listenPort": 1234})"));
        QVERIFY(saveSettings(path, Settings()));
        const QJsonObject object = QJsonDocument::fromJson(contentOf(path)).object();
        QVERIFY(object.value(QLatin1String("future")).toObject().contains(QLatin1String("x")));
        QCOMPARE(object.value(QLatin1String("listenPort")).toInt(), 8790);
    }

    void reportsAValueAndUsesItsDefault_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *key, const char *value) {
            QTest::addRow("%s %s", key, value) << QString::fromLatin1(key) << QByteArray(value);
        };
        row("listenHost", "1");
        row("listenHost", "\"\"");
        row("listenHost", "\"a b\"");
        row("listenPort", "-1");
        row("listenPort", "65536");
        row("listenPort", "80.5");
        row("listenPort", "\"8790\"");
        row("listenPort", "1e300");
        row("sandbox", "\"\"");
        row("sandbox", "\"a\\nb\"");
        row("maxClients", "0");
        row("maxClients", "65536");
        row("maxClients", "null");
        row("allowedOrigins", "\"http:\\/\\/localhost\"");
        row("allowedOrigins", "[\"*\"]");
        row("allowedOrigins", "[\"http:\\/\\/localhost:3000\\/path\"]");
        row("allowedOrigins", "[3]");
        row("intercept", "[\"*\"]");
        row("intercept", "[\"a.example:443\"]");
        row("llmDomains", "[\"\"]");
        row("llmDomains", "[\"host=\"]");
        row("llmDomains", "[\"a=b=c\"]");
        row("addStreamUsage", "1");
        row("addStreamUsage", "\"true\"");
        row("addStreamUsage", "null");
        row("keepBodies", "0");
        row("bodyCapKb", "0");
        row("bodyCapKb", "8193");
        row("slowMs", "-5");
        row("slowMs", "86400001");
        row("expensiveCents", "-1");
        row("expensiveCents", "1.5");
        row("maxRows", "999");
        row("maxRows", "10000001");
        row("maxMemoryMb", "0");
        row("palette", "\"pink\"");
        row("language", "\"fr\"");
        row("lastHookSet", "false");
        row("recentHookSets", "[{}]");
        row("trayIcon", "\"yes\"");
        row("notifications", "1");
        row("prices", "{}");
        row("savedFilters", "{}");
        row("savedFilters", "[{\"filter\": \"is:llm\"}]");
        row("savedFilters", "[{\"name\": \"a\\nb\", \"filter\": \"\"}]");
        row("budgets", "\"none\"");
    }

    void reportsAValueAndUsesItsDefault()
    {
        QFETCH(QString, key);
        QFETCH(QByteArray, value);
        const QString path = newPath();
        QVERIFY(write(path, "{\"" + key.toLatin1() + "\": " + value + "}"));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings, Settings());
        QCOMPARE(loaded->problems.size(), 1);
        QCOMPARE(loaded->problems.first().key, key);
        QVERIFY(loaded->problems.first().text.startsWith(key));
    }

    // A rule that holds back must not be lost with its neighbour, nor a password be repeated.
    void usesTheGoodPartOfAPolicy()
    {
        const QString path = newPath();
        QVERIFY(write(path, R"({"blockedHosts": ["*.bad.example", "https:\/\/x", 3], "allowlistOnly": "yes",
            "upstreamProxy": "http:\/\/me:hunter2hunter2@proxy.example", "upstreamProxyExcept": {},
            "secrets": ["KEY:llm.example", "KEY=hunter2hunter2:llm.example"], "secretSandboxes": ["OTHER:me"]})"));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings.blockedHosts, QStringList{QStringLiteral("*.bad.example")});
        QVERIFY(loaded->settings.allowlistOnly);
        QVERIFY(loaded->settings.upstreamProxy.isEmpty());
        QStringList keys;
        for (const SettingsProblem &problem : loaded->problems) {
            keys << problem.key;
            QVERIFY2(!problem.text.contains(QStringLiteral("hunter2")), qPrintable(problem.text));
        }
        keys.sort();
        QCOMPARE(keys.join(QLatin1Char(' ')),
                 QStringLiteral("allowlistOnly blockedHosts blockedHosts secrets secrets secrets upstreamProxy "
                                "upstreamProxyExcept"));
    }

    void readsPrices()
    {
        const QString path = newPath();
        const QByteArray text = R"({"prices": [
            {"model": "gpt-5*", "provider": "openai", "input": 1.25, "output": 10, "cacheRead": 0.125,
             "cacheWrite": 0, "cacheWrite1h": 0.000001, "webSearch": 0.01},
            {"model": "*", "input": 0, "output": 1000000}]})";
        QVERIFY(write(path, text));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QVERIFY(loaded->problems.isEmpty());
        QCOMPARE(loaded->settings.prices,
                 QList<PriceSetting>({{QStringLiteral("gpt-5*"), QStringLiteral("openai"), 1'250'000, 10'000'000,
                                       125'000, 0, 1, 10'000'000'000},
                                      {QStringLiteral("*"), QString(), 0, 1'000'000'000'000, {}, {}, {}, 0}}));

        // Unless they were changed in the program, what is written there stays, even what cannot be used.
        const auto pricesIn
            = [&] { return QJsonDocument::fromJson(contentOf(path)).object().value(QLatin1String("prices")); };
        const QJsonValue before = pricesIn();
        QVERIFY(saveSettings(path, Settings()));
        QCOMPARE(pricesIn(), before);
        QVERIFY(saveSettings(path, Settings(), SavedPrices::AsInSettings));
        QCOMPARE(pricesIn().toArray().size(), 0);
    }

    void leavesABadPriceOut_data()
    {
        QTest::addColumn<QByteArray>("price");
        const auto row = [](const char *price) { QTest::newRow(price) << QByteArray(price); };
        row("3");
        row("{}");
        row(R"({"model": "", "input": 1, "output": 1})");
        row(R"({"model": "a b", "input": 1, "output": 1})");
        row(R"({"model": "m", "output": 1})");
        row(R"({"model": "m", "input": 1})");
        row(R"({"model": "m", "input": -1, "output": 1})");
        row(R"({"model": "m", "input": "1", "output": 1})");
        row(R"({"model": "m", "input": 1000001, "output": 1})");
        row(R"({"model": "m", "input": 0.0000001, "output": 1})");
        row(R"({"model": "m", "input": 1, "output": 1, "cacheRead": null})");
        row(R"({"model": "m", "input": 1, "output": 1, "provider": 5})");
        row(R"({"model": "m", "input": 1, "output": 1, "cache_read": 1})");
    }

    void leavesABadPriceOut()
    {
        QFETCH(QByteArray, price);
        const QString path = newPath();
        QVERIFY(write(path, R"({"prices": [)" + price + R"(, {"model": "x", "input": 1, "output": 2}]})"));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings.prices.size(), 1);
        QCOMPARE(loaded->settings.prices.first().model, QStringLiteral("x"));
        QCOMPARE(loaded->problems.size(), 1);
        QCOMPARE(loaded->problems.first().key, QStringLiteral("prices"));
        QVERIFY(loaded->problems.first().text.contains(QStringLiteral("price 1")));
    }

    void readsBudgets()
    {
        const QString path = newPath();
        QVERIFY(write(path, R"({"budgets": [
            {"name": "a day", "period": "day", "usd": 0.000001},
            {"name": "a month", "period": "month", "tokens": 1000000000000, "threshold": 50, "filter": "x"}]})"));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QVERIFY(loaded->problems.isEmpty());
        const QList<BudgetSetting> expected{
            {QStringLiteral("a day"), QStringLiteral("day"), BudgetSetting::Unit::Usd, 1'000'000, 80, {}},
            {QStringLiteral("a month"), QStringLiteral("month"), BudgetSetting::Unit::Tokens, 1'000'000'000'000,
             50, QStringLiteral("x")}};
        QCOMPARE(loaded->settings.budgets, expected);

        // As with prices: what is written there stays unless it was changed in the program.
        const auto budgetsIn = [&] {
            return QJsonDocument::fromJson(contentOf(path)).object().value(QLatin1String("budgets"));
        };
        const QJsonValue before = budgetsIn();
        QVERIFY(saveSettings(path, Settings()));
        QCOMPARE(budgetsIn(), before);
        QVERIFY(saveSettings(path, Settings(), SavedPrices::AsInFile, SavedBudgets::AsInSettings));
        QCOMPARE(budgetsIn().toArray().size(), 0);
    }

    void leavesABadBudgetOut_data()
    {
        QTest::addColumn<QByteArray>("budget");
        const auto row = [](const char *budget) { QTest::newRow(budget) << QByteArray(budget); };
        row("3");
        row("{}");
        row(R"({"name": "", "period": "day", "usd": 1})");
        row(R"({"name": "a\nb", "period": "day", "usd": 1})");
        row(R"({"name": "b", "period": "year", "usd": 1})");
        row(R"({"name": "b", "usd": 1})");
        row(R"({"name": "b", "period": "day"})");
        row(R"({"name": "b", "period": "day", "usd": 1, "tokens": 1})");
        row(R"({"name": "b", "period": "day", "usd": 0})");
        row(R"({"name": "b", "period": "day", "usd": -1})");
        row(R"({"name": "b", "period": "day", "usd": "1"})");
        row(R"({"name": "b", "period": "day", "usd": 0.0000001})");
        row(R"({"name": "b", "period": "day", "usd": 1000001})");
        row(R"({"name": "b", "period": "day", "usd": 1e300})");
        row(R"({"name": "b", "period": "day", "tokens": 0})");
        row(R"({"name": "b", "period": "day", "tokens": 1.5})");
        row(R"({"name": "b", "period": "day", "tokens": 1e16})");
        row(R"({"name": "b", "period": "day", "usd": 1, "threshold": 0})");
        row(R"({"name": "b", "period": "day", "usd": 1, "threshold": 101})");
        row(R"({"name": "b", "period": "day", "usd": 1, "threshold": null})");
        row(R"({"name": "b", "period": "day", "usd": 1, "filter": 1})");
        row(R"({"name": "b", "period": "day", "usd": 1, "limit": 1})");
    }

    void leavesABadBudgetOut()
    {
        QFETCH(QByteArray, budget);
        const QString path = newPath();
        QVERIFY(write(path, R"({"budgets": [)" + budget + R"(, {"name": "x", "period": "day", "usd": 1},
                                {"name": "x", "period": "week", "usd": 1}]})"));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings.budgets.size(), 1);
        QCOMPARE(loaded->settings.budgets.first().name, QStringLiteral("x"));
        QCOMPARE(loaded->problems.size(), 2); // the second "x" is one too many
        QCOMPARE(loaded->problems.first().key, QStringLiteral("budgets"));
        QVERIFY(loaded->problems.first().text.contains(QStringLiteral("budget 1")));
    }

    void oneBadValueLeavesTheOthers()
    {
        const QString path = newPath();
        QVERIFY(write(path, R"({"listenPort": "x", "slowMs": 5, "palette": "light"})"));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings.slowMs, 5);
        QCOMPARE(loaded->settings.palette, QStringLiteral("light"));
        QCOMPARE(loaded->problems.size(), 1);
    }

    void keepsTenRecentSets()
    {
        Settings s;
        for (int i = 0; i < 12; ++i)
            s.recentHookSets.append(QStringLiteral("/set%1.json").arg(i));
        const QString path = newPath();
        QVERIFY(saveSettings(path, s));
        const auto loaded = loadSettings(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->settings.recentHookSets, s.recentHookSets.mid(0, 10));
    }

    void saysThatAFileIsNotJsonAndDoesNotOverwriteIt()
    {
        const QString path = newPath();
        for (const QByteArray &bytes : {QByteArray("{\"a\": "), QByteArray("[]"), QByteArray()}) {
            QVERIFY(write(path, bytes));
            const auto loaded = loadSettings(path);
            QVERIFY(!loaded);
            QCOMPARE(loaded.error().code, ErrorCode::InvalidInput);
            QVERIFY(loaded.error().text.contains(path));
            QVERIFY(!saveSettings(path, Settings()));
            QCOMPARE(contentOf(path), bytes);
        }
    }

    void refusesWhatIsNoFile()
    {
        const QString path = newPath();
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        QVERIFY(!loadSettings(path));
        QVERIFY(!saveSettings(path, Settings()));
        QVERIFY(!loadSettings(m_dir.path()));
    }

    void keepsTheOldFileWholeIfThereIsNoRoom()
    {
        const QString path = newPath();
        QVERIFY(saveSettings(path, other()));
        const QByteArray before = contentOf(path);
        Settings large;
        large.lastHookSet = QString(50'000, QLatin1Char('x'));
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit old;
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit small{20'000, old.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto saved = saveSettings(path, large);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);
        QVERIFY(!saved);
        QCOMPARE(contentOf(path), before);
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
