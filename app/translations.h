#pragma once

#include <QString>
#include <QStringList>

namespace hookscope {

// "de" or "en", the languages that there are: what the settings' `language` asks for, or, if that is
// "system", the first of the user's languages (as QLocale::uiLanguages() has them) that is one of them, else
// "en".
QString languageFor(const QString &setting, const QStringList &uiLanguages);

// Gives the application the texts of that language, Qt's own as well if they are installed, and with one that
// the settings name also its numbers and dates. Main thread, after the application object, which owns what
// this makes, and before the first widget; headless it is not called, so that what scripts read is English.
void installTranslations(const QString &setting);

} // namespace hookscope
