#include "ui/hooks/deliveriespanel.h"

#include "core/events/eventjson.h"
#include "ui/hooks/hooksetdocument.h"
#include "ui/hooks/hooktexts.h"
#include "ui/hooks/webhookcurl.h"
#include "ui/text/visible.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int listDelayMs = 300; // counts change in batches

QTableView *makeTable(QAbstractTableModel *model, const QString &name, const QList<int> &widths)
{
    auto *view = new QTableView;
    view->setModel(model);
    view->setAccessibleName(name);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setShowGrid(false);
    view->setAlternatingRowColors(true);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 6);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->setStretchLastSection(true);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 0; column < widths.size(); ++column)
        view->setColumnWidth(column, widths[column]);
    return view;
}

QPushButton *makeButton(const QString &text, const QString &tip, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setToolTip(tip);
    button->setObjectName(name);
    button->setEnabled(false);
    return button;
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

DeliveriesPanel::DeliveriesPanel(const EventLog &log, const HookSetDocument &document, QWidget *parent)
    : QWidget(parent)
    , m_log(log)
    , m_document(document)
    , m_tries(log)
    , m_tabs(new QTabWidget)
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeTries(), tr("Tries"));
    m_tabs->addTab(makeDead(), tr("Given Up"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    m_listSoon.setSingleShot(true);
    m_listSoon.setInterval(listDelayMs);
    connect(&m_listSoon, &QTimer::timeout, this, &DeliveriesPanel::listDead);
    connect(&document, &HookSetDocument::contentChanged, this, &DeliveriesPanel::takeHooks);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DeliveriesPanel::listDead);
    takeHooks();
}

QWidget *DeliveriesPanel::makeTries()
{
    m_hook = new QComboBox;
    m_hook->setObjectName(QStringLiteral("deliveryHook"));
    m_hook->setAccessibleName(tr("Hook whose deliveries are shown"));
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("deliveryFilter"));
    m_filter->setAccessibleName(tr("Filter of the deliveries"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setPlaceholderText(tr("Filter: as for the requests, e.g. status>=400 model:opus*"));
    m_problem = new QLabel;
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setVisible(false);
    m_resend = makeButton(tr("Send &Again"), tr("The same event with the same id, to the hook as it is now"),
                          QStringLiteral("deliveryResend"));
    m_copy = makeButton(tr("Copy as c&URL"), tr("The command that sends this event by hand"),
                        QStringLiteral("deliveryCopy"));
    m_open = makeButton(tr("Show &Request"), tr("The request that the event is of, in the table"),
                        QStringLiteral("deliveryOpen"));
    auto *clear = new QPushButton(tr("C&lear"));
    clear->setToolTip(tr("Empties this list, and nothing else"));

    auto *top = new QHBoxLayout;
    top->setContentsMargins(4, 4, 4, 0);
    top->addWidget(m_hook);
    top->addWidget(m_filter, 1);
    top->addWidget(clear);
    m_view = makeTable(&m_tries, tr("Deliveries, the newest first"), {90, 110, 100, 40, 80, 90, 260});
    m_view->setObjectName(QStringLiteral("deliveryTable"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_detail = new QPlainTextEdit;
    m_detail->setReadOnly(true);
    m_detail->setObjectName(QStringLiteral("deliveryDetail"));
    m_detail->setAccessibleName(tr("What the receiver answered"));
    m_detail->setPlaceholderText(tr("Select a delivery to see what the receiver answered."));
    auto *answer = new QWidget;
    auto *answerLayout = new QVBoxLayout(answer);
    answerLayout->setContentsMargins(0, 0, 0, 0);
    answerLayout->addWidget(m_detail, 1);
    auto *actions = new QHBoxLayout;
    for (QPushButton *button : {m_resend, m_copy, m_open})
        actions->addWidget(button);
    answerLayout->addLayout(actions);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_view);
    splitter->addWidget(answer);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_problem);
    layout->addWidget(splitter, 1);

    connect(m_hook, &QComboBox::currentIndexChanged, this, &DeliveriesPanel::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, this, &DeliveriesPanel::applyFilter);
    connect(clear, &QPushButton::clicked, &m_tries, &DeliveryLogModel::clear);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DeliveriesPanel::showSelected);
    connect(&m_tries, &QAbstractItemModel::modelReset, this, &DeliveriesPanel::showSelected);
    connect(m_resend, &QPushButton::clicked, this, &DeliveriesPanel::resendSelected);
    connect(m_copy, &QPushButton::clicked, this, &DeliveriesPanel::copyAsCurl);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const DeliveryAttempt *attempt = selected())
            emit exchangeRequested(attempt->mark.exchange);
    });
    return page;
}

QWidget *DeliveriesPanel::makeDead()
{
    m_resendDead =
        makeButton(tr("Send &Again"), tr("The selected ones, or all that are shown; their ids stay"),
                   QStringLiteral("deadResend"));
    m_discardDead = makeButton(tr("&Remove"), tr("The selected ones, or all that are shown, for good"),
                               QStringLiteral("deadDiscard"));
    auto *note = new QLabel(
        tr("Events of at-least-once hooks that could not be delivered in time. They are kept for 30 days."));
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(4, 4, 4, 0);
    top->addWidget(note, 1);
    top->addWidget(m_resendDead);
    top->addWidget(m_discardDead);
    m_deadView = makeTable(&m_dead, tr("Events that were given up"), {150, 130, 150, 50, 260});
    m_deadView->setObjectName(QStringLiteral("deadTable"));
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_deadView, 1);
    connect(m_resendDead, &QPushButton::clicked, this, [this] {
        emit resendDeadRequested(deadChoice());
        m_listSoon.start();
    });
    connect(m_discardDead, &QPushButton::clicked, this, [this] {
        emit discardDeadRequested(deadChoice());
        m_listSoon.start();
    });
    connect(&m_dead, &QAbstractItemModel::modelReset, this, &DeliveriesPanel::updateDeadActions);
    return page;
}

