#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace hookscope::http {

// Reads the data of server-sent events (HTML standard, section 9.2.6) out of pieces of any size: line
// ends CR, LF, CRLF or mixed, a byte order mark, comments, no space after the colon, several data lines
// in one event (joined by a line feed). Keeps no data: a line of megabytes is handed on as it comes.
// Event names and ids are passed over; every LLM provider repeats the name inside its JSON.
class SseParser {
public:
    class Sink {
    public:
        // An event whose data is one line that lies whole in this piece.
        virtual void sseEvent(std::string_view data) = 0;
        // Any other event's data comes in parts, ...
        virtual void sseData(std::string_view part) = 0;
        // ... and this ends it.
        virtual void sseEventEnded() = 0;

    protected:
        ~Sink() = default;
    };

    void feed(std::string_view bytes, Sink &sink);

    // The stream is over: an event that no blank line ended is given out all the same (several
    // providers leave it out after the last one).
    void finish(Sink &sink);

private:
    enum class State { LineStart, AfterName, Data, Ignored };

    // Line ends of the piece at hand, each looked for once.
    struct LineEnds {
        const char *end;
        const char *lf;
        const char *cr;
        const char *next(const char *from);
    };

    const char *skipByteOrderMark(const char *from, const char *end);
    const char *readLine(const char *from, LineEnds &ends, Sink &sink);
    bool giveWhole(const char *from, const char *lineEnd, const char *end, Sink &sink) const;
    void readName(const char *from, const char *to, Sink &sink);
    void beginData(Sink &sink);
    void endLine(bool blank, Sink &sink);

    State m_state = State::LineStart;
    std::array<char, 4> m_name{}; // of the field whose line is being read, as far as it came
    std::size_t m_nameSize = 0;
    std::size_t m_markSize = 0; // bytes of the byte order mark read; 4 once past it
    bool m_afterCr = false; // a line feed that comes next belongs to the last line end
    bool m_hasData = false;
};

} // namespace hookscope::http
