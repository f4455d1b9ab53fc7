#include "core/tls/certificatemaking.h"

#include "core/http/domain.h"

#include <algorithm>
#include <arpa/inet.h>
#include <ctime>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace hookscope::tls {

namespace {

using Extension = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;
using Address = std::unique_ptr<ASN1_OCTET_STRING, Freeing<ASN1_OCTET_STRING_free>>;
using Constraints = std::unique_ptr<NAME_CONSTRAINTS, Freeing<NAME_CONSTRAINTS_free>>;

constexpr int serialBytes = 16;
constexpr std::size_t longestCommonName = 64; // RFC 5280 appendix A.1

// 128 random bits, positive.
bool setSerial(X509 *certificate)
{
    unsigned char bytes[serialBytes];
    if (RAND_bytes(bytes, serialBytes) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
    const std::unique_ptr<BIGNUM, Freeing<BN_free>> number(BN_bin2bn(bytes, serialBytes, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool addName(X509_NAME *name, const char *field, const std::string &text)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(text.data()),
                                      static_cast<int>(text.size()), -1, 0)
        == 1;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// The name below which a pattern stands: RFC 5280 section 4.2.1.10 has the host itself and all below it.
std::string_view subtreeOf(std::string_view host)
{
    return host.starts_with("*.") ? host.substr(2) : host;
}

// "DNS:a.example" or, with a mask of all bits, "IP:10.0.0.1/255.255.255.255".
std::string constraintFor(const std::string &host)
{
    if (!isIpAddress(host))
        return "DNS:" + std::string(subtreeOf(host));
    return "IP:" + host
        + (host.find(':') == std::string::npos ? "/255.255.255.255"
                                               : "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

// A kind of which no name is permitted would be free otherwise.
std::string constraintsFor(const std::vector<std::string> &hosts)
{
    std::string text = "critical";
    bool hasName = false;
    bool hasAddress = false;
    for (const std::string &host : hosts) {
        text += ",permitted;" + constraintFor(host);
        (isIpAddress(host) ? hasAddress : hasName) = true;
    }
    if (!hasName)
        text += ",permitted;DNS:" + std::string(noHost);
    if (!hasAddress)
        text += ",excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:::/::";
    return text;
}

CertificatePtr begin(std::int64_t notBefore, std::int64_t notAfter, EVP_PKEY *key)
{
    CertificatePtr certificate(X509_new());
    const bool isMade = certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1
        && setSerial(certificate.get()) && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), notBefore)
        && ASN1_TIME_set(X509_getm_notAfter(certificate.get()), notAfter)
        && X509_set_pubkey(certificate.get(), key) == 1;
    return isMade ? std::move(certificate) : nullptr;
}

std::string textOf(const ASN1_STRING *text)
{
    return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// Of an address, or of the first half of one with its mask; empty if it is neither of IPv4 nor of IPv6.
std::string addressText(const unsigned char *bytes, int size)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (size == 4 || size == 16)
        ::inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, text, sizeof text);
    return text;
}

} // namespace

bool isIpAddress(const std::string &host)
{
    return Address(a2i_IPADDRESS(host.c_str())) != nullptr;
}

KeyPtr makeKey()
{
    return KeyPtr(EVP_EC_gen("P-256"));
}

CertificatePtr makeCa(const CaWishes &wishes, EVP_PKEY *key)
{
    CertificatePtr ca = begin(wishes.notBefore, wishes.notAfter, key);
    if (!ca)
        return nullptr;
    X509_NAME *name = X509_get_subject_name(ca.get());
    const bool isMade = addName(name, "O", "Hookscope") && addName(name, "CN", wishes.commonName)
        && X509_set_issuer_name(ca.get(), name) == 1
        && addExtension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && addExtension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(ca.get(), ca.get(), NID_name_constraints, constraintsFor(wishes.hosts))
        && addExtension(ca.get(), ca.get(), NID_subject_key_identifier, "hash")
        && X509_sign(ca.get(), key, EVP_sha256()) > 0;
    return isMade ? std::move(ca) : nullptr;
}

CertificatePtr makeLeaf(const LeafWishes &wishes, EVP_PKEY *key, X509 *ca, EVP_PKEY *caKey)
{
    CertificatePtr leaf = begin(wishes.notBefore, wishes.notAfter, key);
    if (!leaf)
        return nullptr;
    X509_NAME *name = X509_get_subject_name(leaf.get());
    // OpenSSL takes an IPv4 address there for a host's name, which the constraints do not permit.
    const bool hasCommonName = wishes.host.size() <= longestCommonName && !isIpAddress(wishes.host);
    const std::string alternative = (isIpAddress(wishes.host) ? "IP:" : "DNS:") + wishes.host;
    const bool isMade = addName(name, "O", "Hookscope")
        && (!hasCommonName || addName(name, "CN", wishes.host))
        && X509_set_issuer_name(leaf.get(), X509_get_subject_name(ca)) == 1
        && addExtension(leaf.get(), ca, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(leaf.get(), ca, NID_key_usage, "critical,digitalSignature")
        && addExtension(leaf.get(), ca, NID_ext_key_usage, "serverAuth")
        && addExtension(leaf.get(), ca, NID_subject_alt_name, alternative)
        && addExtension(leaf.get(), ca, NID_subject_key_identifier, "hash")
        && addExtension(leaf.get(), ca, NID_authority_key_identifier, "keyid:always")
        && X509_sign(leaf.get(), caKey, EVP_sha256()) > 0;
    return isMade ? std::move(leaf) : nullptr;
}

std::vector<std::string> permittedHosts(X509 *ca)
{
    std::vector<std::string> hosts;
    const Constraints constraints(
        static_cast<NAME_CONSTRAINTS *>(X509_get_ext_d2i(ca, NID_name_constraints, nullptr, nullptr)));
    for (int i = 0; constraints && i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i) {
        const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)->base;
        if (base->type == GEN_DNS)
            hosts.push_back(textOf(base->d.dNSName));
        else if (base->type == GEN_IPADD) // with its mask, which is of all bits
            hosts.push_back(addressText(ASN1_STRING_get0_data(base->d.iPAddress),
                                        ASN1_STRING_length(base->d.iPAddress) / 2));
    }
    std::erase(hosts, noHost);
    std::erase(hosts, std::string());
    return hosts;
}

bool permitsName(X509 *ca, std::string_view host)
{
    const std::string name(subtreeOf(host));
    const Address address(a2i_IPADDRESS(name.c_str()));
    const std::string wanted =
        address ? addressText(ASN1_STRING_get0_data(address.get()), ASN1_STRING_length(address.get())) : name;
    const std::vector<std::string> permitted = permittedHosts(ca);
    return std::any_of(permitted.begin(), permitted.end(), [&](const std::string &one) {
        return address ? one == wanted : http::isWithinDomain(wanted, one);
    });
}

std::int64_t notAfterOf(const X509 *certificate)
{
    std::tm time{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) != 1)
        return 0;
    return ::timegm(&time);
}

} // namespace hookscope::tls
