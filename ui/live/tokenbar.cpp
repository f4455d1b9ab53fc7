#include "ui/live/tokenbar.h"

#include "ui/text/amounts.h"

#include <QPainter>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int margin = 10;
constexpr int barHeight = 16;
constexpr int gap = 6;

std::int64_t known(std::optional<std::int64_t> count)
{
    return std::max<std::int64_t>(0, count.value_or(0));
}

} // namespace

TokenBar::TokenBar(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Tokens of the call"));
    hide();
}

void TokenBar::setTokens(const TokenUsage &tokens, bool isLowerBound)
{
    m_tokens = tokens;
    m_isLowerBound = isLowerBound;
    QStringList texts;
    for (const Part &part : parts())
        texts << part.text;
    setAccessibleDescription(texts.join(QStringLiteral(", ")));
    setToolTip(accessibleDescription());
    setVisible(!texts.isEmpty());
    updateGeometry();
    update();
}

QList<TokenBar::Part> TokenBar::parts() const
{
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    QList<Part> result;
    const auto add = [&](const QString &name, std::optional<std::int64_t> count, QRgb light, QRgb darkColour,
                         Qt::BrushStyle pattern) {
        if (!count || *count < 0)
            return;
        const QString number = m_isLowerBound ? atLeastText(tokensText(count)) : tokensText(count);
        result.append({name + QLatin1Char(' ') + number, *count, QColor(dark ? darkColour : light), pattern});
    };
    const std::int64_t cached = known(m_tokens.cacheRead) + known(m_tokens.cacheWrite);
    const bool hasParts = m_tokens.cacheRead || m_tokens.cacheWrite;
    const auto uncached = m_tokens.input ? std::optional(std::max<std::int64_t>(0, *m_tokens.input - cached)) : std::nullopt;
    add(hasParts ? tr("Uncached") : tr("Prompt"), uncached, 0x8faed6, 0x6f8fb8, Qt::SolidPattern);
    add(tr("Cache read"), m_tokens.cacheRead, 0xb7c6da, 0x4a5d78, Qt::BDiagPattern);
    add(tr("Cache write"), m_tokens.cacheWrite, 0xe0a94c, 0xc9943e, Qt::FDiagPattern);
    const auto answer = m_tokens.output
        ? std::optional(std::max<std::int64_t>(0, *m_tokens.output - known(m_tokens.reasoning)))
        : std::nullopt;
    add(tr("Answer"), answer, 0x5cb890, 0x4da07c, Qt::Dense2Pattern);
    add(tr("Reasoning"), m_tokens.reasoning, 0xb48ac9, 0x9a74ad, Qt::Dense4Pattern);
    return result;
}

int TokenBar::layLegend(int width, QPainter *painter) const
{
    const int swatch = fontMetrics().ascent() - 2;
    const int line = fontMetrics().height() + 2;
    int x = margin;
    int y = 0;
    for (const Part &part : parts()) {
        const int needed = swatch + gap + fontMetrics().horizontalAdvance(part.text);
        if (x > margin && x + needed > width - margin) {
            x = margin;
            y += line;
        }
        if (painter) {
            const int baseline = margin + barHeight + gap + y + fontMetrics().ascent();
            const QRect mark(x, baseline - swatch, swatch, swatch);
            painter->fillRect(mark, part.colour.lighter(125));
            painter->fillRect(mark, QBrush(part.colour, part.pattern));
            painter->setPen(palette().color(QPalette::Text));
            painter->drawText(mark.right() + gap, baseline, part.text);
        }
        x += needed + 18;
    }
    return y + line;
}

QSize TokenBar::sizeHint() const
{
    return {300, heightForWidth(std::max(width(), 300))};
}

int TokenBar::heightForWidth(int width) const
{
    return margin + barHeight + gap + layLegend(width, nullptr);
}

void TokenBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QList<Part> all = parts();
    std::int64_t total = 0;
    for (const Part &part : all)
        total += part.count;
    const QRect bar(margin, margin, width() - 2 * margin, barHeight);
    std::int64_t before = 0;
    for (const Part &part : all) {
        if (part.count == 0)
            continue;
        const auto place = [&](std::int64_t count) {
            return bar.left() + static_cast<int>(static_cast<double>(count) / static_cast<double>(total) * bar.width());
        };
        const int left = place(before);
        before += part.count;
        const QRect piece(left, bar.top(), std::max(2, place(before) - left), bar.height());
        painter.fillRect(piece, part.colour.lighter(125));
        painter.fillRect(piece, QBrush(part.colour, part.pattern));
    }
    if (total == 0) {
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
    layLegend(width(), &painter);
}

} // namespace hookscope
