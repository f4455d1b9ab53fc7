#include "core/tls/certificateauthority.h"

#include "core/tls/certificatemaking.h"
#include "core/tls/privatefile.h"

#include <QFile>
#include <QSysInfo>
#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <pwd.h>
#include <unistd.h>

namespace hookscope::tls {

namespace {

constexpr std::int64_t day = 24 * 60 * 60;
constexpr std::int64_t lifetime = 2 * 365 * day;
constexpr std::int64_t leastLeft = 30 * day;
constexpr qsizetype longestCommonName = 64;

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

// Of an address with its mask; empty if it is neither of IPv4 nor of IPv6.
std::string addressOf(const ASN1_OCTET_STRING *withMask)
{
    const int size = ASN1_STRING_length(withMask) / 2;
    char text[INET6_ADDRSTRLEN] = {};
    if (size == 4 || size == 16)
        ::inet_ntop(size == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(withMask), text, sizeof text);
    return text;
}

// The hosts that a CA of ours permits.
std::vector<std::string> hostsOf(X509 *certificate)
{
    std::vector<std::string> hosts;
    const std::unique_ptr<NAME_CONSTRAINTS, Freeing<NAME_CONSTRAINTS_free>> constraints(
        static_cast<NAME_CONSTRAINTS *>(
            X509_get_ext_d2i(certificate, NID_name_constraints, nullptr, nullptr)));
    for (int i = 0; constraints && i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i) {
        const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)->base;
        if (base->type == GEN_DNS) {
            const ASN1_IA5STRING *name = base->d.dNSName;
            hosts.emplace_back(reinterpret_cast<const char *>(ASN1_STRING_get0_data(name)),
                               static_cast<std::size_t>(ASN1_STRING_length(name)));
        } else if (base->type == GEN_IPADD) {
            hosts.push_back(addressOf(base->d.iPAddress));
        }
    }
    std::erase(hosts, noHost);
    std::erase(hosts, std::string());
    return hosts;
}

} // namespace

Result<CertificateAuthority> CertificateAuthority::open(const QString &folder,
                                                        const std::vector<std::string> &hosts)
{
    if (auto made = tls::makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    const bool isKeyOpen = isOpenToOthers(keyFile(folder));
    const auto certificateText = readPrivateFile(certificateFile(folder));
    if (!certificateText)
        return tl::unexpected(certificateText.error());
    const auto keyText = readPrivateFile(keyFile(folder));
    if (!keyText)
        return tl::unexpected(keyText.error());
    if (certificateText->isEmpty() && keyText->isEmpty())
        return make(folder, hosts, {});

    const BioPtr certificateBio = reading(*certificateText);
    const BioPtr keyBio = reading(*keyText);
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
        return make(folder, hosts, QStringLiteral("the earlier one could not be read"));
    if (isKeyOpen) {
        std::vector<std::string> all = hostsOf(authority.certificate());
        all.insert(all.end(), hosts.begin(), hosts.end());
        return make(folder, std::move(all), QStringLiteral("others could read the key of the earlier one"));
    }
    if (notAfterOf(authority.certificate()) - now() < leastLeft) {
        std::vector<std::string> all = hostsOf(authority.certificate());
        all.insert(all.end(), hosts.begin(), hosts.end());
        return make(folder, std::move(all), QStringLiteral("the earlier one ends"));
    }
    for (const std::string &host : hosts) {
        if (authority.permits(host))
            continue;
        std::vector<std::string> all = hostsOf(authority.certificate());
        all.insert(all.end(), hosts.begin(), hosts.end());
        return make(folder, std::move(all),
                    QStringLiteral("the earlier one does not permit %1").arg(QString::fromStdString(host)));
    }
    return authority;
}

Result<CertificateAuthority> CertificateAuthority::renew(const QString &folder,
                                                         const std::vector<std::string> &hosts)
{
    if (auto made = tls::makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    std::vector<std::string> all = hosts;
    if (const auto text = readPrivateFile(certificateFile(folder)); text && !text->isEmpty()) {
        const BioPtr bio = reading(*text);
        const CertificatePtr earlier(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        const std::vector<std::string> permitted = earlier ? hostsOf(earlier.get()) : std::vector<std::string>();
        all.insert(all.end(), permitted.begin(), permitted.end());
    }
    return make(folder, std::move(all), QStringLiteral("renewed"));
}

Result<CertificateAuthority> CertificateAuthority::make(const QString &folder, std::vector<std::string> hosts,
                                                        const QString &reason)
{
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

bool CertificateAuthority::permits(const std::string &host) const
{
    return permitsName(certificate(), host);
}

} // namespace hookscope::tls
