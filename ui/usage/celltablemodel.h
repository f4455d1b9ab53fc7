#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QVariant>
#include <string>
#include <vector>

namespace hookscope {

// A table of cells that were made elsewhere: rows with a key, taken over as wholes. A row whose key was
// there before stays the same row, so that selection and current index survive. Some hundreds of rows;
// main thread.
class CellTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int sortRole = Qt::UserRole; // what to sort by: a number, or text
    static constexpr int filterRole = Qt::UserRole + 1; // text for the live table's filter; may be empty

    struct Column {
        QString title;
        QString toolTip;
        int digits = 10; // its width
        bool isNumber = true;
    };

    struct Cell {
        QString text;
        QVariant sortKey;
        QString toolTip; // plain text; empty: the text
        friend bool operator==(const Cell &, const Cell &) = default;
    };

    struct Row {
        std::string key; // one of a kind
        QString filter;
        std::vector<Cell> cells; // one for each column
        QColor colour = {}; // of a swatch in the first column; invalid: none
        friend bool operator==(const Row &, const Row &) = default;
    };

    explicit CellTableModel(std::vector<Column> columns, QObject *parent = nullptr);

    const std::vector<Column> &columns() const { return m_columns; }
    void setTitle(int column, const QString &title);
    void setRows(std::vector<Row> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeMissing(const std::vector<Row> &rows);

    std::vector<Column> m_columns;
    std::vector<Row> m_rows; // by key
};

} // namespace hookscope
