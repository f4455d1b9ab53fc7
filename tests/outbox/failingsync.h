#pragma once

#include <map>
#include <sqlite3.h>
#include <string_view>

// While it lives, no sync of SQLite succeeds, as on a disk that has an error.
class FailingSync {
public:
    FailingSync() { isFailing = true; }
    ~FailingSync() { end(); }
    void end() { isFailing = false; }

    // For files that are opened from then on, by Qt's driver too: it uses the same library.
    static void install()
    {
        sqlite3_vfs *usual = sqlite3_vfs_find(nullptr);
        if (std::string_view(usual->zName) == ourName)
            return;
        openUsually = usual->xOpen;
        static sqlite3_vfs ours = *usual;
        ours.zName = ourName;
        ours.xOpen = open;
        sqlite3_vfs_register(&ours, 1);
    }

private:
    static constexpr const char *ourName = "failing-sync";

    static int open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
    {
        const int result = openUsually(vfs, path, file, flags, outFlags);
        if (result == SQLITE_OK && file->pMethods) {
            static std::map<const sqlite3_io_methods *, sqlite3_io_methods> ours; // logs have others
            const auto made = ours.try_emplace(file->pMethods, *file->pMethods).first;
            syncUsually = made->first->xSync;
            made->second.xSync = sync;
            file->pMethods = &made->second;
        }
        return result;
    }

    static int sync(sqlite3_file *file, int flags)
    {
        return isFailing ? SQLITE_IOERR_FSYNC : syncUsually(file, flags);
    }

    static inline bool isFailing = false;
    static inline int (*openUsually)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *) = nullptr;
    static inline int (*syncUsually)(sqlite3_file *, int) = nullptr;
};
