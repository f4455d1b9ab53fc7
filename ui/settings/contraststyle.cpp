#include "ui/settings/contraststyle.h"

#include <QPainter>
#include <QStyleOption>

namespace hookscope {

namespace {

bool isOutlined(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_Frame:
    case QStyle::PE_FrameLineEdit:
    case QStyle::PE_FrameGroupBox:
    case QStyle::PE_FrameMenu:
    case QStyle::PE_FrameTabWidget:
    case QStyle::PE_FrameDockWidget:
    case QStyle::PE_PanelButtonCommand:
    case QStyle::PE_IndicatorCheckBox:
        return true;
    default:
        return false;
    }
}

void outline(QPainter *painter, const QStyleOption *option)
{
    const bool hasFocus = option->state & QStyle::State_HasFocus;
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(
        QPen(option->palette.color(hasFocus ? QPalette::Highlight : QPalette::WindowText), hasFocus ? 2 : 1));
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

} // namespace

ContrastStyle::ContrastStyle()
    : QProxyStyle(QStringLiteral("fusion"))
{
}

void ContrastStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (isOutlined(element))
        outline(painter, option);
}

void ContrastStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                       QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_ComboBox || control == CC_SpinBox)
        outline(painter, option);
}

} // namespace hookscope
