#include "ui/hooks/hooksetdocument.h"

#include <QFileInfo>
#include <QUndoCommand>

namespace hookscope {

// Whole lists before and after: a hook set is small, and this cannot go wrong in either direction.
class HookSetDocument::Edit final : public QUndoCommand {
public:
    Edit(HookSetDocument &document, const QString &text, Content before, Content after)
        : QUndoCommand(text)
        , m_document(document)
        , m_before(std::move(before))
        , m_after(std::move(after))
    {
    }

    void undo() override { m_document.put(m_before, HookRegistry::Absence::Removed); }
    void redo() override { m_document.put(m_after, HookRegistry::Absence::Removed); }

private:
    HookSetDocument &m_document;
    Content m_before;
    Content m_after;
};

HookSetDocument::HookSetDocument(HookRegistry &registry, QObject *parent)
    : QObject(parent)
    , m_registry(registry)
{
    connect(&m_registry, &HookRegistry::snapshotChanged, this, &HookSetDocument::contentChanged);
    connect(&m_undoStack, &QUndoStack::cleanChanged, this,
            [this](bool clean) { emit modifiedChanged(!clean); });
    connect(&m_file, &HookSetFile::changedOutside, this, &HookSetDocument::changedOutside);
}

HookSetDocument::~HookSetDocument()
{
    m_undoStack.disconnect(this);
}

Result<QStringList> HookSetDocument::open(const QString &path, const Judge &mayRun)
{
    Result<HookSet> set = loadHookSet(path);
    if (!set)
        return tl::unexpected(set.error());
    QStringList heldBack;
    for (Hook &hook : set->hooks) {
        if (hook.enabled && mayRun && !mayRun(hook)) {
            hook.enabled = false;
            heldBack << hook.name;
        }
    }
    if (const Result<void> replaced = m_registry.replaceAll(set->hooks); !replaced)
        return tl::unexpected(replaced.error());
    m_bad = set->bad;
    m_name = set->name;
    m_extra = set->extra;
    m_undoStack.clear();
    setPath(path);
    emit contentChanged();
    return heldBack;
}

void HookSetDocument::startNew()
{
    m_name.clear();
    m_extra = {};
    m_undoStack.clear();
    put({}, HookRegistry::Absence::NotLoaded);
    setPath({});
}

Result<void> HookSetDocument::saveAs(const QString &path)
{
    const QString name = m_name.isEmpty() ? QFileInfo(path).completeBaseName() : m_name;
    const Result<void> saved = saveHookSet(path, {name, m_registry.hooks(), m_bad, m_extra});
    if (!saved)
        return saved;
    m_name = name;
    setPath(path);
    m_undoStack.setClean();
    return {};
}

Result<void> HookSetDocument::edit(const QString &text, const Content &after)
{
    const Content before = content();
    if (after == before)
        return {};
    if (const Result<void> replaced = m_registry.replaceAll(after.hooks, HookRegistry::Absence::Removed);
        !replaced)
        return replaced;
    m_undoStack.push(new Edit(*this, text, before, after));
    return {};
}

QString HookSetDocument::title() const
{
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).fileName();
}

void HookSetDocument::keepMine()
{
    m_file.saved();
    m_undoStack.resetClean();
}

void HookSetDocument::put(const Content &content, HookRegistry::Absence absence)
{
    [[maybe_unused]] const Result<void> replaced = m_registry.replaceAll(content.hooks, absence);
    Q_ASSERT(replaced); // every content was accepted once
    m_bad = content.bad;
    emit contentChanged();
}

void HookSetDocument::setPath(const QString &path)
{
    if (path == m_file.path())
        m_file.saved();
    else
        m_file.watch(path);
    const bool differs = path != m_path;
    m_path = path;
    if (differs)
        emit pathChanged(path);
}

} // namespace hookscope
