#include "ui/files/exportdialog.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QCoreApplication>
#include <QDate>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace hookscope {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(hookscope::ExportDialog)
};

QString nameOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return Text::tr("CSV, for spreadsheets");
    case ExportFormat::Jsonl:
        return Text::tr("JSON lines, as hooks get them");
    case ExportFormat::Har:
        return Text::tr("HAR 1.2, for browsers and proxies");
    case ExportFormat::Curl:
        return Text::tr("curl commands");
    }
    return {};
}

QString noteOn(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return Text::tr(
            "A line per LLM call, or per request without one. Texts that a spreadsheet would run as a "
            "formula begin with an apostrophe. Credentials are masked.");
    case ExportFormat::Jsonl:
        return Text::tr(
            "An event a line, which can be imported again. Heads are not in it. Credentials are masked.");
    case ExportFormat::Har:
        return Text::tr(
            "Heads, times and sizes, and the events with their tokens and cost, which can be imported "
            "again. Credentials are masked, and there are no bodies, since none are kept.");
    case ExportFormat::Curl:
        return Text::tr(
            "A script that sends the requests again. Variables stand for credentials, files for bodies. "
            "Tunnels and websockets are left out.");
    }
    return {};
}

QString suffixText(ExportFormat format)
{
    const std::string_view suffix = suffixOf(format);
    return QLatin1Char('.') + QString::fromLatin1(suffix.data(), static_cast<qsizetype>(suffix.size()));
}

QLabel *noteLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumHeight(label->fontMetrics().lineSpacing() * 2);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    return label;
}

} // namespace

ExportDialog::ExportDialog(const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_formats(new QComboBox)
    , m_scopes(new QButtonGroup(this))
    , m_path(new QLineEdit)
    , m_note(noteLabel(QStringLiteral("exportNote")))
    , m_remark(noteLabel(QStringLiteral("exportRemark")))
{
    setWindowTitle(tr("Export Requests"));
    setupFormats();
    setupLayout();
    m_path->setObjectName(QStringLiteral("exportPath"));
    m_path->setText(QDir(folder).filePath(
        QStringLiteral("hookscope-") + QDate::currentDate().toString(Qt::ISODate) + suffixText(format())));
    connect(m_formats, &QComboBox::currentIndexChanged, this, &ExportDialog::followFormat);
    connect(m_scopes, &QButtonGroup::idToggled, this, &ExportDialog::check);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::check);
    followFormat();
}

void ExportDialog::setupFormats()
{
    m_formats->setObjectName(QStringLiteral("exportFormat"));
    for (const ExportFormat format : exportFormats)
        m_formats->addItem(nameOf(format), static_cast<int>(format));
    for (const ExportScope scope : {ExportScope::Selected, ExportScope::Visible, ExportScope::All})
        m_scopes->addButton(new QRadioButton, static_cast<int>(scope));
    m_scopes->button(static_cast<int>(ExportScope::All))->setChecked(true);
}

void ExportDialog::setupLayout()
{
    auto *scopes = new QVBoxLayout;
    for (QAbstractButton *button : m_scopes->buttons())
        scopes->addWidget(button);
    auto *browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    auto *file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(browseButton);

    auto *form = new QFormLayout;
    form->addRow(tr("&Format:"), m_formats);
    form->addRow(QString(), m_note);
    form->addRow(tr("Requests:"), scopes);
    form->addRow(tr("Fi&le:"), file);
    qobject_cast<QLabel *>(form->labelForField(file))->setBuddy(m_path);
    form->addRow(QString(), m_remark);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    m_accept->setText(tr("&Export"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(640, sizeHint().height());
}

void ExportDialog::setCounts(const ExportCounts &counts)
{
    m_counts = counts;
    m_scopes->button(static_cast<int>(ExportScope::Selected))
        ->setText(tr("&Selected: %1").arg(countText(counts.selected)));
    m_scopes->button(static_cast<int>(ExportScope::Visible))
        ->setText(tr("&Visible, as filtered and sorted: %1").arg(countText(counts.visible)));
    m_scopes->button(static_cast<int>(ExportScope::All))->setText(tr("&All: %1").arg(countText(counts.all)));
    check();
}

void ExportDialog::setScope(ExportScope scope)
{
    m_scopes->button(static_cast<int>(scope))->setChecked(true);
}

ExportScope ExportDialog::scope() const
{
    return static_cast<ExportScope>(m_scopes->checkedId());
}

ExportFormat ExportDialog::format() const
{
    return static_cast<ExportFormat>(m_formats->currentData().toInt());
}

QString ExportDialog::path() const
{
    QString path = m_path->text();
    if (path == u"~" || path.startsWith(u"~/"))
        path.replace(0, 1, QDir::homePath());
    return path.isEmpty() ? QString() : QDir::cleanPath(QDir::home().absoluteFilePath(path));
}

// The file's ending follows, if it is that of one of the formats.
void ExportDialog::followFormat()
{
    m_note->setText(noteOn(format()));
    for (const ExportFormat other : exportFormats) {
        const QString ending = suffixText(other);
        if (m_path->text().endsWith(ending)) {
            m_path->setText(m_path->text().chopped(ending.size()) + suffixText(format()));
            break;
        }
    }
    check();
}

void ExportDialog::browse()
{
    auto *dialog =
        new QFileDialog(this, tr("Export Requests"), QFileInfo(path()).path(),
                        nameOf(format()) + QStringLiteral(" (*") + suffixText(format()) + QLatin1Char(')'));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // the remark says it
    dialog->setDefaultSuffix(suffixText(format()).mid(1));
    dialog->selectFile(QFileInfo(path()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void ExportDialog::check()
{
    if (!m_accept)
        return;
    const QFileInfo file(path());
    QString remark;
    bool isUsable = false;
    if (path().isEmpty() || m_path->text().endsWith(QLatin1Char('/')))
        remark = tr("Name a file.");
    else if (!QFileInfo(file.path()).isDir())
        remark = tr("There is no folder %1.").arg(visible(file.path()));
    else if (file.exists() && !file.isFile())
        remark = tr("%1 is not a file.").arg(visible(file.fileName()));
    else if (m_counts.of(scope()) == 0)
        remark = tr("There is nothing to be exported: choose other requests.");
    else
        isUsable = true;
    if (isUsable && file.exists())
        remark = tr("%1 is there already and will be replaced.").arg(visible(file.fileName()));
    m_remark->setText(remark);
    m_accept->setEnabled(isUsable);
}

} // namespace hookscope
