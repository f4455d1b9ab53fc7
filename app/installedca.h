#pragma once

#include "core/launch/clientenvironment.h"
#include "core/proxy/interception.h"
#include "core/tls/cafacts.h"

namespace hookscope {

// This installation's CA with the bundle for clients beside it, in one folder. It is made when the first
// hosts are opened, and made anew, renewed or removed as the rest of the program asks; stderr hears of it.
// Main thread.
class InstalledCa {
public:
    explicit InstalledCa(const QString &folder)
        : m_folder(folder)
    {
    }

    // For tunnels to hosts of these patterns (`llm` among them); none for no patterns. The CA is made if
    // there is none for them. The errors are of reading or writing its files.
    Result<std::optional<proxy::Interception>> open(std::vector<std::string> patterns,
                                                    const std::vector<llm::LlmDomain> &domains);

    // A new one in its place, which permits the same hosts and these.
    Result<void> renew(std::vector<std::string> patterns, const std::vector<llm::LlmDomain> &domains);

    // Key, certificate and bundle.
    Result<void> remove();

    std::optional<CaFacts> facts() const; // of the one that is there

    // Whether open() or renew() made one since this was last asked.
    bool takeWasMade() { return std::exchange(m_wasMade, false); }

    // What clients are to be told while that is opened.
    void tell(const std::optional<proxy::Interception> &opened, LaunchInputs &launch) const;

private:
    QString bundle() const { return m_folder + QStringLiteral("/bundle.pem"); }

    QString m_folder;
    bool m_wasMade = false;
};

} // namespace hookscope
