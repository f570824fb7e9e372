// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Flotilla {

/// HostWords::tr(): what is said about hosts and placement, in one translation context.
class HostWords
{
    Q_DECLARE_TR_FUNCTIONS(Hosts)
};

} // namespace Flotilla
