#include "ui/main/sessionsdialog.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace hookscope {

namespace {

constexpr int nameRole = Qt::UserRole;

} // namespace

SessionsDialog::SessionsDialog(QWidget *parent)
    : QDialog(parent)
    , m_table(new QTableWidget(0, 3))
    , m_text(new QLabel)
{
    setWindowTitle(tr("Saved Sessions"));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Size"), tr("Saved")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(1, fontMetrics().averageCharWidth() * 14);
    m_table->horizontalHeader()->resizeSection(2, fontMetrics().averageCharWidth() * 26);
    m_table->setAccessibleName(windowTitle());
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::ActionRole);
    m_remove = buttons->addButton(tr("&Delete…"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(QStringLiteral("openSession"));
    m_remove->setObjectName(QStringLiteral("deleteSession"));
    m_open->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_text);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().lineSpacing() * 20);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_open, &QPushButton::clicked, this, &SessionsDialog::open);
    connect(m_remove, &QPushButton::clicked, this, &SessionsDialog::remove);
    connect(m_table, &QTableWidget::itemActivated, this, &SessionsDialog::open);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &SessionsDialog::updateButtons);
    updateButtons();
}

void SessionsDialog::showSessions(const QList<SessionInfo> &sessions)
{
    const QString before = selected();
    m_table->setRowCount(static_cast<int>(sessions.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const SessionInfo &session = sessions.at(row);
        auto *name = new QTableWidgetItem(visible(session.name));
        name->setData(nameRole, session.name);
        auto *size = new QTableWidgetItem(bytesText(static_cast<std::uint64_t>(session.bytes)));
        size->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, 0, name);
        m_table->setItem(row, 1, size);
        m_table->setItem(row, 2,
                         new QTableWidgetItem(QLocale().toString(session.saved, QLocale::ShortFormat)));
        if (session.name == before)
            m_table->selectRow(row);
    }
    if (selected().isEmpty() && m_table->rowCount() > 0)
        m_table->selectRow(0);
    m_text->setText(sessions.isEmpty() ? tr("No session was saved yet: File, Save Session As.") : QString());
    updateButtons();
}

void SessionsDialog::showFault(const QString &text)
{
    if (!text.isEmpty())
        m_text->setText(QStringLiteral("⚠ ") + text);
}

QString SessionsDialog::selected() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.first().data(nameRole).toString();
}

void SessionsDialog::open()
{
    if (const QString name = selected(); !name.isEmpty()) {
        emit openRequested(name);
        accept();
    }
}

void SessionsDialog::remove()
{
    const QString name = selected();
    if (name.isEmpty())
        return;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete Session"),
                                tr("Delete the session %1? It cannot be brought back.").arg(visible(name)),
                                QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *confirm = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(confirm, &QPushButton::clicked, this, [this, name] { emit removeRequested(name); });
    box->open();
}

void SessionsDialog::updateButtons()
{
    const bool isAny = !selected().isEmpty();
    m_open->setEnabled(isAny);
    m_remove->setEnabled(isAny);
}

} // namespace hookscope
