#include "core/events/filtercondition.h"

#include <QCoreApplication>
#include <algorithm>
#include <re2/re2.h>
#include <string>

namespace hookscope {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Filter)
};

using Compiled = tl::expected<FilterCondition, FilterError>;
using Kind = FilterFieldKind;

constexpr std::int64_t expressionMemory = 4 << 20; // bytes

tl::unexpected<FilterError> wrongField(const FilterToken &token, const QString &sentence, QStringList instead)
{
    return tl::unexpected(
        FilterError{token.position, static_cast<int>(token.field.size()), sentence, std::move(instead)});
}

tl::unexpected<FilterError> wrongValue(const FilterToken &token, const FilterValueError &error)
{
    const int length = token.end() - token.opPosition - token.opLength;
    return tl::unexpected(
        FilterError{token.opPosition + token.opLength, length, error.sentence, error.suggestions});
}

tl::unexpected<FilterError> noSuchField(const FilterToken &token)
{
    QStringList names;
    for (const FilterField &field : filterFields())
        names.append(field.name);
    const QStringList similar = similarNames(token.field, names);
    const QString remedy = similar.isEmpty()
        ? Texts::tr("to look for the words as they stand, put them into quotes")
        : Texts::tr("did you mean %1?").arg(similar.join(Texts::tr(" or ")));
    return wrongField(token, Texts::tr("There is no field “%1”: %2").arg(token.field, remedy), similar);
}

tl::unexpected<FilterError> wrongOperator(const FilterToken &token, const FilterField &field)
{
    QStringList signs;
    for (const FilterOperator op : operatorsOf(field.kind))
        signs.append(textOf(op));
    return tl::unexpected(FilterError{
        token.opPosition, token.opLength,
        Texts::tr("After “%1” there can be %2 only.").arg(field.name, signs.join(QLatin1Char(' '))), signs});
}

Compiled flagOf(const FilterToken &token)
{
    FilterCondition condition;
    QStringList names;
    for (const FilterFlagInfo &info : filterFlags()) {
        names.append(info.name);
        if (info.name.compare(token.value, Qt::CaseInsensitive) == 0) {
            condition.flag = info.flag;
            return condition;
        }
    }
    const QStringList similar = similarNames(token.value, names);
    const QString sentence = similar.isEmpty() ? Texts::tr("A request is never “%1”; it can be %2.")
                                                     .arg(token.value, names.join(QStringLiteral(", ")))
                                               : Texts::tr("A request is never “%1”: did you mean %2?")
                                                     .arg(token.value, similar.join(Texts::tr(" or ")));
    return wrongValue(token, {sentence, similar.isEmpty() ? names : similar});
}

Compiled expressionOf(const FilterToken &token, FilterCondition condition)
{
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(expressionMemory);
    options.set_never_capture(true);
    QString value = token.value;
    if (token.isQuoted)
        value.replace(QLatin1String("\\\""), QLatin1String("\""));
    const std::string bytes = value.toStdString();
    auto expression = std::make_shared<const re2::RE2>(bytes, options);
    if (!expression->ok()) {
        return wrongValue(token,
                          {Texts::tr("“%1” is no regular expression: %2.")
                               .arg(value, QString::fromStdString(expression->error())),
                           {}});
    }
    condition.expression = std::move(expression);
    return condition;
}

Compiled textCondition(const FilterToken &token, const FilterField &field)
{
    FilterCondition condition;
    condition.kind = FilterCondition::Kind::Text;
    condition.field = field.id;
    condition.text = field.text;
    condition.isInverted = token.op == FilterOperator::NotEqual;
    if (token.op == FilterOperator::Matches)
        return expressionOf(token, std::move(condition));
    condition.pattern = FilterPattern::whole(token.value);
    return condition;
}

Compiled numberCondition(const FilterToken &token, const FilterField &field)
{
    FilterCondition condition;
    condition.kind = FilterCondition::Kind::Number;
    condition.field = field.id;
    condition.isInverted = token.op == FilterOperator::NotEqual;
    const auto range = filterRange(field, token.op, token.value);
    if (!range)
        return wrongValue(token, range.error());
    condition.range = *range;
    return condition;
}

Compiled timeCondition(const FilterToken &token, const FilterField &field)
{
    FilterCondition condition;
    condition.kind = FilterCondition::Kind::When;
    condition.field = field.id;
    const auto time = filterTime(token.value);
    if (!time)
        return wrongValue(token, time.error());
    condition.time = *time;
    return condition;
}

Compiled anywhere(const FilterToken &token)
{
    FilterCondition condition;
    condition.kind = FilterCondition::Kind::Anywhere;
    condition.pattern = FilterPattern::part(token.value);
    bool isNumber = false;
    const uint pid = token.value.toUInt(&isNumber);
    if (isNumber && pid > 0)
        condition.pid = pid;
    for (std::size_t status = 1; status < condition.statuses.size(); ++status)
        condition.statuses[status] = condition.pattern->matches(std::to_string(status));
    return condition;
}

} // namespace

bool FilterCondition::matches(std::string_view value) const
{
    if (expression)
        return re2::RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), *expression);
    return pattern->matches(value);
}

bool FilterCondition::dependsOnTime() const
{
    if (kind == Kind::When)
        return time.kind != FilterTime::Kind::Fixed;
    return kind == Kind::Flag ? flag == FilterFlag::Slow
                              : kind == Kind::Number && field == FilterFieldId::Duration;
}

tl::expected<FilterCondition, FilterError> conditionOf(const FilterToken &token)
{
    if (!token.isClosed) {
        return tl::unexpected(FilterError{token.valuePosition - 1,
                                          token.end() - token.valuePosition + 1,
                                          Texts::tr("The quote is not closed."),
                                          {}});
    }
    if (token.kind == FilterToken::Kind::Text)
        return anywhere(token);
    if (token.field.isEmpty()) {
        return tl::unexpected(
            FilterError{token.position,
                        token.opLength,
                        Texts::tr("“%1” needs a field right before it, as in status>=400; a text that "
                                  "begins with it goes into quotes.")
                            .arg(textOf(token.op)),
                        {}});
    }
    const FilterField *field = filterField(token.field);
    if (!field)
        return noSuchField(token);
    if (!operatorsOf(field->kind).contains(token.op))
        return wrongOperator(token, *field);
    if (token.value.isEmpty() && !token.isQuoted) {
        return tl::unexpected(FilterError{token.position,
                                          token.length,
                                          Texts::tr("A value is missing right behind “%1”, as in %2.")
                                              .arg(token.field + textOf(token.op), field->example),
                                          {field->example}});
    }
    switch (field->kind) {
    case Kind::Text:
        return textCondition(token, *field);
    case Kind::Flag:
        return flagOf(token);
    case Kind::When:
        return timeCondition(token, *field);
    default:
        return numberCondition(token, *field);
    }
}

} // namespace hookscope
