// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/stream.h"
#include "backends/hosts/ssh/channeluser.h"

namespace Flotilla {

class SshLink;

/// Opens a stream that lives on the calling thread, which has an event loop: a socket-like device with a bounded
/// buffer for what comes in (then the host waits) and bytesToWrite() for what goes out. When the connection breaks,
/// readChannelFinished() comes and errorString() says why.
Future<std::shared_ptr<QIODevice>> openSshStream(const std::shared_ptr<SshLink> &link, const ChannelTarget &target);

} // namespace Flotilla
