#include "ui/live/filtersuggestions.h"

#include "core/events/filter.h"
#include "core/events/filterlexer.h"

#include <algorithm>

namespace hookscope {

namespace {

using Values = std::function<QStringList(FilterFieldId)>;

// The token that ends at the cursor or holds it; null between two.
const FilterToken *tokenAt(const QList<FilterToken> &tokens, int cursor)
{
    for (const FilterToken &token : tokens) {
        const bool isWord = token.kind == FilterToken::Kind::Condition
            || token.kind == FilterToken::Kind::Text || token.length > 1;
        if (isWord && token.position < cursor && cursor <= token.end())
            return &token;
    }
    return nullptr;
}

class Collector {
public:
    explicit Collector(qsizetype most)
        : m_most(most)
    {
    }

    void add(const QString &text, const QString &meaning = {})
    {
        const bool isKnown = std::any_of(m_items.cbegin(), m_items.cend(),
                                         [&](const FilterSuggestion &item) { return item.text == text; });
        if (m_items.size() < m_most && !isKnown)
            m_items.append({text, meaning});
    }

    QList<FilterSuggestion> items() const { return m_items; }

private:
    qsizetype m_most;
    QList<FilterSuggestion> m_items;
};

void addFields(const QString &typed, Collector &items)
{
    for (const FilterField &field : filterFields()) {
        if (!field.name.startsWith(typed, Qt::CaseInsensitive))
            continue;
        const bool isNumber = field.kind != FilterFieldKind::Text && field.kind != FilterFieldKind::When
            && field.kind != FilterFieldKind::Flag;
        if (field.name.compare(typed, Qt::CaseInsensitive) == 0) {
            for (const FilterOperator op : operatorsOf(field.kind))
                items.add(field.name + textOf(op), field.meaning);
        } else {
            items.add(field.name + textOf(isNumber ? FilterOperator::Greater : FilterOperator::Is),
                      field.meaning);
        }
    }
}

// A word of a value that was seen: what it is a value of is added.
void addValuesHolding(const QString &typed, const Values &values, Collector &items)
{
    if (typed.size() < 2)
        return;
    for (const FilterField &field : filterFields()) {
        if (field.kind != FilterFieldKind::Text)
            continue;
        for (const QString &value : values(field.id)) {
            if (value.contains(typed, Qt::CaseInsensitive))
                items.add(onlyThis(field.name, value), field.meaning);
        }
    }
}

void addValues(const FilterToken &token, const FilterField &field, const Values &values, Collector &items)
{
    if (field.kind == FilterFieldKind::Flag) {
        for (const FilterFlagInfo &flag : filterFlags()) {
            if (flag.name.startsWith(token.value, Qt::CaseInsensitive))
                items.add(field.name + u':' + flag.name, flag.meaning);
        }
        return;
    }
    if (field.kind != FilterFieldKind::Text) {
        if (token.value.isEmpty() && token.op == FilterOperator::Is)
            items.add(field.example, field.meaning);
        return;
    }
    if (token.op == FilterOperator::Matches)
        return;
    QStringList inner;
    const auto condition = [&](const QString &value) {
        return field.name + textOf(token.op) + onlyThis(field.name, value).sliced(field.name.size() + 1);
    };
    for (const QString &value : values(field.id)) {
        if (value.startsWith(token.value, Qt::CaseInsensitive))
            items.add(condition(value));
        else if (value.contains(token.value, Qt::CaseInsensitive))
            inner.append(condition(value));
    }
    for (const QString &text : std::as_const(inner))
        items.add(text);
}

} // namespace

FilterSuggestions suggestionsAt(const QString &text, int cursor, const Values &values, qsizetype most)
{
    const QList<FilterToken> tokens = filterTokens(text);
    const FilterToken *token = tokenAt(tokens, cursor);
    Collector items(most);
    if (!token) {
        addFields({}, items);
        return {cursor, 0, items.items()};
    }
    if (token->kind == FilterToken::Kind::Condition) {
        if (const FilterField *field = filterField(token->field); field && cursor > token->opPosition)
            addValues(*token, *field, values, items);
        else if (!field)
            addFields(token->field, items);
    } else if (!token->isQuoted) {
        addFields(token->value, items);
        addValuesHolding(token->value, values, items);
    }
    return {token->position, token->length, items.items()};
}

} // namespace hookscope
