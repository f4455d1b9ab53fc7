#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

namespace {

// What each room may include besides itself: the table of ARCHITECTURE.md. core/error.h is everyone's.
// A new room is added there first, then here.
const QMap<QString, QStringList> &allowedCoreRooms()
{
    static const QMap<QString, QStringList> table = {
        {QStringLiteral("files"), {}},
        {QStringLiteral("http"), {}},
        {QStringLiteral("policy"), {QStringLiteral("http")}},
        {QStringLiteral("events"), {QStringLiteral("http")}},
        {QStringLiteral("llm"), {QStringLiteral("events"), QStringLiteral("http")}},
        {QStringLiteral("formats"), {QStringLiteral("events"), QStringLiteral("http")}},
        {QStringLiteral("usage"), {QStringLiteral("events")}},
        {QStringLiteral("hooks"),
         {QStringLiteral("events"), QStringLiteral("files"), QStringLiteral("http")}},
        {QStringLiteral("outbox"), {QStringLiteral("events"), QStringLiteral("files")}},
        {QStringLiteral("otlp"), {QStringLiteral("events")}},
        {QStringLiteral("dispatch"),
         {QStringLiteral("hooks"), QStringLiteral("outbox"), QStringLiteral("otlp"),
          QStringLiteral("events")}},
        {QStringLiteral("tls"), {QStringLiteral("files"), QStringLiteral("http")}},
        {QStringLiteral("proxy"),
         {QStringLiteral("tls"), QStringLiteral("llm"), QStringLiteral("events"), QStringLiteral("policy"),
          QStringLiteral("http")}},
        {QStringLiteral("sources"),
         {QStringLiteral("llm"), QStringLiteral("events"), QStringLiteral("http")}},
        {QStringLiteral("history"), {QStringLiteral("events"), QStringLiteral("files")}},
        {QStringLiteral("launch"), {QStringLiteral("tls"), QStringLiteral("http")}},
        {QStringLiteral("replay"), {QStringLiteral("events"), QStringLiteral("http")}},
        {QStringLiteral("settings"), {QStringLiteral("files"), QStringLiteral("policy")}},
        {QStringLiteral("keyring"), {}},
    };
    return table;
}

const QStringList &uiRooms()
{
    static const QStringList rooms = {QStringLiteral("main"),    QStringLiteral("live"),
                                      QStringLiteral("hooks"),   QStringLiteral("usage"),
                                      QStringLiteral("connect"), QStringLiteral("settings"),
                                      QStringLiteral("files"),   QStringLiteral("desktop"),
                                      QStringLiteral("text")};
    return rooms;
}

// No proxy, dispatch, sources or history: the window sees events, not how they are made or delivered.
const QStringList &coreRoomsOfUi()
{
    static const QStringList rooms = {QStringLiteral("events"), QStringLiteral("hooks"),
                                      QStringLiteral("usage"),  QStringLiteral("settings"),
                                      QStringLiteral("llm"),    QStringLiteral("http"),
                                      QStringLiteral("formats"), QStringLiteral("launch"),
                                      QStringLiteral("replay"), QStringLiteral("policy"),
                                      QStringLiteral("tls")};
    return rooms;
}

bool isHeaderOf(const QString &module, const QString &header)
{
    return QFile::exists(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u'/' + module + u'/' + header);
}

// Why the file of `room` (two names, e.g. core/http) must not include `header`; empty if it may.
QString objection(const QString &path, const QString &header)
{
    const QStringList from = path.split(u'/');
    const QStringList to = header.split(u'/');
    const QString side = from.at(0);
    const QString room = from.size() > 2 ? from.at(1) : QString();

    if (to.size() == 2 && to.at(0).startsWith(u"Qt"))
        return QStringLiteral("Qt headers are included without their module: <%1>").arg(to.at(1));
    if (side == u"core"
        && (isHeaderOf(QStringLiteral("QtGui"), header) || isHeaderOf(QStringLiteral("QtWidgets"), header)))
        return QStringLiteral("core uses neither Qt Gui nor Qt Widgets");
    if (to.at(0) != u"core" && to.at(0) != u"ui" && to.at(0) != u"app")
        return {};
    if (side == u"app" || header == u"core/error.h")
        return {};

    const QString target = to.size() > 2 ? to.at(1) : QString();
    QStringList allowed;
    if (side == u"core") {
        if (to.at(0) == u"core" && (target == room || allowedCoreRooms().value(room).contains(target)))
            return {};
        for (const QString &name : allowedCoreRooms().value(room))
            allowed << QStringLiteral("core/") + name;
    } else {
        if (to.at(0) == u"ui" && uiRooms().contains(target))
            return {};
        if (to.at(0) == u"core" && coreRoomsOfUi().contains(target))
            return {};
        allowed << QStringLiteral("ui");
        for (const QString &name : coreRoomsOfUi())
            allowed << QStringLiteral("core/") + name;
    }
    return QStringLiteral("%1/%2 may include: core/error.h, itself%3")
        .arg(side, room,
             allowed.isEmpty() ? QString() : QStringLiteral(", ") + allowed.join(QStringLiteral(", ")));
}

// One "file:line: what, and what is allowed" for each include outside the table.
QStringList violations(const QString &path, const QString &text)
{
    const QStringList from = path.split(u'/');
    const bool isKnown = from.at(0) == u"app" || from.size() < 3
        || (from.at(0) == u"core" && allowedCoreRooms().contains(from.at(1)))
        || (from.at(0) == u"ui" && uiRooms().contains(from.at(1)));
    QStringList found;
    if (!isKnown)
        found << QStringLiteral("%1:1: the room is not in the table").arg(path);

    static const QRegularExpression include(QStringLiteral(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"));
    int line = 0;
    for (const QString &content : text.split(u'\n')) {
        ++line;
        const auto match = include.match(content);
        if (!match.hasMatch())
            continue;
        const QString header = match.captured(2);
        QString reason = objection(path, header);
        const bool isFullPath = header.startsWith(u"core/") || header.startsWith(u"ui/")
            || header.startsWith(u"app/") || header.endsWith(u".moc");
        if (reason.isEmpty() && match.captured(1) == u"\"" && !isFullPath)
            reason = QStringLiteral("own headers are included by their path from the root");
        if (!reason.isEmpty())
            found << QStringLiteral("%1:%2: includes %3; %4").arg(path).arg(line).arg(header, reason);
    }
    return found;
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT
private slots:
    void findsQtsHeaders();
    void seesAViolation_data();
    void seesAViolation();
    void seesNothingInOrder_data();
    void seesNothingInOrder();
    void everyIncludeIsInTheTable();
};

void TestLayering::findsQtsHeaders()
{
    QVERIFY(isHeaderOf(QStringLiteral("QtWidgets"), QStringLiteral("QWidget")));
    QVERIFY(isHeaderOf(QStringLiteral("QtGui"), QStringLiteral("qcolor.h")));
    QVERIFY(!isHeaderOf(QStringLiteral("QtGui"), QStringLiteral("QString")));
}

void TestLayering::seesAViolation_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *path, const char *line) {
        QTest::addRow("%s in %s", line, path) << QString::fromUtf8(path) << QString::fromUtf8(line);
    };
    row("core/http/head.cpp", "#include \"core/events/event.h\"");
    row("core/events/eventlog.cpp", "#include \"core/usage/usagetotals.h\"");
    row("core/llm/callreader.h", "#include \"core/proxy/proxyserver.h\"");
    row("core/usage/usagetotals.cpp", "#include \"core/http/fields.h\"");
    row("core/settings/settings.h", "  #  include <core/events/event.h>");
    row("core/proxy/proxyserver.cpp", "#include \"ui/main/mainwindow.h\"");
    row("core/dispatch/hookdispatcher.cpp", "#include \"app/pipeline.h\"");
    row("core/error.h", "#include \"core/events/event.h\"");
    row("core/misc/misc.h", "int x;");
    row("core/hooks/hook.cpp", "#include <QWidget>");
    row("core/hooks/hook.cpp", "#include <QApplication>");
    row("core/hooks/hook.cpp", "#include <QColor>");
    row("core/hooks/hook.cpp", "#include <qwidget.h>");
    row("core/hooks/hook.cpp", "#include <QtWidgets/QLabel>");
    row("core/hooks/hook.cpp", "#include <QtCore/QString>");
    row("core/hooks/hook.cpp", "#include \"hook.h\"");
    row("core/hooks/hook.cpp", "#include \"../events/event.h\"");
    row("ui/live/livetable.cpp", "#include \"core/proxy/proxyserver.h\"");
    row("ui/hooks/hookpanel.cpp", "#include \"core/dispatch/hookdispatcher.h\"");
    row("ui/live/livetable.cpp", "#include \"core/sources/tail.h\"");
    row("ui/usage/totalsbar.cpp", "#include \"core/history/history.h\"");
    row("ui/main/mainwindow.cpp", "#include \"app/application.h\"");
    row("ui/widgets/button.h", "int x;");
    row("ui/live/livetable.cpp", "#include <QtWidgets/QTableView>");
    row("app/main.cpp", "#include <QtWidgets/QApplication>");
}

void TestLayering::seesAViolation()
{
    QFETCH(QString, path);
    QFETCH(QString, line);
    const QStringList found = violations(path, QStringLiteral("#pragma once\n%1\n").arg(line));
    QCOMPARE(found.size(), 1);
    QVERIFY2(found.first().startsWith(
                 path + (line.contains(u"include") ? QStringLiteral(":2: ") : QStringLiteral(":1: "))),
             qPrintable(found.first()));
}

void TestLayering::seesNothingInOrder_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *path, const char *line) {
        QTest::addRow("%s in %s", line, path) << QString::fromUtf8(path) << QString::fromUtf8(line);
    };
    row("core/http/head.cpp", "#include \"core/http/head.h\"");
    row("core/http/head.cpp", "#include \"core/error.h\"");
    row("core/events/event.h", "#include \"core/http/fields.h\"");
    row("core/proxy/connection.cpp", "#include \"core/llm/callreader.h\"");
    row("core/hooks/hook.cpp", "#include <QString>");
    row("core/hooks/hook.cpp", "#include <vector>");
    row("core/http/body.cpp", "#include <boost/beast/http/basic_parser.hpp>");
    row("ui/live/livetable.cpp", "#include <QTableView>");
    row("ui/live/livetable.cpp", "#include \"core/events/eventlog.h\"");
    row("ui/main/mainwindow.cpp", "#include \"ui/live/livetable.h\"");
    row("ui/live/livetable.cpp", "#include \"livetable.moc\"");
    row("app/pipeline.cpp", "#include \"core/proxy/proxyserver.h\"");
    row("core/hooks/hook.cpp", "// #include <QWidget>");
}

void TestLayering::seesNothingInOrder()
{
    QFETCH(QString, path);
    QFETCH(QString, line);
    QCOMPARE(violations(path, line), QStringList());
}

void TestLayering::everyIncludeIsInTheTable()
{
    const QDir root(QStringLiteral(HOOKSCOPE_SOURCES));
    QStringList found;
    int files = 0;
    for (const QString &side : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}) {
        QDirIterator entry(root.filePath(side), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (entry.hasNext()) {
            QFile file(entry.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            found << violations(root.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll()));
            ++files;
        }
    }
    QVERIFY2(files > 10, "No sources were found");
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
}

QTEST_APPLESS_MAIN(TestLayering)
#include "tst_layering.moc"
