#include "app/translations.h"
#include "core/events/eventlog.h"
#include "core/hooks/hookregistry.h"
#include "core/usage/usageseries.h"
#include "core/usage/usagetotals.h"
#include "ui/files/exportdialog.h"
#include "ui/hooks/hookeditor.h"
#include "ui/main/mainwindow.h"
#include "ui/settings/settingsdialog.h"
#include "ui/usage/celltable.h"
#include "ui/usage/totalstable.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>
#include <memory>

using namespace hookscope;

namespace {

struct Message {
    QString context;
    QString source;
    QString comment;
    QString translation;
    QString type; // "unfinished", "vanished", "obsolete"; empty: as it should be

    QString key() const { return context + QStringLiteral(": ") + source + QStringLiteral(" ") + comment; }
};

QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.append({context, {}, {}, {}, {}});
        else if (xml.name() == QLatin1String("source"))
            messages.last().source = xml.readElementText();
        else if (xml.name() == QLatin1String("comment"))
            messages.last().comment = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            messages.last().type = xml.attributes().value(QLatin1String("type")).toString();
            messages.last().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

QString german()
{
    return QStringLiteral(HOOKSCOPE_TRANSLATIONS "/hookscope_de.ts");
}

// What a translation must have in common with its source.
QStringList marksOf(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral("%L?[1-9n]"));
    static const QRegularExpression mnemonic(QStringLiteral("&(?=\\w)"),
                                             QRegularExpression::UseUnicodePropertiesOption);
    QStringList marks;
    for (auto it = placeholder.globalMatch(text); it.hasNext();)
        marks.append(it.next().captured());
    for (auto it = mnemonic.globalMatch(text); it.hasNext();)
        marks.append(it.next().captured());
    marks.sort();
    const QString end = text.trimmed().right(1);
    marks.append(end == QStringLiteral(":") || end == QStringLiteral("…") ? end : QString());
    marks.append(text.startsWith(QLatin1Char(' ')) ? QStringLiteral("space before") : QString());
    marks.append(text.endsWith(QLatin1Char(' ')) ? QStringLiteral("space behind") : QString());
    return marks;
}

QChar mnemonicOf(const QString &text)
{
    static const QRegularExpression mnemonic(QStringLiteral("&(\\w)"),
                                             QRegularExpression::UseUnicodePropertiesOption);
    const auto match = mnemonic.match(text);
    return match.hasMatch() ? match.captured(1).at(0).toLower() : QChar();
}

// Those that two of the texts have.
QStringList sharedMnemonics(const QStringList &texts)
{
    QHash<QChar, QString> seen;
    QStringList shared;
    for (const QString &text : texts) {
        const QChar mnemonic = mnemonicOf(text);
        if (mnemonic.isNull())
            continue;
        if (seen.contains(mnemonic))
            shared.append(seen.value(mnemonic) + QStringLiteral(" / ") + text);
        seen.insert(mnemonic, text);
    }
    return shared;
}

QStringList textsOf(const QList<QAction *> &actions)
{
    QStringList texts;
    for (const QAction *action : actions)
        texts.append(action->text());
    return texts;
}

// Hears what the program asks for, and keeps what the translation does not have. It has nothing itself.
class Listener final : public QTranslator {
public:
    Listener() { m_isLoaded = m_german.load(QStringLiteral(":/hookscope/translations/hookscope_de")); }

    bool isLoaded() const { return m_isLoaded; }
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *comment, int n) const override
    {
        // Qt's own contexts are its classes, and are Qt's to translate.
        const QString name = QString::fromUtf8(context);
        if (!name.startsWith(QLatin1Char('Q')) && m_german.translate(context, source, comment, n).isNull())
            m_missing.insert(name + QStringLiteral(": ") + QString::fromUtf8(source));
        return {};
    }
    QSet<QString> missing() const { return m_missing; }

