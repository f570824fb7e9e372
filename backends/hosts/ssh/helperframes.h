// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace Flotilla {

/// The frames of backends/agent/protocol.md as the helper of a host uses them.
namespace HelperFrames {

struct Frame
{
    char type = 0; ///< J, O or E
    QByteArray payload;
};

QByteArray frame(char type, const QByteArray &payload);
QByteArray frame(const QJsonObject &object);
/// Empty when the payload is no object, or a huge one.
std::optional<QJsonObject> object(const QByteArray &payload);

/// Cuts what the host sends into frames. The host is not trusted: a length beyond 256 KiB or another type breaks it for
/// good, so that it never holds more than that and what is fed at once.
class Decoder
{
public:
    void feed(const char *bytes, qsizetype size);
    std::optional<Frame> next(); ///< nothing: more bytes are needed, or broken()
    bool broken() const { return m_broken; }

private:
    QByteArray m_buffer;
    bool m_broken = false;
};

} // namespace HelperFrames

} // namespace Flotilla
