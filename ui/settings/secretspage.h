#pragma once

#include "core/settings/settings.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace hookscope {

// The settings' page about credentials that clients need not hold: which secret goes where, for whom, and a
// way to put its value into the keyring, which is the only place where it is kept. Main thread.
class SecretsPage final : public QWidget {
    Q_OBJECT
public:
    explicit SecretsPage(QWidget *parent = nullptr);

    void fill(const Settings &settings);
    void apply(Settings &settings) const;

    void showStored(const QString &fault); // empty: it is in the keyring

signals:
    void changed();
    void storeRequested(const QString &name, const QString &value);

private:
    QWidget *keyringGroup();
    void store();
    void updateButton();

    QPlainTextEdit *m_secrets;
    QPlainTextEdit *m_sandboxes;
    QLineEdit *m_name;
    QLineEdit *m_value;
    QPushButton *m_store;
    QLabel *m_outcome;
};

} // namespace hookscope
