#include "ui/live/filterchips.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

namespace hookscope {

namespace {

constexpr int longestTitle = 24; // characters

QString titleOf(const SavedFilter &filter)
{
    QString title =
        filter.name.size() > longestTitle ? filter.name.left(longestTitle - 1) + u'…' : filter.name;
    return title.replace(u'&', QStringLiteral("&&"));
}

} // namespace

FilterChips::FilterChips(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    setAccessibleName(tr("Saved filters"));
    rebuild();
}

void FilterChips::setFilters(const QList<SavedFilter> &filters)
{
    if (filters == m_filters)
        return;
    m_filters = filters.mid(0, most);
    rebuild();
}

void FilterChips::add(const SavedFilter &filter)
{
    QList<SavedFilter> filters = m_filters;
    const auto same = std::find_if(filters.begin(), filters.end(),
                                   [&](const SavedFilter &known) { return known.name == filter.name; });
    if (same != filters.end())
        *same = filter;
    else if (filters.size() < most)
        filters.append(filter);
    change(filters);
}

void FilterChips::markCurrent(const QString &filter)
{
    m_current = filter;
    const auto chips = findChildren<QToolButton *>(Qt::FindDirectChildrenOnly);
    for (QToolButton *chip : chips)
        chip->setChecked(!filter.isEmpty() && chip->property("filter").toString() == filter);
}

void FilterChips::rebuild()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *chip = item->widget()) {
            chip->setParent(nullptr); // so that nobody finds it until it is gone
            chip->deleteLater();
        }
        delete item;
    }
    for (qsizetype place = 0; place < m_filters.size(); ++place) {
        const SavedFilter filter = m_filters[place];
        auto *chip = new QToolButton(this);
        chip->setText(titleOf(filter));
        chip->setAccessibleName(filter.name);
        chip->setToolTip(tr("%1\nClick: show these. Ctrl+click: also these conditions. Right-click: change.")
                             .arg(filter.filter)
                             .toHtmlEscaped()
                             .replace(u'\n', QStringLiteral("<br>")));
        chip->setCheckable(true);
        chip->setProperty("filter", filter.filter);
        chip->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(chip, &QToolButton::clicked, this, [this, filter] {
            markCurrent(m_current); // the filter says what is checked, not the click
            emit chosen(filter.filter, QGuiApplication::keyboardModifiers().testFlag(Qt::ControlModifier));
        });
        connect(chip, &QToolButton::customContextMenuRequested, this,
                [this, chip, place](const QPoint &at) { showMenu(place, chip->mapToGlobal(at)); });
        m_layout->addWidget(chip);
    }
    m_layout->addStretch(1);
    setVisible(!m_filters.isEmpty());
    markCurrent(m_current);
}

void FilterChips::change(const QList<SavedFilter> &filters)
{
    if (filters == m_filters)
        return;
    setFilters(filters);
    emit filtersChanged(m_filters);
}

void FilterChips::showMenu(qsizetype place, const QPoint &globalPosition)
{
    QMenu menu(this);
    QList<SavedFilter> left = m_filters;
    QList<SavedFilter> right = m_filters;
    QList<SavedFilter> without = m_filters;
    without.removeAt(place);
    menu.addAction(tr("Re&name…"), this, [this, place] { rename(place); });
    QAction *moveLeft = menu.addAction(tr("Move &Left"));
    moveLeft->setEnabled(place > 0);
    QAction *moveRight = menu.addAction(tr("Move &Right"));
    moveRight->setEnabled(place + 1 < m_filters.size());
    menu.addSeparator();
    QAction *remove = menu.addAction(tr("Re&move"));
    const QAction *picked = menu.exec(globalPosition);
    if (picked == moveLeft) {
        left.swapItemsAt(place, place - 1);
        change(left);
    } else if (picked == moveRight) {
        right.swapItemsAt(place, place + 1);
        change(right);
    } else if (picked == remove) {
        change(without);
    }
}

void FilterChips::rename(qsizetype place)
{
    bool isAccepted = false;
    const QString name = QInputDialog::getText(this, tr("Rename Filter"), tr("Name:"), QLineEdit::Normal,
                                               m_filters[place].name, &isAccepted)
                             .simplified();
    const bool isTaken = std::any_of(m_filters.cbegin(), m_filters.cend(),
                                     [&](const SavedFilter &known) { return known.name == name; });
    if (!isAccepted || name.isEmpty() || isTaken)
        return;
    QList<SavedFilter> filters = m_filters;
    filters[place].name = name;
    change(filters);
}

} // namespace hookscope
