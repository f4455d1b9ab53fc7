#pragma once

#include "core/http/fields.h"
#include "core/llm/callfacts.h"
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
    bool canShrink = false; // a later statement may be of less
    std::optional<std::string> model;
    std::optional<std::string> requestId;
    std::optional<std::string> error;
    std::optional<std::string> answerId;
    std::optional<std::string> serviceTier;
    std::optional<std::string> stopReason;
    std::optional<std::int64_t> webSearches;
    std::optional<std::int64_t> webFetches;
    std::optional<std::string> usageNote; // why no tokens are stated, where the answer itself says it
    Billing billing;
    bool isRecognised = false; // something had this dialect's shape
    bool hasContent = false; // a piece of the model's own answer came
};

// What is known of a call before its answer.
struct ReaderHints {
    std::string provider;
    Endpoint::Answer answer = Endpoint::Answer::Generation;
    std::optional<std::string> requestModel;
};

// Reads one dialect's answers, document by document: a JSON answer is one, an event of a stream is one.
// An interface, since each dialect is one file that the others know nothing of.
class DialectReader {
public:
    using Hints = ReaderHints;

    // How much an event of a stream matters, once the first of its content was seen.
    enum class Interest {
        None,
        IfLast, // a snapshot: only the last one of its kind is read, when the answer has ended
        Now,
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

    // The answer's head, before its documents.
    virtual void readHead(const http::FieldList &head);

    virtual void read(const JsonPicker &document, bool isStream) = 0;

    // What `read` could learn of this event's text. May err towards more, never towards less.
    virtual Interest interestIn(std::string_view event) const;

    // An exception that the stream's framing carries, not its documents.
    void noteError(std::string text) { m_findings.error = std::move(text); }

    // The stream said that it is over ("[DONE]"), or the answer ended as it should.
    virtual void ended();

    // The request's model became known.
    void setRequestModel(std::string model) { m_hints.requestModel = std::move(model); }

    const Findings &findings() const { return m_findings; }

    // Tells what was found; what was not stays as it is.
    void tell(CallFacts &facts) const;

protected:
    // The model that answered, else the one asked for, else nothing.
    std::string_view model() const;
    // The first name that an answer gives its model is kept.
    void noteModel(std::string_view name);
    void noteRequestId(std::string_view id);
    // The first one: a stream repeats it.
    void noteAnswerId(std::string_view id);
    // The last ones that are not empty.
    void noteStopReason(std::string_view reason);
    void noteServiceTier(std::string_view tier);

    Hints m_hints;
    Findings m_findings;
};

// One per dialect, each in the file of its name.
std::unique_ptr<DialectReader> makeOpenAiReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeAnthropicReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeGoogleReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeInteractionsReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeCohereReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeOllamaReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeLlamaCppReader(ReaderHints hints);
std::unique_ptr<DialectReader> makeBedrockReader(ReaderHints hints);

// For the results of a batch: many answers, a line each.
std::unique_ptr<DialectReader> makeBatchReader(ReaderHints hints);

// For answers with a status of 400 and above, which all providers write alike but for the names.
std::unique_ptr<DialectReader> makeErrorReader(ReaderHints hints);

} // namespace hookscope::llm
