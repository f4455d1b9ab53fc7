#include "core/launch/cabundle.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <QSet>

namespace hookscope {

namespace {

struct CaBundle {
    Q_DECLARE_TR_FUNCTIONS(CaBundle)
};

constexpr auto begin = "-----BEGIN CERTIFICATE-----";
constexpr auto end = "-----END CERTIFICATE-----";

std::optional<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

// The certificates alone: a file may hold a private key as well.
void addCertificates(const QByteArray &pem, QByteArrayList &into, QSet<QByteArray> &seen)
{
    for (qsizetype from = pem.indexOf(begin); from >= 0; from = pem.indexOf(begin, from + 1)) {
        const qsizetype to = pem.indexOf(end, from);
        if (to < 0)
            return;
        const QByteArray certificate = pem.mid(from, to + qsizetype(qstrlen(end)) - from);
        const QByteArray key = certificate.simplified();
        if (!seen.contains(key)) {
            seen.insert(key);
            into.append(certificate);
        }
    }
}

QByteArray systemCertificates()
{
    for (const char *path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                             "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
        if (const auto content = contentOf(QString::fromLatin1(path)))
            return *content;
    }
    return {};
}

} // namespace

bool isSystemCertificate(const QByteArray &pem)
{
    QByteArrayList certificates;
    QSet<QByteArray> seen;
    addCertificates(systemCertificates(), certificates, seen);
    const qsizetype before = certificates.size();
    addCertificates(pem, certificates, seen);
    return before > 0 && certificates.size() == before;
}

Result<void> writeCaBundle(const QString &path, const QString &ourCertificate, const Environment &current)
{
    const auto ours = contentOf(ourCertificate);
    if (!ours) {
        return tl::unexpected(
            Error{ErrorCode::Io, CaBundle::tr("The certificate %1 cannot be read.").arg(ourCertificate)});
    }
    QByteArrayList certificates;
    QSet<QByteArray> seen;
    addCertificates(systemCertificates(), certificates, seen);
    const Environment own = applied(current, undoEnvironment(current));
    for (const QString &name : knownVariables()) {
        if (const auto content = contentOf(own.value(name))) // of the others none is the path of a file
            addCertificates(*content, certificates, seen);
    }
    addCertificates(*ours, certificates, seen);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(certificates.join('\n') + '\n') < 0
        || !file.commit()) {
        return tl::unexpected(
            Error{ErrorCode::Io, CaBundle::tr("%1 cannot be written: %2.").arg(path, file.errorString())});
    }
    return {};
}

} // namespace hookscope
