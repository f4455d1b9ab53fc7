#pragma once

#include "core/settings/settings.h"

#include <QAbstractTableModel>
#include <array>
#include <optional>

namespace hookscope {

// Budgets as a table to edit: what was typed stays as it was typed, and what is wrong with it is said.
// Main thread.
class BudgetTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Period, Limit, Unit, Threshold, Filter };
    static constexpr int columns = 6;

    explicit BudgetTableModel(QObject *parent = nullptr);

    void setBudgets(const QList<BudgetSetting> &budgets);

    // None while something is wrong.
    std::optional<QList<BudgetSetting>> budgets() const;

    // What is wrong with the first wrong row: a sentence, or nothing.
    std::optional<QString> problem() const;

    void appendRow();
    void removeRow(int row);

    // What a cell of that column can be chosen from, value and text; empty if it is typed.
    static QList<std::pair<QString, QString>> choices(int column);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void changed();

private:
    struct Row {
        std::array<QString, columns> cells;
    };

    static std::optional<qint64> limitOf(const Row &row);
    std::optional<QString> problemOf(qsizetype row) const;

    QList<Row> m_rows;
};

} // namespace hookscope