private:
    QTranslator m_german;
    bool m_isLoaded = false;
    mutable QSet<QString> m_missing;
};

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private slots:
    void choosesTheLanguage_data();
    void choosesTheLanguage();
    void isFinished();
    void keepsPlaceholdersMnemonicsAndEnds();
    void hasEveryTextOfTheProgram();
    void showsAWindowInGerman();
    void hasNoMnemonicTwiceInAMenu();
    void hasNoMnemonicTwiceInTheSettings();
    void cutsNoTitleOfATotalsTable();
    void findsWhatTheProgramAsksFor();

private:
    void makeWindow();

    std::unique_ptr<QTemporaryDir> m_folder;
    EventLog m_log;
    UsageTotals m_totals;
    UsageSeries m_series;
    HookRegistry m_registry;
    Settings m_settings;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<MainWindow> m_window;
};

void TestTranslations::choosesTheLanguage_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QStringList>("ofUser");
    QTest::addColumn<QString>("language");
    const auto row = [](const char *name, const char *setting, const char *ofUser, const char *language) {
        QTest::newRow(name) << QString::fromLatin1(setting)
                            << QString::fromLatin1(ofUser).split(QLatin1Char(' '), Qt::SkipEmptyParts)
                            << QString::fromLatin1(language);
    };
    row("the setting before the system", "de", "en-US", "de");
    row("English before the system", "en", "de-DE", "en");
    row("the system's", "system", "de-DE de", "de");
    row("a country's", "system", "de-AT", "de");
    row("without a country", "system", "de", "de");
    row("the user's first that there is", "system", "fr-FR fr de-CH de en", "de");
    row("English before German", "system", "en-GB en de-DE de", "en");
    row("one that there is not", "system", "fr-FR fr", "en");
    row("a language that begins alike", "system", "den-CA", "en");
    row("none", "system", "", "en");
    row("the C locale", "system", "C", "en");
}

void TestTranslations::choosesTheLanguage()
{
    QFETCH(QString, setting);
    QFETCH(QStringList, ofUser);
    QTEST(languageFor(setting, ofUser), "language");
}

void TestTranslations::isFinished()
{
    const QList<Message> messages = messagesOf(german());
    QVERIFY(messages.size() > 1000);
    for (const Message &message : messages) {
        QVERIFY2(message.type.isEmpty() && !message.translation.isEmpty(),
                 qPrintable(message.key() + QStringLiteral(" is ") + message.type));
        // What cannot be looked up: lupdate did not find the class of the text. Write Class::tr() there.
        QVERIFY2(!message.context.isEmpty() && message.context != QStringLiteral("hookscope"),
                 qPrintable(message.key()));
    }
}

void TestTranslations::keepsPlaceholdersMnemonicsAndEnds()
{
    for (const Message &message : messagesOf(german())) {
        QVERIFY2(marksOf(message.source) == marksOf(message.translation),
                 qPrintable(message.source + QStringLiteral(" → ") + message.translation));
    }
}