void DeliveriesPanel::takeHooks()
{
    const QString chosen = m_hook->currentData().toString();
    const QSignalBlocker blocker(m_hook);
    m_hook->clear();
    m_hook->addItem(tr("All hooks"), QString());
    for (const Hook &hook : m_document.content().hooks)
        m_hook->addItem(visible(hook.name), hook.name);
    m_hook->setCurrentIndex(std::max(0, m_hook->findData(chosen)));
    if (m_hook->currentData().toString() != chosen)
        applyFilter();
}

void DeliveriesPanel::applyFilter()
{
    const auto filter = Filter::compile(m_filter->text());
    m_problem->setVisible(!filter);
    if (filter)
        m_tries.show(m_hook->currentData().toString(), *filter);
    else
        m_problem->setText(visible(filter.error().sentence));
}

const DeliveryAttempt *DeliveriesPanel::selected() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_tries.attemptAt(rows.first().row());
}

void DeliveriesPanel::showSelected()
{
    const DeliveryAttempt *attempt = selected();
    const bool hasEvent = attempt && !eventOf(*attempt).isEmpty();
    m_resend->setEnabled(hasEvent);
    m_copy->setEnabled(hasEvent);
    m_open->setEnabled(attempt && m_log.find(attempt->mark.exchange));
    if (!attempt) {
        m_detail->clear();
        return;
    }
    QStringList lines;
    if (!attempt->webhookId.isEmpty())
        lines << tr("webhook-id: %1").arg(visible(QString::fromLatin1(attempt->webhookId)));
    if (!attempt->text.isEmpty())
        lines << visible(attempt->text);
    if (!attempt->answer.isEmpty())
        lines << QString() << QString::fromUtf8(attempt->answer).remove(QChar::Null);
    m_detail->setPlainText(lines.join(QLatin1Char('\n')));
}

QByteArray DeliveriesPanel::eventOf(const DeliveryAttempt &attempt) const
{
    const auto sequence = m_log.find(attempt.mark.exchange);
    const Exchange *exchange = sequence && attempt.events == 1 ? m_log.exchange(*sequence) : nullptr;
    if (!exchange)
        return {};
    if (attempt.mark.isLlmEvent) // which of several it was, the mark does not say
        return exchange->calls.size() == 1 ? bytesOf(toJson(exchange->calls.front())) : QByteArray();
    const auto &event = attempt.mark.event == HookEvent::OnRequest ? exchange->request : exchange->response;
    return event ? bytesOf(toJson(*event)) : QByteArray();
}

void DeliveriesPanel::resendSelected()
{
    const DeliveryAttempt *attempt = selected();
    const QByteArray json = attempt ? eventOf(*attempt) : QByteArray();
    if (!json.isEmpty())
        emit resendRequested(attempt->hookName, attempt->webhookId, attempt->mark, json);
}

void DeliveriesPanel::copyAsCurl()
{
    const DeliveryAttempt *attempt = selected();
    if (!attempt)
        return;
    const QList<Hook> hooks = m_document.content().hooks;
    const auto hook = std::find_if(hooks.begin(), hooks.end(),
                                   [attempt](const Hook &each) { return each.name == attempt->hookName; });
    if (hook != hooks.end())
        QApplication::clipboard()->setText(webhookCurl(*hook, attempt->webhookId, eventOf(*attempt)));
}

void DeliveriesPanel::listDead()
{
    if (m_tabs->currentIndex() == 1 && isVisible())
        emit deadListRequested({}, mostListed);
}

DeadLetterChoice DeliveriesPanel::deadChoice() const
{
    DeadLetterChoice choice;
    QList<qint64> sequences;
    for (const QModelIndex &index : m_deadView->selectionModel()->selectedRows())
        sequences << m_dead.letterAt(index.row()).sequence;
    if (sequences.isEmpty()) {
        for (int row = 0; row < m_dead.rowCount(); ++row)
            sequences << m_dead.letterAt(row).sequence;
    }
    choice.sequences = sequences;
    return choice;
}

void DeliveriesPanel::updateDeadActions()
{
    m_resendDead->setEnabled(m_dead.rowCount() > 0);
    m_discardDead->setEnabled(m_dead.rowCount() > 0);
}

void DeliveriesPanel::addAttempts(const QList<DeliveryAttempt> &attempts)
{
    m_tries.add(attempts);
}

void DeliveriesPanel::showDead(const QList<DeadLetter> &letters)
{
    m_dead.setLetters(letters);
}

void DeliveriesPanel::showDeliveryCounts(const QString &hookName, const DeliveryCounts &counts)
{
    if (m_deadCounts.value(hookName) == counts.dead)
        return;
    m_deadCounts.insert(hookName, counts.dead);
    quint64 sum = 0;
    for (const quint64 dead : std::as_const(m_deadCounts))
        sum += dead;
    m_tabs->setTabText(1, sum > 0 ? tr("Given Up (%1)").arg(sum) : tr("Given Up"));
    m_listSoon.start();
}

} // namespace hookscope
