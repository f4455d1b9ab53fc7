#include "ui/live/filterbar.h"

#include "ui/text/amounts.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace hookscope {

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_counts(new QLabel(this))
    , m_llmOnly(new QAction(tr("&LLM Calls Only"), this))
    , m_pause(new QAction(tr("&Pause"), this))
    , m_clear(new QAction(tr("C&lear Requests"), this))
{
    setupActions();
    m_text->setObjectName(QStringLiteral("filterText"));
    m_text->setPlaceholderText(tr("Filter by host, path, model, status, process …  ( / )"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setToolTip(tr("Shows the requests that hold every word, wherever it stands: sandbox, process, "
                          "method, URL, provider, model, status or error"));
    m_text->setClearButtonEnabled(true);
    m_text->installEventFilter(this);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setObjectName(QStringLiteral("counts"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->addWidget(m_text, 1);
    const auto addButton = [&](QAction *action) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    };
    addButton(m_llmOnly);
    layout->addWidget(m_counts);
    addButton(m_pause);
    addButton(m_clear);

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingRestMs);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::announce);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            announce();
        else
            m_typing.start();
    });
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        announce();
        emit left();
    });
    connect(m_llmOnly, &QAction::toggled, this, &FilterBar::announce);
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
}

LiveFilter FilterBar::filter() const
{
    return LiveFilter(m_llmOnly->isChecked(), m_text->text());
}

void FilterBar::setText(const QString &text)
{
    m_text->setText(text);
    announce();
}

void FilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::showCounts(quint64 shown, quint64 all, quint64 waiting)
{
    QString text = shown == all ? tr("%1 requests").arg(countText(all))
                                : tr("%1 of %2 requests").arg(countText(shown), countText(all));
    if (m_pause->isChecked())
        text += tr(" · paused, %1 waiting").arg(countText(waiting));
    m_counts->setText(text);
}

void FilterBar::announce()
{
    m_typing.stop();
    emit filterChanged(filter());
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        if (m_text->text().isEmpty())
            emit left();
        m_text->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookscope
