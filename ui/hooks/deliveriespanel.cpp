#include "ui/hooks/deliveriespanel.h"

#include "core/events/eventjson.h"
#include "ui/hooks/deadletterpanel.h"
#include "ui/hooks/deliverytable.h"
#include "ui/hooks/hooksetdocument.h"
#include "ui/hooks/hooktexts.h"
#include "ui/hooks/webhookcurl.h"
#include "ui/text/visible.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
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
    , m_dead(new DeadLetterPanel)
    , m_tabs(new QTabWidget)
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeTries(), tr("Tries"));
    m_tabs->addTab(m_dead, tr("Given Up"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    connect(&document, &HookSetDocument::contentChanged, this, &DeliveriesPanel::takeHooks);
    connect(m_tabs, &QTabWidget::currentChanged, m_dead, &DeadLetterPanel::list);
    connect(m_dead, &DeadLetterPanel::listRequested, this, &DeliveriesPanel::deadListRequested);
    connect(m_dead, &DeadLetterPanel::resendRequested, this, &DeliveriesPanel::resendDeadRequested);
    connect(m_dead, &DeadLetterPanel::discardRequested, this, &DeliveriesPanel::discardDeadRequested);
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
    m_view = makeDeliveryTable(&m_tries, tr("Deliveries, the newest first"), {90, 110, 100, 40, 80, 90, 260});
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

void DeliveriesPanel::takeHooks()
{
    const QString chosen = m_hook->currentData().toString();
    const QSignalBlocker blocker(m_hook);
    m_hook->clear();
    m_hook->addItem(tr("All hooks"), QString());
    QStringList names;
    for (const Hook &hook : m_document.content().hooks) {
        names << hook.name;
        m_hook->addItem(visible(hook.name), hook.name);
    }
    m_dead->setHooks(names);
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

void DeliveriesPanel::addAttempts(const QList<DeliveryAttempt> &attempts)
{
    m_tries.add(attempts);
}

void DeliveriesPanel::showDead(const QList<DeadLetter> &letters)
{
    m_dead->showLetters(letters);
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
    m_dead->listSoon();
}

} // namespace hookscope
