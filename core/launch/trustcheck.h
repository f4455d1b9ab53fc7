#pragma once

#include "core/launch/clientenvironment.h"
#include "core/launch/trustresult.h"

#include <QObject>
#include <memory>
#include <openssl/ssl.h>

namespace hookscope {

class TrustAttempt;

// Has each of the programs that clients are made of, as far as it is installed, connect by TLS to a server on
// loopback that shows a certificate of this installation's CA for a host that the CA permits, in the
// environment that clients are started with. No name is looked up, no shell is used, nothing leaves this
// machine. Each program has a time limit, at which it is killed with all that it started. Main thread, which
// is not held up.
class TrustCheck final : public QObject {
    Q_OBJECT
public:
    struct Limits {
        int programMs = 10'000;
        int compilerMs = 90'000; // of go, which first compiles what it needs of its library
    };

    explicit TrustCheck(QObject *parent = nullptr);
    TrustCheck(const Limits &limits, QObject *parent);
    ~TrustCheck() override;

    void setInputs(const LaunchInputs &inputs) { m_inputs = inputs; }

    // In that environment and no other; the CA is the one in `caFolder`.
    void runIn(const QString &caFolder, const Environment &environment);

public slots:
    void run(); // in the environment for the inputs; nothing if it runs already

signals:
    void checked(const hookscope::TrustResult &result); // as soon as it is known, in no order
    void finished(const hookscope::TrustReport &report); // in the order of trustProbes()

private:
    void begin(const std::shared_ptr<SSL_CTX> &shown, const QString &host, const Environment &environment);
    void note(qsizetype place, const TrustResult &result);

    LaunchInputs m_inputs;
    Limits m_limits;
    TrustReport m_report;
    qsizetype m_waiting = 0;
};

} // namespace hookscope
