#pragma once

#include "core/llm/messagereading.h"

#include <map>
#include <string>

namespace hookscope::llm {

// Joins an answer out of its documents: one that is whole, or the events of a stream, of any known dialect.
// What a stream says in pieces is one part; parts come in the order in which they began. Private to
// conversation.cpp.
class AnswerJoiner {
public:
    void take(simdjson::dom::element document);

    // What was said, once; with known forms of keys masked, which no piece alone had shown.
    Parts finish();

    bool isUnderstood() const { return m_isUnderstood; }

private:
    void takeWhole(simdjson::dom::element document);
    void takeChoices(simdjson::dom::element choices);
    void takeChatDelta(simdjson::dom::element delta, const std::string &choice);
    bool takeAnthropic(simdjson::dom::element event, const std::string &type);
    bool takeResponses(simdjson::dom::element event, const std::string &type);
    bool takeCohere(simdjson::dom::element event, const std::string &type);
    void takeCallDelta(simdjson::dom::element call, const std::string &key);
    void takeGemini(simdjson::dom::element candidates);
    void takeOllama(simdjson::dom::element message);

    MessagePart &part(const std::string &key, MessagePart::Kind kind);
    void append(const std::string &key, MessagePart::Kind kind, const std::string &text);
    void add(Parts parts);
    void joinWithLast(Parts parts);

    std::map<std::string, std::size_t> m_places; // of the parts that grow, by what names them in the stream
    Parts m_parts;
    bool m_hasItems = false;
    bool m_isUnderstood = false;
};

} // namespace hookscope::llm
