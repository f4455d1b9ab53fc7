#include "core/tls/cafacts.h"
#include "core/tls/certificateauthority.h"
#include "core/tls/certificatemaking.h"
#include "core/tls/leafcertificates.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <future>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookscope;
using namespace hookscope::tls;

namespace {

constexpr std::int64_t day = 24 * 60 * 60;

int modeOf(const QString &path)
{
    struct stat status { };
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 07777) : -1;
}

// What a verifier says of that leaf at that time; X509_V_OK if it may be used for that host.
int verified(X509 *leaf, X509 *ca, const std::string &host, std::int64_t at)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_add_cert(store, ca);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, leaf, nullptr);
    X509_VERIFY_PARAM *wanted = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(wanted, at);
    X509_VERIFY_PARAM_set_purpose(wanted, X509_PURPOSE_SSL_SERVER);
    if (isIpAddress(host))
        X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str());
    else
        X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), 0);
    X509_verify_cert(context);
    const int result = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return result;
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestCertificates : public QObject {
    Q_OBJECT
private slots:
    void init() { folder = std::make_unique<QTemporaryDir>(); }
    void makesACaForThisUserAlone();
    void isLimitedToItsHosts_data();
    void isLimitedToItsHosts();
    void comesBack();
    void isMadeAnew_data();
    void isMadeAnew();
    void saysWhatItCannotUse_data();
    void saysWhatItCannotUse();
    void replacesAKeyThatOthersCouldRead();
    void keepsWhatAnEarlierOnePermitted_data();
    void keepsWhatAnEarlierOnePermitted();
    void isMadeOnceByProgramsThatStartTogether();
    void isRemoved();
    void isLoadedOnlyIfItIsThere();
    void saysWhatPeopleAreTold();
    void makesLeavesThatHold_data();
    void makesLeavesThatHold();
    void keepsLeavesUntilTheyEnd();
    void keepsNoMoreThanItMay();
    void choosesTheFasterCipher_data();
    void choosesTheFasterCipher();
    void isReadByOpenSsl();

private:
    QString ca() const { return folder->filePath(QStringLiteral("data/ca")); }
    QString keyPath() const { return ca() + QStringLiteral("/hookscope-ca.key"); }

    std::unique_ptr<QTemporaryDir> folder;
};

