#pragma once

#include "core/error.h"
#include "core/tls/handles.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookscope::tls {

// The CA of this installation: P-256, two years, for the hosts of its name constraints alone, which OpenSSL,
// curl, Node and Python enforce, so that a stolen key opens nothing else. An immutable value of shared
// handles; any thread may read it.
class CertificateAuthority {
public:
    // Loads FOLDER/hookscope-ca.pem and hookscope-ca.key. They are made if they are not there, are no such
    // pair, end within thirty days, have a key that others could read, or do not permit all of `hosts`
    // (names, *.DOMAIN, IP addresses); a new one permits what the old one did as well. Errors: what cannot be
    // read or written, or is a link or another user's.
    static Result<CertificateAuthority> open(const QString &folder, const std::vector<std::string> &hosts);

    // The one that is there, as it is; nothing is made or mended but the key's mode. None if there is no such
    // pair.
    static Result<std::optional<CertificateAuthority>> load(const QString &folder);

    // A new one in the place of the old, for the same hosts and these.
    static Result<CertificateAuthority> renew(const QString &folder, const std::vector<std::string> &hosts);

    // Deletes key and certificate, and the folder if nothing else is in it.
    static Result<void> remove(const QString &folder);

    // Made by this call: programs that trusted an earlier one must be started again.
    bool wasMade() const { return m_wasMade; }
    QString reason() const { return m_reason; } // why, in words; empty for the first one
    QString certificatePath() const { return m_path; }
    QByteArray pem() const; // the certificate alone
    QDateTime expires() const;
    QString name() const; // its common name
    QByteArray sha256() const; // of the certificate, 32 bytes
    std::vector<std::string> permittedHosts() const; // each with what is below it
    bool permits(const std::string &host) const;

    X509 *certificate() const { return m_certificate.get(); }
    EVP_PKEY *key() const { return m_key.get(); }

private:
    CertificateAuthority() = default;
    struct Files {
        QByteArray certificate;
        QByteArray key;
    };
    static Result<Files> read(const QString &folder);
    static std::optional<CertificateAuthority> parse(const QString &folder, const Files &files);
    static Result<CertificateAuthority> make(const QString &folder, std::vector<std::string> hosts,
                                             const QString &reason);

    std::shared_ptr<X509> m_certificate;
    std::shared_ptr<EVP_PKEY> m_key;
    QString m_path;
    QString m_reason;
    bool m_wasMade = false;
};

} // namespace hookscope::tls
