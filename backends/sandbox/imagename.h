// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QString>

namespace Flotilla {

/// Whether a container engine can take it as the name of an image: [HOST[:PORT]/]PATH[:TAG][@DIGEST] as the reference
/// grammar of OCI registries has it. Empty names none, and is fine.
Status checkImageName(const QString &name);
/// The same, and that sandboxes of `backend` can be made from it: bubblewrap has no images.
Status checkImageUse(const QString &name, const QString &backend);
/// For an image that was named where there is only bubblewrap.
Error imagesNeedAnEngine();

} // namespace Flotilla
