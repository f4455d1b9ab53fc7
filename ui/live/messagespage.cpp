#include "ui/live/messagespage.h"

#include "ui/live/bodytext.h"
#include "ui/live/findbar.h"
#include "ui/text/amounts.h"
#include "ui/text/indentedjson.h"
#include "ui/text/visible.h"

#include <QFontDatabase>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

using llm::MessagePart;
using Kind = MessagePart::Kind;

namespace {

constexpr qsizetype shortCharacters = 700; // of a long message, until it is opened
constexpr int shortLines = 10;
constexpr qsizetype mostCharacters = 200'000; // of one that is; all of it is in the raw body
constexpr std::size_t manyParts = 400; // of a conversation without one before it, the last ones are shown

// hookscope:: is for lupdate, which loses it here.
QString roleText(const std::string &role)
{
    if (role == "system" || role == "developer")
        return hookscope::MessagesPage::tr("System");
    if (role == "user")
        return hookscope::MessagesPage::tr("User");
    if (role == "assistant")
        return hookscope::MessagesPage::tr("Assistant");
    if (role == "tool")
        return hookscope::MessagesPage::tr("Tool");
    return visible(role);
}

QString kindText(const MessagePart &part)
{
    const QString name = visible(part.toolName);
    switch (part.kind) {
    case Kind::Text:
        return {};
    case Kind::Thinking:
        return MessagesPage::tr("thinking");
    case Kind::ToolCall:
        return MessagesPage::tr("calls %1").arg(name);
    case Kind::ToolResult:
        return name.isEmpty() ? MessagesPage::tr("result") : MessagesPage::tr("result of %1").arg(name);
    case Kind::Image:
        return MessagesPage::tr("image");
    case Kind::Audio:
        return MessagesPage::tr("audio");
    case Kind::Other:
        return name;
    }
    return {};
}

QString textOf(const MessagePart &part)
{
    const bool isJson = part.text.starts_with('{') || part.text.starts_with('[');
    const bool mayBeJson =
        part.kind == Kind::ToolCall || part.kind == Kind::ToolResult || part.kind == Kind::Other;
    return visibleLines(isJson && mayBeJson ? indentedJson(part.text) : part.text);
}

qsizetype shortLength(const QString &text)
{
    qsizetype end = 0;
    for (int line = 0; line < shortLines && end >= 0; ++line)
        end = text.indexOf(QLatin1Char('\n'), end + 1);
    return std::min(end < 0 ? text.size() : end, shortCharacters);
}

// The first one is there already.
void beginBlock(QTextCursor &cursor, const QTextBlockFormat &block, const QTextCharFormat &format)
{
    if (cursor.document()->isEmpty()) {
        cursor.setBlockFormat(block);
        cursor.setCharFormat(format);
    } else {
        cursor.insertBlock(block, format);
    }
}

bool isFixedFont(const MessagePart &part)
{
    return part.kind == Kind::ToolCall || part.kind == Kind::ToolResult || part.kind == Kind::Other;
}

} // namespace

MessagesPage::MessagesPage(QWidget *parent)
    : QWidget(parent)
    , m_text(new QTextBrowser)
{
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setUndoRedoEnabled(false);
    m_text->setAccessibleName(tr("Messages of the call"));
    m_text->document()->setDocumentMargin(10);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_text, 1);
    layout->addWidget(new FindBar(m_text));
    setFocusProxy(m_text);
    connect(m_text, &QTextBrowser::anchorClicked, this,
            [this](const QUrl &link) { toggle(link.toString()); });
}

void MessagesPage::showText(const QString &text)
{
    if (m_text->toPlainText() == text)
        return;
    m_reading = {};
    m_opened.clear();
    m_text->setPlainText(text);
}

void MessagesPage::showReading(const CallReading &reading)
{
    m_reading = reading;
    m_opened.clear();
    rebuild();
}

void MessagesPage::toggle(const QString &target)
{
    if (!m_opened.remove(target))
        m_opened.insert(target);
    const int place = m_text->verticalScrollBar()->value();
    rebuild();
    m_text->verticalScrollBar()->setValue(place);
}

