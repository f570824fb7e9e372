// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/appface.h"

#include <QStringList>

#include <algorithm>
#include <optional>

namespace Flotilla {

namespace {

constexpr qsizetype mostText = 64 * 1024;
constexpr qsizetype mostName = 120;
constexpr qsizetype mostKind = 24;
constexpr int leastColor = 56; ///< between the strongest and the weakest channel
constexpr quint32 white = 0xffffff;

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isNameChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// #rgb, #rgba, #rrggbb or #rrggbbaa; `text` begins behind the #.
std::optional<quint32> hexColor(const QByteArray &text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isHexDigit);
    const auto digits = end - text.begin();
    const bool shortForm = digits == 3 || digits == 4;
    if ((!shortForm && digits != 6 && digits != 8) || (end != text.end() && isNameChar(*end)))
        return std::nullopt;
    const uint value = text.left(shortForm ? 3 : 6).toUInt(nullptr, 16);
    if (!shortForm)
        return value;
    return (value >> 8 & 15) * 0x110000 + (value >> 4 & 15) * 0x1100 + (value & 15) * 0x11;
}

/// The name of the declaration that the value at `at` belongs to; empty: it is no value.
QByteArray propertyAt(const QByteArray &text, qsizetype at)
{
    const qsizetype least = std::max<qsizetype>(0, at - mostName);
    qsizetype colon = at - 1;
    while (colon >= least && text[colon] != ':') {
        if (text[colon] == ';' || text[colon] == '{' || text[colon] == '}')
            return {};
        --colon;
    }
    qsizetype begin = colon;
    while (begin > least && isNameChar(text[begin - 1]))
        --begin;
    return colon < least ? QByteArray() : text.mid(begin, colon - begin);
}

bool isGround(const QByteArray &property)
{
    return property == "background" || property == "background-color" ||
           (property.startsWith("--") && (property.endsWith("bg") || property.endsWith("background")));
}

bool isColorful(quint32 color)
{
    const auto [least, most] = std::minmax({color >> 16 & 255, color >> 8 & 255, color & 255});
    return int(most - least) >= leastColor;
}

struct Found
{
    std::optional<quint32> ground;
    QList<quint32> marks;
    [[nodiscard]] bool isComplete() const { return ground && marks.size() >= AppFace::mostColors - 1; }
};

void collect(const QByteArray &text, Found *found)
{
    for (qsizetype at = text.indexOf('#'); at >= 0 && !found->isComplete(); at = text.indexOf('#', at + 1)) {
        const auto color = hexColor(text.mid(at + 1, 9));
        const QByteArray property = color ? propertyAt(text, at) : QByteArray();
        if (property.isEmpty())
            continue;
        if (!found->ground && isGround(property))
            found->ground = color;
        else if (isColorful(*color) && found->marks.size() < AppFace::mostColors - 1 && !found->marks.contains(*color))
            found->marks.append(*color);
    }
}

QStringList named(const QHash<QString, QByteArray> &files, const QString &ending)
{
    QStringList names;
    for (auto file = files.keyBegin(); file != files.keyEnd(); ++file)
        if (file->endsWith(ending))
            names.append(*file);
    names.sort();
    return names;
}

/// The sampler writes down what it made.
QString kindIn(const QByteArray &theme)
{
    static const QByteArray before("\"kind\": \"");
    const qsizetype found = theme.indexOf(before);
    if (found < 0)
        return {};
    const QByteArray rest = theme.mid(found + before.size(), mostKind + 1);
    const auto end = std::find_if_not(rest.begin(), rest.end(), isNameChar);
    return end != rest.end() && *end == '"' ? QString::fromLatin1(rest.left(end - rest.begin())) : QString();
}

} // namespace

AppFace faceOf(const QHash<QString, QByteArray> &files)
{
    Found found;
    for (const QString &ending : {QStringLiteral(".css"), QStringLiteral(".html")})
        for (const QString &name : named(files, ending))
            collect(files.value(name).left(mostText), &found);
    AppFace face;
    face.kind = kindIn(files.value(QStringLiteral("src/theme.ts")));
    if (found.ground || !found.marks.isEmpty())
        face.colors = QList<quint32>{found.ground.value_or(white)} + found.marks;
    return face;
}

} // namespace Flotilla
