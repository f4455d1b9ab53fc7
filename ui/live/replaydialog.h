#pragma once

#include "core/replay/replayplan.h"

#include <QDialog>
#include <QList>

class QLineEdit;

namespace hookscope {

// Asks whether a request is to be sent once more, and for the credentials that it needs, which are not kept:
// neither by Hookscope nor by the dialog.
class ReplayDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ReplayDialog(const ReplayPlan &plan, QWidget *parent = nullptr);

    std::vector<std::string> credentials() const; // in the plan's order

private:
    QList<QLineEdit *> m_credentials;
};

} // namespace hookscope
