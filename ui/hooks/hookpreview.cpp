#include "ui/hooks/hookpreview.h"

#include "ui/hooks/dueevents.h"
#include "ui/text/amounts.h"
#include "ui/text/visible.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextCursor>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int longestCaption = 46; // characters; the list shows them whole

// Line by line, so that line ends of a body are line ends here.
QString shown(const QByteArray &body)
{
    QStringList lines = QString::fromUtf8(body).split(QLatin1Char('\n'));
    if (lines.size() > 1 && lines.last().isEmpty())
        lines.removeLast();
    for (QString &line : lines)
        line = visible(line);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

HookPreview::HookPreview(PreviewMaker maker, QWidget *parent)
    : QWidget(parent)
    , m_maker(std::move(maker))
    , m_event(new QComboBox)
    , m_text(new QPlainTextEdit)
    , m_note(new QLabel)
{
    m_event->setObjectName(QStringLiteral("previewEvent"));
    m_event->setAccessibleName(tr("Event of the preview"));
    m_event->setToolTip(tr("Captured events for which this hook is due, the newest first"));
    m_event->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_event->setMinimumContentsLength(longestCaption);
    m_event->setMaxVisibleItems(20);
    m_text->setObjectName(QStringLiteral("previewText"));
    m_text->setAccessibleName(tr("What would be delivered"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_note->setObjectName(QStringLiteral("previewNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *label = new QLabel(tr("P&review of:"));
    label->setBuddy(m_event);
    auto *choice = new QHBoxLayout;
    choice->addWidget(label);
    choice->addWidget(m_event, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(choice);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_note);
    connect(m_event, &QComboBox::activated, this, [this] {
        m_isChosen = true;
        update();
    });
}

void HookPreview::setEvents(const std::vector<CapturedEvent> &events)
{
    const auto at = static_cast<std::size_t>(std::max(0, m_event->currentIndex()));
    const bool wasSample = at >= m_events.size();
    int index = 0;
    if (m_isChosen && wasSample) {
        index = static_cast<int>(events.size());
    } else if (m_isChosen) {
        const auto found = std::find(events.begin(), events.end(), m_events[at]);
        m_isChosen = found != events.end();
        index = m_isChosen ? static_cast<int>(found - events.begin()) : 0;
    }
    const QSignalBlocker blocker(m_event);
    if (events != m_events || m_event->count() == 0) {
        m_events = events;
        m_event->clear();
        for (const CapturedEvent &event : m_events)
            m_event->addItem(captionOf(event));
        m_event->addItem(tr("a sample event, as a test sends it"));
    }
    m_event->setCurrentIndex(index);
}

void HookPreview::showHook(const Hook &hook, const std::vector<CapturedEvent> &events)
{
    m_hook = hook;
    setEvents(events);
    m_event->setEnabled(true);
    update();
}

void HookPreview::showProblem(const QString &text)
{
    m_event->setEnabled(false);
    m_text->setPlainText({});
    m_text->setPlaceholderText(tr("There is nothing to be seen yet: %1").arg(text));
    m_note->hide();
}

void HookPreview::update()
{
    const auto at = static_cast<std::size_t>(std::max(0, m_event->currentIndex()));
    std::optional<CapturedEvent> event;
    if (at < m_events.size())
        event = m_events[at];
    const DeliveryPreview preview = m_maker(m_hook, event);
    if (preview.problem.isEmpty())
        write(preview);
    else
        showProblem(preview.problem);
}

void HookPreview::write(const DeliveryPreview &preview)
{
    const int scrolled = m_text->verticalScrollBar()->value();
    m_text->clear();
    QTextCursor cursor(m_text->document());
    QTextCharFormat plain;
    QTextCharFormat title;
    title.setFontWeight(QFont::Bold);
    QTextCharFormat quiet;
    quiet.setForeground(palette().brush(QPalette::PlaceholderText));
    for (const DeliveryPreview::Part &part : preview.parts) {
        if (!cursor.atStart())
            cursor.insertText(QStringLiteral("\n\n"), plain);
        QString name = visible(part.title);
        if (!part.body.isEmpty())
            name = tr("%1 (%2)").arg(name, bytesText(static_cast<std::uint64_t>(part.body.size())));
        cursor.insertText(name, title);
        for (const QString &line : part.head)
            cursor.insertText(QLatin1Char('\n') + visible(line), quiet);
        if (!part.body.isEmpty())
            cursor.insertText((part.head.isEmpty() ? QStringLiteral("\n") : QStringLiteral("\n\n"))
                                  + shown(part.body),
                              plain);
    }
    m_text->verticalScrollBar()->setValue(scrolled);
    m_note->setText(preview.note);
    m_note->setVisible(!preview.note.isEmpty());
}

} // namespace hookscope
