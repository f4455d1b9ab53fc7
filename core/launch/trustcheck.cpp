#include "core/launch/trustcheck.h"

#include "core/launch/trustattempt.h"
#include "core/tls/certificateauthority.h"
#include "core/tls/certificatemaking.h"
#include "core/tls/leafcertificates.h"

#include <QFileInfo>
#include <algorithm>

namespace hookscope {

TrustCheck::TrustCheck(QObject *parent)
    : TrustCheck(Limits(), parent)
{
}

TrustCheck::TrustCheck(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{
}

TrustCheck::~TrustCheck() = default;

void TrustCheck::run()
{
    if (m_waiting > 0)
        return;
    if (!m_inputs.isIntercepting) {
        emit finished(
            {tr("The HTTPS of no host is opened, so that clients need no certificate of Hookscope's, and "
                "are told of none."),
             {}});
        return;
    }
    const Environment current = currentEnvironment();
    runIn(QFileInfo(m_inputs.caCertificate).path(),
          applied(current, clientEnvironment(m_inputs, current).changes));
}

void TrustCheck::runIn(const QString &caFolder, const Environment &environment)
{
    if (m_waiting > 0)
        return;
    m_report = {};
    const auto authority = tls::CertificateAuthority::load(caFolder);
    if (!authority) {
        emit finished({authority.error().text, {}});
        return;
    }
    if (!*authority) {
        emit finished({tr("There is no CA yet: it is made when the HTTPS of a first host is opened."), {}});
        return;
    }
    const std::vector<std::string> hosts = (*authority)->permittedHosts();
    const auto host = std::find_if_not(hosts.begin(), hosts.end(), tls::isIpAddress);
    if (host == hosts.end()) { // TLS names no addresses
        emit finished({tr("The CA permits no host that has a name, so that programs cannot be tried."), {}});
        return;
    }
    tls::LeafCertificates leaves(**authority);
    const auto shown = leaves.contextFor(*host);
    if (!shown) {
        emit finished({QString::fromStdString(shown.error()), {}});
        return;
    }
    begin(*shown, QString::fromStdString(*host), environment);
}

void TrustCheck::begin(const std::shared_ptr<SSL_CTX> &shown, const QString &host,
                       const Environment &environment)
{
    const QList<TrustProbe> probes = trustProbes();
    m_waiting = probes.size();
    m_report.results.resize(probes.size());
    for (qsizetype place = 0; place < probes.size(); ++place) {
        auto *attempt = new TrustAttempt(probes[place], shown, this);
        connect(attempt, &TrustAttempt::ended, this, [this, attempt, place](const TrustResult &result) {
            attempt->deleteLater();
            note(place, result);
        });
        attempt->start(host, environment,
                       probes[place].isCompiled ? m_limits.compilerMs : m_limits.programMs);
    }
}

void TrustCheck::note(qsizetype place, const TrustResult &result)
{
    m_report.results[place] = result;
    --m_waiting;
    emit checked(result);
    if (m_waiting == 0)
        emit finished(m_report);
}

} // namespace hookscope
