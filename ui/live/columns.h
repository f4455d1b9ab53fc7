#pragma once

#include "ui/live/rowfacts.h"

#include <QString>
#include <array>
#include <compare>

namespace hookscope {

// The columns of the live table. The numbers are kept in saved window states: add at the end only.
enum class Column {
    State,
    Time,
    Sandbox,
    Process,
    Method,
    Host,
    Path,
    Provider,
    Model,
    Status,
    Input,
    Cached,
    Output,
    Reasoning,
    Total,
    Ttft,
    Latency,
    Duration,
    Cost,
};

inline constexpr int columnCount = 19;

// From left to right, as long as nobody moved one.
inline constexpr std::array<Column, columnCount> defaultOrder{
    Column::State, Column::Time,   Column::Sandbox,  Column::Process,   Column::Method,
    Column::Host,  Column::Path,   Column::Provider, Column::Model,     Column::Status,
    Column::Input, Column::Cached, Column::Output,   Column::Reasoning, Column::Total,
    Column::Cost,  Column::Ttft,   Column::Latency,  Column::Duration,
};

struct ColumnInfo {
    QString title;
    QString name; // in menus; the title where that says enough
    QString toolTip;
    int width = 0; // in widths of a digit
    bool isNumber = false;
    bool takesSpareWidth = false;
};

ColumnInfo infoOf(Column column);

// What a cell shows; `nowUs` is for what still runs. Never holds a control character. Main thread.
QString cellText(const Exchange &exchange, Column column, std::int64_t nowUs);

// One sentence on the row's state, for tooltips and screen readers.
QString stateSentence(const Exchange &exchange, std::int64_t nowUs, std::int64_t slowUs);

// The order of two exchanges by that column alone; what is absent comes first.
std::weak_ordering compareCells(const Exchange &left, const Exchange &right, Column column);

// Whether the cells of that column may differ later in an exchange's life.
bool canChange(Column column);

} // namespace hookscope
