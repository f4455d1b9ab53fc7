#include "ui/hooks/targeteditor.h"

#include "ui/hooks/deliveryeditor.h"
#include "ui/hooks/filetargeteditor.h"
#include "ui/hooks/programtargeteditor.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace hookscope {

namespace {

QLabel *wrapped(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    return label;
}

} // namespace

TargetEditor::TargetEditor(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox)
    , m_url(new QLineEdit)
    , m_delivery(new DeliveryEditor)
    , m_file(new FileTargetEditor)
    , m_program(new ProgramTargetEditor)
    , m_collector(new QLineEdit)
{
    m_kind->setObjectName(QStringLiteral("hookKind"));
    m_kind->addItems({tr("Webhook"), tr("File"), tr("Audit log"), tr("Program"), tr("Desktop notification"),
                      tr("Collector (OpenTelemetry)")});
    m_kind->setAccessibleName(tr("Target"));
    m_collector->setObjectName(QStringLiteral("hookCollector"));
    m_collector->setPlaceholderText(QStringLiteral("http://127.0.0.1:4318"));
    m_collector->setAccessibleName(tr("Collector URL"));
    m_collector->setToolTip(tr("Gets each LLM call as a GenAI span, and metrics, by OTLP over HTTP"));
    m_pages = {makeWebhook(),
               m_file,
               wrapped(tr("Written to the standard error of Hookscope, as always.")),
               m_program,
               wrapped(tr("Shown by the desktop, in one line.")),
               m_collector};
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_kind);
    for (QWidget *page : m_pages)
        layout->addWidget(page);
    setFocusProxy(m_kind);
    showKind();

    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showKind();
        emit changed();
    });
    connect(m_url, &QLineEdit::textChanged, this, &TargetEditor::changed);
    connect(m_collector, &QLineEdit::textChanged, this, &TargetEditor::changed);
    connect(m_delivery, &DeliveryEditor::changed, this, &TargetEditor::changed);
    connect(m_file, &FileTargetEditor::changed, this, &TargetEditor::changed);
    connect(m_program, &ProgramTargetEditor::changed, this, &TargetEditor::changed);
}

QWidget *TargetEditor::makeWebhook()
{
    m_url->setObjectName(QStringLiteral("hookUrl"));
    m_url->setPlaceholderText(QStringLiteral("https://example.com/hook"));
    m_url->setAccessibleName(tr("Webhook URL"));
    m_url->setToolTip(tr("Each event is sent there as one POST with a JSON body"));
    auto *webhook = new QWidget;
    auto *layout = new QVBoxLayout(webhook);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_url);
    layout->addWidget(m_delivery);
    return webhook;
}

void TargetEditor::showKind()
{
    for (int kind = 0; kind < m_pages.size(); ++kind)
        m_pages[kind]->setVisible(kind == m_kind->currentIndex());
}

TargetEditor::Kind TargetEditor::kind() const
{
    return static_cast<Kind>(m_kind->currentIndex());
}

void TargetEditor::setTarget(const HookTarget &target, const DeliveryPolicy &delivery)
{
    m_delivery->setPolicy(delivery);
    Kind kind = Audit;
    if (const auto *webhook = std::get_if<WebhookTarget>(&target)) {
        kind = Webhook;
        m_url->setText(webhook->url);
    } else if (const auto *file = std::get_if<FileTarget>(&target)) {
        kind = File;
        m_file->setTarget(*file);
    } else if (const auto *exec = std::get_if<ExecTarget>(&target)) {
        kind = Program;
        m_program->setTarget(*exec);
    } else if (const auto *otlp = std::get_if<OtlpTarget>(&target)) {
        kind = Collector;
        m_collector->setText(otlp->url);
    } else if (std::holds_alternative<NotifyTarget>(target)) {
        kind = Notification;
    }
    m_kind->setCurrentIndex(kind);
}

HookTarget TargetEditor::target() const
{
    switch (kind()) {
    case Webhook:
        return WebhookTarget{m_url->text().trimmed()};
    case File:
        return m_file->target();
    case Program:
        return m_program->target();
    case Notification:
        return NotifyTarget{};
    case Collector:
        return OtlpTarget{m_collector->text().trimmed()};
    case Audit:
        break;
    }
    return AuditTarget{};
}

DeliveryPolicy TargetEditor::delivery() const
{
    return kind() == Webhook ? m_delivery->policy() : DeliveryPolicy();
}

} // namespace hookscope