void MessagesPage::rebuild()
{
    m_text->clear();
    QTextCursor cursor(m_text->document());
    cursor.beginEditBlock();
    const llm::Conversation &conversation = m_reading.conversation;
    if (!conversation.problem.empty())
        cursor.insertText(visible(conversation.problem));
    addParts(cursor, conversation.asked, false);
    addParts(cursor, conversation.answered, true);
    if (cursor.position() == 0)
        cursor.insertText(tr("This call has no messages."));
    cursor.endEditBlock();
    m_text->moveCursor(QTextCursor::Start);
}

void MessagesPage::addParts(QTextCursor &cursor, const std::vector<MessagePart> &parts, bool isAnswer)
{
    const bool isWholeShown = parts.size() <= manyParts || m_opened.contains(QStringLiteral("first"));
    for (std::size_t i = 0; i < parts.size();) {
        const auto isFolded = [&](std::size_t part) {
            if (isAnswer)
                return false;
            return m_reading.hasPrevious ? !m_reading.isNew[part]
                                         : !isWholeShown && part + manyParts < parts.size();
        };
        std::size_t end = i;
        while (end < parts.size() && isFolded(end))
            ++end;
        if (end > i) {
            const QString target = QStringLiteral("old%1").arg(i);
            const bool isOpen = m_opened.contains(target);
            const int count = static_cast<int>(end - i);
            beginBlock(cursor, QTextBlockFormat(), QTextCharFormat());
            const QString what = (m_reading.hasPrevious ? tr("As in the call before: %1") : tr("Before: %1"))
                                     .arg(countText(static_cast<std::uint64_t>(count)));
            addLink(cursor, (isOpen ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + what, target);
            for (; i < end; ++i) {
                if (isOpen)
                    addPart(cursor, parts[i], static_cast<int>(i), false);
            }
            continue;
        }
        addPart(cursor, parts[i], static_cast<int>(isAnswer ? i + m_reading.conversation.asked.size() : i),
                m_reading.hasPrevious);
        ++i;
    }
}

void MessagesPage::addHeading(QTextCursor &cursor, const MessagePart &part, bool isNew)
{
    QTextBlockFormat block;
    block.setTopMargin(10);
    block.setHeadingLevel(3);
    QTextCharFormat heading;
    heading.setFontWeight(QFont::Bold);
    beginBlock(cursor, block, heading);
    cursor.insertText(roleText(part.role), heading);
    QTextCharFormat after;
    after.setForeground(palette().brush(QPalette::PlaceholderText));
    if (const QString kind = kindText(part); !kind.isEmpty())
        cursor.insertText(QStringLiteral(" · ") + kind, after);
    if (!isNew)
        return;
    after.setForeground(palette().brush(QPalette::Link));
    after.setFontWeight(QFont::Bold);
    cursor.insertText(QStringLiteral("  ● ") + tr("new"), after);
}

void MessagesPage::addPart(QTextCursor &cursor, const MessagePart &part, int number, bool isNew)
{
    addHeading(cursor, part, isNew);
    const QString text = textOf(part);
    const QString target = QStringLiteral("part%1").arg(number);
    const bool isOpen = m_opened.contains(target);
    const qsizetype shortened = shortLength(text);
    const bool isLong = text.size() > shortened + 200; // what is hardly longer is not worth a click
    QTextCharFormat format;
    if (isFixedFont(part))
        format.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
    if (part.kind == Kind::Thinking)
        format.setFontItalic(true);
    const qsizetype length = !isLong ? text.size()
        : isOpen                     ? std::min(text.size(), mostCharacters)
                                     : shortened;
    beginBlock(cursor, QTextBlockFormat(), format);
    cursor.insertText(text.left(length), format);
    if (!isLong)
        return;
    beginBlock(cursor, QTextBlockFormat(), QTextCharFormat());
    if (isOpen && length < text.size())
        cursor.insertText(tr("The rest is in the raw body. "));
    addLink(cursor,
            isOpen ? tr("Show less")
                   : tr("Show all %1 characters").arg(countText(static_cast<std::uint64_t>(text.size()))),
            target);
}

void MessagesPage::addLink(QTextCursor &cursor, const QString &text, const QString &target)
{
    QTextCharFormat link;
    link.setAnchor(true);
    link.setAnchorHref(target);
    link.setForeground(palette().brush(QPalette::Link));
    cursor.insertText(text, link);
    cursor.setCharFormat(QTextCharFormat());
}

} // namespace hookscope
