#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QTextCursor;
class QTextDocument;

namespace hookscope {

// Looks for a text in a read-only text view, whose Ctrl+F, F3 and Shift+F3 it takes over; Escape closes it.
// The view is a QPlainTextEdit or a QTextEdit. Main thread; below or above the view in one layout.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QWidget *view, QWidget *parent = nullptr);

public slots:
    void open();
    void findNext();
    void findPrevious();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find(bool isBackward, bool isFromHere);
    void close();

    QWidget *m_view;
    QLineEdit *m_text;
    QLabel *m_outcome;
};

} // namespace hookscope
