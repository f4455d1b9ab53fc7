#include "core/tls/certificateauthority.h"

#include "core/files/privatefile.h"
#include "core/tls/certificatemaking.h"

#include <QFile>
#include <QLockFile>
#include <QSysInfo>
#include <openssl/pem.h>
#include <pwd.h>
#include <unistd.h>

namespace hookscope::tls {

namespace {

constexpr std::int64_t day = 24 * 60 * 60;
constexpr std::int64_t lifetime = 2 * 365 * day;
constexpr std::int64_t leastLeft = 30 * day;
constexpr qsizetype longestCommonName = 64;
constexpr int lockMs = 5000;

QString certificateFile(const QString &folder)
{
    return folder + QStringLiteral("/hookscope-ca.pem");
}

QString keyFile(const QString &folder)
{
    return folder + QStringLiteral("/hookscope-ca.key");
}

std::int64_t now()
{
    return QDateTime::currentSecsSinceEpoch();
}

std::string commonName()
{
    const passwd *user = ::getpwuid(::geteuid());
    const QString name = user ? QString::fromLocal8Bit(user->pw_name) : QString::number(::geteuid());
    return QStringLiteral("Hookscope CA of %1 on %2")
        .arg(name, QSysInfo::machineHostName())
        .left(longestCommonName)
        .toStdString();
}

template <class Write> QByteArray pemOf(Write write)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!bio || write(bio.get()) != 1)
        return {};
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

BioPtr reading(const QByteArray &text)
{
    return BioPtr(BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())));
}

// A new CA permits what an earlier one did as well.
std::vector<std::string> withPermitted(std::vector<std::string> hosts, X509 *earlier)
{
    if (earlier) {
        const std::vector<std::string> permitted = permittedHosts(earlier);
        hosts.insert(hosts.end(), permitted.begin(), permitted.end());
    }
    return hosts;
}

// Two programs that make one at once would leave the key of the one beside the certificate of the other.
Result<std::unique_ptr<QLockFile>> lockFolder(const QString &folder)
{
    if (auto made = makeOwnFolder(folder); !made)
        return tl::unexpected(made.error());
    auto lock = std::make_unique<QLockFile>(folder + QStringLiteral("/.lock"));
    if (!lock->tryLock(lockMs)) {
        return tl::unexpected(Error{
            ErrorCode::Io,
            QStringLiteral("Cannot lock %1: another Hookscope is making its CA, or the folder cannot be "
                           "written. Try again.")
                .arg(folder)});
    }
    return lock;
}

} // namespace

Result<CertificateAuthority::Files> CertificateAuthority::read(const QString &folder)
{
    const auto certificate = readPrivateFile(certificateFile(folder));
    if (!certificate)
        return tl::unexpected(certificate.error());
    const auto key = readPrivateFile(keyFile(folder));
    if (!key)
        return tl::unexpected(key.error());
    return Files{*certificate, *key};
}

std::optional<CertificateAuthority> CertificateAuthority::parse(const QString &folder, const Files &files)
{
    const BioPtr certificateBio = reading(files.certificate);
    const BioPtr keyBio = reading(files.key);
    CertificateAuthority authority;
    authority.m_path = certificateFile(folder);
    authority.m_certificate.reset(PEM_read_bio_X509(certificateBio.get(), nullptr, nullptr, nullptr),
                                  X509_free);
    // A password is never asked for.
    static const auto noPassword = [](char *, int, int, void *) {
        return -1;
    };
    authority.m_key.reset(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, noPassword, nullptr), EVP_PKEY_free);
    if (!authority.m_certificate || !authority.m_key
        || X509_check_private_key(authority.m_certificate.get(), authority.m_key.get()) != 1)
        return std::nullopt;
    return authority;
}

