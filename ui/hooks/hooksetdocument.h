#pragma once

#include "core/error.h"
#include "core/hooks/hookregistry.h"
#include "core/hooks/hookset.h"
#include "core/hooks/hooksetfile.h"

#include <QObject>
#include <QUndoStack>
#include <functional>

namespace hookscope {

// The hook set that is being edited: its file, its entries (the usable ones are the registry's, so an
// edit is in force at once) and the way back from every edit. Main thread; the registry outlives it.
class HookSetDocument final : public QObject {
    Q_OBJECT
public:
    struct Content {
        QList<Hook> hooks;
        QList<BadHook> bad; // kept as they are for the next save

        friend bool operator==(const Content &, const Content &) = default;
    };

    explicit HookSetDocument(HookRegistry &registry, QObject *parent = nullptr);
    ~HookSetDocument() override;

    // Replaces all by that file's content, or changes nothing and says why. Forgets all edits. Hooks for
    // which `mayRun` does not hold are switched off before anything can fire: the value is their names.
    using Judge = std::function<bool(const Hook &hook)>;
    Result<QStringList> open(const QString &path, const Judge &mayRun = {});

    // No file, no hooks, no edits.
    void startNew();

    // Writes to `path`, which is the document's from then on.
    Result<void> saveAs(const QString &path);

    // An edit that can be undone, named `text`; the error says what is wrong with `after`.
    Result<void> edit(const QString &text, const Content &after);

    Content content() const { return {m_registry.hooks(), m_bad}; }
    QString path() const { return m_path; } // empty: never saved
    QString title() const; // the file's name, or "Untitled"
    bool isModified() const { return !m_undoStack.isClean(); }
    QUndoStack &undoStack() { return m_undoStack; }

public slots:
    // The file was changed by another program, and this content is to stay: it is unsaved from now on.
    void keepMine();

signals:
    void contentChanged();
    void modifiedChanged(bool modified);
    void pathChanged(const QString &path);
    void changedOutside(const QString &path); // by another program; nothing was done about it yet

private:
    class Edit;

    void put(const Content &content, HookRegistry::Absence absence);
    void setPath(const QString &path);

    HookRegistry &m_registry;
    HookSetFile m_file;
    QUndoStack m_undoStack;
    QString m_path;
    QString m_name;
    QJsonObject m_extra;
    QList<BadHook> m_bad;
};

} // namespace hookscope
