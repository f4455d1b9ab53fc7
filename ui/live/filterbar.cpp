#include "ui/live/filterbar.h"

#include "ui/live/filterchips.h"
#include "ui/live/filtercompleter.h"
#include "ui/live/filterline.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookscope {

FilterBar::FilterBar(const EventLog &log, QWidget *parent)
    : QWidget(parent)
    , m_line(new FilterLine(this))
    , m_error(new QLabel(this))
    , m_counts(new QLabel(this))
    , m_groups(new QComboBox(this))
    , m_chips(new FilterChips(this))
    , m_llmOnly(new QAction(tr("&LLM Calls Only"), this))
    , m_pause(new QAction(tr("&Pause"), this))
    , m_clear(new QAction(tr("C&lear Requests"), this))
    , m_save(new QAction(tr("&Save Filter…"), this))
{
    new FilterCompleter(*m_line, log); // the line's child
    setupActions();
    setupLine();
    setupGroups();
    setupLayout();
    connect(m_llmOnly, &QAction::toggled, this, &FilterBar::announce);
    connect(m_chips, &FilterChips::filtersChanged, this, &FilterBar::savedFiltersChanged);
    connect(m_chips, &FilterChips::chosen, this, [this](const QString &filter, bool isAdded) {
        if (isAdded)
            addCondition(filter);
        else
            setText(filter);
    });
    showCounts(0, 0, 0);
}

void FilterBar::setupActions()
{
    m_llmOnly->setCheckable(true);
    m_llmOnly->setIconText(tr("LLM only"));
    m_llmOnly->setToolTip(tr("Show LLM calls only, or all requests (Ctrl+Shift+L)"));
    m_llmOnly->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));

    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("Hold the table still; traffic goes on and waits to be shown (Ctrl+P)"));
    m_pause->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    connect(m_pause, &QAction::toggled, this,
            [this](bool paused) { m_pause->setText(paused ? tr("&Resume") : tr("&Pause")); });

    m_clear->setIconText(tr("Clear"));
    m_clear->setToolTip(tr("Forget the requests shown here; totals stay (Ctrl+L)"));
    m_clear->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));

    m_save->setIconText(tr("Save"));
    m_save->setToolTip(tr("Keep this filter under a name, as a button below"));
    m_save->setEnabled(false);
    connect(m_save, &QAction::triggered, this, &FilterBar::saveFilter);
}

void FilterBar::setupLine()
{
    m_line->setObjectName(QStringLiteral("filterText"));
    m_line->setPlaceholderText(tr("Filter: words, or model:*opus* status>=400 cost>0.5 since:10m …  ( / )"));
    m_line->setAccessibleName(tr("Filter"));
    m_line->setToolTip(tr("Words are looked for everywhere; conditions are field, operator and value without "
                          "spaces, such as model:*opus*, status>=400, cost>0.5, is:running. Also -not, OR, "
                          "( ) and \"in quotes\"."));
    m_line->setMaxLength(Filter::longestText);
    m_line->setClearButtonEnabled(true);
    m_line->installEventFilter(this);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setObjectName(QStringLiteral("counts"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setObjectName(QStringLiteral("filterError"));
    m_error->setWordWrap(true);
    m_error->hide();

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingRestMs);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::announce);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_line->showRight(); // its places are those of before
        if (text.isEmpty())
            announce();
        else
            m_typing.start();
    });
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        announce();
        if (m_error->isHidden())
            emit left();
    });
}

void FilterBar::setupGroups()
{
    m_groups->setObjectName(QStringLiteral("groupBy"));
    m_groups->setAccessibleName(tr("Group by"));
    m_groups->setToolTip(tr("Shows sums by group beside the table"));
    const auto add = [this](const QString &text, GroupBy by) {
        m_groups->addItem(text, static_cast<int>(by));
    };
    add(tr("No groups"), GroupBy::None);
    add(tr("By sandbox"), GroupBy::Sandbox);
    add(tr("By session"), GroupBy::Session);
    add(tr("By process"), GroupBy::Process);
    add(tr("By host"), GroupBy::Host);
    add(tr("By provider"), GroupBy::Provider);
    add(tr("By model"), GroupBy::Model);
    connect(m_groups, &QComboBox::currentIndexChanged, this, [this] { emit groupByChanged(groupBy()); });
}

void FilterBar::setupLayout()
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(6, 4, 6, 4);
    rows->setSpacing(3);
    auto *first = new QHBoxLayout;
    first->addWidget(m_line, 1);
    const auto addButton = [&](QAction *action) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        first->addWidget(button);
    };
    addButton(m_save);
    addButton(m_llmOnly);
    first->addWidget(m_groups);
    first->addWidget(m_counts);
    addButton(m_pause);
    addButton(m_clear);
    rows->addLayout(first);
    rows->addWidget(m_error);
    rows->addWidget(m_chips);
}

QString FilterBar::text() const
{
    return m_line->text();
}

void FilterBar::setText(const QString &text)
{
    m_line->setText(text);
    announce();
}

void FilterBar::addCondition(const QString &condition)
{
    const auto typed = Filter::compile(m_line->text());
    const auto added = Filter::compile(condition);
    setText(typed && added ? combined(*typed, *added).text() : condition);
}

void FilterBar::focusText()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void FilterBar::showCounts(quint64 shown, quint64 all, quint64 waiting)
{
    QString text = shown == all ? tr("%1 requests").arg(countText(all))
                                : tr("%1 of %2 requests").arg(countText(shown), countText(all));
    if (m_pause->isChecked())
        text += tr(" · paused, %1 waiting").arg(countText(waiting));
    m_counts->setText(text);
}

GroupBy FilterBar::groupBy() const
{
    return static_cast<GroupBy>(m_groups->currentData().toInt());
}

void FilterBar::setGroupBy(GroupBy by)
{
    m_groups->setCurrentIndex(std::max(0, m_groups->findData(static_cast<int>(by))));
}

const QList<SavedFilter> &FilterBar::savedFilters() const
{
    return m_chips->filters();
}

void FilterBar::setSavedFilters(const QList<SavedFilter> &filters)
{
    m_chips->setFilters(filters);
}

void FilterBar::announce()
{
    m_typing.stop();
    const auto typed = Filter::compile(m_line->text());
    if (typed) {
        m_typed = *typed;
        m_line->showRight();
        m_error->hide();
    } else {
        showError(typed.error());
    }
    m_save->setEnabled(typed && !typed->isEmpty());
    m_chips->markCurrent(typed ? typed->text() : QString());
    static const Filter calls = Filter::compile(QStringLiteral("is:llm")).value_or(Filter());
    const Filter wanted = m_llmOnly->isChecked() ? combined(calls, m_typed) : m_typed;
    if (wanted == m_filter)
        return;
    m_filter = wanted;
    emit filterChanged(m_filter);
}

void FilterBar::showError(const FilterError &error)
{
    m_line->showWrong(error.position, error.length);
    m_error->setText(visible(error.sentence));
    m_error->show();
}

void FilterBar::saveFilter()
{
    bool isAccepted = false;
    const QString name = QInputDialog::getText(this, tr("Save Filter"), tr("Name of this filter:"),
                                               QLineEdit::Normal, m_line->text().simplified(), &isAccepted)
                             .simplified();
    if (isAccepted && !name.isEmpty())
        m_chips->add({name, m_line->text().trimmed()});
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        if (m_line->text().isEmpty())
            emit left();
        m_line->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookscope
