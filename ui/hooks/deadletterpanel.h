#pragma once

#include "ui/hooks/deadlettermodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace hookscope {

// What was given up: of one hook or all, filtered in the language of the table (each event by itself), to be
// sent again or removed. The filter is the outbox's to apply, so that it holds beyond what is listed. What is
// wrong in the filter's line is said, and the last one that was right stays in force.
class DeadLetterPanel final : public QWidget {
    Q_OBJECT
public:
    static constexpr int mostListed = 1000;

    explicit DeadLetterPanel(QWidget *parent = nullptr);

public slots:
    void setHooks(const QStringList &names); // to choose from
    void showLetters(const QList<hookscope::DeadLetter> &letters);
    void list(); // asks for them, if it is visible
    void listSoon(); // what changes in steps is asked for once

signals:
    void listRequested(const hookscope::DeadLetterChoice &choice, int limit);
    // Those that are selected; else all that the filter holds for, also such as are not listed.
    void resendRequested(const hookscope::DeadLetterChoice &choice);
    // Those that are selected; else all that are listed, and no other.
    void discardRequested(const hookscope::DeadLetterChoice &choice);

private:
    QWidget *makeTop();
    void takeFilter();
    void updateActions();
    DeadLetterChoice filtered() const;
    QList<qint64> selectedSequences() const;
    void resend();
    void discard();

    DeadLetterModel m_letters;
    Filter m_filter;
    QComboBox *m_hook;
    QLineEdit *m_line;
    QLabel *m_problem;
    QLabel *m_note;
    QPushButton *m_resend;
    QPushButton *m_discard;
    QTableView *m_view;
    QTimer m_listSoon;
};

} // namespace hookscope
