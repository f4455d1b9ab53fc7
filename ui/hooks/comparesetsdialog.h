#pragma once

#include "core/hooks/hookset.h"
#include "core/hooks/setdifference.h"
#include "ui/text/linediff.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QTableView;

namespace hookscope {

// How a hook set differs from the open one, hook by hook: what is only here, only there, or other; beside it
// both texts, line by line. Shows only; deletes itself when it is closed.
class CompareSetsDialog final : public QDialog {
    Q_OBJECT
public:
    // The names are those of the files.
    CompareSetsDialog(const QList<Hook> &here, const QString &hereName, const HookSet &there,
                      const QString &thereName, QWidget *parent = nullptr);

private:
    QWidget *makeTable(const QString &hereName, const QString &thereName);
    QWidget *makeTexts(const QString &hereName, const QString &thereName);
    QString summary(qsizetype badThere) const;
    void showHook(int row);

    SetDifference m_difference;
    QTableView *m_table = nullptr;
    QPlainTextEdit *m_here = nullptr;
    QPlainTextEdit *m_there = nullptr;
};

} // namespace hookscope
