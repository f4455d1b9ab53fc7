#pragma once

#include "core/events/redact.h"
#include "core/launch/attachcheck.h"
#include "core/launch/terminal.h"
#include "core/launch/trustresult.h"
#include "ui/connect/recipes.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hookscope {

class ConnectCard;
class TrustList;

// What a new person sees in place of an empty table: where Hookscope listens, and a card for each kind of
// client: what to paste, a terminal that is ready, and whether it is connected. Main thread.
class ConnectPage final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectPage(QWidget *parent = nullptr);

    // `inputs` without a label.
    void showListening(const LaunchInputs &inputs);

    // Whether there is a table to go back to.
    void setBackAvailable(bool available);

    // None: no button for it. As it is found on this machine, unless told otherwise.
    void setTerminal(const std::optional<Terminal> &terminal);

    // Requests that began since the start, of which those of a card's client make it connected.
    void take(const EventBatch &batch);

    void showCheck(const AttachCheck &check);
    void addTrust(const TrustResult &result); // of a check that goes on
    void showTrust(const TrustReport &report); // it is done

signals:
    void backRequested();
    // A request is to be sent by each way that a client has; the answer is shown by showCheck().
    void testRequested();
    // The same for programs of this machine and our certificates: addTrust(), and at last showTrust().
    void trustRequested();

private:
    QWidget *makeTop();
    void setupCards();
    void refresh();
    void search();
    void openTerminalFor(const QString &label);
    LaunchInputs inputsFor(const QString &label) const;

    LaunchInputs m_inputs;
    bool m_isListening = false;
    std::optional<Terminal> m_terminal;
    QLabel *m_heading;
    QLabel *m_explanation;
    QLabel *m_checked;
    TrustList *m_trusted;
    QLineEdit *m_search;
    QComboBox *m_shell;
    QLineEdit *m_sandbox;
    QPushButton *m_test;
    QPushButton *m_trust;
    QPushButton *m_back;
    QLabel *m_nothingFound;
    QWidget *m_cardArea;
    QList<ConnectCard *> m_cards; // in the order of the recipes
};

} // namespace hookscope
