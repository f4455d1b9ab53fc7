#pragma once

#include "core/hooks/hooktarget.h"

#include <QWidget>

class QLineEdit;
class QSpinBox;

namespace hookscope {

class QuantityEdit;

// Which program gets the events, and what it may take.
class ProgramTargetEditor final : public QWidget {
    Q_OBJECT
public:
    explicit ProgramTargetEditor(QWidget *parent = nullptr);

    void setTarget(const ExecTarget &target);
    ExecTarget target() const;

signals:
    void changed();

private:
    QStringList m_initial; // which the line cannot say in all cases, as with an empty word
    QLineEdit *m_command;
    QuantityEdit *m_timeout; // milliseconds
    QuantityEdit *m_memory; // MiB
    QSpinBox *m_atOnce;
};

} // namespace hookscope
