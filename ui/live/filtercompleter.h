#pragma once

#include "ui/live/filtersuggestions.h"
#include "ui/live/seenvalues.h"

#include <QObject>
#include <QTimer>

class QCompleter;
class QModelIndex;
class QStandardItemModel;

namespace hookscope {

class FilterLine;

// Suggests fields, operators and values seen below the line while a filter is typed; one that is chosen
// (Tab takes the first) replaces the word at the cursor. Main thread; line and log outlive it. Values are
// collected when the line gets the focus and every two seconds while it has it, not when a key is pressed.
class FilterCompleter final : public QObject {
    Q_OBJECT
public:
    FilterCompleter(FilterLine &line, const EventLog &log);

    void suggest(); // at the cursor

private:
    void insert(const QModelIndex &index);
    void takeTab();
    bool eventFilter(QObject *watched, QEvent *event) override;

    FilterLine &m_line;
    SeenValues m_values;
    QStandardItemModel *m_items;
    QCompleter *m_completer;
    QTimer m_refresh;
    int m_position = 0; // what a suggestion replaces
    int m_length = 0;
    bool m_isInserting = false;
};

} // namespace hookscope
