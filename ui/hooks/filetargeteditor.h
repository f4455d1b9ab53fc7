#pragma once

#include "core/hooks/hooktarget.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace hookscope {

class QuantityEdit;

// Which file events are appended to, and when it is put aside.
class FileTargetEditor final : public QWidget {
    Q_OBJECT
public:
    explicit FileTargetEditor(QWidget *parent = nullptr);

    void setTarget(const FileTarget &target);
    FileTarget target() const;

signals:
    void changed();

private:
    void browse();
    bool isRotated() const;
    void showRotation();

    QLineEdit *m_path;
    QCheckBox *m_atSize;
    QuantityEdit *m_size; // bytes
    QCheckBox *m_atAge;
    QuantityEdit *m_age; // seconds
    QWidget *m_kept; // the two below
    QSpinBox *m_keep;
    QCheckBox *m_compress;
};

} // namespace hookscope
