#pragma once

#include "ui/connect/recipes.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace hookscope {

// One kind of client on the connect page: its lines with a Copy button, a button that opens a terminal, and
// whether such a client was seen. Main thread.
class ConnectCard final : public QFrame {
    Q_OBJECT
public:
    explicit ConnectCard(QWidget *parent = nullptr);

    const Recipe &recipe() const { return m_recipe; }
    void show(const Recipe &recipe);
    using QFrame::show;

    // The button is there only for clients that take an environment.
    void setTerminalAvailable(bool available);

    // Of this client, most recent sender last; adds up.
    void noteRequests(const QString &sender, quint64 count);
    void forgetRequests();

signals:
    void terminalRequested(const QString &label);

private:
    void refreshState();

    Recipe m_recipe;
    bool m_isTerminalAvailable = false;
    QString m_sender;
    quint64 m_requests = 0;
    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_note;
    QLabel *m_certificate;
    QPlainTextEdit *m_lines;
    QPushButton *m_terminal;
    QPushButton *m_copy;
};

} // namespace hookscope