void TestTranslations::hasEveryTextOfTheProgram()
{
    QTemporaryDir folder;
    const QString now = folder.filePath(QStringLiteral("now.ts"));
    QProcess update;
    update.setProcessChannelMode(QProcess::MergedChannels);
    update.start(QStringLiteral(HOOKSCOPE_TRANSLATIONS "/update"), {now});
    QVERIFY(update.waitForFinished(120'000));
    QVERIFY2(update.exitCode() == 0, update.readAll().constData());

    QSet<QString> translated;
    for (const Message &message : messagesOf(german()))
        translated.insert(message.key());
    QStringList missing;
    const QList<Message> asked = messagesOf(now);
    QVERIFY(asked.size() > 1000);
    for (const Message &message : asked) {
        if (!translated.remove(message.key()))
            missing.append(message.key());
    }
    const QString remedy =
        QStringLiteral("\nRun resources/translations/update and translate what is then unfinished.");
    QVERIFY2(missing.isEmpty(),
             qPrintable(QStringLiteral("Not translated:\n") + missing.join(QLatin1Char('\n')) + remedy));
    QVERIFY2(translated.isEmpty(),
             qPrintable(QStringLiteral("No longer in the program:\n")
                        + translated.values().join(QLatin1Char('\n')) + remedy));
}

void TestTranslations::makeWindow()
{
    if (m_window)
        return;
    installTranslations(QStringLiteral("de"));
    m_listener = std::make_unique<Listener>();
    QVERIFY(m_listener->isLoaded());
    QCoreApplication::installTranslator(m_listener.get());
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<MainWindow>(MainWindow::Context{
        m_log, m_totals, m_series, m_registry, m_settings, m_folder->filePath(QStringLiteral("window.ini"))});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestTranslations::showsAWindowInGerman()
{
    makeWindow();
    QCOMPARE(m_window->menuBar()->actions().first()->text(), QStringLiteral("&Datei"));
    const auto *tabs = m_window->findChild<QTabBar *>();
    QVERIFY(tabs);
    QCOMPARE(QLocale().toString(1234.5, 'f', 1), QStringLiteral("1.234,5"));
    // The texts of Qt's own widgets; they come with another package.
    SettingsDialog dialog{Settings()};
    QStringList buttons;
    for (const QPushButton *button : dialog.findChildren<QPushButton *>())
        buttons.append(button->text().remove(QLatin1Char('&')));
    QVERIFY2(buttons.contains(QStringLiteral("Abbrechen")), qPrintable(buttons.join(QLatin1Char(' '))));
}

void TestTranslations::hasNoMnemonicTwiceInAMenu()
{
    makeWindow();
    QCOMPARE(sharedMnemonics(textsOf(m_window->menuBar()->actions())), QStringList());
    for (const QMenu *menu : m_window->menuBar()->findChildren<QMenu *>())
        QCOMPARE(sharedMnemonics(textsOf(menu->actions())), QStringList());
}

void TestTranslations::hasNoMnemonicTwiceInTheSettings()
{
    makeWindow();
    SettingsDialog dialog{Settings()};
    const auto *tabs = dialog.findChild<QTabWidget *>();
    QStringList titles;
    for (int i = 0; i < tabs->count(); ++i)
        titles.append(tabs->tabText(i));
    for (int i = 0; i < tabs->count(); ++i) {
        QStringList texts = titles;
        for (const QLabel *label : tabs->widget(i)->findChildren<QLabel *>()) {
            if (label->buddy())
                texts.append(label->text());
        }
        for (const QAbstractButton *button : tabs->widget(i)->findChildren<QAbstractButton *>())
            texts.append(button->text());
        QCOMPARE(sharedMnemonics(texts), QStringList());
    }
}

void TestTranslations::cutsNoTitleOfATotalsTable()
{
    makeWindow();
    for (QTabBar *tabs : m_window->findChildren<QTabBar *>()) {
        if (tabs->accessibleName() == QStringLiteral("Seiten"))
            tabs->setCurrentIndex(1); // the usage page is made when it is first shown
    }
    QVERIFY(!m_window->findChildren<CellTable *>().isEmpty());
    QList<QTableView *> tables;
    for (CellTable *table : m_window->findChildren<CellTable *>())
        tables.append(table);
    for (TotalsTable *table : m_window->findChildren<TotalsTable *>())
        tables.append(table);
    for (const QTableView *table : tables) {
        const QHeaderView *header = table->horizontalHeader();
        for (int section = 0; section < header->count(); ++section) {
            const QString title = table->model()->headerData(section, Qt::Horizontal).toString();
            QVERIFY2(header->sectionSize(section) >= header->fontMetrics().horizontalAdvance(title),
                     qPrintable(title));
        }
    }
}

void TestTranslations::findsWhatTheProgramAsksFor()
{
    makeWindow();
    for (QMenu *menu : m_window->menuBar()->findChildren<QMenu *>())
        emit menu->aboutToShow(); // which may make its actions anew, but not menus
    SettingsDialog settings{Settings()};
    EventLog log;
    HookEditor editor(HookEditor::Purpose::Add, {}, {}, log);
    ExportDialog exporting(m_folder->path());
    QTRY_VERIFY(m_window->isVisible());
    QStringList missing(m_listener->missing().values());
    missing.sort();
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
