// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla {

/// Loads Flotilla's and Qt's texts for "system", or for a language code, and sets the default locale, in place of what
/// was loaded before. Call before the first text is made.
void installTranslations(const QString &language);

} // namespace Flotilla
