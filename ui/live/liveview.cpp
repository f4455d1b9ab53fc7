#include "ui/live/liveview.h"

#include "ui/live/livedelegate.h"
#include "ui/live/livekeys.h"
#include "ui/live/livemodel.h"
#include "ui/text/amounts.h"

#include <QDataStream>
#include <QFocusEvent>
#include <QHeaderView>
#include <QIODevice>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>

namespace hookscope {

namespace {

constexpr quint32 stateVersion = 3; // raise it with the number of columns

Column columnOf(int section)
{
    return static_cast<Column>(section);
}

} // namespace

LiveView::LiveView(LiveModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(new LiveDelegate(this))
    , m_cue(new QPushButton(this))
{
    setObjectName(QStringLiteral("liveView"));
    setAccessibleName(tr("Requests"));
    setModel(&model);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setupHeaders();
    addLiveKeys(*this);

    m_cue->hide();
    m_cue->setFocusPolicy(Qt::NoFocus);
    m_cue->setCursor(Qt::ArrowCursor);
    m_cue->setToolTip(tr("Jump to the newest request and follow again (Ctrl+End)"));
    connect(m_cue, &QPushButton::clicked, this, &LiveView::jumpToNewest);
    connect(&model, &LiveModel::flushing, this, &LiveView::rememberPlace);
    connect(&model, &LiveModel::flushed, this, &LiveView::keepPlace);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LiveView::noteScroll);
    connect(&m_tick, &QTimer::timeout, this, &LiveView::tickRunningRows);
    m_tick.start(1000);
}

void LiveView::setupHeaders()
{
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setToolTip(tr("Click to sort, drag to move, right-click to choose columns"));
    header->setAccessibleName(tr("Columns"));
    connect(header, &QHeaderView::customContextMenuRequested, this, &LiveView::showHeaderMenu);
    connect(header, &QHeaderView::sectionResized, this, [this] {
        if (!m_adjusting)
            m_ownWidths = true;
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int, Qt::SortOrder) {
        setFollowing(m_model.isNewestLast()
                     && verticalScrollBar()->value() >= verticalScrollBar()->maximum());
        showCue();
    });
    applyMetrics();
    resetColumns();
}

void LiveView::applyMetrics()
{
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 3);
}

void LiveView::resetColumns()
{
    const QScopedValueRollback<bool> guard(m_adjusting, true);
    QHeaderView *header = horizontalHeader();
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    int place = 0;
    for (const Column column : defaultOrder) {
        const int section = static_cast<int>(column);
        header->showSection(section);
        header->moveSection(header->visualIndex(section), place++);
        header->resizeSection(section, infoOf(column).width * digit + 8);
    }
    for (const Column column : hiddenAtFirst)
        header->hideSection(static_cast<int>(column));
    m_ownWidths = false;
    setSortingEnabled(false);
    header->setSortIndicator(static_cast<int>(Column::Time), Qt::AscendingOrder);
    setSortingEnabled(true); // sorts by the indicator
    shareSpareWidth();
}

void LiveView::shareSpareWidth()
{
    if (m_ownWidths)
        return;
    const QScopedValueRollback<bool> guard(m_adjusting, true);
    QHeaderView *header = horizontalHeader();
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    int spare = viewport()->width();
    QList<int> takers;
    for (int section = 0; section < hookscope::columnCount; ++section) {
        if (header->isSectionHidden(section))
            continue;
        const ColumnInfo info = infoOf(columnOf(section));
        spare -= info.takesSpareWidth ? info.width * digit + 8 : header->sectionSize(section);
        if (info.takesSpareWidth)
            takers.append(section);
    }
    for (qsizetype i = 0; i < takers.size(); ++i) {
        const int share = std::max(0, spare) / static_cast<int>(takers.size());
        header->resizeSection(takers[i], infoOf(columnOf(takers[i])).width * digit + 8 + share);
    }
}

void LiveView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

QByteArray LiveView::saveColumns() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << stateVersion << m_ownWidths << horizontalHeader()->saveState();
    return bytes;
}

bool LiveView::restoreColumns(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 version = 0;
    bool ownWidths = false;
    QByteArray header;
    stream >> version >> ownWidths >> header;
    if (stream.status() != QDataStream::Ok || version != stateVersion)
        return false;
    const QScopedValueRollback<bool> guard(m_adjusting, true);
    if (!horizontalHeader()->restoreState(header))
        return false;
    m_ownWidths = ownWidths;
    sortByColumn(horizontalHeader()->sortIndicatorSection(), horizontalHeader()->sortIndicatorOrder());
    shareSpareWidth();
    return true;
}

