#include "core/launch/cabundle.h"
#include "core/launch/trustcheck.h"
#include "core/launch/trustprobes.h"
#include "core/tls/certificateauthority.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace hookscope;
using State = TrustResult::State;

Q_DECLARE_METATYPE(hookscope::TrustResult::State)

class TestTrustCheck : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void saysWhoAccepts_data();
    void saysWhoAccepts();
    void knowsWhatIsNotInstalled();
    void killsWhatDoesNotEnd();
    void asksWhatIsThere_data();
    void asksWhatIsThere();
    void triesNothingWithoutACa_data();
    void triesNothingWithoutACa();
    void tellsTheLineThatSaysMost_data();
    void tellsTheLineThatSaysMost();

private:
    QString ca() const { return folder.filePath(QStringLiteral("ca")); }
    Environment environment(bool withCa) const;
    Environment pathOf(const QByteArray &script); // a folder with a node that is that script, and no more
    static TrustReport reportOf(TrustCheck &check, const QString &caFolder, const Environment &environment);
    static TrustResult resultOf(const TrustReport &report, const QString &program);

    QTemporaryDir folder;
    LaunchInputs inputs;
};

void TestTrustCheck::initTestCase()
{
    const auto authority = tls::CertificateAuthority::open(ca(), {"api.example.com", "10.0.0.1"});
    QVERIFY(authority);
    inputs.isIntercepting = true;
    inputs.opened = QStringList{QStringLiteral("api.example.com")};
    inputs.caCertificate = authority->certificatePath();
    inputs.caBundle = ca() + QStringLiteral("/bundle.pem");
    QVERIFY(writeCaBundle(inputs.caBundle, inputs.caCertificate, currentEnvironment()));
}

Environment TestTrustCheck::environment(bool withCa) const
{
    const Environment own = currentEnvironment();
    return withCa ? applied(own, clientEnvironment(inputs, own).changes) : own;
}

Environment TestTrustCheck::pathOf(const QByteArray &script)
{
    QFile file(folder.filePath(QStringLiteral("node")));
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        file.write("#!/bin/sh\n" + script);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return {{QStringLiteral("PATH"), folder.path()}};
}

TrustReport TestTrustCheck::reportOf(TrustCheck &check, const QString &caFolder,
                                     const Environment &environment)
{
    QSignalSpy finished(&check, &TrustCheck::finished);
    check.runIn(caFolder, environment);
    check.runIn(caFolder, environment); // while it runs: nothing
    if (finished.isEmpty() && !finished.wait(60'000))
        return {QStringLiteral("no report came"), {}};
    return finished.first().first().value<TrustReport>();
}

TrustResult TestTrustCheck::resultOf(const TrustReport &report, const QString &program)
{
    const auto found = std::find_if(report.results.begin(), report.results.end(),
                                    [&](const TrustResult &result) { return result.program == program; });
    return found == report.results.end() ? TrustResult{} : *found;
}

void TestTrustCheck::saysWhoAccepts_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("node") << "node"
                          << "certificate";
    QTest::newRow("python3") << "python3"
                             << "CERTIFICATE_VERIFY_FAILED";
    QTest::newRow("curl") << "curl"
                          << "curl: (60)";
    QTest::newRow("git") << "git"
                         << "certificate";
    QTest::newRow("bun") << "bun"
                         << "certificate";
    QTest::newRow("go") << "go"
                        << "certificate signed by unknown authority";
}

void TestTrustCheck::saysWhoAccepts()
{
    QFETCH(QString, program);
    QFETCH(QString, complaint);
    TrustCheck check;
    QSignalSpy checked(&check, &TrustCheck::checked);
    const TrustResult trusting = resultOf(reportOf(check, ca(), environment(true)), program);
    QCOMPARE(checked.count(), trustProbes().size());
    if (trusting.state == State::NotInstalled)
        QSKIP("it is not installed here");
    if (program == QStringLiteral("go") && trusting.state == State::NotTried)
        QSKIP(qPrintable(trusting.words)); // its compiler may take longer than its limit
    QVERIFY2(trusting.state == State::Accepts, qPrintable(trusting.words));
    QVERIFY(QFile::exists(trusting.path));
    QVERIFY(trusting.words.isEmpty());

    const TrustResult other = resultOf(reportOf(check, ca(), environment(false)), program);
    QVERIFY2(other.state == State::Refuses, qPrintable(other.words));
    QVERIFY2(other.words.contains(complaint), qPrintable(other.words));
    QVERIFY(!other.words.contains(u'\n'));
}

void TestTrustCheck::knowsWhatIsNotInstalled()
{
    TrustCheck check;
    const TrustReport report = reportOf(check, ca(), {{QStringLiteral("PATH"), QString()}});
    QVERIFY(report.fault.isEmpty());
    QCOMPARE(report.results.size(), trustProbes().size());
    for (const TrustResult &result : report.results)
        QCOMPARE(result.state, State::NotInstalled);
}

void TestTrustCheck::killsWhatDoesNotEnd()
{
    const QString ids = folder.filePath(QStringLiteral("ids"));
    const Environment environment =
        pathOf("/bin/sleep 300 & echo $! $$ > " + ids.toLocal8Bit() + "\nwhile :; do echo noise >&2; done\n");
    TrustCheck check({.programMs = 700, .compilerMs = 700}, nullptr);
    const TrustResult result = resultOf(reportOf(check, ca(), environment), QStringLiteral("node"));
    QCOMPARE(result.state, State::NotTried);
    QCOMPARE(result.words, QStringLiteral("it did not come to an end within 0.7 s"));
    QFile file(ids);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList pids = file.readAll().simplified().split(' ');
    QCOMPARE(pids.size(), 2);
    for (const QByteArray &pid : pids) { // all that it had started, too
        const auto isGone = [&pid] {
            QFile status(QStringLiteral("/proc/%1/status").arg(QString::fromLatin1(pid)));
            return !status.open(QIODevice::ReadOnly) || status.readAll().contains("State:\tZ");
        };
        QTRY_VERIFY(isGone());
    }
}

void TestTrustCheck::asksWhatIsThere_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("words");
    QTest::newRow("complains before it connects")
        << QByteArray("echo >&2; echo '  no such   thing ' >&2; exit 3\n") << State::NotTried
        << "no such thing";
    QTest::newRow("says nothing") << QByteArray("exit 4\n") << State::NotTried
                                  << "it ended without a word, with exit code 4";
    QTest::newRow("dies") << QByteArray("kill -9 $$\n") << State::NotTried
                          << "it ended without a word, with exit code 9";
}

