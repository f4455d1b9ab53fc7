#pragma once

#include "ui/settings/pricetablemodel.h"

#include <QWidget>

class QPushButton;
class QTableView;

namespace hookscope {

// The table of the user's own prices, with buttons to add, remove and order them. Main thread.
class PriceEditor final : public QWidget {
    Q_OBJECT
public:
    explicit PriceEditor(QWidget *parent = nullptr);

    PriceTableModel &model() { return m_model; }
    const PriceTableModel &model() const { return m_model; }

private:
    void add();
    void remove();
    void move(int step);
    void updateButtons();

    PriceTableModel m_model;
    QTableView *m_table;
    QPushButton *m_remove;
    QPushButton *m_up;
    QPushButton *m_down;
};

} // namespace hookscope
