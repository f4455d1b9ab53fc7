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

// In a filter "*" is anything: what is not to be that, or would end the quotes, has a backslash before it,
// and what no line of text can hold is left open.
QString escaped(const QString &value)
{
    QString text;
    for (const QChar c : value) {
        const bool cannotStand = c.category() == QChar::Other_Control || c == QChar::ReplacementCharacter
            || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
        if (c == u'"' || c == u'\\' || c == u'*')
            text += u'\\';
        text += cannotStand ? QChar(u'*') : c;
    }
    return text;
}

QString term(const QString &field, const std::string &value)
{
    const QString text = QString::fromStdString(value);
    const bool isWord = std::all_of(text.cbegin(), text.cend(), isPlain);
    return field + QLatin1Char(':') + (isWord ? text : QLatin1Char('"') + escaped(text) + QLatin1Char('"'));
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
    return term(fieldOf(split), name);
}

QString sessionFilter(const std::string &session)
{
    return term(QStringLiteral("session"), session);
}

QString restFilter(UsageSplit split, const std::vector<std::string> &names)
{
    QString text = QStringLiteral("is:llm");
    for (const std::string &name : names) {
        text += isUnknown(split, name) ? QLatin1Char(' ') + fieldOf(split) + QLatin1String(":*")
                                       : QLatin1String(" -") + term(fieldOf(split), name);
    }
    return text;
}

} // namespace hookscope
