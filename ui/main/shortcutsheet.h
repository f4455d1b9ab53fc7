#pragma once

#include <QDialog>
#include <QList>
#include <QString>

class QLineEdit;
class QMainWindow;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace hookscope {

// What a key does, and where.
struct ShortcutLine {
    QString place; // "File", "Table of requests"
    QString text;
    QString keys; // in the platform's words, "Ctrl+S"

    friend bool operator==(const ShortcutLine &, const ShortcutLine &) = default;
};

// Of all actions with a shortcut in the window's menus, in their order, and then of those that only a
// widget has. They are read from the actions, so that the sheet says what is.
QList<ShortcutLine> shortcutsOf(const QMainWindow &window);

// The sheet of keys, to be read and searched. Main thread.
class ShortcutSheet final : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(const QList<ShortcutLine> &lines, QWidget *parent = nullptr);

private:
    void setupTable(const QList<ShortcutLine> &lines);

    QStandardItemModel *m_lines;
    QSortFilterProxyModel *m_found;
    QLineEdit *m_search;
};

} // namespace hookscope
