#pragma once

#include "core/launch/clientenvironment.h"

#include <QByteArray>

namespace hookscope {

// How one program is had to open a TLS connection to a server on loopback under the name of a host, without
// looking that name up, and to send a request through it.
struct TrustProbe {
    QStringList names; // of the program: the first one that is there
    QStringList arguments; // with %port%, %host% and %source%
    QByteArray source; // of a file that %source% names; empty: none is needed
    QString lead; // of the line of stderr that says why it refused
    bool isCompiled = false; // which takes longer
};

QList<TrustProbe> trustProbes(); // node, bun, python3, curl, go, git

// The arguments for that port, host and source file.
QStringList argumentsOf(const TrustProbe &probe, quint16 port, const QString &host, const QString &source);

// A client's environment without what says which way it goes: only what it trusts is asked. Nothing is asked
// of people or fetched.
Environment trustProbeEnvironment(Environment environment);

// The line of what a program wrote that tells most, without the lead of our own scripts, cut if it is long.
QString tellingLine(const QByteArray &written, const QString &lead);

} // namespace hookscope
