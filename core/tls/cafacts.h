#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <optional>

namespace hookscope {

namespace tls {
class CertificateAuthority;
}

// What people are told of this installation's CA: all of it but the key. A value.
struct CaFacts {
    QString name; // its common name
    QString fingerprint; // SHA-256, as pairs of hexadecimal digits with colons between
    QDateTime notAfter; // UTC
    QStringList hosts; // that its name constraints permit, each with what is below it
    QString path; // of the certificate
    QByteArray pem; // the certificate alone

    friend bool operator==(const CaFacts &, const CaFacts &) = default;
};

CaFacts factsOf(const tls::CertificateAuthority &authority);

} // namespace hookscope

Q_DECLARE_METATYPE(std::optional<hookscope::CaFacts>)
