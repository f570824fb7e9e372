// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

namespace Flotilla {

/// As long as it lives a test of root may no more than anybody else (the whole process; files are of "nobody").
class OrdinaryUser
{
public:
    OrdinaryUser()
        : m_changed(::geteuid() == 0 && ::seteuid(65534) == 0)
    {
    }
    ~OrdinaryUser()
    {
        if (m_changed && ::seteuid(0) != 0)
            ::_exit(1);
    }
    OrdinaryUser(const OrdinaryUser &) = delete;
    OrdinaryUser &operator=(const OrdinaryUser &) = delete;

private:
    bool m_changed;
};

} // namespace Flotilla
