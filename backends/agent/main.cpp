// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/host/host.h"
#include "backends/agent/launch/launch.h"
#include "backends/agent/serve/serve.h"

#include <cstdio>
#include <cstring>

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";
    if (std::strcmp(command, "serve") == 0)
        return Flotilla::Agent::serveMain(argc - 1, argv + 1);
    if (std::strcmp(command, "launch") == 0)
        return Flotilla::Agent::launchMain(argc - 1, argv + 1);
    if (std::strcmp(command, "host") == 0)
        return Flotilla::Agent::hostMain(argc - 1, argv + 1);
    std::fputs("usage: flotilla-agent serve|launch|host [options]\n", stderr);
    return 2;
}
