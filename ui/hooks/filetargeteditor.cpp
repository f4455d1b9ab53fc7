#include "ui/hooks/filetargeteditor.h"

#include "ui/hooks/quantityedit.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace hookscope {

namespace {

constexpr qint64 usualBytes = 100 << 20;
constexpr int usualAgeS = 24 * 3600;

} // namespace

FileTargetEditor::FileTargetEditor(QWidget *parent)
    : QWidget(parent)
    , m_path(new QLineEdit)
    , m_atSize(new QCheckBox(tr("Put it aside at")))
    , m_size(new QuantityEdit(QuantityEdit::bytes(), FileRotation::leastBytes, FileRotation::mostBytes,
                              tr("Size")))
    , m_atAge(new QCheckBox(tr("Put it aside after")))
    , m_age(new QuantityEdit(QuantityEdit::seconds(), FileRotation::leastAgeS, FileRotation::mostAgeS,
                             tr("Age")))
    , m_kept(new QWidget)
    , m_keep(new QSpinBox)
    , m_compress(new QCheckBox(tr("compressed (zstd)")))
{
    m_path->setObjectName(QStringLiteral("hookPath"));
    m_path->setPlaceholderText(tr("Absolute path of the file"));
    m_path->setAccessibleName(tr("File path"));
    m_path->setToolTip(tr("Each event is appended as one line of JSON"));
    auto *browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    auto *file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(browseButton);

    const QString tip = tr("The file is renamed to PATH.1, the earlier one to PATH.2, …, and begun anew");
    m_atSize->setObjectName(QStringLiteral("hookAtSize"));
    m_atSize->setToolTip(tip);
    m_size->setObjectName(QStringLiteral("hookSize"));
    m_atAge->setObjectName(QStringLiteral("hookAtAge"));
    m_atAge->setToolTip(tip);
    m_age->setObjectName(QStringLiteral("hookAge"));
    m_keep->setObjectName(QStringLiteral("hookKeep"));
    m_keep->setRange(1, FileRotation::mostKept);
    m_keep->setAccessibleName(tr("Files kept"));
    m_keep->setToolTip(tr("Of those put aside; older ones are deleted"));
    m_compress->setObjectName(QStringLiteral("hookCompress"));
    auto *kept = new QHBoxLayout(m_kept);
    kept->setContentsMargins(0, 0, 0, 0);
    kept->addWidget(new QLabel(tr("Keep")));
    kept->addWidget(m_keep);
    kept->addWidget(new QLabel(tr("of them,")));
    kept->addWidget(m_compress);
    kept->addStretch(1);

    auto *rotation = new QGridLayout;
    rotation->addWidget(m_atSize, 0, 0);
    rotation->addWidget(m_size, 0, 1);
    rotation->addWidget(m_atAge, 1, 0);
    rotation->addWidget(m_age, 1, 1);
    rotation->setColumnStretch(2, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(file);
    layout->addLayout(rotation);
    layout->addWidget(m_kept);
    setFocusProxy(m_path);
    setTarget({});

    connect(browseButton, &QPushButton::clicked, this, &FileTargetEditor::browse);
    connect(m_path, &QLineEdit::textChanged, this, &FileTargetEditor::changed);
    for (QCheckBox *box : {m_atSize, m_atAge, m_compress})
        connect(box, &QCheckBox::toggled, this, [this] {
            showRotation();
            emit changed();
        });
    connect(m_size, &QuantityEdit::changed, this, &FileTargetEditor::changed);
    connect(m_age, &QuantityEdit::changed, this, &FileTargetEditor::changed);
    connect(m_keep, &QSpinBox::valueChanged, this, &FileTargetEditor::changed);
}

void FileTargetEditor::setTarget(const FileTarget &target)
{
    const FileRotation rotation = target.rotation.value_or(FileRotation());
    m_path->setText(target.path);
    m_atSize->setChecked(rotation.maxBytes > 0);
    m_size->setValue(rotation.maxBytes > 0 ? rotation.maxBytes : usualBytes);
    m_atAge->setChecked(rotation.maxAgeS > 0);
    m_age->setValue(rotation.maxAgeS > 0 ? rotation.maxAgeS : usualAgeS);
    m_keep->setValue(rotation.keep);
    m_compress->setChecked(rotation.isCompressed);
    showRotation();
}

FileTarget FileTargetEditor::target() const
{
    FileTarget target{m_path->text(), {}};
    if (isRotated()) {
        target.rotation = FileRotation{m_atSize->isChecked() ? m_size->value() : 0,
                                       m_atAge->isChecked() ? static_cast<int>(m_age->value()) : 0,
                                       m_keep->value(), m_compress->isChecked()};
    }
    return target;
}

bool FileTargetEditor::isRotated() const
{
    return m_atSize->isChecked() || m_atAge->isChecked();
}

void FileTargetEditor::showRotation()
{
    m_size->setEnabled(m_atSize->isChecked());
    m_age->setEnabled(m_atAge->isChecked());
    m_kept->setVisible(isRotated());
}

void FileTargetEditor::browse()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("File to Append Events To"), m_path->text(),
                                                      tr("JSON lines (*.jsonl);;All files (*)"), nullptr,
                                                      QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        m_path->setText(path);
}

} // namespace hookscope
