#pragma once

#include "core/events/event.h"

#include <QWidget>
#include <optional>

class QLabel;
class QPlainTextEdit;

namespace hookscope {

// One body as it was kept: decoded, laid out on another thread, searchable. Main thread.
class BodyPage final : public QWidget {
    Q_OBJECT
public:
    static constexpr qsizetype mostCharacters = 2'000'000;

    explicit BodyPage(const QString &accessibleName, QWidget *parent = nullptr);

    // None: `why` says why there is none. The same body again changes nothing.
    void setBody(const std::optional<BodyKept> &body, const QString &why);

signals:
    void shown(); // the body's text is there

private:
    void noteBody(bool isCut);

    std::optional<BodyKept> m_body;
    QString m_why;
    int m_reading = 0; // counts up: only the newest result is taken
    QLabel *m_note;
    QPlainTextEdit *m_text;
};

} // namespace hookscope
