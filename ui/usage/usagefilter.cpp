#include "ui/usage/usagefilter.h"

#include "core/events/filter.h"

namespace hookscope {

namespace {

QString fieldOf(UsageSplit split)
{
    switch (split) {
    case UsageSplit::Model:
        return QStringLiteral("model");
    case UsageSplit::Provider:
        return QStringLiteral("provider");
    case UsageSplit::Sandbox:
        return QStringLiteral("sandbox");
    }
    return {};
}

// What the totals call by that name has no model, and what has no name cannot be asked for by it.
bool isUnknown(UsageSplit split, const std::string &name)
{
    return name.empty() || (split == UsageSplit::Model && name == "unknown");
}

} // namespace

QString groupFilter(UsageSplit split, const std::string &name)
{
    if (isUnknown(split, name))
        return QStringLiteral("is:llm -%1:*").arg(fieldOf(split));
    return onlyThis(fieldOf(split), QString::fromStdString(name));
}

QString sessionFilter(const std::string &session)
{
    return onlyThis(QStringLiteral("session"), QString::fromStdString(session));
}

QString restFilter(UsageSplit split, const std::vector<std::string> &names)
{
    QString text = QStringLiteral("is:llm");
    for (const std::string &name : names) {
        text += isUnknown(split, name) ? QLatin1Char(' ') + fieldOf(split) + QLatin1String(":*")
                                       : QLatin1Char(' ') + notThis(fieldOf(split), QString::fromStdString(name));
    }
    return text;
}

} // namespace hookscope
