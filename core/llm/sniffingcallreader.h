#pragma once

#include "core/llm/bodycallreader.h"

#include <memory>
#include <optional>
#include <vector>

namespace hookscope::llm {

// The reader of a call at a path that is in no table: one reader per dialect reads the answer along, and the
// first whose dialect it shows stays. A request that names no model, and an answer that is neither JSON nor
// a stream of it, make no call; of most such requests no more than the body is looked at.
class SniffingCallReader final : public CallReader {
public:
    explicit SniffingCallReader(const Request &request);

    void requestBody(std::string_view bytes) override;
    void requestEnded() override;
    void answerHead(int status, const http::FieldList &head) override;
    void answerBody(std::string_view bytes, std::int64_t nowUs) override;
    void answerEnded(bool whole) override;
    bool isCall() const override;
    const CallFacts &facts() const override { return m_readers.front()->facts(); }

private:
    void keepTheFirstThatKnows();

    std::optional<KnownProvider> m_provider;
    std::vector<std::unique_ptr<BodyCallReader>> m_readers; // the first reads the request; it is always there
    bool m_isDecided = false;
    bool m_isPossible = true;
};

} // namespace hookscope::llm
