#include "ui/live/replaydialog.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace hookscope {

ReplayDialog::ReplayDialog(const ReplayPlan &plan, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Send Again"));
    auto *what = new QLabel(visible(std::string_view(plan.method + ' ' + plan.url)));
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    QFont bold = what->font();
    bold.setBold(true);
    what->setFont(bold);
    auto *note = new QLabel(
        tr("The request is sent once more, with %1 of body, by the route that leads to its host. It "
           "may cost money and do again what it did. Its row has the sandbox “%2”.")
            .arg(bytesText(plan.body.size()),
                 QString::fromUtf8(replaySandbox.data(), static_cast<qsizetype>(replaySandbox.size()))));
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);

    auto *form = new QFormLayout;
    for (const std::string &name : plan.credentials) {
        auto *line = new QLineEdit;
        line->setEchoMode(QLineEdit::Password);
        line->setPlaceholderText(tr("Not kept: type or paste it"));
        line->setAccessibleName(visible(std::string_view(name)));
        form->addRow(visible(std::string_view(name)) + QLatin1Char(':'), line);
        m_credentials.append(line);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Send &Again"));
    if (m_credentials.isEmpty()) { // Return alone must cost nothing
        buttons->button(QDialogButtonBox::Ok)->setAutoDefault(false);
        buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
        buttons->button(QDialogButtonBox::Cancel)->setFocus();
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(what);
    layout->addWidget(note);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(520, sizeHint().height());
}

std::vector<std::string> ReplayDialog::credentials() const
{
    std::vector<std::string> values;
    for (const QLineEdit *line : m_credentials)
        values.push_back(line->text().trimmed().toStdString());
    return values;
}

} // namespace hookscope
