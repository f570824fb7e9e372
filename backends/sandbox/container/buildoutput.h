// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/container/imagepull.h"
#include "backends/sandbox/imagebuild.h"

class QJsonObject;

namespace Flotilla {

/// What an engine says while it builds an image: its steps, and the lines that their commands print. That is untrusted:
/// bounded.
class BuildOutput
{
public:
    /// True when there is something new to tell.
    bool take(const QJsonObject &object);
    /// What is new since the last time.
    BuildProgress takeProgress();
    /// Why the image was not built, as a sentence; `said` are the engine's words. The detail has the last lines.
    /// `helper`: see pullFault().
    [[nodiscard]] Error fault(const QString &tag, const QString &host, const QString &said,
                              const QString &helper = {}) const;
    [[nodiscard]] QString baseImage() const; ///< that the present step begins with; empty: it is another step

private:
    void takeText(const QString &text);
    void endLine();
    [[nodiscard]] Error commandFault(const QString &tag, const QString &said) const;

    QString m_number; ///< of the present step: "3/7"
    QString m_step;   ///< its instruction
    QString m_text;   ///< as it is told
    QString m_line;   ///< that has no end yet
    QStringList m_new;
    qint64 m_lost = 0; ///< lines that nobody took in time
    QStringList m_last;
    ImagePull m_pull;
};

} // namespace Flotilla
