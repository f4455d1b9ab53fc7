#include "core/tls/leafcertificates.h"

#include "core/tls/certificatemaking.h"

#include <algorithm>
#include <ctime>

namespace hookscope::tls {

namespace {

constexpr std::int64_t day = 24 * 60 * 60;
constexpr std::int64_t lifetime = 7 * day;
constexpr std::int64_t backdated = day; // for clients whose clock is behind
constexpr std::int64_t renewedBefore = day; // its end

int chooseHttp11(SSL *, const unsigned char **chosen, unsigned char *length, const unsigned char *offered,
                 unsigned int offeredLength, void *)
{
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char *out = nullptr;
    if (SSL_select_next_proto(&out, length, http11, sizeof http11, offered, offeredLength)
        != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = out;
    return SSL_TLSEXT_ERR_OK;
}

// What OpenSSL and this system allow, in their order, but AES-GCM with keys of 128 bits first: it is the
// fastest.
void preferAes128(SSL_CTX *context)
{
    struct Names {
        std::string first;
        std::string others;

        std::string list() const { return (first + others).substr(1); }
    };
    Names tls13;
    Names older;
    const STACK_OF(SSL_CIPHER) *ciphers = SSL_CTX_get_ciphers(context);
    for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
        const SSL_CIPHER *cipher = sk_SSL_CIPHER_value(ciphers, i);
        Names &names = SSL_CIPHER_get_kx_nid(cipher) == NID_kx_any ? tls13 : older;
        const bool isFirst = SSL_CIPHER_get_cipher_nid(cipher) == NID_aes_128_gcm;
        (isFirst ? names.first : names.others) += std::string(":") + SSL_CIPHER_get_name(cipher);
    }
    if (!(tls13.first + tls13.others).empty())
        SSL_CTX_set_ciphersuites(context, tls13.list().c_str());
    if (!(older.first + older.others).empty())
        SSL_CTX_set_cipher_list(context, older.list().c_str());
}

} // namespace

LeafCertificates::LeafCertificates(CertificateAuthority authority, Clock now)
    : m_authority(std::move(authority))
    , m_now(now ? std::move(now) : [] { return static_cast<std::int64_t>(std::time(nullptr)); })
    , m_key(makeKey())
{
}

tl::expected<std::shared_ptr<SSL_CTX>, std::string> LeafCertificates::contextFor(const std::string &host)
{
    const std::int64_t now = m_now();
    const std::lock_guard lock(m_mutex);
    if (const auto place = m_places.find(host); place != m_places.end()) {
        if (now < place->second->goodUntil) {
            m_kept.splice(m_kept.begin(), m_kept, place->second);
            return m_kept.front().context;
        }
        m_kept.erase(place->second);
        m_places.erase(place);
    }
    const std::int64_t notAfter = std::min(now + lifetime, notAfterOf(m_authority.certificate()));
    auto context = make(host, now - backdated, notAfter);
    if (!context)
        return tl::unexpected("OpenSSL could not make a certificate for " + host);
    m_kept.push_front({host, context, std::max(notAfter - renewedBefore, now + 1)});
    m_places[host] = m_kept.begin();
    if (m_kept.size() > mostKept) {
        m_places.erase(m_kept.back().host);
        m_kept.pop_back();
    }
    return context;
}

std::shared_ptr<SSL_CTX> LeafCertificates::make(const std::string &host, std::int64_t notBefore,
                                                std::int64_t notAfter)
{
    if (!m_key)
        return nullptr;
    const CertificatePtr leaf =
        makeLeaf({host, notBefore, notAfter}, m_key.get(), m_authority.certificate(), m_authority.key());
    const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!leaf || !context || SSL_CTX_use_certificate(context.get(), leaf.get()) != 1
        || SSL_CTX_use_PrivateKey(context.get(), m_key.get()) != 1)
        return nullptr;
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_alpn_select_cb(context.get(), chooseHttp11, nullptr);
    preferAes128(context.get());
    SSL_CTX_set_options(context.get(),
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF
                            | SSL_OP_CIPHER_SERVER_PREFERENCE
                            | SSL_OP_PRIORITIZE_CHACHA); // for clients that have no fast AES, and say so
    static constexpr unsigned char sessions[] = "hookscope";
    SSL_CTX_set_session_id_context(context.get(), sessions, sizeof sessions - 1);
    return context;
}

} // namespace hookscope::tls