void TestCertificates::makesACaForThisUserAlone()
{
    const auto authority = CertificateAuthority::open(ca(), {"api.example.com"});
    QVERIFY2(authority, authority ? "" : qPrintable(authority.error().text));
    QVERIFY(authority->wasMade());
    QCOMPARE(authority->reason(), QString());
    QCOMPARE(authority->certificatePath(), ca() + QStringLiteral("/hookscope-ca.pem"));
    QCOMPARE(modeOf(keyPath()), 0600);
    QCOMPARE(modeOf(ca()), 0700);
    const qint64 left = QDateTime::currentDateTimeUtc().daysTo(authority->expires());
    QVERIFY(left >= 729 && left <= 731);
    X509 *certificate = authority->certificate();
    QCOMPARE(X509_check_ca(certificate), 1);
    QCOMPARE(int(X509_get_pathlen(certificate)), 0);
    QCOMPARE(int(X509_get_key_usage(certificate)), KU_KEY_CERT_SIGN | KU_CRL_SIGN);
    for (const int nid : {NID_basic_constraints, NID_key_usage, NID_name_constraints}) {
        const int place = X509_get_ext_by_NID(certificate, nid, -1);
        QVERIFY(place >= 0);
        QVERIFY(X509_EXTENSION_get_critical(X509_get_ext(certificate, place)));
    }
    QVERIFY(authority->pem().startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(!authority->pem().contains("PRIVATE"));
}

void TestCertificates::isLimitedToItsHosts_data()
{
    QTest::addColumn<std::string>("host");
    QTest::addColumn<bool>("isPermitted");
    QTest::newRow("the host") << std::string("api.example.com") << true;
    QTest::newRow("below it") << std::string("x.api.example.com") << true;
    QTest::newRow("above it") << std::string("example.com") << false;
    QTest::newRow("beside it") << std::string("www.example.com") << false;
    QTest::newRow("ends like it") << std::string("evilapi.example.com") << false;
    QTest::newRow("of the pattern") << std::string("me.openai.azure.com") << true;
    QTest::newRow("another") << std::string("bank.example") << false;
    QTest::newRow("address") << std::string("10.1.2.3") << true;
    QTest::newRow("another address") << std::string("10.1.2.4") << false;
    QTest::newRow("IPv6") << std::string("fd00::1") << true;
    QTest::newRow("another IPv6") << std::string("fd00::2") << false;
}

void TestCertificates::isLimitedToItsHosts()
{
    QFETCH(std::string, host);
    QFETCH(bool, isPermitted);
    const auto authority =
        CertificateAuthority::open(ca(), {"api.example.com", "*.openai.azure.com", "10.1.2.3", "fd00::1"});
    QVERIFY(authority);
    QCOMPARE(authority->permits(host), isPermitted);
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    const KeyPtr key = makeKey();
    const CertificatePtr leaf =
        makeLeaf({host, now - day, now + day}, key.get(), authority->certificate(), authority->key());
    QVERIFY(leaf);
    QCOMPARE(verified(leaf.get(), authority->certificate(), host, now),
             isPermitted ? X509_V_OK : X509_V_ERR_PERMITTED_VIOLATION);
}

void TestCertificates::comesBack()
{
    const auto first = CertificateAuthority::open(ca(), {"a.example", "b.example"});
    QVERIFY(first);
    const auto again = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(again);
    QVERIFY(!again->wasMade());
    QCOMPARE(again->pem(), first->pem());
    QVERIFY(again->permits("b.example"));
}

void TestCertificates::isMadeAnew_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    QTest::newRow("another host") << "host"
                                  << "does not permit c.example";
    QTest::newRow("garbage") << "garbage"
                             << "could not be read";
    QTest::newRow("no key") << "no key"
                            << "could not be read";
    QTest::newRow("another key") << "other key"
                                 << "could not be read";
    QTest::newRow("renewed") << "renew"
                             << "renewed";
}

void TestCertificates::isMadeAnew()
{
    QFETCH(QString, what);
    QFETCH(QString, reason);
    const auto first = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(first);
    std::vector<std::string> hosts{"a.example"};
    if (what == QStringLiteral("host"))
        hosts = {"c.example"};
    if (what == QStringLiteral("garbage"))
        write(first->certificatePath(), "garbage");
    if (what == QStringLiteral("no key"))
        QVERIFY(QFile::remove(keyPath()));
    if (what == QStringLiteral("other key")) {
        const QString other = folder->filePath(QStringLiteral("other"));
        QVERIFY(CertificateAuthority::open(other, hosts));
        QVERIFY(QFile::remove(keyPath()));
        QVERIFY(QFile::copy(other + QStringLiteral("/hookscope-ca.key"), keyPath()));
    }
    const auto second = what == QStringLiteral("renew") ? CertificateAuthority::renew(ca(), hosts)
                                                        : CertificateAuthority::open(ca(), hosts);
    QVERIFY(second);
    QVERIFY(second->wasMade());
    QVERIFY2(second->reason().contains(reason), qPrintable(second->reason()));
    QVERIFY(second->pem() != first->pem());
    if (what == QStringLiteral("host"))
        QVERIFY(second->permits("a.example")); // as before
    const auto third = CertificateAuthority::open(ca(), hosts);
    QVERIFY(third);
    QVERIFY(!third->wasMade());
}

void TestCertificates::saysWhatItCannotUse_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("text");
    QTest::newRow("link") << "link"
                          << "is a symbolic link";
    QTest::newRow("folder in the place of the key") << "folder"
                                                    << "is no file that Hookscope made";
    QTest::newRow("file in the place of the folder") << "file"
                                                     << "is not a folder";
}

