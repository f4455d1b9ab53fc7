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
    switch (column) {
    case Column::State:
        return {QString(),
                Columns::tr("State"),
                Columns::tr("… in flight, ▸ streaming, ✓ done, ? done but not understood, ✕ failed"),
                2,
                false,
                false};
    case Column::Time:
        return text(Columns::tr("Time"), Columns::tr("When the request's head was read"), 9);
    case Column::Sandbox:
        return text(Columns::tr("Sandbox"), Columns::tr("The label that the request came under"), 7);
    case Column::Process:
        return text(Columns::tr("Process"),
                    Columns::tr("The program that holds the client's socket, and its id"), 11);
    case Column::Method:
        return text(Columns::tr("Method"), Columns::tr("The request's method"), 8);
    case Column::Host:
        return spare(Columns::tr("Host"), Columns::tr("The upstream's host"), 11);
    case Column::Path:
        return spare(Columns::tr("Path"), Columns::tr("Path and query of the upstream request"), 11);
    case Column::Provider:
        return text(Columns::tr("Provider"), Columns::tr("Who serves the model; — if this is no LLM call"),
                    8);
    case Column::Model:
        return spare(Columns::tr("Model"), Columns::tr("The model that answered, else the one asked for"),
                     12);
    case Column::Status:
        return number(Columns::tr("Status"), Columns::tr("Status"),
                      Columns::tr("The status as the client got it"), 5);
    case Column::Input:
        return number(Columns::tr("Input"), Columns::tr("Input tokens"),
                      Columns::tr("Tokens of the whole prompt, cached or not"), 7);
    case Column::Cached:
        return number(Columns::tr("Cached"), Columns::tr("Cached tokens"),
                      Columns::tr("Tokens of the prompt read from the cache"), 7);
    case Column::Output:
        return number(Columns::tr("Output"), Columns::tr("Output tokens"),
                      Columns::tr("Tokens of the whole answer"), 7);
    case Column::Reasoning:
        return number(Columns::tr("Reason."), Columns::tr("Reasoning tokens"),
                      Columns::tr("Tokens of the answer spent on reasoning"), 6);
    case Column::Total:
        return number(Columns::tr("Total"), Columns::tr("Total tokens"),
                      Columns::tr("Input plus output tokens"), 7);
    case Column::Ttft:
        return number(Columns::tr("TTFT"), Columns::tr("Time to first token"),
                      Columns::tr("From the request being read to the first content of the answer"), 7);
    case Column::Latency:
        return number(Columns::tr("Latency"), Columns::tr("Latency"),
                      Columns::tr("From the request being read to the answer's head"), 7);
    case Column::Duration:
        return number(Columns::tr("Duration"), Columns::tr("Duration"),
                      Columns::tr("From the request being read to the last byte; a clock marks a slow one"),
                      8);
    case Column::Cost:
        return number(
            Columns::tr("Cost"), Columns::tr("Cost"),
            Columns::tr(
                "What the call costs in US dollars, ▲ an expensive one; the details say how that is known"),
            9);
    case Column::Mark:
        return {QString(),
                Columns::tr("Mark"),
                Columns::tr("Your pin (P) and colour (1 to 6; 0 takes it away)"),
                3,
                false,
                false};
    case Column::Session:
        return text(Columns::tr("Session"), Columns::tr("The client's session, where it names one"), 10);
    case Column::Size:
        return number(Columns::tr("Size"), Columns::tr("Size of the answer"),
                      Columns::tr("The answer's body as it was on the wire"), 7);
    case Column::Comment:
        return spare(Columns::tr("Comment"), Columns::tr("Your own words (Ctrl+M)"), 12);
    case Column::Timeline:
        return text(
            Columns::tr("Timeline"),
            Columns::tr(
                "When it ran, beside the rows that are shown: waiting, before the first token, streaming"),
            16);
    }
    return {};
}

} // namespace hookscope
