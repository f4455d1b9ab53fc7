#pragma once

#include "core/hooks/deliverypreview.h"

namespace hookscope {

// What `hook` would deliver for that event, made by the code that delivers: a PreviewMaker. Nothing is sent,
// and no value of a secret is asked for. Any thread.
DeliveryPreview previewOf(const Hook &hook, const std::optional<CapturedEvent> &event);

} // namespace hookscope
