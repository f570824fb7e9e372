// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla::Agent {

/// `flotilla-agent host FOLDER NAME`: listens at the Unix socket FOLDER/NAME in the background and starts programs of
/// the host for whoever connects (protocol.md, "The host's helper"). Returns when it listens. It ends, with everything
/// that still runs for a connection, when the connection that holds it closes. `argv[0]` is "host".
int hostMain(int argc, char **argv);

} // namespace Flotilla::Agent
