#pragma once

#include "core/tls/handles.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hookscope::tls {

// Certificates as this program makes them, P-256 and SHA-256, version 3 (RFC 5280). Functions; any thread.
// Null if OpenSSL cannot, which is a lack of memory or of random numbers.

// The domain of a CA that permits no names; no host has it (RFC 2606).
constexpr std::string_view noHost = "invalid";

KeyPtr makeKey();

struct CaWishes {
    std::string commonName;
    std::vector<std::string> hosts; // names, *.DOMAIN and IP addresses; each also permits what is below it
    std::int64_t notBefore = 0; // seconds since the epoch
    std::int64_t notAfter = 0;
};

// Self-signed; pathlen 0, keyCertSign and cRLSign alone, and name constraints, all of them critical.
CertificatePtr makeCa(const CaWishes &wishes, EVP_PKEY *key);

struct LeafWishes {
    std::string host; // a DNS name or an IP address
    std::int64_t notBefore = 0;
    std::int64_t notAfter = 0;
};

// For servers alone, signed by that CA.
CertificatePtr makeLeaf(const LeafWishes &wishes, EVP_PKEY *key, X509 *ca, EVP_PKEY *caKey);

// What its name constraints permit, each with what is below it.
std::vector<std::string> permittedHosts(X509 *ca);

// Whether the CA's name constraints permit that name, pattern or address.
bool permitsName(X509 *ca, std::string_view host);

std::int64_t notAfterOf(const X509 *certificate); // seconds since the epoch

bool isIpAddress(const std::string &host);

} // namespace hookscope::tls
