#pragma once

#include "core/events/eventlog.h"

#include <QTableView>
#include <QTimer>
#include <optional>

class QMenu;
class QPushButton;

namespace hookscope {

class LiveDelegate;
class LiveModel;

// The live table. It follows the newest row unless the person has scrolled away; then a button counts
// what came and leads back. Rows that are looked at keep their place while others come and go. Columns
// can be hidden, moved, sorted and sized; until a width is changed by hand, spare room is shared out.
class LiveView final : public QTableView {
    Q_OBJECT
public:
    explicit LiveView(LiveModel &model, QWidget *parent = nullptr);

    bool isFollowing() const { return m_following; }

    // Shown while there are no rows.
    void setPlaceholder(const QString &text);

    // A search for what is typed would go through all rows; the filter is for that.
    void keyboardSearch(const QString &) override { }

    QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray &state); // false if it is not such a state; nothing changes then

    // One checkable action for each column: whether it is shown.
    void addColumnActions(QMenu &menu);

public slots:
    void jumpToNewest();
    void copySelection(); // as tab-separated lines, visible columns in their order
    void copyAsCurl(); // the selected requests; see curlCommand()
    void resetColumns();
    void markSelection(int colour); // 0 takes it away
    void togglePins();
    void editComment();
    void requestHook(); // for what is like the current row; emits hookRequested
    void jumpToPinned(bool forwards); // the next pinned row, around the end

signals:
    // Not when the selected one leaves the table by a filter or by eviction: what was being read stays.
    void exchangeSelected(std::optional<hookscope::EventLog::Sequence> sequence); // null: none
    void hookRequested(const QString &name, const QString &when); // a new one, for what is like a row
    void filterRequested(const QString &condition); // in the filter language, beside what is there already
    void detailRequested(); // of the current row, to be gone to
    void followingChanged(bool following);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    void setupHeaders();
    void applyMetrics();
    void rememberPlace();
    void keepPlace(int addedRows);
    void noteScroll(int value);
    void setFollowing(bool following);
    void showCue();
    void shareSpareWidth();
    void showHeaderMenu(const QPoint &position);
    void tickRunningRows();
    void showTimelineOfVisibleRows();
    std::vector<EventLog::Sequence> selectedSequences() const;
    void addMarkMenu(QMenu &menu);
    void addFilterMenu(QMenu &menu, const QModelIndex &index, const QString &cell);

    LiveModel &m_model;
    LiveDelegate *m_delegate;
    QPushButton *m_cue;
    QTimer m_tick;
    QString m_placeholder;
    bool m_following = true;
    bool m_takingFocus = false;
    bool m_adjusting = false; // the scroll bar moves by our hand
    bool m_ownWidths = false; // the person chose the widths
    int m_newRows = 0; // since following ended
    std::optional<EventLog::Sequence> m_place; // the topmost row shown before a flush, and where it stood
    int m_placeOffset = 0;
};

} // namespace hookscope
