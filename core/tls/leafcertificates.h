#pragma once

#include "core/tls/certificateauthority.h"

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <openssl/ssl.h>
#include <string>
#include <tl/expected.hpp>
#include <unordered_map>

namespace hookscope::tls {

// A server's TLS for each host, with a leaf certificate of seven days that is made on first need and kept in
// memory: all with the one key of this object, which is never stored. Any thread, so that a client can resume
// on one the session that it began on another.
class LeafCertificates {
public:
    using Clock = std::function<std::int64_t()>; // seconds since the epoch

    static constexpr std::size_t mostKept = 256; // the ones not used for longest go first

    explicit LeafCertificates(CertificateAuthority authority, Clock now = {});

    // For that DNS name or IP address: TLS 1.2 and later, ALPN http/1.1, session tickets, AES with keys of
    // 128 bits if the client has it. The error is a sentence.
    tl::expected<std::shared_ptr<SSL_CTX>, std::string> contextFor(const std::string &host);

private:
    struct Kept {
        std::string host;
        std::shared_ptr<SSL_CTX> context;
        std::int64_t goodUntil = 0;
    };

    std::shared_ptr<SSL_CTX> make(const std::string &host, std::int64_t notBefore, std::int64_t notAfter);

    CertificateAuthority m_authority;
    Clock m_now;
    KeyPtr m_key;
    std::mutex m_mutex; // of what follows
    std::list<Kept> m_kept; // the one used last first
    std::unordered_map<std::string, std::list<Kept>::iterator> m_places;
};

} // namespace hookscope::tls
