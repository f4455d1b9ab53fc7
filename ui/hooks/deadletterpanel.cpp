#include "ui/hooks/deadletterpanel.h"

#include "ui/hooks/deliverytable.h"
#include "ui/text/visible.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int listDelayMs = 300;

} // namespace

DeadLetterPanel::DeadLetterPanel(QWidget *parent)
    : QWidget(parent)
    , m_problem(new QLabel)
    , m_note(new QLabel)
    , m_view(makeDeliveryTable(&m_letters, tr("Events that were given up"), {150, 130, 150, 50, 260}))
{
    m_view->setObjectName(QStringLiteral("deadTable"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setVisible(false);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setObjectName(QStringLiteral("deadNote"));
    m_note->setContentsMargins(4, 0, 4, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeTop());
    layout->addWidget(m_problem);
    layout->addWidget(m_note);
    layout->addWidget(m_view, 1);
    m_listSoon.setSingleShot(true);
    m_listSoon.setInterval(listDelayMs);
    connect(&m_listSoon, &QTimer::timeout, this, &DeadLetterPanel::list);
    connect(m_hook, &QComboBox::currentIndexChanged, this, &DeadLetterPanel::list);
    connect(m_line, &QLineEdit::textChanged, this, &DeadLetterPanel::takeFilter);
    connect(m_resend, &QPushButton::clicked, this, &DeadLetterPanel::resend);
    connect(m_discard, &QPushButton::clicked, this, &DeadLetterPanel::discard);
    connect(&m_letters, &QAbstractItemModel::modelReset, this, &DeadLetterPanel::updateActions);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DeadLetterPanel::updateActions);
    setHooks({});
    updateActions();
}

QWidget *DeadLetterPanel::makeTop()
{
    m_hook = new QComboBox;
    m_hook->setObjectName(QStringLiteral("deadHook"));
    m_hook->setAccessibleName(tr("Hook whose given-up events are shown"));
    m_line = new QLineEdit;
    m_line->setObjectName(QStringLiteral("deadFilter"));
    m_line->setAccessibleName(tr("Filter of the events that were given up"));
    m_line->setClearButtonEnabled(true);
    m_line->setPlaceholderText(tr("Filter: as for the requests, e.g. status>=400 since:yesterday"));
    m_resend = new QPushButton;
    m_resend->setObjectName(QStringLiteral("deadResend"));
    m_discard = new QPushButton;
    m_discard->setObjectName(QStringLiteral("deadDiscard"));
    auto *top = new QWidget;
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(4, 4, 4, 0);
    layout->addWidget(m_hook);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_resend);
    layout->addWidget(m_discard);
    return top;
}

void DeadLetterPanel::setHooks(const QStringList &names)
{
    const QString chosen = m_hook->currentData().toString();
    {
        const QSignalBlocker blocker(m_hook);
        m_hook->clear();
        m_hook->addItem(tr("All hooks"), QString());
        for (const QString &name : names)
            m_hook->addItem(visible(name), name);
        m_hook->setCurrentIndex(std::max(0, m_hook->findData(chosen)));
    }
    listSoon(); // those of a hook that was removed have come
}

void DeadLetterPanel::showLetters(const QList<DeadLetter> &letters)
{
    const QList<qint64> selected = selectedSequences();
    m_letters.setLetters(letters);
    QItemSelection again; // what was selected stays so, though more were given up meanwhile
    for (int row = 0; row < m_letters.rowCount() && !selected.isEmpty(); ++row) {
        if (selected.contains(m_letters.letterAt(row).sequence))
            again.select(m_letters.index(row, 0), m_letters.index(row, DeadLetterModel::columns - 1));
    }
    m_view->selectionModel()->select(again, QItemSelectionModel::Select);
}

void DeadLetterPanel::list()
{
    m_listSoon.stop();
    if (isVisible())
        emit listRequested(filtered(), mostListed);
}

void DeadLetterPanel::listSoon()
{
    m_listSoon.start();
}

void DeadLetterPanel::takeFilter()
{
    const auto filter = Filter::compile(m_line->text());
    m_problem->setVisible(!filter);
    if (!filter) {
        m_problem->setText(visible(filter.error().sentence));
        return;
    }
    m_filter = *filter;
    listSoon();
}

DeadLetterChoice DeadLetterPanel::filtered() const
{
    DeadLetterChoice choice;
    if (const QString name = m_hook->currentData().toString(); !name.isEmpty())
        choice.hookName = name;
    choice.filter = m_filter;
    return choice;
}

QList<qint64> DeadLetterPanel::selectedSequences() const
{
    QList<qint64> sequences;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        sequences << m_letters.letterAt(index.row()).sequence;
    return sequences;
}

void DeadLetterPanel::resend()
{
    DeadLetterChoice choice = filtered();
    if (const QList<qint64> selected = selectedSequences(); !selected.isEmpty()) {
        choice = {};
        choice.sequences = selected;
    }
    emit resendRequested(choice);
    listSoon();
}

void DeadLetterPanel::discard()
{
    QList<qint64> sequences = selectedSequences();
    if (sequences.isEmpty()) {
        for (int row = 0; row < m_letters.rowCount(); ++row)
            sequences << m_letters.letterAt(row).sequence;
    }
    DeadLetterChoice choice;
    choice.sequences = sequences;
    emit discardRequested(choice);
    listSoon();
}

void DeadLetterPanel::updateActions()
{
    const bool isAnySelected = m_view->selectionModel() && m_view->selectionModel()->hasSelection();
    m_resend->setEnabled(m_letters.rowCount() > 0);
    m_resend->setText(isAnySelected ? tr("Send Selected &Again") : tr("Send All &Again"));
    m_resend->setToolTip(
        isAnySelected ? tr("The selected ones; their ids stay")
                      : tr("All that the filter holds for, also those that are not listed; their ids stay"));
    m_discard->setEnabled(m_letters.rowCount() > 0);
    m_discard->setText(isAnySelected ? tr("&Remove Selected") : tr("&Remove Listed"));
    m_discard->setToolTip(isAnySelected ? tr("The selected ones, for good")
                                        : tr("All that are listed here, for good"));
    const QString what =
        tr("Events of at-least-once hooks that could not be delivered in time. They are kept for 30 days.");
    m_note->setText(m_letters.rowCount() < mostListed
                        ? what
                        : what + QLatin1Char(' ') + tr("The first %1 are listed.").arg(mostListed));
}

} // namespace hookscope
