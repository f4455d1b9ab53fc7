#include "core/events/filterfields.h"

#include <QCoreApplication>
#include <algorithm>
#include <vector>

namespace hookscope {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(hookscope::Filter)
};

using Id = FilterFieldId;
using Kind = FilterFieldKind;

FilterField text(Id id, const char *name, const QString &meaning, const char *example,
                 StringId Record::*place)
{
    return {id, Kind::Text, QString::fromLatin1(name), meaning, QString::fromLatin1(example), place};
}

FilterField other(Id id, Kind kind, const char *name, const QString &meaning, const char *example)
{
    return {id, kind, QString::fromLatin1(name), meaning, QString::fromLatin1(example), nullptr};
}

QList<FilterField> textFields()
{
    using R = Record;
    return {
        text(Id::Provider, "provider", Texts::tr("who serves the model"), "provider:anthropic", &R::provider),
        text(Id::Model, "model", Texts::tr("the model that answered"), "model:*opus*", &R::model),
        text(Id::Host, "host", Texts::tr("the upstream's host"), "host:*.openai.com", &R::host),
        text(Id::Path, "path", Texts::tr("path and query"), "path~/messages$", &R::path),
        text(Id::Url, "url", Texts::tr("the URL as the client asked"), "url:https://*", nullptr),
        text(Id::Sandbox, "sandbox", Texts::tr("who sent it"), "sandbox:claude", &R::sandbox),
        text(Id::Process, "process", Texts::tr("the client's program"), "process:node", &R::process),
        text(Id::Method, "method", Texts::tr("the request's method"), "method:POST", &R::method),
        text(Id::Session, "session", Texts::tr("the client's session"), "session:*", &R::session),
        text(Id::Error, "error", Texts::tr("why it failed"), "error:*timeout*", &R::error),
        text(Id::Comment, "comment", Texts::tr("your own comment"), "comment:*", &R::comment),
    };
}

QList<FilterField> otherFields()
{
    return {
        other(Id::Is, Kind::Flag, "is", Texts::tr("what it is"), "is:running"),
        other(Id::Status, Kind::Count, "status", Texts::tr("the answer's status"), "status>=400"),
        other(Id::Cost, Kind::Money, "cost", Texts::tr("US dollars"), "cost>0.5"),
        other(Id::Tokens, Kind::Tokens, "tokens", Texts::tr("input plus output tokens"), "tokens>100k"),
        other(Id::Input, Kind::Tokens, "input", Texts::tr("tokens of the prompt"), "input>50k"),
        other(Id::Output, Kind::Tokens, "output", Texts::tr("tokens of the answer"), "output>1k"),
        other(Id::Cached, Kind::Tokens, "cached", Texts::tr("tokens read from the cache"), "cached>0"),
        other(Id::CacheWrite, Kind::Tokens, "cachewrite", Texts::tr("tokens written to the cache"),
              "cachewrite>0"),
        other(Id::Reasoning, Kind::Tokens, "reasoning", Texts::tr("tokens spent on reasoning"),
              "reasoning>1k"),
        other(Id::Duration, Kind::Time, "duration", Texts::tr("until the last byte"), "duration>30s"),
        other(Id::Latency, Kind::Time, "latency", Texts::tr("until the answer's head"), "latency>2s"),
        other(Id::Ttft, Kind::Time, "ttft", Texts::tr("until the first token"), "ttft>500ms"),
        other(Id::Since, Kind::When, "since", Texts::tr("begun then or later"), "since:10m"),
        other(Id::Until, Kind::When, "until", Texts::tr("begun earlier than that"), "until:today"),
        other(Id::Size, Kind::Bytes, "size", Texts::tr("bytes of the answer's body"), "size>1MB"),
        other(Id::RequestBytes, Kind::Bytes, "requestbytes", Texts::tr("bytes of the request's body"),
              "requestbytes>100kB"),
        other(Id::Mark, Kind::Count, "mark", Texts::tr("your own colour, 1 to 6"), "mark:1"),
        other(Id::Pid, Kind::Count, "pid", Texts::tr("the process's id"), "pid:4242"),
    };
}

