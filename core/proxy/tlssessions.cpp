#include "core/proxy/tlssessions.h"

#include <ctime>

namespace hookscope::proxy {

namespace {

void freeName(void *, void *name, CRYPTO_EX_DATA *, int, long, void *)
{
    delete static_cast<std::string *>(name);
}

int ownerIndex()
{
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int nameIndex()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, freeName);
    return index;
}

} // namespace

TlsSessions::TlsSessions(SSL_CTX *context)
{
    SSL_CTX_set_ex_data(context, ownerIndex(), this);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, sessionCame);
}

void TlsSessions::offer(SSL *ssl, const std::string &name)
{
    auto owned = std::make_unique<std::string>(name);
    if (SSL_set_ex_data(ssl, nameIndex(), owned.get()) == 1)
        owned.release(); // freed with `ssl`
    if (const Session session = take(name))
        SSL_set_session(ssl, session.get());
}

// OpenSSL makes the session of a connection that ends without a goodbye useless.
TlsSessions::Session TlsSessions::copyOf(SSL_SESSION *session)
{
    return Session(SSL_SESSION_dup(session));
}

// The newest one that is not too old.
TlsSessions::Session TlsSessions::take(const std::string &name)
{
    const auto found = m_sessions.find(name);
    if (found == m_sessions.end())
        return nullptr;
    auto &kept = found->second;
    SSL_SESSION *newest = kept.back().get();
    const bool isGood = std::time(nullptr) - SSL_SESSION_get_time(newest) < mostSeconds;
    if (isGood && SSL_SESSION_get_protocol_version(newest) < TLS1_3_VERSION)
        return copyOf(newest);
    Session session = std::move(kept.back());
    kept.pop_back();
    if (kept.empty() || !isGood) // the others are older
        m_sessions.erase(found);
    return isGood ? std::move(session) : nullptr;
}

int TlsSessions::sessionCame(SSL *ssl, SSL_SESSION *session)
{
    auto *self = static_cast<TlsSessions *>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), ownerIndex()));
    const auto *name = static_cast<const std::string *>(SSL_get_ex_data(ssl, nameIndex()));
    Session copy = copyOf(session);
    if (self && name && copy && SSL_get_verify_result(ssl) == X509_V_OK)
        self->keep(*name, std::move(copy));
    return 0; // `session` remains OpenSSL's
}

void TlsSessions::keep(const std::string &name, Session session)
{
    if (m_sessions.size() >= mostNames && !m_sessions.contains(name))
        m_sessions.erase(m_sessions.begin());
    auto &kept = m_sessions[name];
    if (kept.size() >= mostKeptEach)
        kept.erase(kept.begin());
    kept.push_back(std::move(session));
}

} // namespace hookscope::proxy
