#pragma once

#include "core/events/delivery.h"

#include <QAbstractTableModel>

namespace hookscope {

// Events that were given up and wait to be sent again or removed, as they were listed last.
class DeadLetterModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Given, HookName, Made, Tries, Reason, Event };
    static constexpr int columns = 6;

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const DeadLetter &letterAt(int row) const { return m_letters[row]; }

public slots:
    void setLetters(const QList<hookscope::DeadLetter> &letters);

private:
    QList<DeadLetter> m_letters;
};

} // namespace hookscope
