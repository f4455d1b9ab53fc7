#pragma once

#include <QLineEdit>

class QCompleter;
class QKeyEvent;

namespace hookscope {

// The line that a filter is typed in. A wrong part is underlined in place. While the popup of suggestions
// is open it leaves the keys that choose one to it. Main thread.
class FilterLine final : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget *parent = nullptr);

    // Underlines that many characters from there on, at least one where there is one; none takes it away.
    void showWrong(int position, int length);
    void showRight();

    void setPopupOf(const QCompleter *completer) { m_completer = completer; }

signals:
    void focused();

protected:
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    bool isForPopup(const QKeyEvent *event) const;
    void setFormats(int position, int length);

    const QCompleter *m_completer = nullptr;
    bool m_isWrong = false;
};

} // namespace hookscope
