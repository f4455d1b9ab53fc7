#pragma once

#include <QList>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;

namespace hookscope {

// A whole number of some smallest unit, typed in the unit in which people think of it: 64 MiB, 36 hours. What
// it is given it gives back exactly.
class QuantityEdit final : public QWidget {
    Q_OBJECT
public:
    struct Unit {
        QString name;
        qint64 size = 1; // in the smallest unit
    };

    static QList<Unit> bytes(); // bytes to GiB
    static QList<Unit> seconds(); // s to days
    static QList<Unit> milliseconds(); // ms to min
    static QList<Unit> mebibytes(); // MiB, GiB

    // `units` with the smallest first; `least` and `most` are in the smallest. `name` is for those who hear
    // it.
    QuantityEdit(const QList<Unit> &units, qint64 least, qint64 most, const QString &name,
                 QWidget *parent = nullptr);

    void setValue(qint64 value); // is shown in the largest unit in which it is whole
    qint64 value() const;

signals:
    void changed();

private:
    void takeUnit();

    QList<Unit> m_units;
    qint64 m_least;
    qint64 m_most;
    QDoubleSpinBox *m_number; // of whole numbers: an int would end at 2 GiB
    QComboBox *m_unit;
};

} // namespace hookscope
