#include "core/formats/exchangewriter.h"

#include "core/formats/csvwriter.h"
#include "core/formats/curlwriter.h"
#include "core/formats/harwriter.h"
#include "core/formats/jsonlwriter.h"

namespace hookscope {

std::string_view suffixOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return "csv";
    case ExportFormat::Jsonl:
        return "jsonl";
    case ExportFormat::Har:
        return "har";
    case ExportFormat::Curl:
        return "sh";
    }
    return {};
}

std::unique_ptr<ExchangeWriter> makeExchangeWriter(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return std::make_unique<CsvWriter>();
    case ExportFormat::Jsonl:
        return std::make_unique<JsonlWriter>();
    case ExportFormat::Har:
        return std::make_unique<HarWriter>();
    case ExportFormat::Curl:
        return std::make_unique<CurlWriter>();
    }
    return nullptr;
}

} // namespace hookscope
