#include "ui/main/shortcutsheet.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequence>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace hookscope {

namespace {

// As it stands in a menu, without the mark of its mnemonic.
QString plainText(QString text)
{
    text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
    text.remove(QLatin1Char('&'));
    return text.replace(QLatin1Char('\x01'), QLatin1Char('&'));
}

QString keysOf(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &sequence : action.shortcuts())
        keys.append(sequence.toString(QKeySequence::NativeText));
    keys.removeDuplicates();
    return keys.join(ShortcutSheet::tr(" or "));
}

class Collector {
public:
    void takeMenu(const QString &place, const QMenu &menu)
    {
        for (QAction *action : menu.actions()) {
            if (action->menu())
                takeMenu(place, *action->menu());
            else
                takeAction(place, action);
        }
    }

    void takeAction(const QString &place, const QAction *action)
    {
        if (m_seen.contains(action) || action->shortcuts().isEmpty() || !action->isVisible())
            return;
        m_seen.insert(action);
        lines.append({place, plainText(action->text()), keysOf(*action)});
    }

    QList<ShortcutLine> lines;

private:
    QSet<const QAction *> m_seen;
};

} // namespace

QList<ShortcutLine> shortcutsOf(const QMainWindow &window)
{
    Collector collector;
    for (const QAction *action : window.menuBar()->actions()) {
        if (action->menu())
            collector.takeMenu(plainText(action->text()), *action->menu());
    }
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        for (const QAction *action : widget->actions())
            collector.takeAction(widget->accessibleName(), action);
    }
    return collector.lines;
}

ShortcutSheet::ShortcutSheet(const QList<ShortcutLine> &lines, QWidget *parent)
    : QDialog(parent)
    , m_lines(new QStandardItemModel(0, 3, this))
    , m_found(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    m_search->setPlaceholderText(tr("Search keys and commands …"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    setupTable(lines);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(620, 560);
    m_search->setFocus();
}

void ShortcutSheet::setupTable(const QList<ShortcutLine> &lines)
{
    m_lines->setHorizontalHeaderLabels({tr("Keys"), tr("What they do"), tr("Where")});
    for (const ShortcutLine &line : lines) {
        QList<QStandardItem *> row;
        for (const QString &text : {line.keys, line.text, line.place}) {
            row.append(new QStandardItem(text));
            row.last()->setEditable(false);
        }
        m_lines->appendRow(row);
    }
    m_found->setSourceModel(m_lines);
    m_found->setFilterKeyColumn(-1); // all
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(m_search, &QLineEdit::textChanged, m_found, &QSortFilterProxyModel::setFilterFixedString);

    auto *table = new QTableView;
    table->setAccessibleName(windowTitle());
    table->setModel(m_found);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    table->resizeColumnToContents(0);
    table->resizeColumnToContents(2);
    layout()->addWidget(table);
}

} // namespace hookscope
