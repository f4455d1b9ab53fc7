#pragma once

#include "core/settings/settings.h"

#include <QWidget>

class QHBoxLayout;

namespace hookscope {

// The saved filters as a row of buttons, hidden while there are none. A click applies one, with Ctrl it is
// added to what is there; the button's menu renames, moves and removes it. Main thread.
class FilterChips final : public QWidget {
    Q_OBJECT
public:
    static constexpr qsizetype most = 50;

    explicit FilterChips(QWidget *parent = nullptr);

    const QList<SavedFilter> &filters() const { return m_filters; }
    void setFilters(const QList<SavedFilter> &filters);

    // Replaces the one of that name if there is one.
    void add(const SavedFilter &filter);

    // The chip that is all of the filter shows it.
    void markCurrent(const QString &filter);

signals:
    void chosen(const QString &filter, bool isAdded);
    void filtersChanged(const QList<hookscope::SavedFilter> &filters); // by the person

private:
    void rebuild();
    void change(const QList<SavedFilter> &filters);
    void showMenu(qsizetype place, const QPoint &globalPosition);
    void rename(qsizetype place);

    QHBoxLayout *m_layout;
    QList<SavedFilter> m_filters;
    QString m_current;
};

} // namespace hookscope
