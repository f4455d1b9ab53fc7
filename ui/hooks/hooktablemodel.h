#pragma once

#include "core/events/delivery.h"
#include "ui/hooks/deliveryhistory.h"
#include "ui/hooks/hooksetdocument.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

namespace hookscope {

// The entries of the open hook set: the hooks in their order with what became of their deliveries, then
// those that cannot be used, greyed, with the reason. Ticking a box is an edit of the document, and so is a
// drop of its own rows: hooks are in force, shown and saved in one order.
class HookTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Name,
        State,
        LastHour,
        Event,
        Target,
        Delivery,
        Waiting,
        WaitingSince,
        Delivered,
        Failed,
        Dropped,
        GivenUp,
        LastError
    };
    static constexpr int columns = 13;
    static constexpr int HourRole = Qt::UserRole; // of LastHour: DeliveryHistory::Hour

    using Clock = std::function<qint64()>; // milliseconds since the Unix epoch

    explicit HookTableModel(HookSetDocument &document, QObject *parent = nullptr);
    void setClock(Clock clock) { m_clock = std::move(clock); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override; // null if one of them is no hook
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

    // Puts the hooks of those rows, in their order, before the one of row `before`, or at the end of the
    // hooks.
    bool moveHooks(const QList<int> &rows, int before);

    bool isBad(int row) const { return row >= m_content.hooks.size(); }
    quint64 deadOf(int row) const; // events that were given up and can be sent again
    const HookSetDocument::Content &content() const { return m_content; }

public slots:
    void setCounts(const QString &hookName, const hookscope::DeliveryCounts &counts);

private:
    void takeContent();
    bool takeOrder(const HookSetDocument::Content &content); // false: it is no other order of the same
    QVariant hookData(const Hook &hook, int column, int role) const;
    QVariant hourData(const Hook &hook, int role) const;
    static QString stateTip(const Hook &hook, const DeliveryCounts &counts);
    static QString headerTip(int section);
    QVariant badData(const BadHook &bad, int column, int role) const;

    HookSetDocument &m_document;
    HookSetDocument::Content m_content;
    QHash<QString, DeliveryCounts> m_counts;
    QHash<QString, DeliveryHistory> m_histories;
    Clock m_clock;
    QTimer m_minute; // what was shown of the last hour moves on
};

} // namespace hookscope
