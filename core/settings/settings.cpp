#include "core/settings/settings.h"

#include "core/files/folders.h"
#include "core/settings/budgetjson.h"
#include "core/settings/policyjson.h"
#include "core/settings/pricejson.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int maxRecent = 10;
constexpr int maxSavedFilters = 50;
constexpr int maxSlowMs = 24 * 60 * 60 * 1000;
constexpr int leastHistoryMb = 16;
constexpr int mostHistoryMb = 1024 * 1024;
constexpr qint64 sizeLimit = 1024 * 1024; // bytes

struct SettingsText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Settings)
};

tl::unexpected<Error> failure(ErrorCode code, const QString &text)
{
    return tl::unexpected(Error{code, text});
}

bool isOneLine(const QString &text)
{
    return std::none_of(text.cbegin(), text.cend(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

// What browsers send as Origin: scheme, host and maybe port, with nothing behind.
bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return isWord(text) && url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty()
        && (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"))
        && url.path().isEmpty() && !url.hasQuery() && !url.hasFragment();
}

bool isLlmDomain(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('='));
    return isWord(text) && parts.size() <= 2
        && std::none_of(parts.cbegin(), parts.cend(), [](const QString &part) { return part.isEmpty(); });
}

// Takes values out of the file's object; one that cannot be used leaves the default and is reported.
class Reader {
public:
    Reader(const QJsonObject &object, LoadedSettings &loaded)
        : m_object(object)
        , m_loaded(loaded)
    {
    }

    template <class Number> void number(QLatin1String key, Number &value, int least, int most)
    {
        const QJsonValue json = m_object.value(key);
        if (json.isUndefined())
            return;
        const double read = json.toDouble(-1.5); // no whole number, so refused below
        if (read == std::floor(read) && read >= least && read <= most)
            value = static_cast<Number>(read);
        else
            report(key, SettingsText::tr("must be a whole number from %1 to %2").arg(least).arg(most),
                   QString::number(value));
    }

    void flag(QLatin1String key, bool &value)
    {
        const QJsonValue json = m_object.value(key);
        if (json.isUndefined())
            return;
        if (json.isBool())
            value = json.toBool();
        else
            report(key, SettingsText::tr("must be true or false"),
                   value ? QStringLiteral("true") : QStringLiteral("false"));
    }

    template <class Check> void text(QLatin1String key, QString &value, const QString &rule, Check isValid)
    {
        const QJsonValue json = m_object.value(key);
        if (json.isUndefined())
            return;
        if (json.isString() && isValid(json.toString()))
            value = json.toString();
        else
            report(key, rule, value.isEmpty() ? SettingsText::tr("nothing") : value);
    }

    template <class Check>
    void list(QLatin1String key, QStringList &value, const QString &rule, Check isValid)
    {
        const QJsonValue json = m_object.value(key);
        if (json.isUndefined())
            return;
        QStringList read;
        bool isGood = json.isArray();
        for (const QJsonValue &item : json.toArray()) {
            isGood = isGood && item.isString() && isValid(item.toString());
            read.append(item.toString());
        }
        if (isGood)
            value = read;
        else
            report(key, rule, SettingsText::tr("an empty list"));
    }

    void savedFilters(QLatin1String key, QList<SavedFilter> &value)
    {
        const QJsonValue json = m_object.value(key);
        if (json.isUndefined())
            return;
        QList<SavedFilter> read;
        bool isGood = json.isArray() && json.toArray().size() <= maxSavedFilters;
        for (const QJsonValue &item : json.toArray()) {
            const SavedFilter filter{item[QLatin1String("name")].toString(),
                                     item[QLatin1String("filter")].toString()};
            isGood = isGood && !filter.name.isEmpty() && isOneLine(filter.name) && isOneLine(filter.filter);
            read.append(filter);
        }
        if (isGood)
            value = read;
        else
            report(key,
                   SettingsText::tr("must be a list of at most %1 objects with \"name\" and \"filter\"")
                       .arg(maxSavedFilters),
                   SettingsText::tr("an empty list"));
    }

    // Of a list the entries that `read` takes; the others are left out and reported.
    template <class Entry, class Read>
    void entries(QLatin1String key, QList<Entry> &value, const QString &rule, const QString &name, Read read)
    {
        const QJsonValue json = m_object.value(key);
        if (json.isUndefined())
            return;
        if (!json.isArray())
            return report(key, rule, SettingsText::tr("an empty list"));
        int number = 0;
        for (const QJsonValue &item : json.toArray()) {
            Entry entry;
            const QString fault = read(item, entry, value);
            ++number;
            if (fault.isEmpty())
                value.append(entry);
            else
                m_loaded.problems.append({key,
                                          SettingsText::tr("%1: %2 %3 %4; it is left out")
                                              .arg(key, name, QString::number(number), fault)});
        }
    }

private:
    void report(QLatin1String key, const QString &rule, const QString &used)
    {
        m_loaded.problems.append({key, SettingsText::tr("%1 %2; %3 is used instead").arg(key, rule, used)});
    }

    const QJsonObject &m_object;
    LoadedSettings &m_loaded;
};

void readLists(Reader &reader, Settings &s)
{
    reader.entries(QLatin1String("prices"), s.prices, SettingsText::tr("must be a list of prices"),
                   SettingsText::tr("price"), [](const QJsonValue &json, PriceSetting &price, const auto &) {
                       return readPrice(json, price);
                   });
    reader.entries(
        QLatin1String("budgets"), s.budgets, SettingsText::tr("must be a list of budgets"),
        SettingsText::tr("budget"),
        [](const QJsonValue &json, BudgetSetting &budget, const QList<BudgetSetting> &before) {
            const QString fault = readBudget(json, budget);
            const bool isTaken =
                std::any_of(before.begin(), before.end(),
                            [&budget](const BudgetSetting &other) { return other.name == budget.name; });
            return fault.isEmpty() && isTaken ? SettingsText::tr("has the \"name\" of one before it") : fault;
        });
}

LoadedSettings fromJson(const QJsonObject &object)
{
    LoadedSettings loaded;
    Settings &s = loaded.settings;
    Reader reader(object, loaded);
    const QString oneLine = SettingsText::tr("must be a text of one line");
    const QString word = SettingsText::tr("must be a text without spaces");
    const QString paths = SettingsText::tr("must be a list of at most %1 paths").arg(maxRecent);
    reader.text(QLatin1String("listenHost"), s.listenHost, word, isWord);
    reader.number(QLatin1String("listenPort"), s.listenPort, 0, 65'535);
    reader.text(QLatin1String("sandbox"), s.sandbox, word, isWord);
    reader.number(QLatin1String("maxClients"), s.maxClients, 1, 65'535);
    reader.list(QLatin1String("allowedOrigins"), s.allowedOrigins,
                SettingsText::tr("must be a list of origins such as \"http://localhost:3000\""), isOrigin);
    reader.list(QLatin1String("llmDomains"), s.llmDomains,
                SettingsText::tr("must be a list of HOST or HOST=DIALECT"), isLlmDomain);
    readPolicy(object, s, loaded.problems);
    reader.list(QLatin1String("intercept"), s.intercept, SettingsText::tr("must be a list of HOST, *.DOMAIN or llm"),
                [](const QString &text) { return faultOfInterceptPattern(text).isEmpty(); });
    reader.flag(QLatin1String("addStreamUsage"), s.addStreamUsage);
    reader.flag(QLatin1String("keepBodies"), s.keepBodies);
    reader.number(QLatin1String("bodyCapKb"), s.bodyCapKb, 1, 8192);
    reader.number(QLatin1String("slowMs"), s.slowMs, 0, maxSlowMs);
    reader.flag(QLatin1String("keepHistory"), s.keepHistory);
    reader.number(QLatin1String("historyMb"), s.historyMb, leastHistoryMb, mostHistoryMb);
    reader.number(QLatin1String("expensiveCents"), s.expensiveCents, 0, Settings::mostExpensiveCents);
    reader.number(QLatin1String("maxRows"), s.maxRows, Settings::leastRows, Settings::mostRows);
    reader.number(QLatin1String("maxMemoryMb"), s.maxMemoryMb, Settings::leastMemoryMb, Settings::mostMemoryMb);
    reader.text(QLatin1String("palette"), s.palette,
                SettingsText::tr("must be \"system\", \"light\", \"dark\" or \"contrast\""),
                [](const QString &text) { return paletteNames().contains(text); });
    reader.text(QLatin1String("language"), s.language,
                SettingsText::tr("must be \"system\", \"en\" or \"de\""),
                [](const QString &text) { return languageNames().contains(text); });
    reader.flag(QLatin1String("trayIcon"), s.trayIcon);
    reader.flag(QLatin1String("notifications"), s.notifications);
    reader.text(QLatin1String("lastHookSet"), s.lastHookSet, oneLine, isOneLine);
    reader.list(QLatin1String("recentHookSets"), s.recentHookSets, paths, isOneLine);
    if (s.recentHookSets.size() > maxRecent) {
        s.recentHookSets = s.recentHookSets.mid(0, maxRecent);
        loaded.problems.append(
            {QStringLiteral("recentHookSets"),
             SettingsText::tr("recentHookSets %1; the first %2 are used").arg(paths).arg(maxRecent)});
    }
    reader.savedFilters(QLatin1String("savedFilters"), s.savedFilters);
    readLists(reader, s);
    return loaded;
}

QJsonArray toJson(const QList<SavedFilter> &filters)
{
    QJsonArray array;
    for (const SavedFilter &filter : filters.mid(0, maxSavedFilters))
        array.append(
            QJsonObject{{QStringLiteral("name"), filter.name}, {QStringLiteral("filter"), filter.filter}});
    return array;
}

void writeInto(QJsonObject &object, const Settings &s)
{
    object.insert(QStringLiteral("savedFilters"), toJson(s.savedFilters));
    object.insert(QStringLiteral("listenHost"), s.listenHost);
    object.insert(QStringLiteral("listenPort"), s.listenPort);
    object.insert(QStringLiteral("sandbox"), s.sandbox);
    object.insert(QStringLiteral("maxClients"), s.maxClients);
    object.insert(QStringLiteral("allowedOrigins"), QJsonArray::fromStringList(s.allowedOrigins));
    object.insert(QStringLiteral("llmDomains"), QJsonArray::fromStringList(s.llmDomains));
    writePolicy(object, s);
    object.insert(QStringLiteral("intercept"), QJsonArray::fromStringList(s.intercept));
    object.insert(QStringLiteral("addStreamUsage"), s.addStreamUsage);
    object.insert(QStringLiteral("keepBodies"), s.keepBodies);
    object.insert(QStringLiteral("bodyCapKb"), s.bodyCapKb);
    object.insert(QStringLiteral("slowMs"), s.slowMs);
    object.insert(QStringLiteral("keepHistory"), s.keepHistory);
    object.insert(QStringLiteral("historyMb"), s.historyMb);
    object.insert(QStringLiteral("expensiveCents"), s.expensiveCents);
    object.insert(QStringLiteral("maxRows"), s.maxRows);
    object.insert(QStringLiteral("maxMemoryMb"), s.maxMemoryMb);
    object.insert(QStringLiteral("palette"), s.palette);
    object.insert(QStringLiteral("language"), s.language);
    object.insert(QStringLiteral("trayIcon"), s.trayIcon);
    object.insert(QStringLiteral("notifications"), s.notifications);
    object.insert(QStringLiteral("lastHookSet"), s.lastHookSet);
    object.insert(QStringLiteral("recentHookSets"),
                  QJsonArray::fromStringList(s.recentHookSets.mid(0, maxRecent)));
}

// The file's object; empty if there is no file.
Result<QJsonObject> readObject(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return QJsonObject();
    QFile file(path);
    // A pipe in the file's place would make open() wait.
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        return failure(
            ErrorCode::PermissionDenied,
            SettingsText::tr("The settings %1 cannot be read: %2. Check the file and its permissions.")
                .arg(path, info.isFile() ? file.errorString() : SettingsText::tr("not a regular file")));
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(sizeLimit), &error);
    if (!document.isObject()) {
        const QString reason = error.error == QJsonParseError::NoError
            ? SettingsText::tr("it is not an object")
            : SettingsText::tr("%1, at byte %2").arg(error.errorString()).arg(error.offset);
        return failure(
            ErrorCode::InvalidInput,
            SettingsText::tr("The settings %1 are not JSON (%2). Correct the file or move it away.")
                .arg(path, reason));
    }
    return document.object();
}

} // namespace

bool isWord(const QString &text)
{
    return !text.isEmpty() && isOneLine(text)
        && std::none_of(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace(); });
}

bool isBudgetName(const QString &text)
{
    return !text.trimmed().isEmpty() && isOneLine(text) && text.size() <= 200;
}

QStringList budgetPeriods()
{
    return {QStringLiteral("day"), QStringLiteral("week"), QStringLiteral("month")};
}

QStringList paletteNames()
{
    return {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark"),
            QStringLiteral("contrast")};
}

QStringList languageNames()
{
    return {QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("de")};
}

Result<LoadedSettings> loadSettings(const QString &path)
{
    return readObject(path).map(fromJson);
}

Result<void> saveSettings(const QString &path, const Settings &settings, SavedPrices prices,
                          SavedBudgets budgets)
{
    // Not over a file that cannot be read: what the user has in it would be lost.
    auto object = readObject(path);
    if (!object)
        return tl::unexpected(object.error());
    if (prices == SavedPrices::AsInSettings)
        object->insert(QStringLiteral("prices"), pricesToJson(settings.prices));
    if (budgets == SavedBudgets::AsInSettings)
        object->insert(QStringLiteral("budgets"), budgetsToJson(settings.budgets));
    writeInto(*object, settings);
    const QByteArray bytes = QJsonDocument(*object).toJson(QJsonDocument::Indented);

    const QString folder = QFileInfo(path).absolutePath();
    if (makeFolders(folder) != 0) {
        return failure(
            ErrorCode::PermissionDenied,
            SettingsText::tr("The folder %1 for the settings cannot be made. Check its permissions.")
                .arg(folder));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit()) {
        return failure(
            ErrorCode::Io,
            SettingsText::tr("The settings could not be saved to %1: %2. The old ones are unchanged.")
                .arg(path, file.errorString()));
    }
    return {};
}

} // namespace hookscope
