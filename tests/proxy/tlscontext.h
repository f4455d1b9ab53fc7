#pragma once

#include "tests/certificate.h"

#include <QFile>
#include <QTemporaryDir>
#include <openssl/ssl.h>
#include <string>

namespace hookscope {

// A server's TLS with that certificate.
struct TlsContext {
    explicit TlsContext(const PemCertificate &pem)
        : context(SSL_CTX_new(TLS_server_method()))
    {
        BIO *certificate = BIO_new_mem_buf(pem.certificate.constData(), int(pem.certificate.size()));
        X509 *x509 = PEM_read_bio_X509(certificate, nullptr, nullptr, nullptr);
        SSL_CTX_use_certificate(context, x509);
        X509_free(x509);
        BIO_free(certificate);
        BIO *key = BIO_new_mem_buf(pem.key.constData(), int(pem.key.size()));
        EVP_PKEY *pkey = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
        SSL_CTX_use_PrivateKey(context, pkey);
        EVP_PKEY_free(pkey);
        BIO_free(key);
    }
    ~TlsContext() { SSL_CTX_free(context); }
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    SSL_CTX *context;
};

// Its certificate as a file, for those who trust it.
inline std::string writePem(const QTemporaryDir &folder, const PemCertificate &pem)
{
    QFile file(folder.filePath(QStringLiteral("ca.pem")));
    if (!file.open(QIODevice::WriteOnly) || file.write(pem.certificate) != pem.certificate.size())
        qFatal("the certificate cannot be written");
    return file.fileName().toStdString();
}

} // namespace hookscope
