#pragma once

namespace hookscope {

// Scroll areas for accessibility clients, in the place of Qt 6.4's own: that reads behind the end of a list,
// and the program with it, when a client asks for a child that has just gone (a scroll bar that is no longer
// needed). Once, before the first window.
void installAccessibleScrollArea();

} // namespace hookscope
