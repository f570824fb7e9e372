// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstdlib>

namespace Flotilla::Agent::Terminal {

bool open(int columns, int rows, Fd &ours, Fd &childs)
{
    ours.reset(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    int unlock = 0;
    if (!ours || ::ioctl(ours.get(), TIOCSPTLCK, &unlock) != 0)
        return false;
    childs.reset(::ioctl(ours.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)); // needs no path
    if (!childs)
        return false;
    ::fcntl(ours.get(), F_SETFL, O_RDWR | O_NONBLOCK);
    resize(ours.get(), columns, rows);
    return true;
}

void resize(int fd, int columns, int rows)
{
    winsize size{};
    size.ws_col = static_cast<unsigned short>(std::clamp(columns, 1, 1000));
    size.ws_row = static_cast<unsigned short>(std::clamp(rows, 1, 1000));
    ::ioctl(fd, TIOCSWINSZ, &size);
}

} // namespace Flotilla::Agent::Terminal
