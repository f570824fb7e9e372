// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Flotilla {

/// SandboxWords::tr(): what goes wrong with sandboxes, in one translation context.
class SandboxWords
{
    Q_DECLARE_TR_FUNCTIONS(Sandbox)
};

} // namespace Flotilla
