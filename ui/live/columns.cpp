#include "ui/live/columns.h"

#include <QCoreApplication>

namespace hookscope {

namespace {

struct Columns {
    Q_DECLARE_TR_FUNCTIONS(Columns)
};

ColumnInfo text(const QString &title, const QString &toolTip, int width)
{
    return {title, title, toolTip, width, false, false};
}

ColumnInfo spare(const QString &title, const QString &toolTip, int width)
{
    return {title, title, toolTip, width, false, true};
}

ColumnInfo number(const QString &title, const QString &name, const QString &toolTip, int width)
{
    return {title, name, toolTip, width, true, false};
}

} // namespace

ColumnInfo infoOf(Column column)
{
    using C = Columns;
    switch (column) {
    case Column::State:
        return {QString(), C::tr("State"), C::tr("… in flight, ▸ streaming, ✓ done, ? done but not understood, ✕ failed"),
                2,         false,          false};
    case Column::Time:
        return text(C::tr("Time"), C::tr("When the request's head was read"), 9);
    case Column::Sandbox:
        return text(C::tr("Sandbox"), C::tr("The label that the request came under"), 7);
    case Column::Process:
        return text(C::tr("Process"), C::tr("The program that holds the client's socket, and its id"), 11);
    case Column::Method:
        return text(C::tr("Method"), C::tr("The request's method"), 8);
    case Column::Host:
        return spare(C::tr("Host"), C::tr("The upstream's host"), 11);
    case Column::Path:
        return spare(C::tr("Path"), C::tr("Path and query of the upstream request"), 11);
    case Column::Provider:
        return text(C::tr("Provider"), C::tr("Who serves the model; — if this is no LLM call"), 8);
    case Column::Model:
        return spare(C::tr("Model"), C::tr("The model that answered, else the one asked for"), 12);
    case Column::Status:
        return number(C::tr("Status"), C::tr("Status"), C::tr("The status as the client got it"), 5);
    case Column::Input:
        return number(C::tr("Input"), C::tr("Input tokens"),
                      C::tr("Tokens of the whole prompt, cached or not"), 7);
    case Column::Cached:
        return number(C::tr("Cached"), C::tr("Cached tokens"),
                      C::tr("Tokens of the prompt read from the cache"), 7);
    case Column::Output:
        return number(C::tr("Output"), C::tr("Output tokens"), C::tr("Tokens of the whole answer"), 7);
    case Column::Reasoning:
        return number(C::tr("Reason."), C::tr("Reasoning tokens"),
                      C::tr("Tokens of the answer spent on reasoning"), 6);
    case Column::Total:
        return number(C::tr("Total"), C::tr("Total tokens"), C::tr("Input plus output tokens"), 7);
    case Column::Ttft:
        return number(C::tr("TTFT"), C::tr("Time to first token"),
                      C::tr("From the request being read to the first content of the answer"), 7);
    case Column::Latency:
        return number(C::tr("Latency"), C::tr("Latency"),
                      C::tr("From the request being read to the answer's head"), 7);
    case Column::Duration:
        return number(C::tr("Duration"), C::tr("Duration"),
                      C::tr("From the request being read to the last byte; a clock marks a slow one"), 8);
    case Column::Cost:
        return number(C::tr("Cost"), C::tr("Cost"),
                      C::tr("What the call costs in US dollars, ▲ an expensive one; the details say how that is known"), 9);
    case Column::Mark:
        return {QString(), C::tr("Mark"), C::tr("Your pin (P) and colour (1 to 6; 0 takes it away)"), 3, false, false};
    case Column::Session:
        return text(C::tr("Session"), C::tr("The client's session, where it names one"), 10);
    case Column::Size:
        return number(C::tr("Size"), C::tr("Size of the answer"), C::tr("The answer's body as it was on the wire"), 7);
    case Column::Comment:
        return spare(C::tr("Comment"), C::tr("Your own words (Ctrl+M)"), 12);
    case Column::Timeline:
        return text(C::tr("Timeline"),
                    C::tr("When it ran, beside the rows that are shown: waiting, before the first token, streaming"), 16);
    }
    return {};
}

} // namespace hookscope
