#pragma once

#include <QByteArray>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace hookscope {

struct PemCertificate {
    QByteArray certificate;
    QByteArray key;
};

// A self-signed P-256 certificate. alternativeName: e.g. "IP:127.0.0.1" or "DNS:other.test"; it is
// valid from an hour ago for `validSeconds` from now, which may be negative.
inline PemCertificate makeCertificate(const char *alternativeName = "IP:127.0.0.1", long validSeconds = 3600)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x509 = X509_new();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509), validSeconds);
    X509_set_pubkey(x509, key);
    X509_NAME *name = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("peer"), -1, -1, 0);
    X509_set_issuer_name(x509, name);
    X509_EXTENSION *names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternativeName);
    X509_add_ext(x509, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(x509, key, EVP_sha256());
    const auto pem = [](auto write) {
        BIO *bio = BIO_new(BIO_s_mem());
        write(bio);
        char *data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        const QByteArray text(data, size);
        BIO_free(bio);
        return text;
    };
    PemCertificate made;
    made.certificate = pem([&](BIO *bio) { PEM_write_bio_X509(bio, x509); });
    made.key = pem([&](BIO *bio) { PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
    X509_free(x509);
    EVP_PKEY_free(key);
    return made;
}

} // namespace hookscope
