#pragma once

#include <QList>
#include <QString>

namespace hookscope {

// How to attach one kind of client: what to paste, and where.
struct Recipe {
    QString title;
    QString note; // one sentence
    QString lines; // to copy, as they are

    friend bool operator==(const Recipe &, const Recipe &) = default;
};

// http://HOST:PORT as a client on this machine reaches it: an IPv6 address in brackets, and the loopback
// address for one that stands for all.
QString clientUrl(const QString &host, quint16 port);

// For a client that is to appear under `sandbox`; empty: under the default label.
QList<Recipe> recipes(const QString &host, quint16 port, const QString &sandbox);

} // namespace hookscope
