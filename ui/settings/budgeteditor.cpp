#include "ui/settings/budgeteditor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

// A list to choose from where the model has one.
class ChoiceDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        const auto choices = BudgetTableModel::choices(index.column());
        if (choices.isEmpty())
            return QStyledItemDelegate::createEditor(parent, option, index);
        auto *list = new QComboBox(parent);
        for (const auto &[value, text] : choices)
            list->addItem(text, value);
        return list;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *list = qobject_cast<QComboBox *>(editor))
            list->setCurrentIndex(list->findData(index.data(Qt::EditRole)));
        else
            QStyledItemDelegate::setEditorData(editor, index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        if (const auto *list = qobject_cast<QComboBox *>(editor))
            model->setData(index, list->currentData(), Qt::EditRole);
        else
            QStyledItemDelegate::setModelData(editor, model, index);
    }
};

} // namespace

BudgetEditor::BudgetEditor(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableView)
    , m_edit(new QPushButton(tr("&Edit")))
    , m_remove(new QPushButton(tr("&Remove")))
{
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new ChoiceDelegate(m_table));
    m_table->setAccessibleName(tr("Budgets"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setTabKeyNavigation(true);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {22, 10, 14, 13, 10, 24};
    for (int column = 0; column < BudgetTableModel::columns; ++column)
        m_table->setColumnWidth(
            column, std::max(widths[column] * digit, m_table->horizontalHeader()->sectionSizeHint(column)));
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto *add = new QPushButton(tr("&Add"));
    add->setObjectName(QStringLiteral("addBudget"));
    m_edit->setObjectName(QStringLiteral("editBudget"));
    m_remove->setObjectName(QStringLiteral("removeBudget"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {add, m_edit, m_remove}) {
        button->setAutoDefault(false); // Enter ends the editing of a cell
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &BudgetEditor::add);
    connect(m_edit, &QPushButton::clicked, this, &BudgetEditor::edit);
    connect(m_remove, &QPushButton::clicked, this, &BudgetEditor::remove);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &BudgetEditor::updateButtons);
    connect(&m_model, &BudgetTableModel::changed, this, &BudgetEditor::updateButtons);
    updateButtons();
}

void BudgetEditor::add()
{
    m_model.appendRow();
    m_table->setCurrentIndex(m_model.index(m_model.rowCount() - 1, BudgetTableModel::Name));
    edit();
}

void BudgetEditor::edit()
{
    m_table->edit(m_table->currentIndex());
}

void BudgetEditor::remove()
{
    m_model.removeRow(m_table->currentIndex().row());
}

void BudgetEditor::updateButtons()
{
    const bool hasCurrent = m_table->currentIndex().isValid();
    m_edit->setEnabled(hasCurrent);
    m_remove->setEnabled(hasCurrent);
}

} // namespace hookscope
