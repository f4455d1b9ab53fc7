#include "ui/live/hookoutcomespage.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

QString eventText(const DeliveryMark &mark)
{
    if (mark.event == HookEvent::OnRequest)
        return HookOutcomesPage::tr("on_request");
    return mark.isLlmEvent ? HookOutcomesPage::tr("on_response · LLM event")
                           : HookOutcomesPage::tr("on_response");
}

QString resultText(HookOutcome::Result result)
{
    switch (result) {
    case HookOutcome::Result::Delivered:
        return HookOutcomesPage::tr("✓ delivered");
    case HookOutcome::Result::Failed:
        return HookOutcomesPage::tr("✗ failed");
    case HookOutcome::Result::Dropped:
        return HookOutcomesPage::tr("– dropped");
    case HookOutcome::Result::Waiting:
        return HookOutcomesPage::tr("… again later");
    }
    return {};
}

} // namespace

HookOutcomesPage::HookOutcomesPage(QWidget *parent)
    : QWidget(parent)
    , m_note(new QLabel)
    , m_list(new QTreeWidget)
{
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(10, 4, 10, 4);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("Time"), tr("Hook"), tr("Event"), tr("Outcome"), tr("What came back")});
    m_list->setAccessibleName(tr("Hooks that fired for this request"));
    for (const auto &[column, width] :
         {std::pair(0, 110), std::pair(1, 140), std::pair(2, 170), std::pair(3, 110)})
        m_list->setColumnWidth(column, width);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_list, 1);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void HookOutcomesPage::add(const QList<HookOutcome> &outcomes)
{
    bool concerns = false;
    for (const HookOutcome &outcome : outcomes) {
        m_outcomes.push_back(outcome);
        concerns = concerns || (m_exchange && outcome.mark.exchange == *m_exchange);
    }
    while (m_outcomes.size() > mostOutcomes) {
        m_outcomes.pop_front();
        m_hasForgotten = true;
    }
    if (concerns)
        rebuild();
}

void HookOutcomesPage::show(ExchangeId exchange)
{
    if (m_exchange == exchange)
        return;
    m_exchange = exchange;
    rebuild();
}

void HookOutcomesPage::rebuild()
{
    m_list->clear();
    QList<QTreeWidgetItem *> items;
    for (const HookOutcome &outcome : m_outcomes) {
        if (outcome.mark.exchange != *m_exchange)
            continue;
        items.append(new QTreeWidgetItem({clockText(outcome.time.toMSecsSinceEpoch() * 1000),
                                          visible(outcome.hookName), eventText(outcome.mark),
                                          resultText(outcome.result), visible(outcome.text)}));
    }
    m_list->addTopLevelItems(items);
    m_note->setVisible(items.isEmpty());
    m_note->setText(m_hasForgotten ? tr("No outcome of a hook is known: none fired, or it was too long ago.")
                                   : tr("No hook has fired for this request."));
}

} // namespace hookscope