Result<CertificateAuthority> CertificateAuthority::open(const QString &folder,
                                                        const std::vector<std::string> &hosts)
{
    const auto lock = lockFolder(folder);
    if (!lock)
        return tl::unexpected(lock.error());
    const bool isKeyOpen = isOpenToOthers(keyFile(folder));
    const auto files = read(folder);
    if (!files)
        return tl::unexpected(files.error());
    if (files->certificate.isEmpty() && files->key.isEmpty())
        return make(folder, hosts, {});
    const std::optional<CertificateAuthority> authority = parse(folder, *files);
    if (!authority)
        return make(folder, hosts, QStringLiteral("the earlier one could not be read"));
    const auto remake = [&](const QString &reason) {
        return make(folder, withPermitted(hosts, authority->certificate()), reason);
    };
    if (isKeyOpen)
        return remake(QStringLiteral("others could read the key of the earlier one"));
    if (notAfterOf(authority->certificate()) - now() < leastLeft)
        return remake(QStringLiteral("the earlier one ends"));
    for (const std::string &host : hosts) {
        if (!authority->permits(host))
            return remake(
                QStringLiteral("the earlier one does not permit %1").arg(QString::fromStdString(host)));
    }
    return *authority;
}

Result<std::optional<CertificateAuthority>> CertificateAuthority::load(const QString &folder)
{
    const auto files = read(folder);
    if (!files)
        return tl::unexpected(files.error());
    return parse(folder, *files);
}

Result<CertificateAuthority> CertificateAuthority::renew(const QString &folder,
                                                         const std::vector<std::string> &hosts)
{
    const auto lock = lockFolder(folder);
    if (!lock)
        return tl::unexpected(lock.error());
    CertificatePtr earlier;
    if (const auto text = readPrivateFile(certificateFile(folder)); text && !text->isEmpty())
        earlier.reset(PEM_read_bio_X509(reading(*text).get(), nullptr, nullptr, nullptr));
    return make(folder, withPermitted(hosts, earlier.get()), QStringLiteral("renewed"));
}

Result<CertificateAuthority> CertificateAuthority::make(const QString &folder, std::vector<std::string> hosts,
                                                        const QString &reason)
{
    for (std::string &host : hosts) { // which is the same to name constraints
        if (host.starts_with("*."))
            host.erase(0, 2);
    }
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    CertificateAuthority authority;
    KeyPtr key = makeKey();
    CertificatePtr certificate;
    if (key)
        certificate = makeCa({commonName(), std::move(hosts), now() - day, now() + lifetime}, key.get());
    if (!certificate)
        return tl::unexpected(
            Error{ErrorCode::Tls, QStringLiteral("A CA could not be made: OpenSSL failed. Try again.")});
    authority.m_key = std::move(key);
    authority.m_certificate = std::move(certificate);
    authority.m_path = certificateFile(folder);
    authority.m_reason = reason;
    authority.m_wasMade = true;

    const QByteArray keyText = pemOf([&](BIO *bio) {
        return PEM_write_bio_PrivateKey(bio, authority.key(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    // A key without its certificate is made anew at the next start; the other way round a client could trust
    // what nobody can sign for.
    if (auto written = writePrivateFile(keyFile(folder), keyText); !written)
        return tl::unexpected(written.error());
    if (auto written = writePrivateFile(certificateFile(folder), authority.pem()); !written)
        return tl::unexpected(written.error());
    return authority;
}

Result<void> CertificateAuthority::remove(const QString &folder)
{
    for (const QString &path : {keyFile(folder), certificateFile(folder)}) {
        if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
            return tl::unexpected(
                Error{ErrorCode::Io, QStringLiteral("Cannot delete %1. Delete it by hand.").arg(path)});
    }
    ::rmdir(QFile::encodeName(folder).constData()); // not if something is in it
    return {};
}

QByteArray CertificateAuthority::pem() const
{
    return pemOf([this](BIO *bio) { return PEM_write_bio_X509(bio, certificate()); });
}

QDateTime CertificateAuthority::expires() const
{
    return QDateTime::fromSecsSinceEpoch(notAfterOf(certificate()), Qt::UTC);
}

QString CertificateAuthority::name() const
{
    char text[4 * longestCommonName + 1] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate()), NID_commonName, text, sizeof text);
    return QString::fromUtf8(text);
}

QByteArray CertificateAuthority::sha256() const
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    return X509_digest(certificate(), EVP_sha256(), digest, &size) == 1
        ? QByteArray(reinterpret_cast<const char *>(digest), static_cast<qsizetype>(size))
        : QByteArray();
}

std::vector<std::string> CertificateAuthority::permittedHosts() const
{
    return tls::permittedHosts(certificate());
}

bool CertificateAuthority::permits(const std::string &host) const
{
    return permitsName(certificate(), host);
}

} // namespace hookscope::tls
