// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/storage/records.h"

#include <QString>

namespace Flotilla {

/// A name for an app made from its first wish: without "please build me a", at most 40 characters, whole words.
QString titleFromPrompt(const QString &prompt);
/// The name that the sampler's apps carry (src/theme.ts); empty for other apps.
QString titleFromTheme(const FileMap &files);
/// The name in a wish that is about nothing but the name: "call it Tide". Empty for every other wish.
QString titleFromRename(const QString &prompt);
/// The name that the app gives itself: the sampler's, the title of index.html, else a title constant or heading of
/// src/App.tsx. Empty when there is none, or only a generic one ("Vite App").
QString titleFromFiles(const FileMap &files);

} // namespace Flotilla
