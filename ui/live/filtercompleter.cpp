#include "ui/live/filtercompleter.h"

#include "ui/live/filterline.h"
#include "ui/text/visible.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QStandardItemModel>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int refreshMs = 2000;
constexpr int textRole = Qt::UserRole;

} // namespace

FilterCompleter::FilterCompleter(FilterLine &line, const EventLog &log)
    : QObject(&line)
    , m_line(line)
    , m_values(log)
    , m_items(new QStandardItemModel(this))
    , m_completer(new QCompleter(m_items, this))
{
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setWidget(&line);
    m_completer->setMaxVisibleItems(12);
    m_completer->popup()->setAccessibleName(tr("Suggestions"));
    m_completer->popup()->installEventFilter(this);
    line.setPopupOf(m_completer);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            &FilterCompleter::insert);
    connect(&line, &QLineEdit::textEdited, this, &FilterCompleter::suggest);
    connect(&line, &FilterLine::focused, this, [this] {
        m_values.refresh();
        m_refresh.start(refreshMs);
    });
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_line.hasFocus())
            m_values.refresh();
        else
            m_refresh.stop();
    });
}

void FilterCompleter::suggest()
{
    if (m_isInserting)
        return;
    const FilterSuggestions found = suggestionsAt(m_line.text(), m_line.cursorPosition(),
                                                  [this](FilterFieldId field) { return m_values.of(field); });
    m_position = found.position;
    m_length = found.length;
    const QString typed = m_line.text().sliced(m_position, m_length);
    m_items->clear();
    for (const FilterSuggestion &suggestion : found.items) {
        if (suggestion.text == typed)
            continue;
        const QString shown = visible(suggestion.text);
        auto *item = new QStandardItem(
            suggestion.meaning.isEmpty() ? shown : QStringLiteral("%1   %2").arg(shown, suggestion.meaning));
        item->setData(suggestion.text, textRole);
        m_items->appendRow(item);
    }
    if (m_items->rowCount() == 0 || m_line.text().isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
    m_completer->popup()->setCurrentIndex({});
}

void FilterCompleter::insert(const QModelIndex &index)
{
    const QString chosen = index.data(textRole).toString();
    if (chosen.isEmpty())
        return;
    const QScopedValueRollback<bool> guard(m_isInserting, true);
    m_line.setSelection(m_position, std::min(m_length, static_cast<int>(m_line.text().size()) - m_position));
    m_line.insert(chosen); // can be undone
    const QChar last = chosen.back();
    if (last == u':' || last == u'~' || last == u'>' || last == u'<' || last == u'=')
        QTimer::singleShot(0, this, &FilterCompleter::suggest); // the popup is closing right now
}

void FilterCompleter::takeTab()
{
    const QModelIndex current = m_completer->popup()->currentIndex();
    const QModelIndex first = m_completer->completionModel()->index(0, 0);
    m_completer->popup()->hide();
    insert(current.isValid() ? current : first);
}

bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab) {
        takeTab();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace hookscope
