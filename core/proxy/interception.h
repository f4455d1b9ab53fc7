#pragma once

#include "core/llm/provider.h"
#include "core/tls/certificateauthority.h"
#include "core/tls/leafcertificates.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookscope::proxy {

// Which tunnels are opened: those to these hosts and no others.
struct Interception {
    std::vector<std::string> patterns; // as policy::parseInterceptPattern() gives them, without `llm`
    tls::CertificateAuthority authority; // permits all of them
};

// The same as the proxy thread uses it; replaced whole when the person chooses other hosts.
struct TunnelOpener {
    explicit TunnelOpener(Interception chosen)
        : interception(std::move(chosen))
        , leaves(interception.authority)
    {
    }

    Interception interception;
    tls::LeafCertificates leaves;
};

// The patterns, with `llm` as the hosts of all known providers and of `domains`. Left out are those whose
// names vary in the middle (Bedrock's regions): a certificate cannot be limited to them; they are given by
// name.
std::vector<std::string> withLlmHosts(const std::vector<std::string> &patterns,
                                      const std::vector<llm::LlmDomain> &domains);

// Whether a tunnel to that host, in lower case, is to be opened.
bool opensTunnelTo(const std::vector<std::string> &patterns, std::string_view host);

} // namespace hookscope::proxy
