#include "core/events/filtermatcher.h"
#include "tests/fuzz/input.h"

#include <QString>

using namespace hookscope;
using fuzz::require;

namespace {

void checkError(const QString &text, const FilterError &error)
{
    require(error.position >= 0 && error.length >= 0, "an error is somewhere");
    require(error.position + error.length <= text.size(), "an error is inside the text");
    require(!error.sentence.isEmpty(), "an error has a sentence");
}

// A record whose texts come out of the input too.
Record recordOf(std::string_view text, Strings &strings)
{
    Started started;
    started.id = {1, 2};
    started.host = "api.openai.com";
    started.path = std::string(text.substr(0, text.size() / 2));
    started.url = "https://api.openai.com" + started.path;
    started.sandbox = std::string(text.substr(text.size() / 2));
    Record record;
    apply(record, started, strings);
    return record;
}

} // namespace

// Any text is a filter or an error inside it; a filter is the same when it is compiled again, and so is its
// answer; the condition made of a value holds for that value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::string_view written = input.section();
    const std::string_view value = input.rest();
    const QString text = QString::fromUtf8(written.data(), static_cast<qsizetype>(written.size()));
    Strings strings;
    const Record record = recordOf(value, strings);

    if (const auto filter = Filter::compile(text)) {
        const auto again = Filter::compile(filter->text());
        require(again && *again == *filter, "a filter is the same when it is compiled again");
        FilterMatcher matcher(*filter, strings, 1'700'000'000'000'000);
        const bool isMatch = matcher.matches(record);
        require(matcher.matches(record) == isMatch, "what is remembered is what was found");
        require(FilterMatcher(*again, strings, 1'700'000'000'000'000).matches(record) == isMatch,
                "the same filter has the same answer");
    } else {
        checkError(text, filter.error());
    }

    const auto sandbox = strings.text(record.sandbox);
    const QString name = QString::fromUtf8(sandbox.data(), static_cast<qsizetype>(sandbox.size()));
    const QString only = onlyThis(QStringLiteral("sandbox"), name);
    if (only.size() <= Filter::longestText) {
        const auto filter = Filter::compile(only);
        require(filter.has_value(), "the condition made of a value is one");
        if (name.toStdString() == sandbox)
            require(FilterMatcher(*filter, strings, 0).matches(record),
                    "the condition of a value holds for it");
    }
    return 0;
}
