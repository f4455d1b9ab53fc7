#pragma once

#include "core/formats/exchangewriter.h"
#include "ui/files/exportscope.h"

#include <QDialog>

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hookscope {

// Asks what is to be exported, in which format, into which file. The counts of the scopes follow the table
// while it is open. Main thread.
class ExportDialog final : public QDialog {
    Q_OBJECT
public:
    // folder: where the proposed file is.
    explicit ExportDialog(const QString &folder, QWidget *parent = nullptr);

    void setCounts(const ExportCounts &counts);
    void setScope(ExportScope scope);

    ExportScope scope() const;
    ExportFormat format() const;
    QString path() const; // absolute

private:
    void setupFormats();
    void setupLayout();
    void followFormat();
    void browse();
    void check();

    ExportCounts m_counts;
    QComboBox *m_formats;
    QButtonGroup *m_scopes;
    QLineEdit *m_path;
    QLabel *m_note; // on the format
    QLabel *m_remark; // on the file
    QPushButton *m_accept = nullptr;
};

} // namespace hookscope
