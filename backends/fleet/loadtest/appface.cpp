// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/appface.h"

#include "backends/fleet/loadtest/csscolor.h"

#include <QStringList>

#include <algorithm>
#include <optional>

namespace Flotilla {

namespace {

constexpr qsizetype mostText = 64 * 1024;
constexpr qsizetype mostName = 60;
constexpr qsizetype mostValue = 400;
constexpr qsizetype mostKind = 24;
constexpr qsizetype mostClass = 16;
constexpr int leastColor = 56; ///< between the strongest and the weakest channel
constexpr quint32 white = 0xffffff;

bool isNameChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
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

void take(quint32 color, bool asGround, Found *found)
{
    if (asGround && !found->ground)
        found->ground = color;
    else if (isColorful(color) && found->marks.size() < AppFace::mostColors - 1 && !found->marks.contains(color))
        found->marks.append(color);
}

/// Where names such as "red" are colours.
bool isColorProperty(const QByteArray &property)
{
    return property.endsWith("color") || property.startsWith("background") || property.startsWith("border") ||
           property.startsWith("--") || property == "fill" || property == "stroke" || property == "outline";
}

/// The name that ends before the colon at `colon`; empty: there is none.
QByteArray propertyBefore(const QByteArray &text, qsizetype colon)
{
    qsizetype begin = colon;
    const qsizetype least = std::max<qsizetype>(0, colon - mostName);
    while (begin > least && isNameChar(text[begin - 1]))
        --begin;
    return text.mid(begin, colon - begin);
}

/// The declarations of a style sheet, or of what looks like one within a page.
void collect(const QByteArray &text, Found *found)
{
    static const QByteArray ends(";{}<>\"");
    for (qsizetype colon = text.indexOf(':'); colon >= 0 && !found->isComplete();) {
        const auto end = std::find_if(text.begin() + colon + 1, text.begin() + std::min(text.size(), colon + mostValue),
                                      [](char c) { return ends.contains(c); });
        const QByteArray property = propertyBefore(text, colon);
        if (!property.isEmpty() && (end == text.end() || *end != '{')) { // a:hover { is no declaration
            const QByteArray value(text.constData() + colon + 1, end - text.begin() - colon - 1);
            const auto triplet = property.startsWith("--") ? CssColor::ofTriplet(value) : std::nullopt;
            const QList<quint32> colors =
                triplet ? QList{*triplet} : CssColor::inValue(value, isColorProperty(property));
            for (const quint32 color : colors)
                take(color, isGround(property), found);
        }
        colon = text.indexOf(':', property.isEmpty() ? colon + 1 : end - text.begin());
    }
}

/// Of what follows the use in a class: "slate-900", "white". `isPaper`: almost white or black, so a ground.
std::optional<quint32> classColor(const QByteArray &rest, bool *isPaper)
{
    const auto end = std::find_if_not(rest.begin(), rest.end(), isNameChar);
    const QByteArrayList words = rest.left(end - rest.begin()).split('-');
    *isPaper = true;
    if (words.size() == 1)
        return words[0] == "white" ? std::optional(white) : words[0] == "black" ? std::optional(0u) : std::nullopt;
    const int shade = words.size() == 2 ? words[1].toInt() : 0;
    *isPaper = shade <= 100 || shade >= 800;
    return CssColor::ofTailwind(words[0], shade);
}

/// "bg-slate-900", "hover:text-rose-400/80": the classes that a page is painted with.
void collectClasses(const QByteArray &text, Found *found)
{
    static const QByteArrayList uses{"bg", "text", "from", "to", "via", "border", "fill", "stroke", "ring"};
    for (qsizetype dash = text.indexOf('-'); dash >= 0 && !found->isComplete(); dash = text.indexOf('-', dash + 1)) {
        const QByteArray use = propertyBefore(text, dash);
        if (!uses.contains(use) || text.mid(dash - use.size() - 5, 5) == "dark:")
            continue;
        bool isPaper = false;
        const auto color = classColor(text.mid(dash + 1, mostClass), &isPaper);
        if (color && (!isPaper || use == "bg" || use == "from"))
            take(*color, isPaper, found);
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
    for (const QString &name : named(files, QStringLiteral(".tsx")))
        collectClasses(files.value(name).left(mostText), &found);
    AppFace face;
    face.kind = kindIn(files.value(QStringLiteral("src/theme.ts")));
    if (found.ground || !found.marks.isEmpty())
        face.colors = QList<quint32>{found.ground.value_or(white)} + found.marks;
    return face;
}

} // namespace Flotilla
