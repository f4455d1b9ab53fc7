#pragma once

#include "ui/settings/budgettablemodel.h"

#include <QWidget>

class QPushButton;
class QTableView;

namespace hookscope {

// The table of budgets, with buttons to add, edit and remove them. Main thread.
class BudgetEditor final : public QWidget {
    Q_OBJECT
public:
    explicit BudgetEditor(QWidget *parent = nullptr);

    BudgetTableModel &model() { return m_model; }
    const BudgetTableModel &model() const { return m_model; }

private:
    void add();
    void edit();
    void remove();
    void updateButtons();

    BudgetTableModel m_model;
    QTableView *m_table;
    QPushButton *m_edit;
    QPushButton *m_remove;
};

} // namespace hookscope
