#include "ui/live/bodypage.h"

#include "ui/live/bodytext.h"
#include "ui/live/findbar.h"
#include "ui/live/offthread.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace hookscope {

BodyPage::BodyPage(const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_note(new QLabel)
    , m_text(new QPlainTextEdit)
{
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(10, 4, 10, 4);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(accessibleName);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_text, 1);
    layout->addWidget(new FindBar(m_text));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFocusProxy(m_text);
}

void BodyPage::setBody(const std::optional<BodyKept> &body, const QString &why)
{
    const bool isSame = body == m_body && why == m_why;
    if (isSame && m_reading > 0)
        return;
    m_body = body;
    m_why = why;
    const int reading = ++m_reading;
    noteBody(false);
    m_text->clear();
    if (!body || !body->text)
        return;
    runOffThread(
        this, [text = body->text] { return readableBody(*text, mostCharacters); },
        [this, reading](const ReadableBody &readable) {
            if (reading != m_reading)
                return;
            m_text->setPlainText(readable.text);
            noteBody(readable.isCut);
            emit shown();
        });
}

void BodyPage::noteBody(bool isCut)
{
    if (!m_body) {
        m_note->setText(m_why);
        return;
    }
    QStringList parts;
    if (!m_body->contentType.empty())
        parts << visible(m_body->contentType);
    parts << tr("%1 on the wire").arg(bytesText(m_body->fullSize));
    if (m_body->text)
        parts << tr("credentials are masked");
    if (!m_body->note.empty())
        parts << visible(m_body->note);
    if (m_body->text && m_body->isTruncated)
        parts << tr("not whole: %1 of text are kept").arg(bytesText(m_body->text->size()));
    if (isCut)
        parts << tr("shown up to %1 characters").arg(countText(mostCharacters));
    m_note->setText(parts.join(QStringLiteral(" · ")));
}

} // namespace hookscope
