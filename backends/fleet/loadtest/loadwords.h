// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Flotilla {

/// LoadWords::tr(): what load tests and their reports say, in one translation context.
class LoadWords
{
    Q_DECLARE_TR_FUNCTIONS(LoadTest)
};

} // namespace Flotilla