void TestCertificates::saysWhatItCannotUse()
{
    QFETCH(QString, what);
    QFETCH(QString, text);
    if (what == QStringLiteral("file")) {
        QVERIFY(QDir().mkpath(folder->filePath(QStringLiteral("data"))));
        write(ca(), "x");
    } else {
        QVERIFY(CertificateAuthority::open(ca(), {"a.example"}));
        QVERIFY(QFile::rename(keyPath(), folder->filePath(QStringLiteral("moved"))));
        if (what == QStringLiteral("link"))
            QVERIFY(QFile::link(folder->filePath(QStringLiteral("moved")), keyPath()));
        else
            QVERIFY(QDir().mkpath(keyPath()));
    }
    const auto authority = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(!authority);
    QVERIFY2(authority.error().text.contains(text), qPrintable(authority.error().text));
}

void TestCertificates::replacesAKeyThatOthersCouldRead()
{
    const auto first = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(first);
    QCOMPARE(::chmod(QFile::encodeName(keyPath()).constData(), 0644), 0);
    const auto second = CertificateAuthority::open(ca(), {"b.example"});
    QVERIFY(second);
    QVERIFY(second->pem() != first->pem());
    QVERIFY(second->reason().contains(QStringLiteral("others could read")));
    QVERIFY(second->permits("a.example"));
    QCOMPARE(modeOf(keyPath()), 0600);
}

void TestCertificates::keepsWhatAnEarlierOnePermitted_data()
{
    QTest::addColumn<std::vector<std::string>>("hosts");
    QTest::newRow("a name") << std::vector<std::string>{"a.example"};
    QTest::newRow("IPv4") << std::vector<std::string>{"192.0.2.7"};
    QTest::newRow("IPv6") << std::vector<std::string>{"2001:db8::7"};
    QTest::newRow("names and addresses") << std::vector<std::string>{"a.example", "192.0.2.7", "2001:db8::7"};
}

void TestCertificates::keepsWhatAnEarlierOnePermitted()
{
    QFETCH(std::vector<std::string>, hosts);
    QVERIFY(CertificateAuthority::open(ca(), hosts));
    const auto wider = CertificateAuthority::open(ca(), {"b.example"});
    QVERIFY(wider);
    const auto renewed = CertificateAuthority::renew(ca(), {});
    QVERIFY(renewed);
    for (const std::string &host : hosts) {
        QVERIFY2(wider->permits(host), host.c_str());
        QVERIFY2(renewed->permits(host), host.c_str());
    }
    QVERIFY(renewed->permits("b.example"));
    QVERIFY(!renewed->permits("x.invalid"));
}

void TestCertificates::isMadeOnceByProgramsThatStartTogether()
{
    const std::vector<std::string> hosts{std::string("api.example.com")};
    std::vector<std::future<QByteArray>> made;
    for (int i = 0; i < 3; ++i) {
        made.push_back(std::async(std::launch::async, [&] {
            const auto authority = CertificateAuthority::open(ca(), hosts);
            return authority ? authority->sha256() : QByteArray("none");
        }));
    }
    QSet<QByteArray> seen;
    for (auto &one : made)
        seen << one.get();
    QCOMPARE(seen.size(), 1);
    QCOMPARE(CertificateAuthority::open(ca(), hosts)->sha256(), *seen.begin());
}

void TestCertificates::isRemoved()
{
    const auto authority = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(authority);
    QVERIFY(CertificateAuthority::remove(ca()));
    QVERIFY(!QFile::exists(keyPath()));
    QVERIFY(!QFile::exists(authority->certificatePath()));
    QVERIFY(CertificateAuthority::remove(ca()));
    QVERIFY(!QFile::exists(ca())); // nothing else was in it
}

void TestCertificates::isLoadedOnlyIfItIsThere()
{
    const auto none = CertificateAuthority::load(ca());
    QVERIFY(none);
    QVERIFY(!*none);
    QVERIFY(!QFile::exists(ca())); // nothing was made
    const auto made = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(made);
    const auto loaded = CertificateAuthority::load(ca());
    QVERIFY(loaded && *loaded);
    QCOMPARE((*loaded)->pem(), made->pem());
    QVERIFY(!(*loaded)->wasMade());
    write(keyPath(), "nonsense");
    const auto broken = CertificateAuthority::load(ca());
    QVERIFY(broken);
    QVERIFY(!*broken);
}

