#include "core/dispatch/sampleevent.h"

#include <QDateTime>

namespace hookscope {

ProxyEvent sampleEvent(HookEvent event)
{
    ProxyEvent sample;
    sample.event = event;
    sample.id = ExchangeId::next();
    sample.timestampUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    sample.sandbox = "test";
    sample.method = "POST";
    sample.url = "https://api.openai.com/v1/chat/completions";
    sample.host = "api.openai.com";
    sample.requestBytes = 1337;
    if (event == HookEvent::OnResponse) {
        sample.status = 200;
        sample.latencyUs = 412'000;
        sample.durationUs = 2'750'000;
        sample.responseBytes = 8192;
    }
    return sample;
}

} // namespace hookscope
