#include "core/http/contentdecoder.h"

#include "core/http/coding.h"

#include <algorithm>

namespace hookscope::http {

namespace {

constexpr std::size_t maximumCodings = 4;
constexpr std::size_t outputPiece = 32 * 1024;

} // namespace

struct ContentDecoder::Stage {
    std::unique_ptr<Coding> coding;
    std::unique_ptr<char[]> output;
    std::uint64_t decoded = 0;
};

ContentDecoder::ContentDecoder(const FieldList &head)
    : ContentDecoder(head, Limits())
{
}

ContentDecoder::ContentDecoder(const FieldList &head, Limits limits)
    : m_limits(limits)
{
    const auto names = listMembers(head, "content-encoding");
    // They are named in the order in which they were applied.
    for (auto name = names.rbegin(); name != names.rend(); ++name)
        addCoding(*name);
}

ContentDecoder::~ContentDecoder() = default;
ContentDecoder::ContentDecoder(ContentDecoder &&) noexcept = default;
ContentDecoder &ContentDecoder::operator=(ContentDecoder &&) noexcept = default;

void ContentDecoder::addCoding(std::string_view name)
{
    if (equalsIgnoringCase(name, "identity") || m_state != State::Reading)
        return;
    auto coding = m_stages.size() < maximumCodings ? makeCoding(name) : nullptr;
    if (!coding) {
        m_stages.clear();
        m_state = State::Unsupported;
        return;
    }
    m_stages.push_back({std::move(coding), std::make_unique<char[]>(outputPiece), 0});
}

ContentDecoder::State ContentDecoder::feed(std::string_view bytes, const Sink &sink)
{
    if (m_state != State::Reading || bytes.empty())
        return m_state;
    m_received += bytes.size();
    m_state = decode(0, bytes, sink);
    if (m_state != State::Reading)
        m_stages.clear(); // nothing more is read, so their windows are given back
    return m_state;
}

ContentDecoder::State ContentDecoder::decode(std::size_t index, std::string_view bytes, const Sink &sink)
{
    if (index == m_stages.size()) {
        sink(bytes);
        return State::Reading;
    }
    Stage &stage = m_stages[index];
    while (true) {
        const auto step = stage.coding->decode(bytes, stage.output.get(), outputPiece);
        if (step.isCorrupt)
            return State::Corrupt;
        bytes.remove_prefix(step.consumed);
        stage.decoded += step.produced;
        const auto allowed = std::max(m_limits.freeOutput, m_limits.ratio * m_received);
        if (stage.decoded > std::min(allowed, m_limits.output))
            return State::TooLarge;
        if (step.produced > 0) {
            const auto state = decode(index + 1, {stage.output.get(), step.produced}, sink);
            if (state != State::Reading)
                return state;
        }
        // A full output buffer may have left something inside the coding.
        if (step.produced < outputPiece && (bytes.empty() || step.consumed + step.produced == 0))
            return State::Reading;
    }
}

bool ContentDecoder::isAtEnd() const
{
    if (m_state != State::Reading)
        return false;
    return m_received == 0 || std::all_of(m_stages.begin(), m_stages.end(), [](const Stage &stage) {
               return stage.coding->isAtEnd();
           });
}

} // namespace hookscope::http
