#pragma once

#include "core/http/head.h"
#include "core/llm/provider.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Asking for the usage of an OpenAI-style stream on the client's behalf (`stream_options.include_usage`), and
// taking out of the answer what that adds to it: one chunk with `choices: []` and the usage, and at some
// providers `usage: null` in all others (TOKENS.md sections 3.1, 3.15, 3.18). Pure, sans-I/O; any thread.
//
// What cannot be told from the bytes: at a host that is not known, a chunk with `choices: []` and a usage is
// taken for the answer to our asking, and so is `usage: null` in chat chunks.

// What is known before the body: that asking may be needed, and what it does.
struct StreamUsage {
    bool isNullAdded = false; // the other chunks then carry `usage: null`

    friend bool operator==(const StreamUsage &, const StreamUsage &) = default;
};

// The longest request body that is edited, in bytes as they are on the wire.
constexpr std::size_t longestEditedBody = 16U << 20;

// None if nothing may be added to this request: it is no chat or legacy completion, its body is encoded,
// signed, too long or not said to be JSON, or its provider states usage without being asked, or is not known
// to state it when asked. `path` is the upstream's.
std::optional<StreamUsage> streamUsageOf(const http::RequestHead &request, std::string_view path,
                                         const std::optional<KnownProvider> &provider);

// Bytes to put in the place of `removed` bytes.
struct BodyEdit {
    std::size_t at = 0;
    std::size_t removed = 0;
    std::string_view inserted;
};

// What makes this body ask; the smallest change to the client's own bytes. None if it asks already, refuses,
// is no stream, or is anything but a plain JSON object that says each of these things once.
std::optional<BodyEdit> streamUsageEdit(std::string_view body);

// Takes what was added out of a server-sent event stream that comes in pieces of any size. Holds one event
// back until it is whole; one above 64 KiB passes as it is. Line ends LF, CRLF and CR.
class StreamUsageFilter {
public:
    static constexpr std::size_t longestEvent = 64U * 1024;

    explicit StreamUsageFilter(StreamUsage usage)
        : m_usage(usage)
    {
    }

    // Appends to `out` what is for the client.
    void feed(std::string_view bytes, std::string &out);

    // The stream is over: an event that no blank line ended counts as one.
    void finish(std::string &out);

private:
    enum class Fate { Passed, Kept, Removed };

    void endLine(std::string &out);
    void endEvent(std::string &out);
    Fate judge(std::string &out);
    void release(std::string &out);
    void removeChunk(std::string_view timings, std::string &out);

    StreamUsage m_usage;
    std::string m_event;
    std::string m_finish; // llama.cpp's last chunk with choices, until it is known what follows it
    Fate m_fate = Fate::Passed; // of what was last ended
    bool m_isLineEmpty = true;
    bool m_isAfterCr = false; // a line feed that comes next belongs to the line that is over
    bool m_isEnded = false; // that line was the last of what m_fate is about
    bool m_isTooLong = false;
};

} // namespace hookscope::llm
