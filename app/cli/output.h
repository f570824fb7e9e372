// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QJsonObject>
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
    /// Returns the exit code. `known` is what the JSON says beside the error.
    int fail(const Error &error, const QJsonObject &known = {}) const;

private:
    bool m_json;
};

/// False: what was to be read is lost, because nobody reads it any more or the disk is full.
bool writeAll(int descriptor, const QByteArray &bytes);
/// Something of standard output could not be written. Any thread.
bool isOutputLost();
/// The exit code then; the reason goes to stderr, unless the reader went away.
int failForLostOutput();
/// A descriptor of the store must not become one of the three that were closed. Called first of all.
void openStandardStreams();
QString kindName(ErrorKind kind); ///< "not-found": stable, for JSON

} // namespace Flotilla
