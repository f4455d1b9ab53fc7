#include "core/usage/usagetotals.h"
#include "ui/desktop/accessiblescrollarea.h"
#include "ui/desktop/desktopnotifier.h"
#include "ui/desktop/systemappearance.h"
#include "ui/desktop/trayicon.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDateTime>
#include <QMenu>
#include <QSignalSpy>
#include <QSystemTrayIcon>
#include <QScrollArea>
#include <QTest>
#include <QVariantMap>

using namespace hookscope;

// As a desktop's service of notifications.
class FakeNotifications : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        QString application;
        uint replaces;
        QString icon, title, text;
        QStringList actions;
        QVariantMap hints;
    };

    QList<Shown> shown;
    QStringList capabilities;
    bool refuses = false;
    uint lastId = 40;

public slots:
    QStringList GetCapabilities() { return capabilities; }

    uint Notify(const QString &application, uint replaces, const QString &icon, const QString &title,
                const QString &text, const QStringList &actions, const QVariantMap &hints, int)
    {
        if (refuses) {
            sendErrorReply(QDBusError::AccessDenied, QStringLiteral("not now"));
            return 0;
        }
        shown.append({application, replaces, icon, title, text, actions, hints});
        return replaces ? replaces : ++lastId;
    }

signals:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
};

// As a desktop's settings portal.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 0;
    uint contrast = 0;

public slots:
    QDBusVariant Read(const QString &, const QString &key)
    {
        const uint value = key == QStringLiteral("contrast") ? contrast : scheme;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
    }

signals:
    void SettingChanged(const QString &space, const QString &key, const QDBusVariant &value);
};

class TestDesktop : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void showsANotification();
    void escapesTextForAServiceThatTakesMarkup();
    void replacesTheEarlierOfTheSameKey();
    void tellsThatItWasClickedOn();
    void givesBackWhatNobodyTakes();
    void givesBackWhatIsRefused();
    void asksAgainForALateService();
    void takesTheDesktopsColours_data();
    void takesTheDesktopsColours();
    void followsAChangeOfColours();
    void knowsNothingWithoutAPortal();
    void survivesAClientThatAsksForAChildThatIsGone();
    void tellsTheTraysState();
    void needsNoTray();

private:
    // The service's side has a connection of its own, as another program has.
    QDBusConnection m_service = QDBusConnection(QString());
    std::optional<QDBusConnection> m_bus;
    std::unique_ptr<FakeNotifications> m_notifications;
    std::unique_ptr<FakePortal> m_portal;
};

void TestDesktop::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("HOOKSCOPE_TEST_BUS"))
        QSKIP("run by dbus-run-session only: the person's own desktop is not to be written on");
    m_bus = QDBusConnection::sessionBus();
    m_service = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("service"));
    QVERIFY(m_bus->isConnected());
    QVERIFY(m_service.isConnected());
}

void TestDesktop::init()
{
    m_notifications = std::make_unique<FakeNotifications>();
    m_portal = std::make_unique<FakePortal>();
    const auto all = QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals;
    QVERIFY(m_service.registerObject(QStringLiteral("/org/freedesktop/Notifications"), m_notifications.get(),
                                     all));
    QVERIFY(m_service.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), m_portal.get(), all));
    QVERIFY(m_service.registerService(QStringLiteral("org.freedesktop.Notifications")));
    QVERIFY(m_service.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
}

void TestDesktop::cleanup()
{
    m_service.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
    m_service.unregisterService(QStringLiteral("org.freedesktop.portal.Desktop"));
    m_service.unregisterObject(QStringLiteral("/org/freedesktop/Notifications"));
    m_service.unregisterObject(QStringLiteral("/org/freedesktop/portal/desktop"));
}

void TestDesktop::showsANotification()
{
    DesktopNotifier notifier(m_bus);
    QSignalSpy undelivered(&notifier, &DesktopNotifier::undelivered);
    notifier.show(QStringLiteral("a"), QStringLiteral("Title"), QStringLiteral("1 < 2 & so on"));
    QTRY_COMPARE(m_notifications->shown.size(), 1);
    const FakeNotifications::Shown &shown = m_notifications->shown.first();
    QCOMPARE(shown.application, QStringLiteral("Hookscope"));
    QCOMPARE(shown.title, QStringLiteral("Title"));
    QCOMPARE(shown.text, QStringLiteral("1 < 2 & so on"));
    QCOMPARE(shown.replaces, 0U);
    QCOMPARE(shown.actions.first(), QStringLiteral("default"));
    QCOMPARE(shown.hints.value(QStringLiteral("desktop-entry")).toString(),
             QStringLiteral("org.hookscope.Hookscope"));
    QCOMPARE(undelivered.size(), 0);
}

