#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QWidget>
#include <functional>

namespace hookscope {

// What went wrong or wants a decision, above the table, until it is dealt with or closed: nothing pops up
// over the person's work. One message per key; a new one of that key takes its place.
class MessageArea final : public QWidget {
    Q_OBJECT
public:
    enum class Weight { Note, Warning, Error };

    struct Choice {
        QString text;
        std::function<void()> chosen; // the message is closed first
    };

    explicit MessageArea(QWidget *parent = nullptr);

    void show(const QString &key, Weight weight, const QString &text, const QList<Choice> &choices = {});
    void close(const QString &key);
    QString text(const QString &key) const; // empty if there is none

private:
    QHash<QString, QWidget *> m_messages;
};

} // namespace hookscope
