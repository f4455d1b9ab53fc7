#include "ui/usage/usagefilter.h"

#include <algorithm>

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

bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-'
        || c == u'_' || c == u'.' || c == u'/';
}

QString term(const QString &field, const std::string &value)
{
    QString text = QString::fromStdString(value);
    if (text.isEmpty() || !std::all_of(text.cbegin(), text.cend(), isPlain)) {
        text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
        text.replace(QLatin1Char('"'), QLatin1String("\\\""));
        text = QLatin1Char('"') + text + QLatin1Char('"');
    }
    return field + QLatin1Char(':') + text;
}

} // namespace

QString groupFilter(UsageSplit split, const std::string &name)
{
    return term(fieldOf(split), name);
}

QString sessionFilter(const std::string &session)
{
    return term(QStringLiteral("session"), session);
}

QString restFilter(UsageSplit split, const std::vector<std::string> &names)
{
    QString text = QStringLiteral("is:llm");
    for (const std::string &name : names)
        text += QLatin1String(" -") + term(fieldOf(split), name);
    return text;
}

} // namespace hookscope