void TestDesktop::escapesTextForAServiceThatTakesMarkup()
{
    m_notifications->capabilities = {QStringLiteral("body"), QStringLiteral("body-markup")};
    DesktopNotifier notifier(m_bus);
    notifier.show(QStringLiteral("a"), QStringLiteral("<b>"), QStringLiteral("<b> & "));
    QTRY_COMPARE(m_notifications->shown.size(), 1);
    QCOMPARE(m_notifications->shown.first().title, QStringLiteral("<b>")); // never markup
    QCOMPARE(m_notifications->shown.first().text, QStringLiteral("&lt;b&gt; &amp; "));
}

void TestDesktop::replacesTheEarlierOfTheSameKey()
{
    DesktopNotifier notifier(m_bus);
    notifier.show(QStringLiteral("a"), QStringLiteral("1"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 1);
    notifier.show(QStringLiteral("b"), QStringLiteral("2"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 2);
    notifier.show(QStringLiteral("a"), QStringLiteral("3"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 3);
    QCOMPARE(m_notifications->shown.last().replaces, 41U);
}

void TestDesktop::tellsThatItWasClickedOn()
{
    DesktopNotifier notifier(m_bus);
    QSignalSpy activated(&notifier, &DesktopNotifier::activated);
    notifier.show(QStringLiteral("a"), QStringLiteral("1"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 1);
    emit m_notifications->ActionInvoked(7, QStringLiteral("default")); // another program's
    emit m_notifications->ActionInvoked(41, QStringLiteral("default"));
    QTRY_COMPARE(activated.size(), 1);
    notifier.show(QStringLiteral("b"), QStringLiteral("2"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 2);
    emit m_notifications->NotificationClosed(41, 2);
    emit m_notifications->ActionInvoked(41, QStringLiteral("default"));
    emit m_notifications->ActionInvoked(42, QStringLiteral("default"));
    QTRY_COMPARE(activated.size(), 2); // by the one that is still there
    // Once it was closed there is none to replace.
    notifier.show(QStringLiteral("a"), QStringLiteral("3"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 3);
    QCOMPARE(m_notifications->shown.last().replaces, 0U);
}

void TestDesktop::givesBackWhatNobodyTakes()
{
    DesktopNotifier without(std::nullopt);
    QSignalSpy here(&without, &DesktopNotifier::undelivered);
    without.show(QStringLiteral("a"), QStringLiteral("T"), QStringLiteral("t"));
    QCOMPARE(here.size(), 1);

    m_service.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
    DesktopNotifier notifier(m_bus);
    QSignalSpy undelivered(&notifier, &DesktopNotifier::undelivered);
    notifier.show(QStringLiteral("a"), QStringLiteral("T"), QStringLiteral("<t>"));
    notifier.show(QStringLiteral("b"), QStringLiteral("U"), QStringLiteral("u"));
    QTRY_COMPARE(undelivered.size(), 2);
    QCOMPARE(undelivered.first(), (QVariantList{QStringLiteral("T"), QStringLiteral("<t>")}));
}

void TestDesktop::givesBackWhatIsRefused()
{
    m_notifications->refuses = true;
    DesktopNotifier notifier(m_bus);
    QSignalSpy undelivered(&notifier, &DesktopNotifier::undelivered);
    notifier.show(QStringLiteral("a"), QStringLiteral("T"), QStringLiteral("t"));
    QTRY_COMPARE(undelivered.size(), 1);
}

void TestDesktop::asksAgainForALateService()
{
    m_service.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
    DesktopNotifier notifier(m_bus);
    QSignalSpy undelivered(&notifier, &DesktopNotifier::undelivered);
    notifier.show(QStringLiteral("a"), QStringLiteral("T"), {});
    QTRY_COMPARE(undelivered.size(), 1);
    QVERIFY(m_service.registerService(QStringLiteral("org.freedesktop.Notifications")));
    notifier.show(QStringLiteral("a"), QStringLiteral("T"), {});
    QTRY_COMPARE(m_notifications->shown.size(), 1);
}

void TestDesktop::takesTheDesktopsColours_data()
{
    QTest::addColumn<uint>("scheme");
    QTest::addColumn<uint>("contrast");
    QTest::addColumn<AppearanceHint>("hint");
    using Scheme = AppearanceHint::Scheme;
    QTest::newRow("dark") << 1U << 0U << AppearanceHint{Scheme::Dark, false};
    QTest::newRow("light") << 2U << 0U << AppearanceHint{Scheme::Light, false};
    QTest::newRow("high contrast") << 0U << 1U << AppearanceHint{Scheme::Unknown, true};
}

void TestDesktop::takesTheDesktopsColours()
{
    QFETCH(uint, scheme);
    QFETCH(uint, contrast);
    QFETCH(AppearanceHint, hint);
    m_portal->scheme = scheme;
    m_portal->contrast = contrast;
    const SystemAppearance appearance(m_bus);
    QCOMPARE(appearance.hint(), AppearanceHint()); // it did not wait
    QTRY_COMPARE(appearance.hint(), hint);
}

void TestDesktop::followsAChangeOfColours()
{
    m_portal->contrast = 1;
    const SystemAppearance appearance(m_bus);
    QSignalSpy changed(&appearance, &SystemAppearance::changed);
    QTRY_COMPARE(changed.size(), 1); // the contrast is asked for last: all answers are here
    emit m_portal->SettingChanged(QStringLiteral("org.freedesktop.other"), QStringLiteral("color-scheme"),
                                  QDBusVariant(1U));
    emit m_portal->SettingChanged(QStringLiteral("org.freedesktop.appearance"),
                                  QStringLiteral("color-scheme"), QDBusVariant(1U));
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(appearance.hint().scheme, AppearanceHint::Scheme::Dark);
}

void TestDesktop::knowsNothingWithoutAPortal()
{
    QCOMPARE(SystemAppearance(std::nullopt).hint(), AppearanceHint());
}

void TestDesktop::survivesAClientThatAsksForAChildThatIsGone()
{
    installAccessibleScrollArea();
    QScrollArea area;
    area.setWidget(new QWidget);
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&area);
    QVERIFY(interface);
    QVERIFY(interface->childCount() > 0);
    QVERIFY(interface->child(0));
    QCOMPARE(interface->child(interface->childCount()), nullptr);
    QCOMPARE(interface->child(1000), nullptr);
}

void TestDesktop::tellsTheTraysState()
{
    UsageTotals totals;
    QAction pause(QStringLiteral("Pause"));
    TrayIcon tray(totals, &pause);
    tray.setState(QStringLiteral("Listening on http://127.0.0.1:8790"));
    LlmEvent call;
    call.timestampUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    call.cost = 1'250'000'000'000;
    call.costSource = CostSource::PriceList;
    call.usage = UsageState::Reported;
    Started started;
    started.id = ExchangeId::next();
    std::vector<RedactedEvent> events{redact(Event(call), {}), redact(Event(started), {})};
    totals.add(std::make_shared<const std::vector<RedactedEvent>>(std::move(events)));
    tray.setState(QStringLiteral("Listening on http://127.0.0.1:8790"));
    QVERIFY2(tray.toolTip().contains(QStringLiteral("8790, 1 in flight")), qPrintable(tray.toolTip()));
    QVERIFY2(tray.toolTip().contains(QStringLiteral("Today $1.25, 1 LLM calls")), qPrintable(tray.toolTip()));
    QVERIFY(tray.menu().actions().contains(&pause));
}

void TestDesktop::needsNoTray()
{
    UsageTotals totals;
    QAction pause(QStringLiteral("Pause"));
    TrayIcon tray(totals, &pause);
    tray.setWanted(true);
    QCOMPARE(tray.isShown(), QSystemTrayIcon::isSystemTrayAvailable());
    tray.showMessage(QStringLiteral("T"), QStringLiteral("t"));
    tray.setWanted(false);
    QVERIFY(!tray.isShown());
}

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
