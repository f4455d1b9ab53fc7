#pragma once

#include "core/events/event.h"
#include "core/launch/shellscript.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace hookscope {

// How to attach one kind of client: what to paste, and where.
struct Recipe {
    QString label; // the sandbox under which it appears, if the person chose none; lower case
    QString title;
    QString note; // one sentence
    QString certificate; // whether it needs one; one sentence
    QString lines; // to copy, as they are
    QStringList agents; // how its requests begin their User-Agent, in lower case
    QStringList words; // what else a search for it may say
    bool takesEnvironment = true; // false: only its own configuration leads it here

    friend bool operator==(const Recipe &, const Recipe &) = default;
};

// http://HOST:PORT as a client on this machine reaches it: an IPv6 address in brackets, and the loopback
// address for one that stands for all.
QString clientUrl(const QString &host, quint16 port);

// For clients that are to appear under the sandbox of `inputs`; empty: each under its recipe's label.
// `program` is this program, as a shell finds it.
QList<Recipe> recipes(const LaunchInputs &inputs, Shell shell, const QString &program);

// Whether a request is from such a client: by its label, or by what it says of itself. `sandbox`: that of the
// inputs.
bool isFrom(const Started &request, const Recipe &recipe, const QString &sandbox);

// What its sender is called: the first word of the User-Agent without its version, else the process.
QString senderOf(const Started &request);

// Whether all words of `search` are in what is said of the recipe.
bool isFound(const Recipe &recipe, const QString &search);

} // namespace hookscope
