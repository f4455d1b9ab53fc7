#include "ui/hooks/quantityedit.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <cmath>

namespace hookscope {

namespace {

constexpr int shownDigits = 7;

} // namespace

QList<QuantityEdit::Unit> QuantityEdit::bytes()
{
    return {{tr("bytes"), 1}, {tr("KiB"), 1 << 10}, {tr("MiB"), 1 << 20}, {tr("GiB"), 1 << 30}};
}

QList<QuantityEdit::Unit> QuantityEdit::seconds()
{
    return {{tr("s"), 1}, {tr("min"), 60}, {tr("hours"), 3600}, {tr("days"), 24 * 3600}};
}

QList<QuantityEdit::Unit> QuantityEdit::milliseconds()
{
    return {{tr("ms"), 1}, {tr("s"), 1000}, {tr("min"), 60'000}};
}

QList<QuantityEdit::Unit> QuantityEdit::mebibytes()
{
    return {{tr("MiB"), 1}, {tr("GiB"), 1024}};
}

QuantityEdit::QuantityEdit(const QList<Unit> &units, qint64 least, qint64 most, const QString &name,
                           QWidget *parent)
    : QWidget(parent)
    , m_units(units)
    , m_least(least)
    , m_most(most)
    , m_number(new QDoubleSpinBox)
    , m_unit(new QComboBox)
{
    m_number->setDecimals(0);
    m_number->setGroupSeparatorShown(true);
    m_number->setAccessibleName(name);
    m_number->setFixedWidth(m_number->fontMetrics().horizontalAdvance(QLatin1Char('0')) * shownDigits + 40);
    for (const Unit &unit : m_units)
        m_unit->addItem(unit.name);
    m_unit->setAccessibleName(tr("%1, unit").arg(name));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_number);
    layout->addWidget(m_unit);
    setFocusProxy(m_number);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setValue(least);

    connect(m_number, &QDoubleSpinBox::valueChanged, this, &QuantityEdit::changed);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] {
        takeUnit();
        emit changed();
    });
}

void QuantityEdit::takeUnit()
{
    const auto size = static_cast<double>(m_units[m_unit->currentIndex()].size);
    const QSignalBlocker blocker(m_number);
    m_number->setRange(std::ceil(static_cast<double>(m_least) / size),
                       std::floor(static_cast<double>(m_most) / size));
}

void QuantityEdit::setValue(qint64 value)
{
    int index = 0;
    while (value != 0 && index + 1 < m_units.size() && value % m_units[index + 1].size == 0)
        ++index;
    {
        const QSignalBlocker blocker(m_unit);
        m_unit->setCurrentIndex(index);
    }
    takeUnit();
    m_number->setValue(static_cast<double>(value / m_units[index].size));
}

qint64 QuantityEdit::value() const
{
    return static_cast<qint64>(m_number->value()) * m_units[m_unit->currentIndex()].size;
}

} // namespace hookscope
