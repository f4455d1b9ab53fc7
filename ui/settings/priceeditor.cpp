#include "ui/settings/priceeditor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

PriceEditor::PriceEditor(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableView)
    , m_remove(new QPushButton(tr("&Remove")))
    , m_up(new QPushButton(tr("Move &Up")))
    , m_down(new QPushButton(tr("Move &Down")))
{
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Your own prices"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setTabKeyNavigation(true);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {16, 10, 9, 9, 10, 10, 9, 10};
    for (int column = 0; column < PriceTableModel::columns; ++column)
        m_table->setColumnWidth(
            column, std::max(widths[column] * digit, m_table->horizontalHeader()->sectionSizeHint(column)));
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto *add = new QPushButton(tr("&Add"));
    add->setObjectName(QStringLiteral("addPrice"));
    m_remove->setObjectName(QStringLiteral("removePrice"));
    m_up->setObjectName(QStringLiteral("movePriceUp"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {add, m_remove, m_up, m_down}) {
        button->setAutoDefault(false); // Enter ends the editing of a cell
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &PriceEditor::add);
    connect(m_remove, &QPushButton::clicked, this, &PriceEditor::remove);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PriceEditor::updateButtons);
    connect(&m_model, &PriceTableModel::changed, this, &PriceEditor::updateButtons);
    updateButtons();
}

void PriceEditor::add()
{
    m_model.appendRow();
    const QModelIndex first = m_model.index(m_model.rowCount() - 1, PriceTableModel::Model);
    m_table->setCurrentIndex(first);
    m_table->edit(first);
}

void PriceEditor::remove()
{
    m_model.removeRow(m_table->currentIndex().row());
}

void PriceEditor::move(int step)
{
    const QModelIndex current = m_table->currentIndex();
    m_model.swapRows(current.row(), current.row() + step);
    m_table->setCurrentIndex(m_model.index(current.row() + step, current.column()));
}

void PriceEditor::updateButtons()
{
    const int row = m_table->currentIndex().row();
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_model.rowCount());
}

} // namespace hookscope
