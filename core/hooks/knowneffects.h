#pragma once

#include "core/hooks/hook.h"

#include <QSet>
#include <QString>

namespace hookscope {

// What a hook does outside of this program: where it sends what, which file it writes, which program it runs,
// which secrets it gives to whom. One line each, for comparing, not for people.
QStringList effectsOf(const Hook &hook);

// What hooks may do on this machine without being asked about: what its user typed, saved or agreed to. A
// hook set from elsewhere adds nothing by being opened. A file of hashes with the machine's id: a copy is of
// no use elsewhere, and no URL is in it. Main thread.
class KnownEffects {
public:
    static constexpr qsizetype mostKept = 5000;

    // An empty path: everything is known. A file that cannot be read counts as empty.
    explicit KnownEffects(const QString &path);

    bool knows(const Hook &hook) const;

    // On disk at once; the error is for people, and they are known until the end of the program all the same.
    Result<void> learn(const QList<Hook> &hooks);

private:
    static QString hashOf(const QString &effect);

    QString m_path;
    QSet<QString> m_known;
};

} // namespace hookscope
