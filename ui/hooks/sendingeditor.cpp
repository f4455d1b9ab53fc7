#include "ui/hooks/sendingeditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <array>
#include <utility>

namespace hookscope {

namespace {

// Receivers' own forms, as their documentation has them.
constexpr std::array<std::pair<const char *, const char *>, 5> presets{{
    {"Slack", R"({"text": "{{summary}}"})"},
    {"Discord", R"({"content": "{{summary}}", "allowed_mentions": {"parse": []}})"},
    {"Teams",
     R"({"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TextBlock", "wrap": true, "text": "{{summary}}"}]}}]})"},
    {"ntfy", R"({"topic": "hookscope", "title": "Hookscope", "message": "{{summary}}"})"},
    {"PagerDuty",
     R"({"routing_key": "{secret:PAGERDUTY_KEY}", "event_action": "trigger", "payload": {"summary": "{{summary}}", "source": "hookscope", "severity": "warning"}})"},
}};

QPlainTextEdit *makeText(int lines, const QString &name)
{
    auto *edit = new QPlainTextEdit;
    edit->setObjectName(name);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * lines + 14);
    return edit;
}

} // namespace

SendingEditor::SendingEditor(QWidget *parent)
    : QWidget(parent)
    , m_headers(makeText(2, QStringLiteral("hookHeaders")))
    , m_keys(new QLineEdit)
    , m_presets(new QComboBox)
    , m_template(makeText(4, QStringLiteral("hookTemplate")))
    , m_private(new QCheckBox(tr("Its name may lead to a &private address")))
    , m_webhookPart(new QWidget)
{
    m_headers->setPlaceholderText(QStringLiteral("Authorization: Bearer {secret:MY_TOKEN}"));
    m_headers->setToolTip(
        tr("One header a line. {secret:NAME} is put in from the keyring when it is sent; a credential "
           "itself is not taken"));
    m_headers->setAccessibleName(tr("Headers"));
    m_keys->setObjectName(QStringLiteral("hookKeys"));
    m_keys->setPlaceholderText(tr("Name of a key in the keyring; during a rotation two: NEW, OLD"));
    m_keys->setToolTip(
        tr("Signs as Standard Webhooks do. The key is whsec_ and base64: put it into the keyring by "
           "hookscope --store-secret NAME"));
    m_keys->setAccessibleName(tr("Signing keys"));
    m_presets->setObjectName(QStringLiteral("hookPreset"));
    m_presets->setAccessibleName(tr("Ready-made bodies"));
    m_presets->addItem(tr("Ready-made…"));
    for (const auto &[name, body] : presets)
        m_presets->addItem(QLatin1String(name), QString::fromUtf8(body));
    m_template->setPlaceholderText(
        tr("Empty: the event itself. Else JSON with places: {\"text\": \"{{summary}}\"}"));
    m_template->setToolTip(
        tr("{{KEY}} is a value's text, {{{KEY}}} its JSON, {{#KEY}}…{{/KEY}} is there only if the value "
           "is. Keys: %1")
            .arg(PayloadTemplate::keys().join(QStringLiteral(", "))));
    m_template->setAccessibleName(tr("Body"));
    m_private->setObjectName(QStringLiteral("hookPrivate"));
    m_private->setToolTip(
        tr("Otherwise only an address that you typed yourself, or localhost, may be private"));

    auto *webhookForm = new QFormLayout(m_webhookPart);
    webhookForm->setContentsMargins(0, 0, 0, 0);
    webhookForm->addRow(tr("Si&gn with:"), m_keys);
    webhookForm->addRow(tr("Bod&y:"), m_presets);
    webhookForm->addRow(QString(), m_template);
    auto *form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("&Headers:"), m_headers);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(form);
    layout->addWidget(m_webhookPart);
    layout->addWidget(m_private);

    connect(m_headers, &QPlainTextEdit::textChanged, this, &SendingEditor::changed);
    connect(m_keys, &QLineEdit::textChanged, this, &SendingEditor::changed);
    connect(m_template, &QPlainTextEdit::textChanged, this, &SendingEditor::changed);
    connect(m_private, &QCheckBox::toggled, this, &SendingEditor::changed);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            m_template->setPlainText(m_presets->itemData(index).toString());
        m_presets->setCurrentIndex(0);
    });
}

void SendingEditor::setSending(const SendingPolicy &sending)
{
    QStringList lines;
    for (const SendingPolicy::Field &field : sending.fields)
        lines << field.name + QStringLiteral(": ") + field.value;
    m_headers->setPlainText(lines.join(QLatin1Char('\n')));
    m_keys->setText(sending.signWith.join(QStringLiteral(", ")));
    m_template->setPlainText(sending.body.text());
    m_private->setChecked(sending.allowsPrivate);
}

Result<SendingPolicy> SendingEditor::sending() const
{
    SendingPolicy policy;
    const QStringList lines = m_headers->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        if (colon <= 0) {
            return tl::unexpected(
                Error{ErrorCode::InvalidInput, tr("A header is written as a line “Name: value”")});
        }
        policy.fields.push_back({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    policy.allowsPrivate = m_private->isChecked();
    if (m_webhookPart->isVisibleTo(this)) {
        for (const QString &name : m_keys->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
            policy.signWith << name.trimmed();
        auto body = PayloadTemplate::compile(m_template->toPlainText().trimmed());
        if (!body)
            return tl::unexpected(body.error());
        policy.body = *std::move(body);
    }
    return policy;
}

void SendingEditor::showForCollectors(bool isCollector)
{
    m_webhookPart->setVisible(!isCollector);
}

} // namespace hookscope
