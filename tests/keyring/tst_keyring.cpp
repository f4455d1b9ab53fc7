#include "core/keyring/keyring.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <sys/prctl.h>

using namespace hookscope;

// Without a keyring: no session bus can be reached.
class TestKeyring : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void takesTheValueOutOfTheEnvironment();
    void saysThatThereIsNone();
    void saysThatItCannotStore();
};

void TestKeyring::initTestCase()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    qunsetenv("DISPLAY");
}

void TestKeyring::takesTheValueOutOfTheEnvironment()
{
    qputenv("HOOKSCOPE_TEST_KEY", "value-in-the-environment");
    Keyring keyring;
    QSignalSpy answered(&keyring, &Keyring::answered);
    keyring.read({QStringLiteral("HOOKSCOPE_TEST_KEY")});
    QVERIFY(keyring.answer(QStringLiteral("HOOKSCOPE_TEST_KEY")).value.isEmpty());
    QVERIFY(answered.count() == 1 || answered.wait());
    QCOMPARE(keyring.answer(QStringLiteral("HOOKSCOPE_TEST_KEY")).value,
             QByteArray("value-in-the-environment"));
    QVERIFY(!qEnvironmentVariableIsSet("HOOKSCOPE_TEST_KEY"));
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
    QProcess child;
    child.start(QStringLiteral("env"), QStringList());
    QVERIFY(child.waitForFinished());
    QVERIFY(!child.readAll().contains("value-in-the-environment"));

    keyring.read({QStringLiteral("HOOKSCOPE_TEST_KEY")}); // it is not in the environment any more
    QVERIFY(answered.wait());
    QCOMPARE(keyring.answer(QStringLiteral("HOOKSCOPE_TEST_KEY")).value,
             QByteArray("value-in-the-environment"));
}

void TestKeyring::saysThatThereIsNone()
{
    Keyring keyring;
    QSignalSpy answered(&keyring, &Keyring::answered);
    keyring.read({QStringLiteral("HOOKSCOPE_NO_SUCH_KEY"), QStringLiteral("HOOKSCOPE_NO_OTHER")});
    QVERIFY(answered.wait());
    QCOMPARE(answered.count(), 1);
    const Keyring::Answer answer = keyring.answer(QStringLiteral("HOOKSCOPE_NO_SUCH_KEY"));
    QVERIFY(answer.value.isEmpty());
    QVERIFY(answer.absence.contains(QStringLiteral("HOOKSCOPE_NO_SUCH_KEY")));
}

void TestKeyring::saysThatItCannotStore()
{
    Keyring keyring;
    QSignalSpy stored(&keyring, &Keyring::stored);
    keyring.store(QStringLiteral("HOOKSCOPE_TEST_KEY"), "some-value");
    QVERIFY(stored.wait());
    QVERIFY(!stored.first().first().toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_keyring.moc"