void LiveView::jumpToNewest()
{
    if (!m_model.isNewestLast())
        sortByColumn(static_cast<int>(Column::Time), Qt::AscendingOrder);
    setFollowing(true);
    const QScopedValueRollback<bool> guard(m_adjusting, true);
    scrollToBottom();
}

void LiveView::rememberPlace()
{
    const int top = m_following ? -1 : rowAt(0);
    m_place.reset();
    if (top >= 0 && (m_model.isNewestLast() || verticalScrollBar()->value() > 0)) {
        m_place = m_model.sequenceAt(top);
        m_placeOffset = rowViewportPosition(top);
    }
}

void LiveView::keepPlace(int addedRows)
{
    const QScopedValueRollback<bool> guard(m_adjusting, true);
    if (m_following) {
        scrollToBottom();
        return;
    }
    m_newRows += std::max(0, addedRows);
    const int row = m_place ? m_model.rowOf(*m_place) : -1;
    if (row >= 0 && rowViewportPosition(row) != m_placeOffset) {
        updateGeometries(); // the scroll bar's range is that of before until then
        verticalScrollBar()->setValue(verticalHeader()->sectionPosition(row) - m_placeOffset);
    }
    showCue();
}

void LiveView::noteScroll(int value)
{
    if (!m_adjusting)
        setFollowing(m_model.isNewestLast() && value >= verticalScrollBar()->maximum());
}

void LiveView::setFollowing(bool following)
{
    if (following || m_following)
        m_newRows = 0;
    const bool differs = following != m_following;
    m_following = following;
    showCue();
    if (differs)
        emit followingChanged(following);
}

void LiveView::showCue()
{
    const bool wanted = !m_following && m_newRows > 0 && m_model.isNewestLast();
    m_cue->setVisible(wanted);
    if (!wanted)
        return;
    m_cue->setText(tr("▼ %1 new").arg(countText(static_cast<std::uint64_t>(m_newRows))));
    m_cue->adjustSize();
    const QRect area = viewport()->geometry();
    m_cue->move(area.center().x() - m_cue->width() / 2, area.bottom() - m_cue->height() - 8);
    m_cue->raise();
}

void LiveView::resizeEvent(QResizeEvent *event)
{
    // A smaller viewport moves the end away from under a view that follows it.
    const QScopedValueRollback<bool> guard(m_adjusting, true);
    QTableView::resizeEvent(event);
    shareSpareWidth();
    if (m_following)
        scrollToBottom();
    showCue();
}

void LiveView::paintEvent(QPaintEvent *event)
{
    showTimelineOfVisibleRows();
    QTableView::paintEvent(event);
    if (m_placeholder.isEmpty() || m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                     m_placeholder);
}

void LiveView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyMetrics();
}

void LiveView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (event->matches(QKeySequence::MoveToEndOfDocument)) {
        jumpToNewest();
        return;
    }
    QTableView::keyPressEvent(event);
}

void LiveView::focusInEvent(QFocusEvent *event)
{
    const QScopedValueRollback<bool> guard(m_takingFocus, true);
    QTableView::focusInEvent(event);
}

QModelIndex LiveView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    // A view that gets the focus asks for a first row to make current: that is for the person to choose.
    if (m_takingFocus)
        return currentIndex();
    // Rows are what is moved through here, so Home and End are the first and the last of them.
    const int column = currentIndex().isValid() ? currentIndex().column() : 0;
    if (m_model.rowCount() > 0 && action == MoveHome)
        return m_model.index(0, column);
    if (m_model.rowCount() > 0 && action == MoveEnd)
        return m_model.index(m_model.rowCount() - 1, column);
    return QTableView::moveCursor(action, modifiers);
}

void LiveView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    const bool isOther = current.isValid() && (!previous.isValid() || current.row() != previous.row());
    if (!isOther)
        return;
    const EventLog::Sequence sequence = m_model.sequenceAt(current.row());
    m_model.log().setRead(sequence);
    emit exchangeSelected(sequence);
}

// Else the view would make a neighbour current, and the detail would jump to it under the reader's eyes.
void LiveView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    if (currentIndex().isValid() && currentIndex().row() >= first && currentIndex().row() <= last)
        selectionModel()->clearCurrentIndex();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void LiveView::tickRunningRows()
{
    if (!isVisible() || m_model.isPaused())
        return;
    const int first = rowAt(0);
    const int below = rowAt(viewport()->height() - 1);
    const int last = below >= 0 ? below : m_model.rowCount() - 1;
    for (int row = std::max(0, first); row <= last; ++row) {
        if (const RecordView record = m_model.recordAt(row); record && record->isRunning()) {
            viewport()->update();
            return;
        }
    }
}

} // namespace hookscope
