#include "ui/live/livedelegate.h"
#include "ui/live/livemodel.h"
#include "ui/live/liveview.h"
#include "ui/live/rowpaint.h"
#include "ui/text/visible.h"

#include <QHeaderView>
#include <QInputDialog>
#include <QMenu>
#include <QPixmap>
#include <algorithm>
#include <limits>

// What the person says of rows. The keys for it are in livekeys.cpp.
namespace hookscope {

std::vector<EventLog::Sequence> LiveView::selectedSequences() const
{
    std::vector<EventLog::Sequence> sequences;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        sequences.push_back(m_model.sequenceAt(index.row()));
    if (sequences.empty() && currentIndex().isValid())
        sequences.push_back(m_model.sequenceAt(currentIndex().row()));
    std::sort(sequences.begin(), sequences.end());
    return sequences;
}

void LiveView::markSelection(int colour)
{
    m_model.log().setMark(selectedSequences(), colour);
}

// If one is not pinned yet, all are from now on.
void LiveView::togglePins()
{
    const auto sequences = selectedSequences();
    const bool areAllPinned =
        std::all_of(sequences.begin(), sequences.end(), [this](EventLog::Sequence sequence) {
            const Record *record = m_model.log().record(sequence);
            return record && record->isPinned;
        });
    m_model.log().setPinned(sequences, !areAllPinned);
}

void LiveView::editComment()
{
    if (!currentIndex().isValid())
        return;
    const EventLog::Sequence sequence = m_model.sequenceAt(currentIndex().row());
    const RecordView record = m_model.recordOf(sequence);
    if (!record)
        return;
    bool isAccepted = false;
    const QString text =
        QInputDialog::getText(this, tr("Comment"), tr("Your comment on this request:"), QLineEdit::Normal,
                              visible(record.strings->text(record->comment)), &isAccepted);
    if (isAccepted)
        m_model.log().setComment(sequence, text.trimmed().toStdString());
}

void LiveView::jumpToPinned(bool forwards)
{
    const int rows = m_model.rowCount();
    const int from = currentIndex().isValid() ? currentIndex().row() : (forwards ? -1 : rows);
    for (int step = 1; step <= rows; ++step) {
        const int row = ((forwards ? from + step : from - step) % rows + rows) % rows;
        const RecordView record = m_model.recordAt(row);
        if (!record || !record->isPinned)
            continue;
        setCurrentIndex(m_model.index(row, std::max(0, currentIndex().column())));
        return;
    }
}

void LiveView::addMarkMenu(QMenu &menu)
{
    QMenu *marks = menu.addMenu(tr("&Mark"));
    for (int colour = 1; colour <= markCount; ++colour) {
        QPixmap square(12, 12);
        square.fill(markColour(colour));
        marks->addAction(square, QStringLiteral("&%1 %2").arg(colour).arg(markName(colour)), this,
                         [this, colour] { markSelection(colour); });
    }
    marks->addAction(tr("&0 No Colour"), this, [this] { markSelection(0); });
    marks->addSeparator();
    marks->addAction(tr("&Pin or Unpin (P)"), this, &LiveView::togglePins);
    marks->addAction(tr("&Comment…"), this, &LiveView::editComment);
}

// The timeline spans the rows that are looked at, so that it says something at any length of the log.
void LiveView::showTimelineOfVisibleRows()
{
    if (horizontalHeader()->isSectionHidden(static_cast<int>(Column::Timeline)) || m_model.rowCount() == 0)
        return;
    const std::int64_t nowUs = m_model.nowUs();
    LiveDelegate::Span span{std::numeric_limits<std::int64_t>::max(), 0, nowUs};
    const int below = rowAt(viewport()->height() - 1);
    const int last = below >= 0 ? below : m_model.rowCount() - 1;
    for (int row = std::max(0, rowAt(0)); row <= last; ++row) {
        if (const RecordView record = m_model.recordAt(row)) {
            span.beginUs = std::min(span.beginUs, record->timestampUs);
            span.endUs = std::max(span.endUs, record->timestampUs + record->elapsedUs(nowUs));
        }
    }
    m_delegate->setSpan(span);
}

} // namespace hookscope
