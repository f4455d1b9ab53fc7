#include "ui/live/filterline.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QTextCharFormat>
#include <algorithm>

namespace hookscope {

FilterLine::FilterLine(QWidget *parent)
    : QLineEdit(parent)
{
}

void FilterLine::showWrong(int position, int length)
{
    const int size = static_cast<int>(text().size());
    const int begin = std::clamp(position, 0, std::max(0, size - 1));
    setFormats(begin, std::clamp(length, 1, std::max(1, size - begin)));
    m_isWrong = true;
}

void FilterLine::showRight()
{
    if (m_isWrong)
        setFormats(0, 0);
    m_isWrong = false;
}

// A line edit takes formats of parts of its text from input methods alone; with nothing to insert, the
// event changes nothing else.
void FilterLine::setFormats(int position, int length)
{
    QList<QInputMethodEvent::Attribute> attributes;
    if (length > 0) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(palette().base().color().lightness() < 128 ? QColor(255, 110, 110)
                                                                            : QColor(200, 0, 0));
        attributes.append(QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat,
                                                       position - cursorPosition(), length, format));
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
}

bool FilterLine::isForPopup(const QKeyEvent *event) const
{
    if (!m_completer || !m_completer->popup()->isVisible())
        return false;
    switch (event->key()) {
    case Qt::Key_Escape:
    case Qt::Key_Tab:
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return m_completer->popup()->currentIndex().isValid();
    default:
        return false;
    }
}

bool FilterLine::event(QEvent *event)
{
    // Tab would move the focus before it is a key press.
    if (event->type() == QEvent::KeyPress && isForPopup(static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QLineEdit::event(event);
}

void FilterLine::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    emit focused();
}

} // namespace hookscope
