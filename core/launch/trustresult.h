#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace hookscope {

// Whether one program of this machine would accept our certificates.
struct TrustResult {
    enum class State { Accepts, Refuses, NotInstalled, NotTried };

    QString program; // as it is called: node, bun, python3, curl, go, git
    State state = State::NotTried;
    QString path; // where it was found
    QString words; // one line: the program's own of a refusal, else why it was not tried

    friend bool operator==(const TrustResult &, const TrustResult &) = default;
};

// `fault`: a sentence, if nothing was tried because there is no CA to accept.
struct TrustReport {
    QString fault;
    QList<TrustResult> results;

    friend bool operator==(const TrustReport &, const TrustReport &) = default;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::TrustResult)
Q_DECLARE_METATYPE(hookscope::TrustReport)
