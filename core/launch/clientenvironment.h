#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>

namespace hookscope {

using Environment = QMap<QString, QString>;

// What a client's environment is made of. `host` is where the proxy listens.
struct LaunchInputs {
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 8790;
    QString sandbox; // label of what the client sends; empty: the proxy's default
    bool isIntercepting = false; // HTTPS of some hosts is opened; needs the two files
    QStringList opened; // which hosts, by name or as *.DOMAIN (it and all below it)
    QString caCertificate; // PEM of our certificate authority alone
    QString caBundle; // PEM of the system's authorities and ours (cabundle.h)

    friend bool operator==(const LaunchInputs &, const LaunchInputs &) = default;
};

// In order: one that is copied is so before the next overwrites it.
struct VariableChange {
    QString name;
    std::optional<QString> value; // none: it is removed
    QString from = {}; // the variable whose value it takes over: what the user had is moved, never printed

    friend bool operator==(const VariableChange &, const VariableChange &) = default;
};

// `warnings` are sentences for stderr, not translated: what of the user's own environment keeps requests from
// being seen, or was kept.
struct ClientEnvironment {
    QList<VariableChange> changes;
    QStringList warnings;
};

// Name and address for clients on this machine: 127.0.0.1:8790, [::1]:8790; an address that stands for all is
// replaced by loopback's.
QString clientAuthority(const QString &host, quint16 port);

// The variables that lead a client to the proxy. Proxy variables always; base URLs of the providers whose
// hosts are not opened, since a client that speaks TLS to an opened one through the proxy is seen whole,
// unaltered; certificates only if something is opened. A base URL of the user's own is kept, with all that
// are read beside it. NO_PROXY is kept; beside base URLs it gets the proxy's own address with its port.
// HOOKSCOPE_ENV lists what was set and HOOKSCOPE_BEFORE_NAME holds what was replaced, so that it can be taken
// back and a second time starts from what the user had. Pure; any thread.
ClientEnvironment clientEnvironment(const LaunchInputs &inputs, const Environment &current);

// The changes that take back what HOOKSCOPE_ENV of `current` lists; none if nothing was set.
QList<VariableChange> undoEnvironment(const Environment &current);

Environment currentEnvironment(); // of this process

Environment applied(Environment environment, const QList<VariableChange> &changes);

// Whether the HTTPS of that host, in lower case, is opened.
bool isOpened(const LaunchInputs &inputs, const QString &host);

// The names that clientEnvironment() can set, except for HOOKSCOPE_*.
QStringList knownVariables();

} // namespace hookscope
