#pragma once

#include "ui/live/callreading.h"
#include "ui/text/linediff.h"

#include <QDialog>

class QLabel;
class QTextBrowser;

namespace hookscope {

// The prompts of two calls, line by line: what the second asks that the first does not, and the other way
// round; what is alike is folded. Read and compared on another thread. Deletes itself when it is closed.
class CompareWindow final : public QDialog {
    Q_OBJECT
public:
    // `names`: what the two are called in the title.
    CompareWindow(const CallTexts &from, const CallTexts &to, const QString &fromName, const QString &toName,
                  QWidget *parent = nullptr);

signals:
    void compared();

private:
    void show(const QVector<DiffLine> &lines);

    QLabel *m_note;
    QTextBrowser *m_text;
};

// What the two ask: a heading for each part, then its lines. Any thread.
QVector<DiffLine> compareCalls(const CallTexts &from, const CallTexts &to);

} // namespace hookscope
