#include "core/proxy/socketowner.h"

#include "core/proxy/socketdiag.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace hookscope::proxy {

namespace {

namespace fs = std::filesystem;

// An end of a socket as /proc/net/tcp{,6} writes it: the address in host-order words, the port in hex.
std::string procForm(const Tcp::endpoint &endpoint)
{
    std::string text;
    char word[9];
    const auto appendWords = [&](const unsigned char *bytes, std::size_t count) {
        for (std::size_t i = 0; i < count; i += 4) {
            std::uint32_t value = 0;
            std::memcpy(&value, bytes + i, 4);
            std::snprintf(word, sizeof word, "%08X", value);
            text += word;
        }
    };
    if (endpoint.address().is_v4()) {
        const auto bytes = endpoint.address().to_v4().to_bytes();
        appendWords(bytes.data(), bytes.size());
    } else {
        const auto bytes = endpoint.address().to_v6().to_bytes();
        appendWords(bytes.data(), bytes.size());
    }
    std::snprintf(word, sizeof word, ":%04X", endpoint.port());
    return text + word;
}

// The inode of the first socket in the table for which `matches` says so.
std::string
inodeOf(const char *table,
        const std::function<bool(const std::string &, const std::string &, const std::string &)> &matches)
{
    std::ifstream file(table);
    std::string skipped, local, remote, state, inode;
    std::getline(file, skipped);
    // sl local rem st tx:rx tr:when retrnsmt uid timeout inode ...
    while (file >> skipped >> local >> remote >> state >> skipped >> skipped >> skipped >> skipped >> skipped
           >> inode) {
        if (matches(local, remote, state))
            return inode;
        std::getline(file, skipped);
    }
    return {};
}

// Whether a link in that folder of descriptors leads to `wanted`. Not a range-for: its increment throws
// when the process ends while its folder is read.
bool hasDescriptor(const fs::path &folder, const std::string &wanted)
{
    std::error_code ec;
    for (fs::directory_iterator fd(folder, ec); !ec && fd != fs::directory_iterator(); fd.increment(ec)) {
        std::error_code gone;
        if (fs::read_symlink(fd->path(), gone).string() == wanted)
            return true;
    }
    return false;
}

Process processOf(std::int64_t pid)
{
    std::string command;
    std::ifstream comm("/proc/" + std::to_string(pid) + "/comm");
    std::getline(comm, command);
    return Process{command, pid};
}

// Looked for at `likely` ones first: their descriptors are few beside those of all.
std::optional<Process> holderOf(const std::string &inode, std::span<const std::int64_t> likely = {})
{
    if (inode.empty() || inode == "0")
        return std::nullopt;
    const std::string wanted = "socket:[" + inode + "]";
    for (const std::int64_t pid : likely) {
        if (hasDescriptor("/proc/" + std::to_string(pid) + "/fd", wanted))
            return processOf(pid);
    }
    std::error_code ec;
    for (fs::directory_iterator entry("/proc", ec); !ec && entry != fs::directory_iterator();
         entry.increment(ec)) {
        const std::string name = entry->path().filename().string();
        std::int64_t pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc())
            continue;
        if (hasDescriptor(entry->path() / "fd", wanted))
            return processOf(pid);
    }
    return std::nullopt;
}

} // namespace

std::optional<Process> ownerOfConnection(const Tcp::endpoint &local, const Tcp::endpoint &remote,
                                         std::span<const std::int64_t> likely)
{
    if (const auto inode = inodeByDiag(local, remote))
        return holderOf(*inode, likely);
    const std::string localText = procForm(local);
    const std::string remoteText = procForm(remote);
    const std::string inode = inodeOf(local.address().is_v4() ? "/proc/net/tcp" : "/proc/net/tcp6",
                                      [&](const std::string &l, const std::string &r, const std::string &) {
                                          return l == localText && r == remoteText;
                                      });
    return holderOf(inode, likely);
}

std::optional<Process> ownerOfListener(std::uint16_t port)
{
    char ending[6];
    std::snprintf(ending, sizeof ending, ":%04X", port);
    const auto listens = [&](const std::string &local, const std::string &, const std::string &state) {
        return state == "0A" && local.ends_with(ending);
    };
    for (const char *table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        if (auto process = holderOf(inodeOf(table, listens)))
            return process;
    }
    return std::nullopt;
}

} // namespace hookscope::proxy
