#include "ui/live/phasebar.h"

#include "ui/text/amounts.h"

#include <QPainter>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int margin = 10;
constexpr int barHeight = 22;

} // namespace

PhaseBar::PhaseBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Phases of the exchange"));
}

void PhaseBar::setTimes(const Times &times)
{
    if (times == m_times)
        return;
    m_times = times;
    QStringList sentences;
    for (const Phase &phase : phases())
        sentences.append(phase.name + QLatin1Char(' ') + durationText(phase.lengthUs));
    setAccessibleDescription(sentences.join(QStringLiteral(", ")));
    setToolTip(accessibleDescription());
    update();
}

QSize PhaseBar::sizeHint() const
{
    return {200, 2 * margin + barHeight + fontMetrics().height() + 6};
}

QList<PhaseBar::Phase> PhaseBar::phases() const
{
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    const QColor waiting = dark ? QColor(0x6f, 0x8f, 0xb8) : QColor(0x8f, 0xae, 0xd6);
    const QColor thinking = dark ? QColor(0xc9, 0x94, 0x3e) : QColor(0xe0, 0xa9, 0x4c);
    const QColor receiving = dark ? QColor(0x4d, 0xa0, 0x7c) : QColor(0x5c, 0xb8, 0x90);

    QList<Phase> result;
    std::int64_t from = 0;
    const auto add = [&](const QString &name, std::int64_t until, const QColor &colour,
                         Qt::BrushStyle pattern) {
        const std::int64_t length = std::max<std::int64_t>(0, until - from);
        from = std::max(from, until);
        result.append({name, length, colour, pattern});
    };
    if (!m_times.headUs) {
        add(m_times.isRunning ? tr("Waiting for the answer") : tr("No answer"), m_times.endUs, waiting,
            Qt::SolidPattern);
        return result;
    }
    add(tr("Waiting"), *m_times.headUs, waiting, Qt::SolidPattern);
    if (m_times.firstTokenUs)
        add(tr("To first token"), *m_times.firstTokenUs, thinking, Qt::BDiagPattern);
    add(tr("Receiving"), m_times.endUs, receiving, Qt::Dense2Pattern);
    return result;
}

void PhaseBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QList<Phase> all = phases();
    std::int64_t total = 0;
    for (const Phase &phase : all)
        total += phase.lengthUs;

    const QRect bar(margin, margin, width() - 2 * margin, barHeight);
    int x = bar.left();
    int legendX = bar.left();
    const int baseline = bar.bottom() + 6 + fontMetrics().ascent();
    const int swatch = fontMetrics().ascent() - 2;
    for (const Phase &phase : all) {
        const auto share = total > 0 ? static_cast<double>(phase.lengthUs) / static_cast<double>(total) : 0.0;
        const bool isLast = &phase == &all.last();
        const int end = isLast ? bar.right() + 1 : x + std::max(2, static_cast<int>(share * bar.width()));
        const QRect piece(x, bar.top(), std::max(2, end - x), bar.height());
        painter.fillRect(piece, phase.colour.lighter(125));
        painter.fillRect(piece, QBrush(phase.colour, phase.pattern));
        painter.setPen(palette().color(QPalette::Base));
        painter.drawLine(piece.topLeft(), piece.bottomLeft());
        x = end;

        const QRect mark(legendX, baseline - swatch, swatch, swatch);
        painter.fillRect(mark, phase.colour.lighter(125));
        painter.fillRect(mark, QBrush(phase.colour, phase.pattern));
        const QString text = phase.name + QLatin1Char(' ') + durationText(phase.lengthUs);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(mark.right() + 6, baseline, text);
        legendX = mark.right() + 6 + fontMetrics().horizontalAdvance(text) + 18;
    }
}

} // namespace hookscope
