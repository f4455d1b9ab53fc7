#include "ui/live/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QToolButton>

namespace hookscope {

namespace {

QTextCursor cursorOf(QWidget *view)
{
    if (auto *plain = qobject_cast<QPlainTextEdit *>(view))
        return plain->textCursor();
    return qobject_cast<QTextEdit *>(view)->textCursor();
}

void setTextCursor(QWidget *view, const QTextCursor &cursor)
{
    if (auto *plain = qobject_cast<QPlainTextEdit *>(view))
        plain->setTextCursor(cursor);
    else
        qobject_cast<QTextEdit *>(view)->setTextCursor(cursor);
}

bool isFindKey(const QKeyEvent *key)
{
    return key->matches(QKeySequence::Find) || key->key() == Qt::Key_F3;
}

} // namespace

FindBar::FindBar(QWidget *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_text(new QLineEdit)
    , m_outcome(new QLabel)
{
    m_text->setPlaceholderText(tr("Find in this text"));
    m_text->setAccessibleName(m_text->placeholderText());
    m_text->setClearButtonEnabled(true);
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 3, 6, 3);
    layout->addWidget(m_text, 1);
    const auto addButton = [&](Qt::ArrowType arrow, const QString &name, auto slot) {
        auto *button = new QToolButton;
        button->setArrowType(arrow);
        button->setAutoRaise(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        connect(button, &QToolButton::clicked, this, slot);
        layout->addWidget(button);
    };
    addButton(Qt::UpArrow, tr("Find the one before"), &FindBar::findPrevious);
    addButton(Qt::DownArrow, tr("Find the next one"), &FindBar::findNext);
    layout->addWidget(m_outcome);
    connect(m_text, &QLineEdit::textChanged, this, [this] { find(false, true); });
    m_view->installEventFilter(this);
    m_text->installEventFilter(this);
    hide();
}

void FindBar::open()
{
    const QString selected = cursorOf(m_view).selectedText();
    show();
    if (!selected.isEmpty() && selected.size() < 200 && !selected.contains(QChar::ParagraphSeparator))
        m_text->setText(selected);
    m_text->selectAll();
    m_text->setFocus(Qt::ShortcutFocusReason);
}

void FindBar::close()
{
    hide();
    m_view->setFocus(Qt::OtherFocusReason);
}

void FindBar::findNext()
{
    find(false, false);
}

void FindBar::findPrevious()
{
    find(true, false);
}

void FindBar::find(bool isBackward, bool isFromHere)
{
    const QString wanted = m_text->text();
    m_outcome->clear();
    QTextCursor from = cursorOf(m_view);
    if (wanted.isEmpty()) {
        from.clearSelection();
        return setTextCursor(m_view, from);
    }
    if (isFromHere)
        from.setPosition(from.selectionStart());
    const QTextDocument::FindFlags flags = isBackward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    const QTextDocument *document = from.document();
    QTextCursor found = document->find(wanted, from, flags);
    if (found.isNull()) { // once around
        QTextCursor start(const_cast<QTextDocument *>(document));
        if (isBackward)
            start.movePosition(QTextCursor::End);
        found = document->find(wanted, start, flags);
    }
    if (found.isNull())
        m_outcome->setText(tr("Not found"));
    else
        setTextCursor(m_view, found);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = watched == m_text && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter);
    const bool isEscape = key->key() == Qt::Key_Escape && isVisible();
    if (!isFindKey(key) && !isReturn && !isEscape)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) { // the window's own Ctrl+F is for the table
        event->accept();
        return true;
    }
    if (isEscape)
        close();
    else if (key->matches(QKeySequence::Find) || !isVisible())
        open();
    else
        find(key->modifiers().testFlag(Qt::ShiftModifier), false);
    return true;
}

} // namespace hookscope
