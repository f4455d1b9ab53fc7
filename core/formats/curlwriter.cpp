#include "core/formats/curlwriter.h"

#include "core/events/eventjson.h"
#include "core/formats/curlcommand.h"

namespace hookscope {

void CurlWriter::begin(std::string &out)
{
    out += "#!/bin/sh\n"
           "# Requests that Hookscope saw, as curl commands. They are sent again when this runs.\n"
           "# Credentials were masked: set the variables that stand in their place.\n";
}

bool CurlWriter::add(const Exchange &exchange, std::string &out)
{
    const std::string command = curlCommand(exchange);
    if (command.empty())
        return false;
    out += "\n# " + rfc3339(exchange.started.timestampUs) + '\n' + command + '\n';
    return true;
}

} // namespace hookscope
