// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Flotilla {

/// TurnWords::tr(): what a turn says to the person, in one translation context.
class TurnWords
{
    Q_DECLARE_TR_FUNCTIONS(Turn)
};

} // namespace Flotilla
