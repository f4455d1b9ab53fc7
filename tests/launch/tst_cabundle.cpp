#include "core/launch/cabundle.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

QByteArray certificate(const char *name)
{
    return QByteArray("-----BEGIN CERTIFICATE-----\n") + name + "\n-----END CERTIFICATE-----";
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TestCaBundle : public QObject {
    Q_OBJECT
private slots:
    void holdsTheUsersAuthoritiesAndOurs();
    void saysWhichFileIsMissing();
};

void TestCaBundle::holdsTheUsersAuthoritiesAndOurs()
{
    const QTemporaryDir folder;
    const QString ours = folder.filePath(text("ours.pem"));
    const QString corporate = folder.filePath(text("corp.pem"));
    const QString bundle = folder.filePath(text("bundle.pem"));
    put(ours, "a comment\n" + certificate("ours") + '\n');
    put(corporate,
        "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n" + certificate("corp") + '\n'
            + certificate("corp") + '\n');
    const Environment before{{text("NODE_EXTRA_CA_CERTS"), corporate},
                             {text("SSL_CERT_FILE"), folder.filePath(text("gone"))}};
    LaunchInputs inputs;
    inputs.isIntercepting = true;
    inputs.caCertificate = ours;
    inputs.caBundle = bundle;
    // A second time, the user's file is still found behind ours.
    const Environment during = applied(before, clientEnvironment(inputs, before).changes);
    for (const Environment &current : {before, during}) {
        QVERIFY(writeCaBundle(bundle, ours, current));
        QFile file(bundle);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QCOMPARE(content.count(certificate("ours")), 1);
        QCOMPARE(content.count(certificate("corp")), 1);
        QVERIFY(!content.contains("secret"));
    }
}

void TestCaBundle::saysWhichFileIsMissing()
{
    const QTemporaryDir folder;
    const auto missing = writeCaBundle(folder.filePath(text("b")), folder.filePath(text("nothere.pem")), {});
    QVERIFY(!missing);
    QVERIFY(missing.error().text.contains(text("nothere.pem")));
    put(folder.filePath(text("ours")), certificate("ours"));
    const auto unwritable =
        writeCaBundle(folder.filePath(text("no/such/b")), folder.filePath(text("ours")), {});
    QVERIFY(!unwritable);
    QVERIFY(unwritable.error().text.contains(text("no/such/b")));
}

QTEST_APPLESS_MAIN(TestCaBundle)
#include "tst_cabundle.moc"
