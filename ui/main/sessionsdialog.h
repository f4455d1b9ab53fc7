#pragma once

#include "core/events/sessions.h"

#include <QDialog>
#include <QList>

class QLabel;
class QPushButton;
class QTableWidget;

namespace hookscope {

// The saved sessions, to open one or to delete some. It shows what it is told, and asks by signals. Main
// thread.
class SessionsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SessionsDialog(QWidget *parent = nullptr);

public slots:
    void showSessions(const QList<hookscope::SessionInfo> &sessions);
    void showFault(const QString &text); // empty: none

signals:
    void openRequested(const QString &name);
    void removeRequested(const QString &name);

private:
    QString selected() const; // empty if none
    void open();
    void remove();
    void updateButtons();

    QTableWidget *m_table;
    QLabel *m_text;
    QPushButton *m_open;
    QPushButton *m_remove;
};

} // namespace hookscope
