// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/continuation.h"

namespace Flotilla {

/// Calls `function` with the outcome on the GUI thread, unless `context` is gone by then. QFuture::then(context, ...)
/// of Qt 6.4 must not be used for an object that may die first: it asserts, and crashes in Release.
template <typename T, typename Function>
void whenDone(QFuture<Result<T>> future, QObject *context, Function function)
{
    Flotilla::whenDone(context, future, std::move(function));
}

} // namespace Flotilla