void TestCertificates::saysWhatPeopleAreTold()
{
    const auto authority = CertificateAuthority::open(ca(), {"b.example", "*.a.example", "10.0.0.1"});
    QVERIFY(authority);
    const CaFacts facts = factsOf(*authority);
    QVERIFY(facts.name.startsWith(QStringLiteral("Hookscope CA of ")));
    QCOMPARE(
        facts.hosts,
        QStringList({QStringLiteral("10.0.0.1"), QStringLiteral("a.example"), QStringLiteral("b.example")}));
    QCOMPARE(facts.path, authority->certificatePath());
    QCOMPARE(facts.notAfter, authority->expires());
    QCOMPARE(facts.pem.count("-----BEGIN"), 1);
    QVERIFY(facts.pem.startsWith("-----BEGIN CERTIFICATE-----"));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("x509"), QStringLiteral("-in"), facts.path, QStringLiteral("-noout"),
                   QStringLiteral("-fingerprint"), QStringLiteral("-sha256")});
    if (!openssl.waitForStarted())
        QSKIP("openssl(1) is not installed");
    QVERIFY(openssl.waitForFinished());
    QCOMPARE(QString::fromLatin1(openssl.readAllStandardOutput()).trimmed().section(u'=', 1),
             facts.fingerprint);
}

void TestCertificates::makesLeavesThatHold_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("name") << QByteArray("api.example.com");
    QTest::newRow("below") << QByteArray("a.b.api.example.com");
    QTest::newRow("long") << QByteArray(63, 'a') + '.' + QByteArray(63, 'b') + ".api.example.com";
    QTest::newRow("one in ASCII form") << QByteArray("xn--bcher-kva.api.example.com");
    QTest::newRow("IPv4") << QByteArray("127.0.0.1");
    QTest::newRow("IPv6") << QByteArray("::1");
}

void TestCertificates::makesLeavesThatHold()
{
    QFETCH(QByteArray, name);
    const std::string host = name.toStdString();
    const auto authority = CertificateAuthority::open(ca(), {"api.example.com", "127.0.0.1", "::1"});
    QVERIFY(authority);
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    LeafCertificates leaves(*authority);
    const auto context = leaves.contextFor(host);
    QVERIFY(context);
    X509 *leaf = SSL_CTX_get0_certificate(context->get());
    X509 *issuer = authority->certificate();
    QCOMPARE(verified(leaf, issuer, host, now), X509_V_OK);
    // A clock that is a little behind, or nearly a week ahead; not one that is far off.
    QCOMPARE(verified(leaf, issuer, host, now - 20 * 3600), X509_V_OK);
    QCOMPARE(verified(leaf, issuer, host, now + 6 * day), X509_V_OK);
    QCOMPARE(verified(leaf, issuer, host, now + 8 * day), X509_V_ERR_CERT_HAS_EXPIRED);
    QCOMPARE(verified(leaf, issuer, isIpAddress(host) ? "127.0.0.2" : "other.example.com", now),
             isIpAddress(host) ? X509_V_ERR_IP_ADDRESS_MISMATCH : X509_V_ERR_HOSTNAME_MISMATCH);
    QCOMPARE(X509_check_ca(leaf), 0);
}

void TestCertificates::keepsLeavesUntilTheyEnd()
{
    const auto authority = CertificateAuthority::open(ca(), {"a.example", "b.example"});
    QVERIFY(authority);
    std::int64_t now = QDateTime::currentSecsSinceEpoch();
    LeafCertificates leaves(*authority, [&now] { return now; });
    const auto first = leaves.contextFor("a.example").value();
    QCOMPARE(leaves.contextFor("a.example").value(), first);
    QVERIFY(leaves.contextFor("b.example").value() != first);
    now += 5 * day;
    QCOMPARE(leaves.contextFor("a.example").value(), first);
    now += 2 * day; // less than one is left
    const auto second = leaves.contextFor("a.example").value();
    QVERIFY(second != first);
    QVERIFY(notAfterOf(SSL_CTX_get0_certificate(second.get())) >= now + 6 * day);
    now += 3 * 365 * day; // behind the CA's own end
    QCOMPARE(notAfterOf(SSL_CTX_get0_certificate(leaves.contextFor("a.example").value().get())),
             notAfterOf(authority->certificate()));
}

