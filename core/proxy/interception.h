#pragma once

#include "core/llm/provider.h"
#include "core/tls/certificateauthority.h"
#include "core/tls/leafcertificates.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope::proxy {

// Which tunnels are opened: those to these hosts and no others.
struct Interception {
    std::vector<std::string> patterns; // as parseInterceptPattern() gives them, without `llm`
    tls::CertificateAuthority authority; // permits all of them
};

// The same as the proxy thread uses it; replaced whole when the person chooses other hosts.
struct TunnelOpener {
    explicit TunnelOpener(Interception chosen) : interception(std::move(chosen)), leaves(interception.authority) {}

    Interception interception;
    tls::LeafCertificates leaves;
};

// HOST, *.DOMAIN (the subdomains alone), an IP address, or `llm`: in lower case; errors are the end of a sentence.
tl::expected<std::string, std::string> parseInterceptPattern(std::string_view text);

// The same, with `llm` as the hosts of all known providers and of `domains`. Left out are those whose names vary
// in the middle (Bedrock's regions): a certificate cannot be limited to them; they are given by name.
std::vector<std::string> withLlmHosts(const std::vector<std::string> &patterns,
                                      const std::vector<llm::LlmDomain> &domains);

// Whether a tunnel to that host, in lower case, is to be opened.
bool opensTunnelTo(const std::vector<std::string> &patterns, std::string_view host);

} // namespace hookscope::proxy
