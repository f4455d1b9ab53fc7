#pragma once

#include "core/hooks/deliverypolicy.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace hookscope {

class QuantityEdit;

// How events get to a webhook: until when, how many at once, by themselves or together.
class DeliveryEditor final : public QWidget {
    Q_OBJECT
public:
    explicit DeliveryEditor(QWidget *parent = nullptr);

    void setPolicy(const DeliveryPolicy &policy);
    DeliveryPolicy policy() const; // with the waits between tries, if they mean something

signals:
    void changed();

private:
    void showBatch();

    std::vector<qint64> m_retryWaitsMs; // not shown
    QComboBox *m_mode;
    QSpinBox *m_parallel; // 0: as usual
    QCheckBox *m_isBatch;
    QWidget *m_batch; // the two below
    QSpinBox *m_events;
    QuantityEdit *m_wait; // milliseconds
};

} // namespace hookscope
