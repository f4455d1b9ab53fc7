#pragma once

namespace hookscope {

class LiveView;

// The keys of the live table alone, as actions of it: what they do and what the sheet of shortcuts says of
// them are one thing. They work while the table has the focus.
void addLiveKeys(LiveView &view);

} // namespace hookscope
