#include "ui/live/comparewindow.h"

#include "ui/live/bodytext.h"
#include "ui/live/findbar.h"
#include "ui/live/offthread.h"
#include "ui/text/amounts.h"
#include "ui/text/indentedjson.h"
#include "ui/text/visible.h"

#include <QFontDatabase>
#include <QLabel>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int context = 3; // lines around a change
constexpr qsizetype mostLines = 20'000; // that are shown

QStringList linesOf(const CallTexts &texts)
{
    const auto view = texts.request ? std::string_view(*texts.request) : std::string_view();
    const llm::Conversation read = llm::readConversation(view, {});
    QStringList lines;
    for (const llm::MessagePart &part : read.asked) {
        const QString tool =
            part.toolName.empty() ? QString() : QStringLiteral(" · ") + visible(part.toolName);
        lines << QStringLiteral("── ") + visible(part.role) + tool + QStringLiteral(" ──");
        const bool isJson = part.text.starts_with('{') || part.text.starts_with('[');
        lines << visibleLines(isJson ? indentedJson(part.text) : part.text).split(QLatin1Char('\n'));
    }
    for (const llm::DeclaredTool &tool : read.tools) {
        lines << QStringLiteral("── ") + CompareWindow::tr("tool %1").arg(visible(tool.name))
                + QStringLiteral(" ──");
        lines << visibleLines(tool.description).split(QLatin1Char('\n'));
    }
    if (read.asked.empty() && !view.empty()) // no call: the body itself
        lines << readableBody(view, 2'000'000).text.split(QLatin1Char('\n'));
    return lines;
}

} // namespace

QVector<DiffLine> compareCalls(const CallTexts &from, const CallTexts &to)
{
    return diffLines(linesOf(from), linesOf(to));
}

CompareWindow::CompareWindow(const CallTexts &from, const CallTexts &to, const QString &fromName,
                             const QString &toName, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_note(new QLabel(tr("Comparing…")))
    , m_text(new QTextBrowser)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Compare %1 with %2").arg(fromName, toName));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_text->setOpenLinks(false);
    m_text->setUndoRedoEnabled(false);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Differences of the two prompts"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_note);
    layout->addWidget(m_text, 1);
    layout->addWidget(new FindBar(m_text));
    resize(860, 600);
    runOffThread(
        this, [from, to] { return compareCalls(from, to); },
        [this](const QVector<DiffLine> &lines) {
            show(lines);
            emit compared();
        });
}

void CompareWindow::show(const QVector<DiffLine> &lines)
{
    using Kind = DiffLine::Kind;
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    const QColor removed = dark ? QColor(0x5a, 0x2a, 0x2a) : QColor(0xfb, 0xdd, 0xdd);
    const QColor added = dark ? QColor(0x24, 0x4a, 0x2c) : QColor(0xdc, 0xf5, 0xe0);
    const auto isChange = [](const DiffLine &line) {
        return line.kind != Kind::Same;
    };
    const auto countOf = [&](Kind kind) {
        return std::count_if(lines.begin(), lines.end(),
                             [kind](const DiffLine &line) { return line.kind == kind; });
    };
    m_note->setText(tr("− %1 lines only in the first, + %2 lines only in the second")
                        .arg(countText(static_cast<std::uint64_t>(countOf(Kind::Removed))),
                             countText(static_cast<std::uint64_t>(countOf(Kind::Added)))));
    QTextCursor cursor(m_text->document());
    cursor.beginEditBlock();
    const auto insert = [&](const QString &text, const QColor &background) {
        QTextBlockFormat block;
        if (background.isValid())
            block.setBackground(background);
        cursor.insertBlock(block);
        cursor.insertText(text);
    };
    qsizetype shown = 0;
    for (qsizetype i = 0; i < lines.size() && shown < mostLines; ++i) {
        const DiffLine &line = lines[i];
        const auto near = [&](qsizetype from, qsizetype to) {
            return std::any_of(lines.begin() + std::max<qsizetype>(0, from),
                               lines.begin() + std::min(lines.size(), to), isChange);
        };
        if (line.kind == Kind::Same && !near(i - context, i + context + 1)) {
            qsizetype end = i;
            while (end < lines.size() && !near(end - context, end + context + 1))
                ++end;
            insert(QStringLiteral("  … ")
                       + tr("lines alike: %1").arg(countText(static_cast<std::uint64_t>(end - i))),
                   {});
            i = end - 1;
            continue;
        }
        const bool isAdded = line.kind == Kind::Added;
        insert((line.kind == Kind::Same ? QStringLiteral("  ")
                    : isAdded           ? QStringLiteral("+ ")
                                        : QStringLiteral("− "))
                   + line.text,
               line.kind == Kind::Same ? QColor()
                   : isAdded           ? added
                                       : removed);
        ++shown;
    }
    if (shown == mostLines)
        insert(tr("… the rest is not shown"), {});
    cursor.endEditBlock();
    m_text->moveCursor(QTextCursor::Start);
}

} // namespace hookscope
