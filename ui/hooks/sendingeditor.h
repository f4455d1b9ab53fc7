#pragma once

#include "core/hooks/sendingpolicy.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace hookscope {

// What a webhook sends besides the event: headers, signing keys, a body in the receiver's own form. For
// collectors, the headers alone.
class SendingEditor final : public QWidget {
    Q_OBJECT
public:
    explicit SendingEditor(QWidget *parent = nullptr);

    void setSending(const SendingPolicy &sending);

    // What is typed; the error says what cannot be read of it.
    Result<SendingPolicy> sending() const;

    void showForCollectors(bool isCollector); // headers alone

signals:
    void changed();

private:
    QPlainTextEdit *m_headers;
    QLineEdit *m_keys;
    QComboBox *m_presets;
    QPlainTextEdit *m_template;
    QCheckBox *m_private;
    QWidget *m_webhookPart;
};

} // namespace hookscope
