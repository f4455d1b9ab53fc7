#include "ui/hooks/hookpanel.h"

#include "core/events/eventlog.h"
#include "ui/hooks/hookeditor.h"
#include "ui/hooks/hooktexts.h"
#include "ui/hooks/sparklinedelegate.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hookscope {

namespace {

// Fusion draws the frame of a check box darker than the window: not to be seen in a dark palette.
class CheckDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->palette.color(QPalette::Base).lightness() < 128)
            option->palette.setColor(QPalette::Window, option->palette.color(QPalette::PlaceholderText));
    }
};

} // namespace

HookPanel::HookPanel(HookSetDocument &document, const EventLog &log, const PreviewMaker &previewMaker,
                     QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_log(log)
    , m_previewMaker(previewMaker)
    , m_model(document)
    , m_view(new QTableView)
    , m_stack(new QStackedWidget)
    , m_result(new QLabel)
    , m_new(new QAction(tr("&Add Hook…"), this))
    , m_edit(new QAction(tr("&Edit Hook…"), this))
    , m_duplicate(new QAction(tr("&Duplicate Hook"), this))
    , m_remove(new QAction(tr("&Remove Hook"), this))
    , m_test(new QAction(tr("Send &Test Event"), this))
    , m_resend(new QAction(tr("Send &Given-Up Events Again"), this))
    , m_moveUp(new QAction(tr("Move Hook &Up"), this))
    , m_moveDown(new QAction(tr("Move Hook Do&wn"), this))
{
    setupActions();
    setupView();
    updateActions();
}

HookPanel::~HookPanel()
{
    delete m_view; // before its model, which is a member here
}

void HookPanel::setupActions()
{
    m_new->setIconText(tr("Add"));
    m_new->setToolTip(tr("Add a hook (Ctrl+Shift+N)"));
    m_new->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    m_edit->setIconText(tr("Edit"));
    m_edit->setToolTip(tr("Edit the selected hook (Return)"));
    m_duplicate->setIconText(tr("Duplicate"));
    m_duplicate->setToolTip(tr("Add a copy of the selected hook (Ctrl+D)"));
    m_duplicate->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    m_remove->setIconText(tr("Remove"));
    m_remove->setToolTip(tr("Remove the selected hooks (Delete); Undo brings them back"));
    m_test->setIconText(tr("Test"));
    m_test->setToolTip(tr("Send one sample event to the selected hook and show the answer (Ctrl+T)"));
    m_test->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_T));
    connect(m_new, &QAction::triggered, this, &HookPanel::addHook);
    connect(m_edit, &QAction::triggered, this, &HookPanel::editHook);
    connect(m_duplicate, &QAction::triggered, this, &HookPanel::duplicateHook);
    connect(m_remove, &QAction::triggered, this, &HookPanel::removeHooks);
    connect(m_test, &QAction::triggered, this, &HookPanel::testHook);
    m_resend->setIconText(tr("Send Again"));
    m_resend->setToolTip(tr("Send again what the selected hooks gave up; each event has the id that it had"));
    connect(m_resend, &QAction::triggered, this, &HookPanel::resendDead);
    connect(&m_model, &HookTableModel::dataChanged, this, &HookPanel::updateActions);

    m_moveUp->setToolTip(
        tr("Hooks fire, and are saved, in the order of the list; rows can be dragged as well"));
    m_moveDown->setToolTip(m_moveUp->toolTip());
    m_moveUp->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Up));
    m_moveDown->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    m_moveUp->setShortcutContext(Qt::WidgetShortcut);
    m_moveDown->setShortcutContext(Qt::WidgetShortcut);
    connect(m_moveUp, &QAction::triggered, this, [this] { moveHooks(-1); });
    connect(m_moveDown, &QAction::triggered, this, [this] { moveHooks(1); });

    // Keys of the table alone: elsewhere they mean something else.
    m_remove->setShortcut(QKeySequence::Delete);
    m_edit->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    m_edit->setShortcutContext(Qt::WidgetShortcut);
}

