#include "ui/main/messagearea.h"

#include <QAccessible>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookscope {

namespace {

QStyle::StandardPixmap pixmapOf(MessageArea::Weight weight)
{
    switch (weight) {
    case MessageArea::Weight::Note:
        return QStyle::SP_MessageBoxInformation;
    case MessageArea::Weight::Warning:
        return QStyle::SP_MessageBoxWarning;
    case MessageArea::Weight::Error:
        return QStyle::SP_MessageBoxCritical;
    }
    return QStyle::SP_MessageBoxInformation;
}

} // namespace

MessageArea::MessageArea(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
}

void MessageArea::show(const QString &key, Weight weight, const QString &text, const QList<Choice> &choices)
{
    close(key);
    auto *frame = new QFrame(this);
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setAutoFillBackground(true);
    frame->setBackgroundRole(QPalette::ToolTipBase);
    frame->setObjectName(QStringLiteral("message-") + key);

    auto *icon = new QLabel;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon->setPixmap(style()->standardIcon(pixmapOf(weight)).pixmap(size, size));
    auto *label = new QLabel(text);
    label->setObjectName(QStringLiteral("text"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::ToolTipText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true); // of which a new policy knows nothing: long texts would be cut
    label->setSizePolicy(policy);

    auto *layout = new QHBoxLayout(frame);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(icon);
    layout->addWidget(label, 1);
    for (const Choice &choice : choices) {
        auto *button = new QPushButton(choice.text);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, key, chosen = choice.chosen] {
            close(key);
            chosen();
        });
    }
    auto *closeButton = new QToolButton;
    closeButton->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    closeButton->setAutoRaise(true);
    closeButton->setToolTip(tr("Close this message"));
    closeButton->setAccessibleName(closeButton->toolTip());
    connect(closeButton, &QToolButton::clicked, this, [this, key] { close(key); });
    layout->addWidget(closeButton);

    m_messages.insert(key, frame);
    this->layout()->addWidget(frame);
    frame->show();
    QAccessibleEvent alert(label, QAccessible::Alert); // to be read out
    QAccessible::updateAccessibility(&alert);
}

void MessageArea::close(const QString &key)
{
    if (QWidget *message = m_messages.take(key)) {
        message->hide();
        message->setObjectName({});
        message->deleteLater(); // one of its buttons may be the caller
    }
}

QString MessageArea::text(const QString &key) const
{
    const QWidget *message = m_messages.value(key);
    const auto *label = message ? message->findChild<QLabel *>(QStringLiteral("text")) : nullptr;
    return label ? label->text() : QString();
}

} // namespace hookscope
