#pragma once

#include "core/proxy/interception.h"

#include <QFile>
#include <QTemporaryDir>
#include <openssl/ssl.h>

namespace hookscope {

// A CA for one host in a folder of its own, and a client's TLS that trusts it.
class InterceptedHost {
public:
    explicit InterceptedHost(const char *host)
        : m_host(host)
        , m_client(SSL_CTX_new(TLS_client_method()))
    {
        SSL_CTX_set_verify(m_client, SSL_VERIFY_PEER, nullptr);
        const QString path = interception().authority.certificatePath();
        if (SSL_CTX_load_verify_file(m_client, QFile::encodeName(path).constData()) != 1)
            qFatal("the CA cannot be read");
    }
    ~InterceptedHost() { SSL_CTX_free(m_client); }
    InterceptedHost(const InterceptedHost &) = delete;
    InterceptedHost &operator=(const InterceptedHost &) = delete;

    proxy::Interception interception() const
    {
        return {{m_host},
                *tls::CertificateAuthority::open(m_folder.filePath(QStringLiteral("ca")), {m_host})};
    }
    SSL_CTX *client() const { return m_client; }

private:
    std::string m_host;
    QTemporaryDir m_folder;
    SSL_CTX *m_client;
};

} // namespace hookscope
