#pragma once

#include "ui/connect/recipes.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace hookscope {

// What a new person sees in place of an empty table: where Hookscope listens, and what to paste into
// which client, each with a Copy button.
class ConnectPage final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectPage(QWidget *parent = nullptr);

    void showListening(const QString &host, quint16 port);

    // Whether there is a table to go back to.
    void setBackAvailable(bool available);

signals:
    void backRequested();

private:
    struct Card {
        QWidget *frame = nullptr;
        QLabel *note = nullptr;
        QPlainTextEdit *lines = nullptr;
    };

    Card makeCard(const Recipe &recipe);
    void setupCards();
    void refresh();

    QString m_host;
    quint16 m_port = 0;
    QLabel *m_heading;
    QLabel *m_explanation;
    QLineEdit *m_sandbox;
    QPushButton *m_back;
    QWidget *m_cardArea;
    QList<Card> m_cards;
};

} // namespace hookscope
