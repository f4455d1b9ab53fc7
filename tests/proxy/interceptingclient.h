#pragma once

#include "core/proxy/interception.h"
#include "tests/certificate.h"
#include "tests/proxy/proxyfixture.h"
#include "tests/proxy/tlscontext.h"

#include <QFile>
#include <QTemporaryDir>
#include <openssl/ssl.h>

namespace hookscope {

inline constexpr const char *interceptedHost = "api.example.test";

inline QByteArray connectTo(const QByteArray &authority = QByteArray(interceptedHost) + ":443")
{
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\nUser-Agent: test/1\r\n\r\n";
}

inline QByteArray inside(const QByteArray &path, const QByteArray &fields = {},
                         const QByteArray &name = interceptedHost)
{
    return "GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\n" + fields + "\r\n";
}

inline const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// Answers each head with the same, until the client ends.
inline RawUpstream::Script answering(const QByteArray &answer, QByteArray *got = nullptr)
{
    return [=](RawSocket &socket, int) {
        for (;;) {
            const QByteArray head = socket.readHead();
            if (head.isEmpty())
                return;
            if (got)
                *got = head;
            socket.send(answer);
        }
    };
}

// A CA for one host in a folder of its own, and a client's TLS that trusts it.
class InterceptedHost {
public:
    explicit InterceptedHost(const char *host = interceptedHost)
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

    // A proxy to which every host is at `upstream`, and whose upstreams are verified by `trusted`.
    std::unique_ptr<ProxyFixture> proxyTo(const RawUpstream &upstream, const PemCertificate &trusted,
                                          bool isOn = true) const
    {
        QFile file(QFile::decodeName(upstreamCaFile()));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("the upstream's CA cannot be written");
        file.write(trusted.certificate);
        file.close();
        return std::make_unique<ProxyFixture>(1, [&](proxy::ProxyConfig &config) {
            config.upstreamCaFile = upstreamCaFile().toStdString();
            config.connectTo.push_back(
                *proxy::parseConnectTo("::127.0.0.1:" + std::to_string(upstream.port())));
            if (isOn)
                config.interception = interception();
        });
    }
    QByteArray upstreamCaFile() const
    {
        return QFile::encodeName(m_folder.filePath(QStringLiteral("upstream.pem")));
    }

private:
    std::string m_host;
    QTemporaryDir m_folder;
    SSL_CTX *m_client;
};

} // namespace hookscope
