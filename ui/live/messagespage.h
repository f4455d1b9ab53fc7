#pragma once

#include "ui/live/callreading.h"

#include <QSet>
#include <QWidget>

class QTextBrowser;
class QTextCursor;

namespace hookscope {

// A call as a conversation: who said what, tools called and what they gave back. What the session's call before
// held already is folded; long messages are shortened. Links open both. All text is plain. Main thread.
class MessagesPage final : public QWidget {
    Q_OBJECT
public:
    explicit MessagesPage(QWidget *parent = nullptr);

    // In place of a conversation.
    void showText(const QString &text);
    void showReading(const CallReading &reading);

private:
    void rebuild();
    void addParts(QTextCursor &cursor, const std::vector<llm::MessagePart> &parts, bool isAnswer);
    void addPart(QTextCursor &cursor, const llm::MessagePart &part, int number, bool isNew);
    void addHeading(QTextCursor &cursor, const llm::MessagePart &part, bool isNew);
    void addLink(QTextCursor &cursor, const QString &text, const QString &target);
    void toggle(const QString &target);

    QTextBrowser *m_text;
    CallReading m_reading;
    QSet<QString> m_opened;
};

} // namespace hookscope
