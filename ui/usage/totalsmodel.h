#pragma once

#include "core/usage/usagetotals.h"

#include <QAbstractTableModel>
#include <QTimer>
#include <vector>

namespace hookscope {

// A sum of what was reported; "≥" before it if some calls reported nothing.
QString tokenSumText(qint64 tokens, const UsageSums &sums);

// The same of the cost; absent if no call's is known.
QString costSumText(const UsageSums &sums);

// What the two leave out, and why, each a sentence; empty if nothing.
QString tokenGapText(const UsageSums &sums);
QString costGapText(const UsageSums &sums);

// The running totals by sandbox, provider and model; few rows, taken over at most five times a second.
class TotalsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Sandbox, Provider, Model, Calls, Cost, Input, Output, Total, Streaming, Last };
    static constexpr int columns = 10;
    static constexpr int sortRole = Qt::UserRole;

    explicit TotalsModel(UsageTotals &totals, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        UsageTotals::Key key;
        UsageTotals::Entry entry;
    };

    void refresh();
    QString text(const Row &row, int column) const;
    QString toolTip(const Row &row, int column) const;
    QVariant sortValue(const Row &row, int column) const;

    UsageTotals &m_totals;
    QTimer m_timer;
    std::vector<Row> m_rows;
};

} // namespace hookscope
