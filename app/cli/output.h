// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QJsonValue>
#include <QString>

class QByteArray;

namespace Flotilla {

/// Where a command writes. Results to stdout, one sentence for an error to stderr; with --json every outcome is one
/// JSON value on stdout. No control character of an app, a model or a host reaches a terminal.
class Output
{
public:
    explicit Output(bool json)
        : m_json(json)
    {
    }

    bool json() const { return m_json; }
    void value(const QJsonValue &value) const; ///< only with --json
    void line(const QString &text) const;      ///< only without --json
    void raw(const QByteArray &bytes) const;   ///< as they are, but at a terminal
    void note(const QString &text) const;      ///< progress, on stderr, without --json
    int fail(const Error &error) const;        ///< returns the exit code

private:
    bool m_json;
};

void writeAll(int descriptor, const QByteArray &bytes);
QString kindName(ErrorKind kind); ///< "not-found": stable, for JSON

} // namespace Flotilla
