#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

// The program itself with --check-trust, in folders of its own, on a machine that has curl and nothing else.
class TestCheckTrust : public QObject {
    Q_OBJECT
private slots:
    void saysWhoAccepts_data();
    void saysWhoAccepts();
};

void TestCheckTrust::saysWhoAccepts_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("curlrc");
    QTest::addColumn<QString>("out"); // of its lines
    QTest::addColumn<QString>("err");
    QTest::addColumn<int>("exitCode");
    const QStringList opened{QStringLiteral("--intercept"), QStringLiteral("api.example.com")};
    QTest::newRow("nothing is opened")
        << QStringList() << QByteArray() << QString() << "The HTTPS of no host is opened" << 1;
    QTest::newRow("accepts") << opened << QByteArray() << "curl: accepts\n"
                             << "proxy listening on" << 0;
    QTest::newRow("refuses") << opened << QByteArray("cacert = /no/such/file\n")
                             << "curl: refuses: curl: (77)"
                             << "proxy listening on" << 1;
}

void TestCheckTrust::saysWhoAccepts()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, curlrc);
    QFETCH(QString, out);
    QFETCH(QString, err);
    const QString curl = QStandardPaths::findExecutable(QStringLiteral("curl"));
    if (curl.isEmpty())
        QSKIP("curl is not installed");
    QTemporaryDir folder;
    QVERIFY(QFile::link(curl, folder.filePath(QStringLiteral("curl"))));
    QFile rc(folder.filePath(QStringLiteral(".curlrc")));
    QVERIFY(rc.open(QIODevice::WriteOnly));
    rc.write(curlrc);
    rc.close();

    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), folder.path());
    environment.insert(QStringLiteral("CURL_HOME"), folder.path());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder.path());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(HOOKSCOPE_BINARY),
                  QStringList{QStringLiteral("--check-trust"), QStringLiteral("--config-dir"),
                              folder.filePath(QStringLiteral("c")), QStringLiteral("--data-dir"),
                              folder.filePath(QStringLiteral("d"))}
                      + arguments);
    QVERIFY(process.waitForFinished());
    const QString said = QString::fromUtf8(process.readAllStandardOutput());
    const QString complained = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(complained.contains(err), qPrintable(complained));
    QVERIFY2(said.contains(out), qPrintable(said));
    QCOMPARE(said.contains(QStringLiteral("node: not installed\n")), !arguments.isEmpty());
    QCOMPARE(said.count(u'\n'), arguments.isEmpty() ? 0 : 6);
    QTEST(process.exitCode(), "exitCode");
}

QTEST_GUILESS_MAIN(TestCheckTrust)
#include "tst_checktrust.moc"
