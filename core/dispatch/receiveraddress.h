#pragma once

#include <QHostAddress>
#include <QString>

namespace hookscope {

// Where an address leads, by the registries of special-purpose addresses (RFC 6890) and what clouds use. An
// IPv4 address within an IPv6 one counts as the IPv4 address.
enum class Reach {
    Public,
    Private, // of this machine or a network of the user's own
    Forbidden, // link-local, a cloud's metadata service, multicast, broadcast, "any": never a receiver
};

Reach reachOf(const QHostAddress &address);

// Whether `host`, as the user typed it, names a private receiver itself: a private address, or this machine's
// own name (localhost).
bool namesPrivate(const QString &host);

// Why nothing is sent there, a sentence; empty: it may be. A name leads to a private address only by the
// user's leave, lest whoever serves the name points it at what only this machine can reach.
QString refusalOf(const QString &host, const QHostAddress &address, bool isPrivateAllowed);

} // namespace hookscope
