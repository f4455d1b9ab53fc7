#include "core/tls/cafacts.h"

#include "core/tls/certificateauthority.h"

namespace hookscope {

CaFacts factsOf(const tls::CertificateAuthority &authority)
{
    CaFacts facts;
    facts.name = authority.name();
    facts.fingerprint = QString::fromLatin1(authority.sha256().toHex(':')).toUpper();
    facts.notAfter = authority.expires();
    for (const std::string &host : authority.permittedHosts())
        facts.hosts.append(QString::fromStdString(host));
    facts.hosts.sort();
    facts.path = authority.certificatePath();
    facts.pem = authority.pem();
    return facts;
}

} // namespace hookscope
