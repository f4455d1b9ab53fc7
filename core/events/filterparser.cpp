#include "core/events/filterparser.h"

#include "core/events/filtercondition.h"

#include <QCoreApplication>
#include <algorithm>

namespace hookscope {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Filter)
};

using Kind = FilterToken::Kind;

struct Node {
    enum class Type { All, Any, Not, Condition };

    Type type = Type::All;
    std::vector<Node> parts;
    std::size_t condition = 0;
    int weight = 0; // what trying it costs
};

using Parsed = tl::expected<Node, FilterError>;

Node joined(Node::Type type, std::vector<Node> parts)
{
    if (parts.size() == 1)
        return std::move(parts.front());
    Node node{type, std::move(parts), 0, 0};
    // All are pure, so the cheap ones may decide first.
    std::stable_sort(node.parts.begin(), node.parts.end(),
                     [](const Node &a, const Node &b) { return a.weight < b.weight; });
    for (const Node &part : node.parts)
        node.weight += part.weight;
    return node;
}

class Parser {
public:
    Parser(const QString &text, FilterProgram &program)
        : m_tokens(filterTokens(text))
        , m_program(program)
    {
    }

    Parsed whole()
    {
        Parsed node = any(0);
        if (node && now().kind == Kind::Close)
            return error(now(), Texts::tr("“)” has no “(” before it."));
        return node;
    }

private:
    const FilterToken &now() const { return m_tokens[m_at]; }

    static tl::unexpected<FilterError> error(const FilterToken &token, const QString &sentence)
    {
        return tl::unexpected(FilterError{token.position, token.length, sentence, {}});
    }

    Parsed any(int depth)
    {
        std::vector<Node> parts;
        for (;;) {
            Parsed part = all(depth);
            if (!part)
                return part;
            parts.push_back(std::move(*part));
            if (now().kind != Kind::Or)
                return joined(Node::Type::Any, std::move(parts));
            ++m_at;
        }
    }

    Parsed all(int depth)
    {
        std::vector<Node> parts;
        for (;;) {
            Parsed part = one(depth);
            if (!part)
                return part;
            parts.push_back(std::move(*part));
            if (now().kind == Kind::And)
                ++m_at;
            else if (now().kind == Kind::Or || now().kind == Kind::Close || now().kind == Kind::End)
                return joined(Node::Type::All, std::move(parts));
        }
    }

    Parsed one(int depth)
    {
        if (depth > Filter::deepestNesting)
            return error(now(), Texts::tr("This is nested too deeply."));
        switch (now().kind) {
        case Kind::Not:
            return negation(depth);
        case Kind::Open:
            return group(depth);
        case Kind::Condition:
        case Kind::Text:
            return leaf();
        default:
            return missing();
        }
    }

    Parsed negation(int depth)
    {
        ++m_at;
        Parsed inner = one(depth + 1);
        if (!inner)
            return inner;
        const int weight = inner->weight;
        Node node{Node::Type::Not, {}, 0, weight};
        node.parts.push_back(std::move(*inner));
        return node;
    }

    Parsed group(int depth)
    {
        const FilterToken open = now();
        ++m_at;
        Parsed inner = any(depth + 1);
        if (!inner)
            return inner;
        if (now().kind != Kind::Close)
            return error(open, Texts::tr("The parenthesis is not closed."));
        ++m_at;
        return inner;
    }

    Parsed leaf()
    {
        auto condition = conditionOf(now());
        if (!condition)
            return tl::unexpected(condition.error());
        if (m_program.conditions.size() >= Filter::mostConditions) {
            return error(now(), Texts::tr("A filter has at most %1 conditions.").arg(Filter::mostConditions));
        }
        ++m_at;
        Node node{Node::Type::Condition, {}, m_program.conditions.size(), static_cast<int>(condition->kind)};
        m_program.conditions.push_back(std::move(*condition));
        return node;
    }

    // Where a condition should begin there is something else.
    Parsed missing() const
    {
        const QString after = m_at > 0 ? textBefore() : QString();
        if (after.isEmpty())
            return error(now(), Texts::tr("A condition is missing before “%1”.").arg(nameOf(now())));
        return error(now(), Texts::tr("A condition is missing behind “%1”.").arg(after));
    }

    QString textBefore() const { return nameOf(m_tokens[m_at - 1]); }

    static QString nameOf(const FilterToken &token)
    {
        switch (token.kind) {
        case Kind::Open:
            return QStringLiteral("(");
        case Kind::Close:
            return QStringLiteral(")");
        case Kind::And:
            return QStringLiteral("AND");
        case Kind::Or:
            return QStringLiteral("OR");
        case Kind::Not:
            return token.length == 1 ? QStringLiteral("-") : QStringLiteral("NOT");
        default:
            return {};
        }
    }

    QList<FilterToken> m_tokens;
    qsizetype m_at = 0;
    FilterProgram &m_program;
};

// The steps for `node` that go on to those two; the place of its first. Built from the end to the front.
int emitSteps(const Node &node, int ifTrue, int ifFalse, FilterProgram &program)
{
    switch (node.type) {
    case Node::Type::Condition:
        program.steps.push_back({node.condition, ifTrue, ifFalse});
        return static_cast<int>(program.steps.size()) - 1;
    case Node::Type::Not:
        return emitSteps(node.parts.front(), ifFalse, ifTrue, program);
    case Node::Type::All: {
        int next = ifTrue;
        for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part)
            next = emitSteps(*part, next, ifFalse, program);
        return next;
    }
    case Node::Type::Any: {
        int next = ifFalse;
        for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part)
            next = emitSteps(*part, ifTrue, next, program);
        return next;
    }
    }
    return ifFalse;
}

} // namespace

tl::expected<std::shared_ptr<const FilterProgram>, FilterError> parseFilter(const QString &text)
{
    if (text.size() > Filter::longestText) {
        return tl::unexpected(
            FilterError{Filter::longestText,
                        static_cast<int>(text.size()) - Filter::longestText,
                        Texts::tr("A filter has at most %1 characters.").arg(Filter::longestText),
                        {}});
    }
    if (text.trimmed().isEmpty())
        return std::shared_ptr<const FilterProgram>();
    auto program = std::make_shared<FilterProgram>();
    const Parsed node = Parser(text, *program).whole();
    if (!node)
        return tl::unexpected(node.error());
    program->first = emitSteps(*node, FilterProgram::accepted, FilterProgram::refused, *program);
    program->isAlternative = node->type == Node::Type::Any;
    return std::shared_ptr<const FilterProgram>(std::move(program));
}

} // namespace hookscope
