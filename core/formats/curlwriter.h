#pragma once

#include "core/formats/exchangewriter.h"

namespace hookscope {

// A shell script with a curl command per exchange; what it is not possible for is left out.
class CurlWriter final : public ExchangeWriter {
public:
    void begin(std::string &out) override;
    bool add(const Exchange &exchange, std::string &out) override;
};

} // namespace hookscope
