#pragma once

#include "core/events/event.h"
#include "core/llm/endpoint.h"
#include "core/llm/jsonpicker.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope::llm {

// What an answer's documents said until now.
struct Findings {
    enum class Statement {
        None,
        Opening, // what a stream says of itself at its start; never the whole
        Running, // right if the answer ends here as it should
        Final, // whatever comes after
    };

    TokenUsage tokens;
    Statement statement = Statement::None;
    std::optional<std::string> model;
    std::optional<std::string> requestId;
    std::optional<std::string> error;
    bool isRecognised = false; // something had this dialect's shape
    bool hasContent = false; // a piece of the model's own answer came
};

// Reads one dialect's answers, document by document: a JSON answer is one, an event of a stream is one.
// An interface, since each dialect is one file that the others know nothing of.
class DialectReader {
public:
    struct Hints {
        std::string provider;
        Endpoint::Answer answer = Endpoint::Answer::Generation;
        std::optional<std::string> requestModel;
    };

    explicit DialectReader(Hints hints)
        : m_hints(std::move(hints))
    {
    }
    virtual ~DialectReader() = default;
    DialectReader(const DialectReader &) = delete;
    DialectReader &operator=(const DialectReader &) = delete;

    // What to pick of each document.
    virtual const JsonPaths &paths() const = 0;

    virtual void read(const JsonPicker &document, bool isStream) = 0;

    // Whether `read` could learn anything of this event's text once content was seen. May err towards
    // yes, never towards no.
    virtual bool isWorthReading(std::string_view event) const;

    // The stream said that it is over ("[DONE]"), or the answer ended as it should.
    virtual void ended();

    // The request's model became known.
    void setRequestModel(std::string model) { m_hints.requestModel = std::move(model); }

    const Findings &findings() const { return m_findings; }

protected:
    // The model that answered, else the one asked for, else nothing.
    std::string_view model() const;
    // The first name that an answer gives its model is kept.
    void noteModel(std::string_view name);
    void noteRequestId(std::string_view id);

    Hints m_hints;
    Findings m_findings;
};

// Whether `event` holds a member of that name (given with its quotes) whose value is not null.
bool holdsMember(std::string_view event, std::string_view quotedName);

std::unique_ptr<DialectReader> makeOpenAiReader(DialectReader::Hints hints);
std::unique_ptr<DialectReader> makeAnthropicReader(DialectReader::Hints hints);
std::unique_ptr<DialectReader> makeGoogleReader(DialectReader::Hints hints);
std::unique_ptr<DialectReader> makeCohereReader(DialectReader::Hints hints);
std::unique_ptr<DialectReader> makeOllamaReader(DialectReader::Hints hints);

// For answers with a status of 400 and above, which all providers write alike but for the names.
std::unique_ptr<DialectReader> makeErrorReader(DialectReader::Hints hints);

} // namespace hookscope::llm
