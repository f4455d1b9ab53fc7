#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hookscope::llm {

// Picks one short text field out of a multipart/form-data body (RFC 7578) in pieces of any size, in
// constant memory: the files beside it are passed over.
class FormField {
public:
    // A content type that is no form with a boundary makes a reader that finds nothing.
    FormField(std::string_view contentType, std::string_view name);

    void feed(std::string_view bytes);

    const std::optional<std::string> &value() const { return m_value; }

private:
    enum class State { Boundary, Head, Value, Done };

    bool step();

    std::string m_delimiter; // CR LF "--" boundary
    std::string m_wanted; // name="..."
    std::string m_held; // what is not decided yet
    State m_state = State::Done;
    std::optional<std::string> m_value;
};

} // namespace hookscope::llm
