#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace hookscope::tls {

// OpenSSL's objects with their owners.
template <auto free> struct Freeing {
    template <class T> void operator()(T *object) const { free(object); }
};

using CertificatePtr = std::unique_ptr<X509, Freeing<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, Freeing<BIO_free_all>>;

} // namespace hookscope::tls
