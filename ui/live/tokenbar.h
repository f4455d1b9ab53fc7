#pragma once

#include "core/events/event.h"

#include <QColor>
#include <QList>
#include <QWidget>

namespace hookscope {

// A call's tokens as a bar: the prompt's uncached part, what was read from the cache and written to it, the
// answer and its reasoning, with their names and numbers below. What the provider did not say is not drawn.
class TokenBar final : public QWidget {
    Q_OBJECT
public:
    explicit TokenBar(QWidget *parent = nullptr);

    // Hidden if nothing is known.
    void setTokens(const TokenUsage &tokens, bool isLowerBound);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Part {
        QString text;
        std::int64_t count = 0;
        QColor colour;
        Qt::BrushStyle pattern = Qt::SolidPattern;
    };

    QList<Part> parts() const;
    int layLegend(int width, class QPainter *painter) const; // its height

    TokenUsage m_tokens;
    bool m_isLowerBound = false;
};

} // namespace hookscope
