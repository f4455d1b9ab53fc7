#pragma once

#include <QStringList>
#include <QVector>

namespace hookscope {

// One line of the way from one text to another.
struct DiffLine {
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    QString text;

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

// The shortest way (Myers, 1986), as far as it takes no more than `mostChanges` changed lines between the
// first and the last that differ; of texts that differ more, all in between is removed and added. Any thread;
// takes (lines + mostChanges²) in time and memory.
QVector<DiffLine> diffLines(const QStringList &from, const QStringList &to, int mostChanges = 2000);

} // namespace hookscope
