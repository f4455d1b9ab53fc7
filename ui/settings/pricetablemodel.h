#pragma once

#include "core/settings/settings.h"

#include <QAbstractTableModel>
#include <array>
#include <optional>

namespace hookscope {

// The user's own prices as they are typed: rows of texts, in US dollars per million tokens (a web search:
// each). Texts that are no price stay as they are, and are told. The first row that matches a call counts.
// Main thread.
class PriceTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Model, Provider, Input, Output, CacheRead, CacheWrite, CacheWrite1h, WebSearch };
    static constexpr int columns = 8;

    explicit PriceTableModel(QObject *parent = nullptr);

    void setPrices(const QList<PriceSetting> &prices);

    // None while something is wrong.
    std::optional<QList<PriceSetting>> prices() const;

    // What is wrong with the first wrong row: a sentence, or nothing.
    std::optional<QString> problem() const;

    void appendRow();
    void removeRow(int row);
    void swapRows(int row, int other);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void changed();

private:
    using Row = std::array<QString, columns>;

    static QString nameOf(int column);
    static std::optional<QString> problemOf(const Row &row, int number);
    static PriceSetting priceOf(const Row &row);

    QList<Row> m_rows;
};

} // namespace hookscope
