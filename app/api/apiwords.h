// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Flotilla {

/// ApiWords::tr(): what the control API answers, in one translation context.
class ApiWords
{
    Q_DECLARE_TR_FUNCTIONS(Api)
};

} // namespace Flotilla
