#include "app/installedca.h"

#include "core/launch/cabundle.h"

#include <QFile>
#include <cstdio>

namespace hookscope {

namespace {

void say(const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
    std::fflush(stderr);
}

// The known ones are permitted too, so that choosing one of them later needs no new CA.
std::vector<std::string> permitted(std::vector<std::string> patterns,
                                   const std::vector<llm::LlmDomain> &domains)
{
    patterns.emplace_back("llm");
    return proxy::withLlmHosts(patterns, domains);
}

} // namespace

Result<std::optional<proxy::Interception>> InstalledCa::open(std::vector<std::string> patterns,
                                                             const std::vector<llm::LlmDomain> &domains)
{
    if (patterns.empty())
        return std::optional<proxy::Interception>();
    std::vector<std::string> hosts = proxy::withLlmHosts(patterns, domains);
    auto authority = tls::CertificateAuthority::open(m_folder, permitted(std::move(patterns), domains));
    if (!authority)
        return tl::unexpected(authority.error());
    if (authority->wasMade()) {
        m_wasMade = true;
        say(QStringLiteral(
                "made a CA for this installation%1: programs that are to trust it have to be started again")
                .arg(authority->reason().isEmpty() ? QString()
                                                   : QStringLiteral(" (%1)").arg(authority->reason())));
    }
    if (const auto written = writeCaBundle(bundle(), authority->certificatePath(), currentEnvironment());
        !written)
        return tl::unexpected(written.error());
    say(QStringLiteral("opening the HTTPS of %1 hosts; the CA is %2")
            .arg(hosts.size())
            .arg(authority->certificatePath()));
    return std::optional(proxy::Interception{std::move(hosts), *std::move(authority)});
}

Result<void> InstalledCa::renew(std::vector<std::string> patterns, const std::vector<llm::LlmDomain> &domains)
{
    const auto authority =
        tls::CertificateAuthority::renew(m_folder, permitted(std::move(patterns), domains));
    if (!authority)
        return tl::unexpected(authority.error());
    m_wasMade = true;
    say(QStringLiteral(
        "renewed the CA of this installation: programs that are to trust it have to be started again"));
    return writeCaBundle(bundle(), authority->certificatePath(), currentEnvironment());
}

Result<void> InstalledCa::remove()
{
    if (QFile file(bundle()); file.exists() && !file.remove()) {
        return tl::unexpected(
            Error{ErrorCode::Io, QStringLiteral("Cannot delete %1. Delete it by hand.").arg(bundle())});
    }
    if (auto removed = tls::CertificateAuthority::remove(m_folder); !removed)
        return removed;
    say(QStringLiteral("removed the CA of this installation"));
    return {};
}

std::optional<CaFacts> InstalledCa::facts() const
{
    const auto authority = tls::CertificateAuthority::load(m_folder);
    return authority && *authority ? std::optional(factsOf(**authority)) : std::nullopt;
}

void InstalledCa::tell(const std::optional<proxy::Interception> &opened, LaunchInputs &launch) const
{
    launch.isIntercepting = opened.has_value();
    launch.caCertificate = opened ? opened->authority.certificatePath() : QString();
    launch.caBundle = opened ? bundle() : QString();
    launch.opened.clear();
    if (!opened)
        return;
    for (const std::string &host : opened->patterns)
        launch.opened.append(QString::fromStdString(host));
}

} // namespace hookscope
