#pragma once

#include <QString>
#include <array>

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
    Mark,
    Session,
    Size,
    Comment,
    Timeline,
};

inline constexpr int columnCount = 24;

// From left to right, as long as nobody moved one.
inline constexpr std::array<Column, columnCount> defaultOrder{
    Column::State,    Column::Mark,   Column::Time,   Column::Sandbox, Column::Process,   Column::Method,
    Column::Host,     Column::Path,   Column::Provider, Column::Model, Column::Status,    Column::Input,
    Column::Cached,   Column::Output, Column::Reasoning, Column::Total, Column::Cost,     Column::Ttft,
    Column::Latency,  Column::Duration, Column::Timeline, Column::Size, Column::Session, Column::Comment,
};

// Not shown until the person asks for them.
inline constexpr std::array<Column, 3> hiddenAtFirst{Column::Size, Column::Session, Column::Comment};

struct ColumnInfo {
    QString title;
    QString name; // in menus; the title where that says enough
    QString toolTip;
    int width = 0; // in widths of a digit
    bool isNumber = false;
    bool takesSpareWidth = false;
};

ColumnInfo infoOf(Column column);

} // namespace hookscope
