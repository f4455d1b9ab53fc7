#pragma once

#include "ui/usage/limitsmodel.h"

#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTimer>

namespace hookscope {

// The rate limits that providers told of, sortable. It ages by the second while it can be seen.
class LimitsTable final : public QTableView {
    Q_OBJECT
public:
    explicit LimitsTable(EventLog &log, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    LimitsModel m_model;
    QSortFilterProxyModel m_sorted; // a handful of rows: here a proxy costs nothing
    QTimer m_second;
};

} // namespace hookscope
