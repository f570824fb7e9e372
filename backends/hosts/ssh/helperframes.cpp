// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/helperframes.h"

#include <QJsonDocument>
#include <QtEndian>

#include <cstring>

namespace Flotilla::HelperFrames {

namespace {

constexpr qsizetype headerSize = 5;
constexpr quint32 longestFrame = 256 * 1024;
constexpr qsizetype longestObject = 64 * 1024;

} // namespace

QByteArray frame(char type, const QByteArray &payload)
{
    QByteArray bytes(headerSize, type);
    qToLittleEndian(quint32(payload.size()), bytes.data());
    return bytes + payload;
}

QByteArray frame(const QJsonObject &object)
{
    return frame('J', QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<QJsonObject> object(const QByteArray &payload)
{
    if (payload.size() > longestObject)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(payload);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

void Decoder::feed(const char *bytes, qsizetype size)
{
    if (!m_broken)
        m_buffer.append(bytes, size);
}

std::optional<Frame> Decoder::next()
{
    if (m_broken || m_buffer.size() < headerSize)
        return std::nullopt;
    const quint32 length = qFromLittleEndian<quint32>(m_buffer.constData());
    const char type = m_buffer.at(4);
    m_broken = length > longestFrame || !std::strchr("JOE", type) || type == '\0';
    if (m_broken) {
        m_buffer.clear();
        return std::nullopt;
    }
    if (m_buffer.size() < headerSize + qsizetype(length))
        return std::nullopt;
    Frame taken{type, m_buffer.mid(headerSize, length)};
    m_buffer.remove(0, headerSize + qsizetype(length));
    return taken;
}

} // namespace Flotilla::HelperFrames
