#pragma once

#include "core/events/delivery.h"
#include "ui/hooks/hooksetdocument.h"

#include <QAbstractTableModel>
#include <QHash>

namespace hookscope {

// The entries of the open hook set: the hooks in their order with what became of their deliveries, then
// those that cannot be used, greyed, with the reason. Ticking a box is an edit of the document.
class HookTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Name,
        Event,
        Target,
        Delivery,
        State,
        Waiting,
        Delivered,
        Failed,
        Dropped,
        GivenUp,
        LastError
    };
    static constexpr int columns = 11;

    explicit HookTableModel(HookSetDocument &document, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    bool isBad(int row) const { return row >= m_content.hooks.size(); }
    quint64 deadOf(int row) const; // events that were given up and can be sent again
    const HookSetDocument::Content &content() const { return m_content; }

public slots:
    void setCounts(const QString &hookName, const hookscope::DeliveryCounts &counts);

private:
    void takeContent();
    QVariant hookData(const Hook &hook, int column, int role) const;
    static QString stateTip(const Hook &hook, const DeliveryCounts &counts);
    static QString headerTip(int section);
    QVariant badData(const BadHook &bad, int column, int role) const;

    HookSetDocument &m_document;
    HookSetDocument::Content m_content;
    QHash<QString, DeliveryCounts> m_counts;
};

} // namespace hookscope
