// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/storage/records.h"

#include <QString>

namespace Flotilla {

/// Fills the store in `dir` with made-up apps, oldest last, every one with a version and a picture.
Status fillSampleStore(const QString &dir, int count);
/// One app with these files as its only version.
Result<AppId> addSampleApp(const QString &dir, const QString &title, const FileMap &files);
/// Settings by their stored keys, before the program starts.
Status setSampleSetting(const QString &dir, const QString &key, const QString &value);

} // namespace Flotilla