void HookPanel::setupView()
{
    m_view->setObjectName(QStringLiteral("hookTable"));
    m_view->setAccessibleName(tr("Hooks"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new CheckDelegate(m_view));
    m_view->setItemDelegateForColumn(HookTableModel::LastHour, new SparklineDelegate(m_view));
    m_view->setSelectionBehavior(QTableView::SelectRows);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setAlternatingRowColors(true);
    m_view->setTabKeyNavigation(false);
    m_view->setDragDropMode(QTableView::InternalMove);
    m_view->setDragDropOverwriteMode(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_view->horizontalHeader()->setHighlightSections(false);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int widths[] = {14, 12, 18, 11, 14, 13, 8, 8, 9, 7, 9, 9, 20};
    for (int section = 0; section < HookTableModel::columns; ++section)
        m_view->setColumnWidth(
            section, std::max(widths[section] * digit, m_view->horizontalHeader()->sectionSizeHint(section)));
    m_view->horizontalHeader()->setSectionResizeMode(HookTableModel::Target, QHeaderView::Stretch);
    m_view->horizontalHeader()->setSectionResizeMode(HookTableModel::LastError, QHeaderView::Stretch);

    auto *empty = new QLabel(tr("No hooks yet.\nA hook delivers every request, or every answer with its "
                                "tokens, to a webhook, a file or the audit log."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setMargin(12);
    empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_view);

    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    m_result->setObjectName(QStringLiteral("testResult"));
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_result->setMargin(4);
    m_result->hide();

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 2, 4, 2);
    bar->setSpacing(2);
    for (QAction *action : {m_new, m_edit, m_duplicate, m_remove, m_test, m_resend}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        bar->addWidget(button);
    }
    bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_result);

    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->addActions({m_new, m_edit, m_duplicate, m_remove, m_moveUp, m_moveDown, m_test, m_resend});
    connect(m_view, &QTableView::doubleClicked, m_edit, &QAction::trigger);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HookPanel::updateActions);
    connect(&m_document, &HookSetDocument::contentChanged, this, &HookPanel::updateActions);
}

QList<int> HookPanel::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

QStringList HookPanel::namesWithout(int row) const
{
    QStringList names;
    for (int i = 0; i < m_model.content().hooks.size(); ++i) {
        if (i != row)
            names.append(m_model.content().hooks[i].name);
    }
    return names;
}

void HookPanel::updateActions()
{
    const QList<int> rows = selectedRows();
    const bool isOneHook = rows.size() == 1 && !m_model.isBad(rows.first());
    m_edit->setEnabled(isOneHook);
    m_duplicate->setEnabled(isOneHook);
    m_test->setEnabled(isOneHook);
    m_remove->setEnabled(!rows.isEmpty());
    const int hooks = static_cast<int>(m_model.content().hooks.size());
    const bool areHooks = !rows.isEmpty() && rows.last() < hooks;
    m_moveUp->setEnabled(areHooks && rows.last() >= rows.size()); // else they are the first ones already
    m_moveDown->setEnabled(areHooks && rows.first() < hooks - rows.size());
    m_resend->setEnabled(
        std::any_of(rows.begin(), rows.end(), [this](int row) { return m_model.deadOf(row) > 0; }));
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 1 : 0);
}

void HookPanel::openEditor(const Hook &hook, int row)
{
    auto *editor = new HookEditor(row < 0 ? HookEditor::Purpose::Add : HookEditor::Purpose::Edit, hook,
                                  namesWithout(row), m_log, m_previewMaker, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &HookEditor::testRequested, this, &HookPanel::testFireRequested);
    connect(editor, &QDialog::accepted, this, [this, editor, hook, row] {
        const Hook edited = editor->hook();
        HookSetDocument::Content after = m_document.content();
        const bool isThere = row >= 0 && row < after.hooks.size() && after.hooks[row] == hook;
        if (isThere)
            after.hooks[row] = edited;
        else
            after.hooks.append(edited);
        commit((isThere ? tr("Edit %1") : tr("Add %1")).arg(visible(edited.name)), after);
        m_view->selectRow(isThere ? row : static_cast<int>(after.hooks.size()) - 1);
    });
    editor->open();
}