void TestTrustCheck::asksWhatIsThere()
{
    QFETCH(QByteArray, script);
    TrustCheck check;
    const TrustResult result = resultOf(reportOf(check, ca(), pathOf(script)), QStringLiteral("node"));
    QTEST(result.state, "state");
    QTEST(result.words, "words");
}

void TestTrustCheck::triesNothingWithoutACa_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("fault");
    QTest::newRow("none") << "none"
                          << "There is no CA yet";
    QTest::newRow("of addresses alone") << "addresses"
                                        << "permits no host that has a name";
    QTest::newRow("nothing is opened") << "closed"
                                       << "The HTTPS of no host is opened";
}

void TestTrustCheck::triesNothingWithoutACa()
{
    QFETCH(QString, what);
    QFETCH(QString, fault);
    QTemporaryDir other;
    if (what == QStringLiteral("addresses"))
        QVERIFY(tls::CertificateAuthority::open(other.path(), {"10.0.0.1"}));
    TrustCheck check;
    QSignalSpy finished(&check, &TrustCheck::finished);
    if (what == QStringLiteral("closed")) {
        check.setInputs({});
        check.run();
    } else {
        check.runIn(other.path(), environment(true));
    }
    QCOMPARE(finished.count(), 1);
    const auto report = finished.first().first().value<TrustReport>();
    QVERIFY2(report.fault.contains(fault), qPrintable(report.fault));
    QVERIFY(report.results.isEmpty());
    QVERIFY(what != QStringLiteral("none") || QDir(other.path()).isEmpty()); // nothing was made
}

void TestTrustCheck::tellsTheLineThatSaysMost_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QString>("lead");
    QTest::addColumn<QString>("line");
    QTest::newRow("nothing") << QByteArray() << "refused: " << QString();
    QTest::newRow("own script") << QByteArray("Warning: a\nrefused: b  c\nexit status 1\n") << "refused: "
                                << "b c";
    QTest::newRow("of the program") << QByteArray("warning: x\nfatal: y\nmore\n") << "fatal: "
                                    << "fatal: y";
    QTest::newRow("another") << QByteArray("\n\nsomething else\nmore\n") << "fatal: "
                             << "something else";
    QTest::newRow("long") << QByteArray(1000, 'x') << "fatal: " << QString(240, u'x') + QChar(0x2026);
}

void TestTrustCheck::tellsTheLineThatSaysMost()
{
    QFETCH(QByteArray, written);
    QFETCH(QString, lead);
    QTEST(tellingLine(written, lead), "line");
}

QTEST_GUILESS_MAIN(TestTrustCheck)
#include "tst_trustcheck.moc"
