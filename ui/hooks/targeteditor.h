#pragma once

#include "core/hooks/deliverypolicy.h"
#include "core/hooks/hooktarget.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace hookscope {

class DeliveryEditor;
class FileTargetEditor;
class ProgramTargetEditor;

// Where a hook delivers to and how, with the fields of the chosen kind of target alone.
class TargetEditor final : public QWidget {
    Q_OBJECT
public:
    enum Kind { Webhook, File, Audit, Program, Notification, Collector };

    explicit TargetEditor(QWidget *parent = nullptr);

    void setTarget(const HookTarget &target, const DeliveryPolicy &delivery);

    Kind kind() const;
    HookTarget target() const;
    DeliveryPolicy delivery() const; // the usual one, but for webhooks

signals:
    void changed(); // also the kind

private:
    QWidget *makeWebhook();
    void showKind();

    QComboBox *m_kind;
    QList<QWidget *> m_pages; // by Kind
    QLineEdit *m_url;
    DeliveryEditor *m_delivery;
    FileTargetEditor *m_file;
    ProgramTargetEditor *m_program;
    QLineEdit *m_collector;
};

} // namespace hookscope