void HookPanel::addHook()
{
    Hook hook;
    hook.target = WebhookTarget{};
    openEditor(hook, -1);
}

void HookPanel::addHookFor(const QString &name, const Filter &when)
{
    Hook hook;
    hook.name = freeName(name, namesWithout(-1));
    hook.target = WebhookTarget{};
    hook.when = when;
    openEditor(hook, -1);
}

void HookPanel::editHook()
{
    if (m_edit->isEnabled())
        openEditor(m_model.content().hooks[selectedRows().first()], selectedRows().first());
}

void HookPanel::duplicateHook()
{
    const int row = selectedRows().first();
    HookSetDocument::Content after = m_document.content();
    Hook copy = after.hooks[row];
    copy.name = freeName(copy.name, namesWithout(-1));
    after.hooks.insert(row + 1, copy);
    commit(tr("Duplicate %1").arg(visible(copy.name)), after);
    m_view->selectRow(row + 1);
}

void HookPanel::removeHooks()
{
    const QList<int> rows = selectedRows();
    HookSetDocument::Content after = m_document.content();
    const qsizetype hookCount = after.hooks.size();
    for (auto row = rows.crbegin(); row != rows.crend(); ++row) {
        if (*row < hookCount)
            after.hooks.removeAt(*row);
        else
            after.bad.removeAt(*row - hookCount);
    }
    const QString name = m_model.index(rows.first(), HookTableModel::Name).data().toString();
    commit(rows.size() == 1 ? tr("Remove %1").arg(name) : tr("Remove %1 hooks").arg(rows.size()), after);
}

void HookPanel::testHook()
{
    const Hook hook = m_model.content().hooks[selectedRows().first()];
    m_result->setText(tr("Sending a test event to “%1” …").arg(visible(hook.name)));
    m_result->show();
    emit testFireRequested(hook);
}

void HookPanel::resendDead()
{
    for (const int row : selectedRows()) {
        if (m_model.deadOf(row) == 0)
            continue;
        DeadLetterChoice choice;
        choice.hookName = m_model.content().hooks[row].name;
        emit resendDeadRequested(choice);
    }
}

// Several go as one block.
void HookPanel::moveHooks(int by)
{
    const QList<int> rows = selectedRows();
    const int before = by < 0 ? std::max(0, rows.first() - 1) : rows.last() + 2;
    m_model.moveHooks(rows, before);
    m_view->scrollTo(m_view->currentIndex());
}

void HookPanel::switchOff(const QString &hookName)
{
    HookSetDocument::Content after = m_document.content();
    for (Hook &hook : after.hooks) {
        if (hook.name == hookName)
            hook.enabled = false;
    }
    commit(tr("Disable %1").arg(visible(hookName)), after);
}

void HookPanel::commit(const QString &text, const HookSetDocument::Content &after)
{
    if (const Result<void> done = m_document.edit(text, after); !done)
        emit failed(done.error());
}

void HookPanel::showDeliveryCounts(const QString &hookName, const DeliveryCounts &counts)
{
    m_model.setCounts(hookName, counts);
}

void HookPanel::showTestResult(const TestResult &result)
{
    if (auto *editor = findChild<HookEditor *>()) {
        editor->showTestResult(result);
        return;
    }
    m_result->setText((result.delivered ? tr("✓ Test of “%1”: %2") : tr("✕ Test of “%1”: %2"))
                          .arg(visible(result.hookName), visible(result.text)));
    m_result->show();
}

} // namespace hookscope
