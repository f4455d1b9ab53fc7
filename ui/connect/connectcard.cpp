#include "ui/connect/connectcard.h"

#include "ui/text/amounts.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

namespace hookscope {

namespace {

QLabel *plainLabel(const char *name)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setObjectName(QString::fromLatin1(name));
    return label;
}

void setBold(QLabel *label)
{
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
}

QPlainTextEdit *makeLines()
{
    auto *lines = new QPlainTextEdit;
    lines->setReadOnly(true);
    lines->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    lines->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    lines->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    lines->setTabChangesFocus(true);
    lines->setObjectName(QStringLiteral("lines"));
    return lines;
}

} // namespace

ConnectCard::ConnectCard(QWidget *parent)
    : QFrame(parent)
    , m_title(plainLabel("title"))
    , m_state(plainLabel("state"))
    , m_note(plainLabel("note"))
    , m_certificate(plainLabel("certificate"))
    , m_lines(makeLines())
    , m_terminal(new QPushButton(tr("Open Terminal")))
    , m_copy(new QPushButton(tr("Copy")))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
    setBold(m_title);
    setBold(m_state);
    m_note->setWordWrap(true);
    m_certificate->setWordWrap(true);
    m_certificate->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setFixedWidth(m_copy->fontMetrics().horizontalAdvance(tr("Copied ✓")) + 28);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_lines->toPlainText());
        m_copy->setText(tr("Copied ✓"));
        QTimer::singleShot(1500, m_copy, [this] { m_copy->setText(tr("Copy")); });
    });
    connect(m_terminal, &QPushButton::clicked, this, [this] { emit terminalRequested(m_recipe.label); });

    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addSpacing(8);
    head->addWidget(m_state, 1);
    head->addWidget(m_terminal);
    head->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 8);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_note);
    layout->addWidget(m_lines);
    layout->addWidget(m_certificate);
}

void ConnectCard::show(const Recipe &recipe)
{
    m_recipe = recipe;
    m_title->setText(recipe.title);
    m_note->setText(recipe.note);
    m_certificate->setText(recipe.certificate);
    m_lines->setPlainText(recipe.lines);
    m_lines->setAccessibleName(tr("Lines for %1").arg(recipe.title));
    m_copy->setAccessibleName(tr("Copy the lines for %1").arg(recipe.title));
    m_copy->setToolTip(m_copy->accessibleName());
    m_terminal->setAccessibleName(tr("Open a terminal for %1").arg(recipe.title));
    m_terminal->setToolTip(tr("Opens a terminal of its own, in which every client finds its way here"));
    m_terminal->setVisible(m_isTerminalAvailable && recipe.takesEnvironment);
    const auto count = static_cast<int>(recipe.lines.count(QLatin1Char('\n'))) + 1;
    const int frame = 2 * m_lines->frameWidth() + static_cast<int>(2 * m_lines->document()->documentMargin());
    m_lines->setFixedHeight(QFontMetrics(m_lines->font()).lineSpacing() * count + frame + 2);
    refreshState();
}

void ConnectCard::setTerminalAvailable(bool available)
{
    m_isTerminalAvailable = available;
    m_terminal->setVisible(available && m_recipe.takesEnvironment);
}

void ConnectCard::noteRequests(const QString &sender, quint64 count)
{
    m_sender = sender;
    m_requests += count;
    refreshState();
}

void ConnectCard::forgetRequests()
{
    m_requests = 0;
    refreshState();
}

void ConnectCard::refreshState()
{
    if (m_requests == 0)
        m_state->clear();
    else if (m_requests == 1)
        m_state->setText(tr("✓ connected: %1, 1 request").arg(m_sender));
    else
        m_state->setText(tr("✓ connected: %1, %2 requests").arg(m_sender, countText(m_requests)));
}

} // namespace hookscope
