#pragma once

#include <QProxyStyle>

namespace hookscope {

// The Fusion style with outlines and a thick mark of focus: Fusion derives its outlines from the window's
// colour, and on black there are none to be seen. Owned by the application once it is set.
class ContrastStyle final : public QProxyStyle {
    Q_OBJECT
public:
    ContrastStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
};

} // namespace hookscope
