#include "ui/hooks/programtargeteditor.h"

#include "ui/hooks/hooktexts.h"
#include "ui/hooks/quantityedit.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QProcess>
#include <QSpinBox>
#include <QVBoxLayout>

namespace hookscope {

ProgramTargetEditor::ProgramTargetEditor(QWidget *parent)
    : QWidget(parent)
    , m_command(new QLineEdit)
    , m_timeout(
          new QuantityEdit(QuantityEdit::milliseconds(), 1, ExecTarget::longestTimeoutMs, tr("Longest time")))
    , m_memory(new QuantityEdit(QuantityEdit::mebibytes(), ExecTarget::leastMemoryMb,
                                ExecTarget::mostMemoryMb, tr("Most memory")))
    , m_atOnce(new QSpinBox)
{
    m_command->setObjectName(QStringLiteral("hookCommand"));
    m_command->setPlaceholderText(tr("/absolute/path \"an argument\""));
    m_command->setAccessibleName(tr("Program and arguments"));
    m_command->setToolTip(
        tr("Gets each event as a line of JSON on its standard input. No shell is between: words are "
           "parted by spaces, and quotes keep them together"));
    m_timeout->setObjectName(QStringLiteral("hookTimeout"));
    m_timeout->setToolTip(tr("It is ended, with all that it started, if it takes longer for one event"));
    m_memory->setObjectName(QStringLiteral("hookMemory"));
    m_memory->setToolTip(tr("Of address space, for each run"));
    m_atOnce->setObjectName(QStringLiteral("hookAtOnce"));
    m_atOnce->setRange(1, ExecTarget::mostAtOnce);
    m_atOnce->setAccessibleName(tr("Runs at once"));
    m_atOnce->setToolTip(tr("With 1, events are handled in their order"));
    auto *form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Longest time:"), m_timeout);
    form->addRow(tr("Most memory:"), m_memory);
    form->addRow(tr("Runs at once:"), m_atOnce);
    m_atOnce->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_command);
    layout->addLayout(form);
    setFocusProxy(m_command);
    setTarget({});

    connect(m_command, &QLineEdit::textChanged, this, &ProgramTargetEditor::changed);
    connect(m_timeout, &QuantityEdit::changed, this, &ProgramTargetEditor::changed);
    connect(m_memory, &QuantityEdit::changed, this, &ProgramTargetEditor::changed);
    connect(m_atOnce, &QSpinBox::valueChanged, this, &ProgramTargetEditor::changed);
}

void ProgramTargetEditor::setTarget(const ExecTarget &target)
{
    m_initial = target.command;
    m_command->setText(commandLine(target.command));
    m_timeout->setValue(target.timeoutMs);
    m_memory->setValue(target.memoryMb);
    m_atOnce->setValue(target.atOnce);
}

ExecTarget ProgramTargetEditor::target() const
{
    ExecTarget target;
    target.command =
        m_command->text() == commandLine(m_initial) ? m_initial : QProcess::splitCommand(m_command->text());
    target.timeoutMs = static_cast<int>(m_timeout->value());
    target.memoryMb = static_cast<int>(m_memory->value());
    target.atOnce = m_atOnce->value();
    return target;
}

} // namespace hookscope
