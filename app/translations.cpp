#include "app/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace hookscope {

namespace {

constexpr QLatin1String german("de");
constexpr QLatin1String english("en");

bool isLanguage(const QString &name, QLatin1String language)
{
    return name == language
        || (name.startsWith(language) && name.mid(language.size()).startsWith(QLatin1Char('-')));
}

// Without the file the texts stay English, as in a language that there is not.
void install(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

QString languageFor(const QString &setting, const QStringList &uiLanguages)
{
    if (setting == german || setting == english)
        return setting;
    // Not QTranslator::load(QLocale), which passes by English, as there is no file of it, for a later German.
    for (const QString &name : uiLanguages) {
        for (const QLatin1String language : {english, german}) {
            if (isLanguage(name, language))
                return language;
        }
    }
    return english;
}

void installTranslations(const QString &setting)
{
    const QString language = languageFor(setting, QLocale::system().uiLanguages());
    if (setting == language && QLocale::system().language() != QLocale(language).language())
        QLocale::setDefault(QLocale(language));
    if (language == english)
        return;
    install(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("hookscope_") + language, QStringLiteral(":/hookscope/translations"));
}

} // namespace hookscope
