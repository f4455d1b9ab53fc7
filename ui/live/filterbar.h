#pragma once

#include "core/events/eventlog.h"
#include "core/events/filter.h"
#include "core/events/grouping.h"
#include "core/settings/settings.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;

namespace hookscope {

class FilterChips;
class FilterLine;

// Above the live table: the filter's line, LLM calls only, how many are shown, what to group by, pause,
// clear, and the saved filters. It owns the actions, so that menus can show the same ones. Typing is taken
// in after a short rest; while what is typed is wrong, the last filter that was right stays in force, the
// wrong part is underlined and a sentence below says why. Main thread; the log, for values to suggest,
// outlives it.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    static constexpr int typingRestMs = 120;

    explicit FilterBar(const EventLog &log, QWidget *parent = nullptr);

    // In force: of the line and of "LLM calls only" together.
    const Filter &filter() const { return m_filter; }

    // The line's text as it stands, right or not.
    QString text() const;
    void setText(const QString &text);
    void addCondition(const QString &condition); // to what the line holds
    void focusText();
    void showCounts(quint64 shown, quint64 all, quint64 waiting);

    GroupBy groupBy() const;
    void setGroupBy(GroupBy by);

    const QList<SavedFilter> &savedFilters() const;
    void setSavedFilters(const QList<SavedFilter> &filters);

    QAction *llmOnlyAction() const { return m_llmOnly; }
    QAction *pauseAction() const { return m_pause; }
    QAction *clearAction() const { return m_clear; }
    QAction *saveFilterAction() const { return m_save; } // asks for a name

signals:
    void filterChanged(const hookscope::Filter &filter);
    void groupByChanged(hookscope::GroupBy by);
    void savedFiltersChanged(const QList<hookscope::SavedFilter> &filters);
    void left(); // Escape in the empty line, or Return: the table's turn

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupActions();
    void setupLine();
    void setupGroups();
    void setupLayout();
    void announce();
    void showError(const FilterError &error);
    void saveFilter();

    FilterLine *m_line;
    QLabel *m_error;
    QLabel *m_counts;
    QComboBox *m_groups;
    FilterChips *m_chips;
    QAction *m_llmOnly;
    QAction *m_pause;
    QAction *m_clear;
    QAction *m_save;
    QTimer m_typing;
    Filter m_typed; // the last right one of the line
    Filter m_filter;
};

} // namespace hookscope
