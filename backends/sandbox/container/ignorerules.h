// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QList>
#include <QRegularExpression>

namespace Flotilla {

/// What a .dockerignore or .containerignore keeps out of a build, as `docker build` reads it: a pattern a line, from
/// the top of the folder on, with * ? [a-z] and **, # for remarks, ! for exceptions; the last line that fits decides.
class IgnoreRules
{
public:
    IgnoreRules() = default;
    /// Invalid, naming the line, when a pattern cannot be read. `name` is the file's.
    static Result<IgnoreRules> parse(const QByteArray &text, const QString &name);

    /// `path` is relative to the folder, without "." and "..".
    [[nodiscard]] bool leaveOut(const QString &path) const;
    /// Something below a folder that is left out may be wanted after all.
    [[nodiscard]] bool hasExceptions() const { return m_exceptions; }

private:
    struct Rule
    {
        QRegularExpression pattern;
        bool exception = false;
    };
    QList<Rule> m_rules;
    bool m_exceptions = false;
};

} // namespace Flotilla
