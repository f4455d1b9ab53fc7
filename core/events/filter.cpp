#include "core/events/filter.h"

#include "core/events/filterparser.h"

#include <algorithm>

namespace hookscope {

namespace {

QString inParentheses(const Filter &filter)
{
    return filter.program()->isAlternative ? u'(' + filter.text() + u')' : filter.text();
}

// What no line of text can hold is left open.
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

} // namespace

Filter::Filter() = default;

tl::expected<Filter, FilterError> Filter::compile(const QString &text)
{
    auto program = parseFilter(text);
    if (!program)
        return tl::unexpected(program.error());
    Filter filter;
    filter.m_text = text.trimmed();
    filter.m_program = std::move(*program);
    return filter;
}

bool Filter::dependsOnTime() const
{
    return m_program
        && std::any_of(m_program->conditions.begin(), m_program->conditions.end(),
                       [](const FilterCondition &condition) { return condition.dependsOnTime(); });
}

Filter combined(const Filter &left, const Filter &right)
{
    if (left.isEmpty() || left == right)
        return right;
    if (right.isEmpty())
        return left;
    return Filter::compile(inParentheses(left) + u' ' + inParentheses(right)).value_or(left);
}

QString onlyThis(const QString &field, const QString &value)
{
    if (value.isEmpty())
        return u'-' + field + QStringLiteral(":*");
    const bool needsQuotes = std::any_of(value.begin(), value.end(), [](QChar c) {
        return c == u'"' || c == u'\\' || c == u'*' || c == u'(' || c == u')'
            || c.category() == QChar::Separator_Space;
    });
    return field + u':' + (needsQuotes ? anywhere(value) : escaped(value));
}

QString anywhere(const QString &value)
{
    return u'"' + escaped(value) + u'"';
}

QString notThis(const QString &field, const QString &value)
{
    return value.isEmpty() ? field + QStringLiteral(":*") : u'-' + onlyThis(field, value);
}

} // namespace hookscope
