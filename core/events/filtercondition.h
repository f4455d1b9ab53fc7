#pragma once

#include "core/events/filterlexer.h"
#include "core/events/filterprogram.h"

namespace hookscope {

// What a token that is a condition or a text asks for. Pure.
tl::expected<FilterCondition, FilterError> conditionOf(const FilterToken &token);

} // namespace hookscope
