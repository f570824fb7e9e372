// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminallook.h"

#include "widgets/common/theme.h"
#include "widgets/terminal/terminalzoom.h"

#include <QAccessible>

namespace Flotilla {

namespace {

QColor mix(const QColor &a, const QColor &b, double part)
{
    const auto blend = [part](int x, int y) { return int(x + (y - x) * part); };
    return {blend(a.red(), b.red()), blend(a.green(), b.green()), blend(a.blue(), b.blue())};
}

/// The sixteen colours of a terminal out of the states' colours; the bright ones lean towards the text.
QJsonObject terminalColors(const Palette &tokens)
{
    const QColor violet = mix(tokens.failed, tokens.working, 0.5);
    const QList<std::pair<QString, QColor>> named{
        {QStringLiteral("red"), tokens.failed},      {QStringLiteral("green"), tokens.live},
        {QStringLiteral("yellow"), tokens.building}, {QStringLiteral("blue"), tokens.working},
        {QStringLiteral("magenta"), violet},         {QStringLiteral("cyan"), tokens.accent},
    };
    QJsonObject theme{{QStringLiteral("background"), tokens.surface.name()},
                      {QStringLiteral("foreground"), tokens.text.name()},
                      {QStringLiteral("cursor"), tokens.accent.name()},
                      {QStringLiteral("cursorAccent"), tokens.surface.name()},
                      {QStringLiteral("selectionBackground"), mix(tokens.surface, tokens.accent, 0.35).name()},
                      {QStringLiteral("black"), (tokens.dark ? tokens.border : tokens.text).name()},
                      {QStringLiteral("brightBlack"), tokens.muted.name()},
                      {QStringLiteral("white"), (tokens.dark ? tokens.text : tokens.border).name()},
                      {QStringLiteral("brightWhite"), (tokens.dark ? QColor(Qt::white) : tokens.surface).name()}};
    for (const auto &[name, color] : named) {
        const QString bright = QStringLiteral("bright") + name.at(0).toUpper() + name.mid(1);
        theme.insert(name, color.name());
        theme.insert(bright, mix(color, tokens.text, 0.3).name());
    }
    return theme;
}

QJsonObject searchColors(const Palette &tokens)
{
    const QString found = mix(tokens.surface, tokens.building, 0.4).name();
    const QString current = mix(tokens.surface, tokens.building, 0.75).name();
    return {{QStringLiteral("matchBackground"), found},
            {QStringLiteral("matchOverviewRuler"), found},
            {QStringLiteral("activeMatchBackground"), current},
            {QStringLiteral("activeMatchBorder"), tokens.text.name()},
            {QStringLiteral("activeMatchColorOverviewRuler"), current}};
}

} // namespace

QJsonObject terminalLook()
{
    const Palette &tokens = colors();
    const QFont font = Theme::instance().monospace(13);
    const QJsonObject css{
        {QStringLiteral("background"), tokens.surface.name()},
        {QStringLiteral("scrollbar"), tokens.border.name()},
        {QStringLiteral("top"), QStringLiteral("%1px").arg(int(Space::xs))},
        {QStringLiteral("left"), QStringLiteral("%1px").arg(int(Space::l))},
    };
    const QJsonObject terminal{
        {QStringLiteral("theme"), terminalColors(tokens)},
        {QStringLiteral("fontFamily"), QStringLiteral("\"%1\", monospace").arg(font.family())},
        {QStringLiteral("fontSize"), font.pixelSize() + TerminalZoom::instance().steps()},
        {QStringLiteral("screenReaderMode"), QAccessible::isActive()},
    };
    return {{QStringLiteral("css"), css},
            {QStringLiteral("terminal"), terminal},
            {QStringLiteral("search"), searchColors(tokens)}};
}

} // namespace Flotilla
