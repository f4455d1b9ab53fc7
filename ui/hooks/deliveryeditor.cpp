#include "ui/hooks/deliveryeditor.h"

#include "ui/hooks/quantityedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace hookscope {

DeliveryEditor::DeliveryEditor(QWidget *parent)
    : QWidget(parent)
    , m_mode(new QComboBox)
    , m_parallel(new QSpinBox)
    , m_isBatch(new QCheckBox(tr("As JSON arrays")))
    , m_batch(new QWidget)
    , m_events(new QSpinBox)
    , m_wait(new QuantityEdit(QuantityEdit::milliseconds(), 0, Batching::longestWaitMs, tr("Longest wait")))
{
    m_mode->setObjectName(QStringLiteral("hookDelivery"));
    m_mode->addItem(tr("Best effort"), static_cast<int>(DeliveryMode::BestEffort));
    m_mode->addItem(tr("At least once"), static_cast<int>(DeliveryMode::AtLeastOnce));
    m_mode->setAccessibleName(tr("Delivery"));
    m_mode->setToolTip(tr("Best effort: from memory, three tries within seconds. At least once: kept on "
                          "disk and tried for up to three "
                          "days, over restarts too; it may arrive twice, with the same webhook-id"));
    m_parallel->setObjectName(QStringLiteral("hookParallel"));
    m_parallel->setRange(0, DeliveryPolicy::mostParallel);
    m_parallel->setSpecialValueText(tr("as usual"));
    m_parallel->setAccessibleName(tr("Under way at once"));
    m_parallel->setToolTip(
        tr("With 1, events arrive in their order. As usual is 1 for at least once, and %1 for "
           "best effort")
            .arg(DeliveryPolicy::mostParallel));
    m_isBatch->setObjectName(QStringLiteral("hookBatch"));
    m_isBatch->setToolTip(
        tr("An array is sent as soon as so many events wait, or the oldest of them has waited "
           "that long"));
    m_events->setObjectName(QStringLiteral("hookBatchEvents"));
    m_events->setRange(1, Batching::mostEvents);
    m_events->setAccessibleName(tr("Most events together"));
    m_wait->setObjectName(QStringLiteral("hookBatchWait"));

    auto *way = new QHBoxLayout;
    way->addWidget(m_mode);
    way->addSpacing(12);
    way->addWidget(new QLabel(tr("Under way at once:")));
    way->addWidget(m_parallel);
    way->addStretch(1);
    auto *batch = new QHBoxLayout(m_batch);
    batch->setContentsMargins(20, 0, 0, 0);
    batch->addWidget(new QLabel(tr("of up to")));
    batch->addWidget(m_events);
    batch->addWidget(new QLabel(tr("events, after")));
    batch->addWidget(m_wait);
    batch->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(way);
    layout->addWidget(m_isBatch);
    layout->addWidget(m_batch);
    setPolicy({});

    connect(m_mode, &QComboBox::currentIndexChanged, this, &DeliveryEditor::changed);
    connect(m_parallel, &QSpinBox::valueChanged, this, &DeliveryEditor::changed);
    connect(m_isBatch, &QCheckBox::toggled, this, [this] {
        showBatch();
        emit changed();
    });
    connect(m_events, &QSpinBox::valueChanged, this, &DeliveryEditor::changed);
    connect(m_wait, &QuantityEdit::changed, this, &DeliveryEditor::changed);
}

void DeliveryEditor::setPolicy(const DeliveryPolicy &policy)
{
    const Batching batch = policy.batch.value_or(Batching());
    m_retryWaitsMs = policy.retryWaitsMs;
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(policy.mode)));
    m_parallel->setValue(policy.parallel.value_or(0));
    m_isBatch->setChecked(policy.batch.has_value());
    m_events->setValue(batch.maxEvents);
    m_wait->setValue(batch.maxWaitMs);
    showBatch();
}

DeliveryPolicy DeliveryEditor::policy() const
{
    DeliveryPolicy policy;
    policy.mode = static_cast<DeliveryMode>(m_mode->currentData().toInt());
    if (m_parallel->value() > 0)
        policy.parallel = m_parallel->value();
    if (m_isBatch->isChecked())
        policy.batch = Batching{m_events->value(), static_cast<int>(m_wait->value())};
    if (policy.mode == DeliveryMode::AtLeastOnce)
        policy.retryWaitsMs = m_retryWaitsMs;
    return policy;
}

void DeliveryEditor::showBatch()
{
    m_batch->setVisible(m_isBatch->isChecked());
}

} // namespace hookscope
