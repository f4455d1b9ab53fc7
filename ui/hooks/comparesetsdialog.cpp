#include "ui/hooks/comparesetsdialog.h"

#include "ui/text/visible.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTextBlock>
#include <QTextCursor>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

QLabel *plainLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QPlainTextEdit *textPane(const QString &name, const QString &accessibleName)
{
    auto *pane = new QPlainTextEdit;
    pane->setObjectName(name);
    pane->setAccessibleName(accessibleName);
    pane->setReadOnly(true);
    pane->setUndoRedoEnabled(false);
    pane->setTabChangesFocus(true);
    pane->setLineWrapMode(QPlainTextEdit::NoWrap); // lines of both sides stand beside each other
    pane->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return pane;
}

QStringList linesOf(const QByteArray &json)
{
    return json.isEmpty() ? QStringList() : QString::fromUtf8(json).split(QLatin1Char('\n'));
}

// A line of one side: what it says, and whether the other says otherwise.
struct Line {
    QString text;
    bool isChanged = false;
};

void write(QPlainTextEdit &pane, const QList<Line> &lines, const QString &mark, const QColor &ground)
{
    pane.clear();
    QTextCursor cursor(pane.document());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QTextBlockFormat format;
        if (lines[i].isChanged)
            format.setBackground(ground);
        if (i > 0)
            cursor.insertBlock();
        cursor.setBlockFormat(format);
        cursor.insertText((lines[i].isChanged ? mark : QStringLiteral("  ")) + visible(lines[i].text));
    }
    pane.moveCursor(QTextCursor::Start);
}

// Both ways, so that what belongs together stays beside each other.
void scrollTogether(QPlainTextEdit &one, QPlainTextEdit &other)
{
    for (const auto orientation : {Qt::Horizontal, Qt::Vertical}) {
        const auto barOf = [orientation](const QPlainTextEdit &pane) {
            return orientation == Qt::Vertical ? pane.verticalScrollBar() : pane.horizontalScrollBar();
        };
        QObject::connect(barOf(one), &QScrollBar::valueChanged, barOf(other), &QScrollBar::setValue);
        QObject::connect(barOf(other), &QScrollBar::valueChanged, barOf(one), &QScrollBar::setValue);
    }
}

} // namespace

CompareSetsDialog::CompareSetsDialog(const QList<Hook> &here, const QString &hereName, const HookSet &there,
                                     const QString &thereName, QWidget *parent)
    : QDialog(parent)
    , m_difference(differenceOf(here, there.hooks))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 Compared With %2").arg(visible(hereName), visible(thereName)));
    auto *note = plainLabel(summary(there.bad.size()));
    note->setObjectName(QStringLiteral("setSummary"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(note);
    if (m_difference.hooks.isEmpty()) {
        layout->addStretch(1);
        layout->addWidget(buttons);
        return;
    }
    auto *split = new QSplitter(Qt::Vertical);
    split->addWidget(makeTable(hereName, thereName));
    split->addWidget(makeTexts(hereName, thereName));
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    layout->addWidget(split, 1);
    layout->addWidget(buttons);
    resize(900, 640);
    m_table->selectRow(0);
}

QString CompareSetsDialog::summary(qsizetype badThere) const
{
    const auto countOf = [this](HookDifference::Kind kind) {
        return std::count_if(m_difference.hooks.begin(), m_difference.hooks.end(),
                             [kind](const HookDifference &hook) { return hook.kind == kind; });
    };
    QString text = tr("Hooks only here: %1, only there: %2, that differ: %3, alike: %4.")
                       .arg(countOf(HookDifference::Kind::OnlyHere))
                       .arg(countOf(HookDifference::Kind::OnlyThere))
                       .arg(countOf(HookDifference::Kind::Differs))
                       .arg(m_difference.alike);
    if (m_difference.isOrderOther)
        text += QLatin1Char(' ') + tr("Those that both have are in another order there.");
    if (badThere > 0)
        text += QLatin1Char(' ')
            + tr("Entries there that cannot be used, and are not compared: %1.").arg(badThere);
    return text;
}

QWidget *CompareSetsDialog::makeTable(const QString &hereName, const QString &thereName)
{
    auto *model = new QStandardItemModel(0, 3, this);
    model->setHorizontalHeaderLabels({tr("Hook"), tr("Difference"), tr("Keys that differ")});
    for (const HookDifference &hook : m_difference.hooks) {
        QString kind = tr("differs");
        if (hook.kind == HookDifference::Kind::OnlyHere)
            kind = tr("− only in %1").arg(visible(hereName));
        else if (hook.kind == HookDifference::Kind::OnlyThere)
            kind = tr("+ only in %1").arg(visible(thereName));
        QList<QStandardItem *> row;
        for (const QString &text :
             {visible(hook.name), kind, visible(hook.keys.join(QStringLiteral(", ")))}) {
            row.append(new QStandardItem(text));
            row.last()->setEditable(false);
        }
        model->appendRow(row);
    }
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("setDifferences"));
    m_table->setAccessibleName(tr("Hooks that differ"));
    m_table->setModel(model);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(0, 220);
    m_table->setColumnWidth(1, 220);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { showHook(current.row()); });
    return m_table;
}

QWidget *CompareSetsDialog::makeTexts(const QString &hereName, const QString &thereName)
{
    m_here = textPane(QStringLiteral("setHere"), tr("The hook in %1").arg(visible(hereName)));
    m_there = textPane(QStringLiteral("setThere"), tr("The hook in %1").arg(visible(thereName)));
    scrollTogether(*m_here, *m_there);
    auto *texts = new QSplitter;
    for (const auto &[pane, name] : {std::pair(m_here, hereName), std::pair(m_there, thereName)}) {
        auto *side = new QWidget;
        auto *layout = new QVBoxLayout(side);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(plainLabel(visible(name)));
        layout->addWidget(pane, 1);
        texts->addWidget(side);
    }
    return texts;
}

void CompareSetsDialog::showHook(int row)
{
    if (row < 0)
        return;
    const HookDifference &hook = m_difference.hooks[row];
    QList<Line> here;
    QList<Line> there;
    const auto level = [&here, &there] {
        while (here.size() < there.size())
            here.append(Line());
        while (there.size() < here.size())
            there.append(Line());
    };
    for (const DiffLine &line : diffLines(linesOf(hook.here), linesOf(hook.there))) {
        if (line.kind == DiffLine::Kind::Same)
            level();
        if (line.kind != DiffLine::Kind::Added)
            here.append(Line{line.text, line.kind == DiffLine::Kind::Removed});
        if (line.kind != DiffLine::Kind::Removed)
            there.append(Line{line.text, line.kind == DiffLine::Kind::Added});
    }
    level();
    const bool isDark = palette().color(QPalette::Base).lightness() < 128;
    write(*m_here, here, QStringLiteral("− "), isDark ? QColor(0x5a, 0x2a, 0x2a) : QColor(0xfb, 0xdd, 0xdd));
    write(*m_there, there, QStringLiteral("+ "),
          isDark ? QColor(0x24, 0x4a, 0x2c) : QColor(0xdc, 0xf5, 0xe0));
}

} // namespace hookscope
