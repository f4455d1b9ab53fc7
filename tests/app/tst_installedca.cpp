#include "app/application.h"
#include "app/installedca.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow.h"
#include "ui/settings/settingsdialog.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

// The CA on disk, and the way from the window to it and to the proxy that runs.
class TestInstalledCa : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { folder.reset(); }
    void makesACaWithItsBundle();
    void makesItAnewOnlyForHostsOutside();
    void renewsForTheSameHosts();
    void removesAllThatTrustsIt();
    void doesWhatTheWindowAsksFor();

private:
    QString ca(const char *name = "") const
    {
        return folder->filePath(QStringLiteral("d/ca")) + QLatin1String(name);
    }
    QStringList intercept() const; // of the settings' file

    std::unique_ptr<QTemporaryDir> folder;
};

void TestInstalledCa::init()
{
    folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(folder->path()).mkpath(QStringLiteral("d")));
}

QStringList TestInstalledCa::intercept() const
{
    QFile file(folder->filePath(QStringLiteral("c/settings.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll())
        .object()
        .value(QStringLiteral("intercept"))
        .toVariant()
        .toStringList();
}

void TestInstalledCa::makesACaWithItsBundle()
{
    InstalledCa installed(ca());
    const auto none = installed.open({}, {});
    QVERIFY(none && !*none);
    QVERIFY(!QFile::exists(ca()));
    QVERIFY(!installed.facts());
    LaunchInputs launch;
    installed.tell(*none, launch);
    QCOMPARE(launch, LaunchInputs());

    const auto opened = installed.open({"a.example"}, {});
    QVERIFY(opened && *opened);
    QCOMPARE((*opened)->patterns, std::vector<std::string>{"a.example"});
    QVERIFY(installed.takeWasMade());
    QVERIFY(!installed.takeWasMade());
    installed.tell(*opened, launch);
    QVERIFY(launch.isIntercepting);
    QCOMPARE(launch.opened, QStringList{QStringLiteral("a.example")});
    QCOMPARE(launch.caCertificate, ca("/hookscope-ca.pem"));
    QCOMPARE(launch.caBundle, ca("/bundle.pem"));
    QFile bundle(launch.caBundle);
    QVERIFY(bundle.open(QIODevice::ReadOnly));
    QVERIFY(bundle.readAll().contains(installed.facts()->pem.trimmed()));
}

void TestInstalledCa::makesItAnewOnlyForHostsOutside()
{
    InstalledCa installed(ca());
    QVERIFY(installed.open({"a.example"}, {}));
    QVERIFY(installed.takeWasMade());
    QVERIFY(
        installed.open({"a.example", "llm", "api.openai.com"}, {})); // known ones are permitted in any case
    QVERIFY(!installed.takeWasMade());
    QVERIFY(installed.open({"b.example"}, {}));
    QVERIFY(installed.takeWasMade());
    QVERIFY(installed.facts()->hosts.contains(QStringLiteral("a.example")));
}

void TestInstalledCa::renewsForTheSameHosts()
{
    InstalledCa installed(ca());
    QVERIFY(installed.open({"a.example"}, {}));
    QVERIFY(installed.takeWasMade());
    const CaFacts earlier = *installed.facts();
    QVERIFY(installed.renew({}, {}));
    QVERIFY(installed.takeWasMade());
    const CaFacts renewed = *installed.facts();
    QVERIFY(renewed.fingerprint != earlier.fingerprint);
    QCOMPARE(renewed.hosts, earlier.hosts);
    QFile bundle(ca("/bundle.pem"));
    QVERIFY(bundle.open(QIODevice::ReadOnly));
    const QByteArray content = bundle.readAll();
    QVERIFY(content.contains(renewed.pem.trimmed()));
    QVERIFY(!content.contains(earlier.pem.trimmed()));
}

void TestInstalledCa::removesAllThatTrustsIt()
{
    InstalledCa installed(ca());
    QVERIFY(installed.open({"a.example"}, {}));
    QVERIFY(installed.remove());
    QVERIFY(!QFile::exists(ca()));
    QVERIFY(!installed.facts());
    QVERIFY(installed.remove()); // again
}

// Through the window's own buttons, with the proxy running.
void TestInstalledCa::doesWhatTheWindowAsksFor()
{
    QTcpServer upstream;
    QVERIFY(upstream.listen(QHostAddress::LocalHost));
    CommandLine commandLine;
    commandLine.configDir = folder->filePath(QStringLiteral("c"));
    commandLine.dataDir = folder->filePath(QStringLiteral("d"));
    commandLine.listenHost = "127.0.0.1";
    commandLine.listenPort = quint16(0);
    commandLine.intercept = {"b.example"};
    commandLine.isAudited = false;
    commandLine.connectTo.push_back({"a.example", 443, "127.0.0.1", upstream.serverPort()});
    Application application(commandLine);
    QVERIFY(application.start());
    MainWindow *window = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *main = qobject_cast<MainWindow *>(widget))
            window = main;
    }
    QVERIFY(window);
    const auto fingerprint = [this] {
        const auto facts = InstalledCa(ca()).facts();
        return facts ? facts->fingerprint : QString();
    };
    const QString first = fingerprint();
    QVERIFY(!first.isEmpty());

    QTcpSocket client; // a tunnel, for its row
    client.connectToHost(QHostAddress::LocalHost, application.launchInputs().port);
    client.write("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n");
    LiveView &view = window->findChild<LivePage *>()->view();
    QTRY_COMPARE(view.model()->rowCount(), 1);
    view.selectRow(0);
    const auto openHost = [&] {
        for (QAction *action : view.actions()) {
            if (action->objectName() == QStringLiteral("openHost"))
                return action;
        }
        return static_cast<QAction *>(nullptr);
    }();
    QVERIFY(openHost && openHost->isVisible());
    openHost->trigger();
    QCOMPARE(intercept(), QStringList{QStringLiteral("a.example")});
    QCOMPARE(application.launchInputs().opened,
             QStringList({QStringLiteral("a.example"), QStringLiteral("b.example")}));
    const QString second = fingerprint();
    QVERIFY(second != first); // the host was outside
    const auto message = [window](const char *key) {
        const auto *frame = window->findChild<QWidget *>(QStringLiteral("message-") + QLatin1String(key));
        return frame ? frame->findChild<QLabel *>(QStringLiteral("text"))->text() : QString();
    };
    QVERIFY2(message("openHost").contains(QStringLiteral("a.example is outside")),
             qPrintable(message("openHost")));

    for (QAction *action : window->menuBar()->actions().constFirst()->menu()->actions()) {
        if (action->menuRole() == QAction::PreferencesRole)
            action->trigger();
    }
    auto *dialog = window->findChild<SettingsDialog *>();
    QVERIFY(dialog);
    const auto answer = [dialog](const char *button, QMessageBox::ButtonRole role) {
        dialog->findChild<QPushButton *>(QLatin1String(button))->click();
        auto *box = dialog->findChild<QMessageBox *>();
        for (QAbstractButton *each : box->buttons()) {
            if (box->buttonRole(each) == role)
                each->click();
        }
        QTRY_VERIFY(!dialog->findChild<QMessageBox *>());
    };
    answer("renewCa", QMessageBox::AcceptRole);
    QVERIFY(!fingerprint().isEmpty() && fingerprint() != second);
    QCOMPARE(application.launchInputs().opened.size(), 2);

    answer("removeCa", QMessageBox::DestructiveRole);
    QVERIFY(!QFile::exists(ca()));
    QVERIFY(!application.launchInputs().isIntercepting); // the command line's are gone, too
    QVERIFY(application.launchInputs().caBundle.isEmpty());
    QVERIFY(intercept().isEmpty());
    QVERIFY(message("certificate").contains(QStringLiteral("is removed")));
    dialog->accept();
    QVERIFY(!QFile::exists(ca()));
    QVERIFY(intercept().isEmpty());
    client.abort();
    application.stop();
}

QTEST_MAIN(TestInstalledCa)
#include "tst_installedca.moc"
