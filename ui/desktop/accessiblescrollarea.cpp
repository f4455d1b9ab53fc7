#include "ui/desktop/accessiblescrollarea.h"

#include <QAccessibleWidget>

namespace hookscope {

namespace {

QAccessibleInterface *make(const QString &className, QObject *object)
{
    if (className != QLatin1String("QScrollArea") && className != QLatin1String("QAbstractScrollArea"))
        return nullptr;
    auto *widget = qobject_cast<QWidget *>(object);
    return widget ? new QAccessibleWidget(widget, QAccessible::Client) : nullptr; // it looks at the index
}

} // namespace

void installAccessibleScrollArea()
{
    QAccessible::installFactory(make);
}

} // namespace hookscope
