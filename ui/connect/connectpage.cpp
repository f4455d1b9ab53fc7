#include "ui/connect/connectpage.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace hookscope {

namespace {

QLabel *plainLabel(const QString &text, double size = 1.0, bool bold = false)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * size);
    font.setBold(bold);
    label->setFont(font);
    return label;
}

} // namespace

ConnectPage::ConnectPage(QWidget *parent)
    : QWidget(parent)
    , m_heading(plainLabel({}, 1.5, true))
    , m_explanation(plainLabel({}))
    , m_sandbox(new QLineEdit)
    , m_back(new QPushButton(tr("Back to &Requests")))
    , m_cardArea(new QWidget)
{
    m_heading->setObjectName(QStringLiteral("connectHeading"));
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_explanation->setWordWrap(true);
    m_sandbox->setPlaceholderText(tr("none"));
    m_sandbox->setMaximumWidth(180);
    m_sandbox->setToolTip(
        tr("A label of your own, to tell clients apart in the table: it goes into the address"));
    m_sandbox->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[A-Za-z0-9._-]{0,64}")), m_sandbox));
    connect(m_sandbox, &QLineEdit::textChanged, this, &ConnectPage::refresh);
    m_back->hide();
    connect(m_back, &QPushButton::clicked, this, &ConnectPage::backRequested);

    auto *labelName = plainLabel(tr("&Sandbox label:"));
    labelName->setTextFormat(Qt::AutoText); // for the mnemonic
    labelName->setBuddy(m_sandbox);
    auto *top = new QHBoxLayout;
    top->addWidget(m_heading);
    top->addStretch(1);
    top->addWidget(labelName);
    top->addWidget(m_sandbox);
    top->addWidget(m_back);

    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_explanation);
    layout->addWidget(m_cardArea);
    layout->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setBackgroundRole(QPalette::Base);
    scroll->setWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    setupCards();
    refresh();
}

void ConnectPage::setupCards()
{
    auto *columns = new QHBoxLayout(m_cardArea);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(14);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    for (QVBoxLayout *column : {left, right}) {
        column->setSpacing(8);
        columns->addLayout(column, 1);
    }
    const QList<Recipe> all = recipes({}, 0, {});
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Card card = makeCard(all[i]);
        (i < (all.size() - 1) / 2 ? left : right)->addWidget(card.frame);
        m_cards.append(card);
    }
    left->addStretch(1);
    right->addStretch(1);
}

ConnectPage::Card ConnectPage::makeCard(const Recipe &recipe)
{
    auto *frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setAutoFillBackground(true);
    frame->setBackgroundRole(QPalette::Window);

    auto *lines = new QPlainTextEdit;
    lines->setReadOnly(true);
    lines->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    lines->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    lines->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    lines->setTabChangesFocus(true);
    lines->setAccessibleName(tr("Lines for %1").arg(recipe.title));
    lines->setObjectName(QStringLiteral("lines"));

    auto *copy = new QPushButton(tr("Copy"));
    copy->setAccessibleName(tr("Copy the lines for %1").arg(recipe.title));
    copy->setToolTip(copy->accessibleName());
    connect(copy, &QPushButton::clicked, lines, [lines, copy] {
        QGuiApplication::clipboard()->setText(lines->toPlainText());
        copy->setText(tr("Copied ✓"));
        QTimer::singleShot(1500, copy, [copy] { copy->setText(tr("Copy")); });
    });
    copy->setFixedWidth(copy->fontMetrics().horizontalAdvance(tr("Copied ✓")) + 28);

    auto *note = plainLabel(recipe.note);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QGridLayout(frame);
    layout->setContentsMargins(12, 6, 12, 8);
    layout->setVerticalSpacing(2);
    layout->addWidget(plainLabel(recipe.title, 1.0, true), 0, 0);
    layout->addWidget(note, 1, 0);
    layout->addWidget(copy, 0, 1, 2, 1, Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(lines, 2, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    return {frame, note, lines};
}

void ConnectPage::showListening(const QString &host, quint16 port)
{
    m_host = host;
    m_port = port;
    refresh();
}

void ConnectPage::setBackAvailable(bool available)
{
    m_back->setVisible(available);
}

void ConnectPage::refresh()
{
    const bool isListening = m_port != 0;
    m_cardArea->setVisible(isListening);
    if (!isListening) {
        m_heading->setText(tr("Not listening yet"));
        m_explanation->clear();
        return;
    }
    m_heading->setText(tr("Connect an agent to %1").arg(clientUrl(m_host, m_port)));
    m_explanation->setText(
        tr("Start a client in one of these ways; its requests appear here as they are made. Keys "
           "go to the provider as always and are never shown or stored. No certificate is needed."));
    const QList<Recipe> all = recipes(m_host, m_port, m_sandbox->text());
    for (qsizetype i = 0; i < all.size(); ++i) {
        QPlainTextEdit *lines = m_cards[i].lines;
        lines->setPlainText(all[i].lines);
        const auto count = static_cast<int>(all[i].lines.count(QLatin1Char('\n'))) + 1;
        const int frame = 2 * lines->frameWidth() + static_cast<int>(2 * lines->document()->documentMargin());
        lines->setFixedHeight(QFontMetrics(lines->font()).lineSpacing() * count + frame + 2);
    }
}

} // namespace hookscope
