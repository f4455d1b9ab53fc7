#include "ui/live/factlist.h"

#include <QFormLayout>
#include <QLabel>
#include <algorithm>

namespace hookscope {

FactList::FactList(QWidget *parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setBackgroundRole(QPalette::Base);
}

void FactList::setFacts(const QList<Fact> &facts)
{
    const bool sameNames = std::equal(facts.begin(), facts.end(), m_facts.begin(), m_facts.end(),
                                      [](const Fact &a, const Fact &b) {
                                          return a.name == b.name && a.value.isEmpty() == b.value.isEmpty();
                                      });
    if (!sameNames || !widget()) {
        rebuild(facts);
    } else {
        for (qsizetype i = 0; i < facts.size(); ++i) {
            if (m_values[i] && m_values[i]->text() != facts[i].value)
                m_values[i]->setText(facts[i].value);
        }
    }
    m_facts = facts;
}

void FactList::rebuild(const QList<Fact> &facts)
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *layout = new QFormLayout(page);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setVerticalSpacing(3);
    layout->setHorizontalSpacing(16);
    layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_values.clear();
    for (const Fact &fact : facts) {
        auto *name = new QLabel(fact.name);
        name->setTextFormat(Qt::PlainText);
        if (fact.value.isEmpty()) {
            layout->addRow(name);
            m_values.append(nullptr);
            continue;
        }
        name->setForegroundRole(QPalette::PlaceholderText);
        auto *value = new QLabel(fact.value);
        value->setTextFormat(Qt::PlainText);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        value->setWordWrap(true);
        value->setAccessibleName(fact.name.trimmed());
        layout->addRow(name, value);
        m_values.append(value);
    }
    setWidget(page);
}

} // namespace hookscope
