// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/container/containerbackend.h"

#include <QHash>

class QJsonObject;

namespace Flotilla {

/// How far a pull is, from what the engine streams about each layer of the image. That is untrusted: bounded.
class ImagePull
{
public:
    /// True when there is something new to tell.
    bool take(const QJsonObject &object);
    [[nodiscard]] const ImageProgress &progress() const { return m_progress; }

private:
    struct Layer
    {
        qint64 done = 0, total = 0;
    };
    [[nodiscard]] ImageProgress sum() const;

    QHash<QString, Layer> m_layers;
    ImageProgress m_progress;
    bool m_unpacking = false;
};

/// "Pulling node:20 - 34 of 120 MB"
QString toText(const QString &image, const ImageProgress &progress);
/// Why an image did not come, as a sentence with what to do; `said` are the engine's words, `helper` is the program
/// that keeps the login for its registry.
Error pullFault(const QString &image, const QString &host, const QString &said, const QString &helper = {});

} // namespace Flotilla