QList<FilterFlagInfo> makeFlags()
{
    const auto name = [](const char *latin1) {
        return QString::fromLatin1(latin1);
    };
    using F = FilterFlag;
    return {
        {F::Llm, name("llm"), Texts::tr("an LLM call")},
        {F::Streaming, name("streaming"), Texts::tr("its answer is a stream, still arriving or not")},
        {F::Running, name("running"), Texts::tr("not ended yet")},
        {F::Error, name("error"), Texts::tr("failed, or answered with 400 or above")},
        {F::Failed, name("failed"), Texts::tr("broken off, or never answered")},
        {F::Slow, name("slow"), Texts::tr("takes longer than the settings' limit")},
        {F::Pinned, name("pinned"), Texts::tr("pinned by you")},
        {F::Marked, name("marked"), Texts::tr("coloured by you")},
        {F::Commented, name("commented"), Texts::tr("with a comment of yours")},
        {F::Read, name("read"), Texts::tr("looked at")},
        {F::Unread, name("unread"), Texts::tr("not looked at yet")},
        {F::Restored, name("restored"), Texts::tr("of an earlier session or a file")},
        {F::Tunnel, name("tunnel"), Texts::tr("a tunnel that is not opened")},
        {F::Priced, name("priced"), Texts::tr("its cost is known")},
        {F::NotUnderstood, name("notunderstood"), Texts::tr("a call whose answer no reader knew")},
    };
}

// How many letters are typed, left out, swapped or changed (Damerau and Levenshtein).
int distance(const QString &a, const QString &b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> beforeLast(width), last(width), row(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int changed = a[i - 1] == b[j - 1] ? 0 : 1;
            row[at] = std::min({row[at - 1] + 1, last[at] + 1, last[at - 1] + changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], beforeLast[at - 2] + 1);
        }
        beforeLast.swap(last);
        last.swap(row);
    }
    return last[width - 1];
}

} // namespace

QString textOf(FilterOperator op)
{
    switch (op) {
    case FilterOperator::Is:
        return QStringLiteral(":");
    case FilterOperator::Equal:
        return QStringLiteral("=");
    case FilterOperator::NotEqual:
        return QStringLiteral("!=");
    case FilterOperator::Less:
        return QStringLiteral("<");
    case FilterOperator::LessOrEqual:
        return QStringLiteral("<=");
    case FilterOperator::Greater:
        return QStringLiteral(">");
    case FilterOperator::GreaterOrEqual:
        return QStringLiteral(">=");
    case FilterOperator::Matches:
        return QStringLiteral("~");
    }
    return {};
}

const QList<FilterField> &filterFields()
{
    static const QList<FilterField> fields = textFields() + otherFields();
    return fields;
}

const QList<FilterFlagInfo> &filterFlags()
{
    static const QList<FilterFlagInfo> flags = makeFlags();
    return flags;
}

const FilterField *filterField(const QString &name)
{
    for (const FilterField &field : filterFields()) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return &field;
    }
    return nullptr;
}

const FilterField &filterField(FilterFieldId id)
{
    const auto &fields = filterFields();
    return *std::find_if(fields.begin(), fields.end(),
                         [id](const FilterField &field) { return field.id == id; });
}

QList<FilterOperator> operatorsOf(FilterFieldKind kind)
{
    using Op = FilterOperator;
    switch (kind) {
    case Kind::Text:
        return {Op::Is, Op::Equal, Op::NotEqual, Op::Matches};
    case Kind::When:
    case Kind::Flag:
        return {Op::Is};
    default:
        return {Op::Is, Op::Greater, Op::GreaterOrEqual, Op::Less, Op::LessOrEqual, Op::Equal, Op::NotEqual};
    }
}

QStringList similarNames(const QString &typed, const QStringList &names)
{
    const QString lower = typed.left(40).toLower();
    std::vector<std::pair<int, QString>> near;
    for (const QString &name : names) {
        const bool begins = lower.size() >= 2 && name.startsWith(lower);
        const int steps = begins ? 0 : distance(lower, name);
        if (begins || steps <= std::max<qsizetype>(1, std::min(lower.size(), name.size()) / 3))
            near.emplace_back(steps, name);
    }
    std::stable_sort(near.begin(), near.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList result;
    for (const auto &[steps, name] : near) {
        if (result.size() < 3)
            result.append(name);
    }
    return result;
}

} // namespace hookscope
