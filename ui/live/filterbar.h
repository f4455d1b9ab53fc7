#pragma once

#include "ui/live/livefilter.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;

namespace hookscope {

// The line above the live table: filter text, LLM calls only, how many are shown, pause and clear. It
// owns the actions, so that menus can show the same ones. Typing is taken in after a short rest.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    static constexpr int typingRestMs = 120;

    explicit FilterBar(QWidget *parent = nullptr);

    LiveFilter filter() const;
    void setText(const QString &text);
    void focusText();
    void showCounts(quint64 shown, quint64 all, quint64 waiting);

    QAction *llmOnlyAction() const { return m_llmOnly; }
    QAction *pauseAction() const { return m_pause; }
    QAction *clearAction() const { return m_clear; }

signals:
    void filterChanged(const hookscope::LiveFilter &filter);
    void left(); // Escape in the empty line, or Return: the table's turn

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupActions();
    void announce();

    QLineEdit *m_text;
    QLabel *m_counts;
    QAction *m_llmOnly;
    QAction *m_pause;
    QAction *m_clear;
    QTimer m_typing;
};

} // namespace hookscope
