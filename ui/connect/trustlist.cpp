#include "ui/connect/trustlist.h"

#include "ui/text/visible.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

using State = TrustResult::State;

constexpr auto stateProperty = "trustState";

QLabel *plainLabel(const QString &text = {})
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString signOf(State state)
{
    switch (state) {
    case State::Accepts:
        return QStringLiteral("✓");
    case State::Refuses:
        return QStringLiteral("✗");
    case State::NotInstalled:
        return QStringLiteral("–");
    case State::NotTried:
        return QStringLiteral("?");
    }
    return {};
}

QString sentenceOf(const TrustResult &result)
{
    switch (result.state) {
    case State::Accepts:
        return TrustList::tr("accepts the CA");
    case State::Refuses:
        return TrustList::tr("refuses: %1").arg(visible(result.words));
    case State::NotInstalled:
        return TrustList::tr("not installed");
    case State::NotTried:
        return TrustList::tr("not tried: %1").arg(visible(result.words));
    }
    return {};
}

QColor inkOf(const QPalette &palette, State state)
{
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    switch (state) {
    case State::Accepts:
        return isDark ? QColor(0x7f, 0xd1, 0x9b) : QColor(0x1a, 0x6b, 0x3a);
    case State::Refuses:
        return isDark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb0, 0x1c, 0x14);
    default:
        return palette.color(QPalette::PlaceholderText);
    }
}

} // namespace

TrustList::TrustList(QWidget *parent)
    : QWidget(parent)
    , m_heading(plainLabel())
    , m_rows(new QGridLayout)
    , m_help(plainLabel())
{
    m_heading->setObjectName(QStringLiteral("trustHeading"));
    m_heading->setWordWrap(true);
    m_help->setObjectName(QStringLiteral("trustHelp"));
    m_help->setWordWrap(true);
    m_rows->setHorizontalSpacing(8);
    m_rows->setVerticalSpacing(1);
    m_rows->setColumnStretch(2, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(m_heading);
    layout->addLayout(m_rows);
    layout->addWidget(m_help);
}

void TrustList::begin()
{
    clearRows();
    m_heading->setText(tr("Trying which programs of this machine accept the CA…"));
    m_help->hide();
}

void TrustList::add(const TrustResult &result)
{
    if (result.state != State::NotInstalled)
        addRow(result);
}

void TrustList::finish(const TrustReport &report, const QString &caCertificate)
{
    clearRows();
    m_heading->setText(report.fault.isEmpty()
                           ? tr("In the environment of terminals opened here and of hookscope --run:")
                           : report.fault);
    QStringList absent;
    for (const TrustResult &result : report.results) {
        if (result.state == State::NotInstalled)
            absent.append(result.program);
        else
            addRow(result);
    }
    if (!absent.isEmpty())
        addAbsent(absent);
    const bool isRefused =
        std::any_of(report.results.begin(), report.results.end(),
                    [](const TrustResult &result) { return result.state == State::Refuses; });
    m_help->setVisible(isRefused);
    m_help->setText(
        tr("What refuses has settings of its own that come before the environment, or a file that they "
           "name cannot be read. The certificate to trust is %1.")
            .arg(caCertificate));
}

void TrustList::addRow(const TrustResult &result)
{
    auto *sign = plainLabel(signOf(result.state));
    auto *program = plainLabel(result.program);
    auto *sentence = plainLabel(sentenceOf(result));
    sentence->setWordWrap(true);
    sentence->setObjectName(QStringLiteral("trust-") + result.program);
    QFont bold = sign->font();
    bold.setBold(true);
    sign->setFont(bold);
    program->setFont(bold);
    program->setToolTip(result.path);
    sign->setProperty(stateProperty, int(result.state));
    sentence->setProperty(stateProperty, int(result.state));
    const int row = m_rowCount++;
    m_rows->addWidget(sign, row, 0, Qt::AlignTop);
    m_rows->addWidget(program, row, 1, Qt::AlignTop);
    m_rows->addWidget(sentence, row, 2);
    colour();
}

void TrustList::addAbsent(const QStringList &programs)
{
    TrustResult result;
    result.state = State::NotInstalled;
    result.program = programs.join(QStringLiteral(", "));
    addRow(result);
}

void TrustList::clearRows()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_rowCount = 0;
}

void TrustList::colour()
{
    for (QLabel *label : findChildren<QLabel *>()) {
        const QVariant state = label->property(stateProperty);
        if (!state.isValid())
            continue;
        QPalette own;
        for (const QPalette::ColorRole role :
             {QPalette::WindowText, QPalette::Text}) // as what is below has it
            own.setColor(role, inkOf(palette(), State(state.toInt())));
        label->setPalette(own);
    }
}

void TrustList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace hookscope