void TestCertificates::keepsNoMoreThanItMay()
{
    const auto authority = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(authority);
    LeafCertificates leaves(*authority);
    const auto first = leaves.contextFor("a.example").value();
    for (std::size_t i = 0; i < LeafCertificates::mostKept; ++i)
        QVERIFY(leaves.contextFor("h" + std::to_string(i) + ".a.example"));
    QVERIFY(leaves.contextFor("a.example").value() != first);
}

void TestCertificates::choosesTheFasterCipher_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("offered"); // empty: OpenSSL's own offer
    QTest::addColumn<QByteArray>("chosen");
    const QByteArray chacha = "TLS_CHACHA20_POLY1305_SHA256";
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION << QByteArray() << QByteArray("TLS_AES_128_GCM_SHA256");
    QTest::newRow("256 bits alone") << TLS1_3_VERSION << QByteArray("TLS_AES_256_GCM_SHA384")
                                    << QByteArray("TLS_AES_256_GCM_SHA384");
    QTest::newRow("ChaCha first, as without fast AES")
        << TLS1_3_VERSION << chacha + ":TLS_AES_128_GCM_SHA256" << chacha;
    QTest::newRow("ChaCha last") << TLS1_3_VERSION << "TLS_AES_256_GCM_SHA384:" + chacha
                                 << QByteArray("TLS_AES_256_GCM_SHA384");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << QByteArray() << QByteArray("ECDHE-ECDSA-AES128-GCM-SHA256");
}

void TestCertificates::choosesTheFasterCipher()
{
    QFETCH(int, version);
    QFETCH(QByteArray, offered);
    QFETCH(QByteArray, chosen);
    const auto authority = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(authority);
    LeafCertificates leaves(*authority);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(context, version);
    if (!offered.isEmpty())
        QCOMPARE(SSL_CTX_set_ciphersuites(context, offered.constData()), 1);
    SSL *server = SSL_new(leaves.contextFor("a.example").value().get());
    SSL *client = SSL_new(context);
    BIO *near = nullptr;
    BIO *far = nullptr;
    BIO_new_bio_pair(&near, 0, &far, 0);
    SSL_set_bio(client, near, near);
    SSL_set_bio(server, far, far);
    SSL_set_connect_state(client);
    SSL_set_accept_state(server);
    for (int i = 0; i < 4; ++i) {
        SSL_do_handshake(client);
        SSL_do_handshake(server);
    }
    QVERIFY(SSL_is_init_finished(client));
    QCOMPARE(QByteArray(SSL_get_cipher_name(client)), chosen);
    SSL_free(client);
    SSL_free(server);
    SSL_CTX_free(context);
}

void TestCertificates::isReadByOpenSsl()
{
    const QString openssl = QStandardPaths::findExecutable(QStringLiteral("openssl"));
    if (openssl.isEmpty())
        QSKIP("no openssl program");
    const auto authority = CertificateAuthority::open(ca(), {"a.example"});
    QVERIFY(authority);
    QProcess process;
    process.start(openssl,
                  {QStringLiteral("x509"), QStringLiteral("-noout"), QStringLiteral("-text"),
                   QStringLiteral("-in"), authority->certificatePath()});
    QVERIFY(process.waitForFinished());
    const QByteArray text = process.readAllStandardOutput();
    for (const char *part : {"X509v3 Name Constraints: critical", "DNS:a.example", "IP:0.0.0.0/0.0.0.0",
                             "CA:TRUE, pathlen:0", "Hookscope CA of "})
        QVERIFY2(text.contains(part), part);
}

QTEST_GUILESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
