// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

namespace Flotilla {

struct Message;
struct Wish;

/// Whether a turn can begin with it: not empty, 100,000 characters and 8 images of 5 MB at most. Any thread.
Status checkWish(const Wish &wish);
/// What the message of a person asked for.
Wish wishOf(const Message &message);

} // namespace Flotilla
