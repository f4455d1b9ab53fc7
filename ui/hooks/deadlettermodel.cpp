#include "ui/hooks/deadlettermodel.h"

#include "ui/text/amounts.h"
#include "ui/text/visible.h"

namespace hookscope {

namespace {

QString timeOf(const QDateTime &time)
{
    return time.isValid() ? dateTimeText(time.toMSecsSinceEpoch() * 1000) : absentText();
}

} // namespace

int DeadLetterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_letters.size());
}

int DeadLetterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant DeadLetterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const DeadLetter &letter = m_letters[index.row()];
    switch (index.column()) {
    case Given:
        return timeOf(letter.given);
    case HookName:
        return visible(letter.hookName);
    case Made:
        return timeOf(letter.made);
    case Tries:
        return letter.attempts;
    case Reason:
        return visible(letter.reason);
    case Event:
        return visible(QString::fromUtf8(letter.json.left(500)));
    }
    return {};
}

QVariant DeadLetterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Given:
        return tr("Given up");
    case HookName:
        return tr("Hook");
    case Made:
        return tr("Made");
    case Tries:
        return tr("Tries");
    case Reason:
        return tr("Why");
    case Event:
        return tr("Event");
    }
    return {};
}

void DeadLetterModel::setLetters(const QList<DeadLetter> &letters)
{
    beginResetModel();
    m_letters = letters;
    endResetModel();
}

} // namespace hookscope
