#pragma once

#include "core/events/exchange.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hookscope {

// The files of other programs that exchanges can be written to.
enum class ExportFormat { Csv, Jsonl, Har, Curl };

inline constexpr ExportFormat exportFormats[] = {ExportFormat::Har, ExportFormat::Jsonl, ExportFormat::Csv,
                                                 ExportFormat::Curl};

// The ending of such files, without a dot: "csv", "jsonl", "har", "sh".
std::string_view suffixOf(ExportFormat format);

// Writes exchanges one by one into the bytes of one file, so that it does not matter how many they are. All
// of them append to `out`. What is written is as redacted as the exchange. One thread at a time.
class ExchangeWriter {
public:
    virtual ~ExchangeWriter() = default;

    virtual void begin(std::string &) { } // once, before the first
    // False: the format has nothing that could be said of this exchange, and nothing was written.
    virtual bool add(const Exchange &exchange, std::string &out) = 0;
    virtual void end(std::string &) { } // once, after the last
};

std::unique_ptr<ExchangeWriter> makeExchangeWriter(ExportFormat format);

} // namespace hookscope
