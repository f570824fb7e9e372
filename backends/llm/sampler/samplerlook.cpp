// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of colours, sizes, typeface and layout.
#include "backends/llm/sampler/samplerchanges.h"

#include "backends/llm/sampler/samplerpalette.h"
#include "backends/llm/sampler/samplerwords.h"

#include <algorithm>

namespace Flotilla {

using namespace SamplerWords;

namespace {

constexpr auto accentWords = "accent|button|buttons|highlight";

/// "a teal background, buttons in orange" has two; "blue and orange" is one.
QStringList colourParts(const QString &text)
{
    static const QRegularExpression border = expression("[.;,]|\\b(?:and|but|with)\\b");
    QStringList parts{QString()};
    for (const QString &piece : text.split(border)) {
        const bool ownThing = saysAny(piece, accentWords) || says(piece, QStringLiteral("background"));
        if (ownThing && lookIn(piece).hue && lookIn(parts.last()).hue)
            parts.append(piece);
        else
            parts.last() += QLatin1String(" and ") + piece;
    }
    return parts;
}

/// Of "red, and bigger text" only what is coloured.
QString colouredIn(const QString &text)
{
    static const QRegularExpression border = expression("[.;,]|\\b(?:and|but|with|then)\\b");
    QStringList pieces = text.split(border);
    pieces.removeIf([](const QString &piece) { return !lookIn(piece).hue; });
    return pieces.join(QLatin1Char(' '));
}

/// A black background is a dark one, a white one light: no tint comes near them.
struct Ground
{
    QString mode;
    QString words; ///< that ask for it
};

Ground groundIn(const QString &text)
{
    static const QRegularExpression ground =
        expression("(black|white|#0{3}(?:0{3})?|#f{3}(?:f{3})?)\\s+background\\b|"
                   "\\bbackground\\b(?:\\s+from\\s+\\p{L}+\\s+to)?(?:(?!\\b(?:and|with|but)\\b)[^.;,]){0,16}?("
                   "black|white|#0{3}(?:0{3})?|#f{3}(?:f{3})?)(?!\\p{L}|\\d)");
    const auto match = ground.match(text);
    const QString colour = match.captured(match.lastCapturedIndex());
    if (!match.hasMatch())
        return {};
    const bool dark = colour == QLatin1String("black") || colour.startsWith(QLatin1String("#0"));
    return {dark ? QStringLiteral("dark") : QStringLiteral("light"), match.captured()};
}

} // namespace

void SamplerChanges::set(QString Recipe::*field, const QString &value, const QString &what, const QString &already)
{
    const Recipe before = recipe();
    recipe().*field = value;
    tell(before, what, already);
}

void SamplerChanges::look()
{
    textColour();
    const Ground ground = groundIn(m_lower);
    if (ground.mode == QLatin1String("light"))
        whiteGround(ground.words);
    const Look look = lookIn(m_lower);
    if (look.hue)
        for (const QString &part : colourParts(m_lower))
            colours(part);
    else if (saysAny(m_lower,
                     "change colour|change color|change the colour|change the color|other colours|other "
                     "colors|different colours|different colors|another colour|another color|change "
                     "the colours|change the colors|new colours|new colors|different palette|another palette")) {
        recipe().hue = (recipe().hue + 137) % 360;
        recipe().accent = (recipe().accent + 137) % 360;
        recipe().exact.clear();
        done(say("the colours are new"));
    }
    if (saysAny(m_lower, "toggle|switch button|mode switch|mode button|umschalter"))
        refuse(say("The button with the sun or moon switches between dark and light already."));
    else if (!ground.mode.isEmpty() || !look.mode.isEmpty())
        mode(ground.mode.isEmpty() ? look.mode : ground.mode);
    QString unround = m_lower; // corners() has "rounded"
    unround.remove(QStringLiteral("rounded"));
    if (!look.style.isEmpty() && !lookIn(unround).style.isEmpty())
        set(&Recipe::style, look.style, say("the style is “%1”").arg(say(look.style)),
            say("The style is “%1” already.").arg(say(look.style)));
}

/// The untinted ground of a light app is as good as white.
void SamplerChanges::whiteGround(const QString &words)
{
    m_lower.remove(words); // it asks for no other colour
    if (recipe().tinted)
        done(say("the background has that colour, as a shade on which text can be read"));
    recipe().tinted = false;
}

void SamplerChanges::colours(const QString &text)
{
    const Look look = lookIn(text);
    if (!look.hue)
        return;
    const bool onlyAccent = saysAny(text, accentWords);
    const bool onlyGround = !onlyAccent && says(text, QStringLiteral("background"));
    const Recipe before = recipe();
    if (!onlyGround) {
        recipe().accent = onlyAccent ? *look.hue : look.accent.value_or(*look.hue);
        recipe().exact = look.exact;
    }
    if (!onlyAccent)
        recipe().hue = *look.hue;
    recipe().chroma = look.chroma.value_or(recipe().chroma);
    constexpr double grey = 0.1;
    if (onlyGround)
        recipe().tinted = look.exact.isEmpty() || look.chroma.value_or(1) > grey;
    if (onlyGround && !look.exact.isEmpty() && look.mode.isEmpty())
        groundMode(look.exact);
    const QString shade = look.exact.isEmpty() || showsExactly(recipe())
                              ? look.exact
                              : say("a shade of %1 that can be seen").arg(look.exact);
    QString which = shade.isEmpty() || onlyGround ? QString() : QStringLiteral(": %1").arg(shade);
    if (!onlyGround && !onlyAccent &&
        saysAny(colouredIn(text),
                "header|heading|title|text|card|border|footer|icon|chart|list|tagline|summary|search|only"))
        which += say(" everywhere, as no part can have a colour alone");
    tell(before,
         onlyGround   ? say("the background has that colour, as a shade on which text can be read")
         : onlyAccent ? say("the accent colour is new%1").arg(which)
                      : say("the colours are new%1").arg(which),
         say("It has these colours already."));
}

/// A ground that was given as "#rrggbb" says whether the app is dark.
void SamplerChanges::groundMode(const QString &exact)
{
    constexpr double clearlyDark = 0.5;
    constexpr double clearlyLight = 0.72;
    const double lightness = toOklch(rgbOf(exact)).lightness;
    const QString mode = lightness < clearlyDark    ? QStringLiteral("dark")
                         : lightness > clearlyLight ? QStringLiteral("light")
                                                    : recipe().mode;
    if (mode == recipe().mode)
        return;
    recipe().mode = mode;
    done(say("it starts %1").arg(say(mode)));
}

/// Black on light and white on dark: it is so, and asks for no black app.
void SamplerChanges::textColour()
{
    static const QRegularExpression words =
        expression("(?:black|white)\\s+(?:text|letters|font)\\b|\\b(?:text|letters|font)\\s+(?:(?:colou?r|in|is|to|"
                   "should be)\\s+)*(?:black|white)\\b");
    const auto match = words.match(m_lower);
    if (!match.hasMatch())
        return;
    m_lower.remove(match.captured());
    const bool dark = match.captured().contains(QLatin1String("white"));
    if ((recipe().mode == QLatin1String("dark")) != dark && lookIn(m_lower).mode.isEmpty() &&
        groundIn(m_lower).mode.isEmpty())
        refuse(say("Text is dark on a light ground and light on a dark one: ask for “dark” or “light”."));
    else if (m_lower.trimmed().isEmpty())
        refuse(say("It has these colours already."));
}

void SamplerChanges::mode(const QString &wanted)
{
    const bool more = saysAny(m_lower, "darker|lighter|brighter");
    set(&Recipe::mode, wanted, say("it starts %1").arg(say(wanted)),
        more ? say("It is %1 already, and the sampler has one %1 only. Try another colour.").arg(say(wanted))
             : say("It already starts %1; the button with the sun or moon switches it.").arg(say(wanted)));
}

void SamplerChanges::textSize()
{
    static const QRegularExpression few =
        expression("^\\W*(?:(?:a bit|a little|even|much|make|it|please|pls|now|and|again|etwas|viel|noch|jetzt)\\W+)*"
                   "(?:bigger|larger|smaller)\\W*(?:please|pls|again)?\\W*$");
    const bool all = saysAny(m_lower, "text|font|type|letter|letters|writing|everything");
    const bool one =
        !all && saysAny(m_lower, "title|heading|headings|headline|button|buttons|tagline|subtitle|numbers|labels");
    const bool text = all || one || says(m_lower, QStringLiteral("it")) || few.match(m_lower).hasMatch();
    const Recipe before = recipe();
    const QString where = one ? say(" everywhere, as no part can have a size alone") : QString();
    if (text && (saysAny(m_lower, "bigger|larger|increase|enlarge|easier to read") || saysAny(m_lower, bigThings))) {
        recipe().scale = std::min(1.45, recipe().scale * 1.125);
        tell(before, say("the text is bigger") + where, say("The text is as big as the sampler makes it."));
    } else if (text && saysAny(m_lower, "smaller|decrease|tiny")) {
        recipe().scale = std::max(0.8, recipe().scale / 1.125);
        tell(before, say("the text is smaller") + where, say("The text is as small as the sampler makes it."));
    }
}

void SamplerChanges::corners()
{
    const Recipe before = recipe();
    if (saysAny(m_lower,
                "square|sharp|sharper|angular|not so round|not so rounder|not so rounded|not rounder|not rounded|not "
                "round|too round|too rounder|less round|less rounder|less rounded|square corners|no rounded "
                "corners|no rounder corners")) {
        recipe().radius = 0;
        tell(before, say("the corners are square"), say("The corners are square already."));
    } else if (saysAny(m_lower, "rounder|more round|rounded|round corners|rounded corners|softer corners|round")) {
        recipe().radius = std::min(32, recipe().radius + 10);
        tell(before, say("the corners are rounder"), say("The corners are as round as the sampler makes them."));
    }
}

void SamplerChanges::spacing()
{
    const Recipe before = recipe();
    if (saysAny(m_lower, "compact|denser|tighter|less space|condensed")) {
        recipe().gap = std::max(10, recipe().gap - 6);
        tell(before, say("things stand closer"), say("Things stand as close as they can."));
    } else if (saysAny(m_lower, "airier|more space|more room|roomier|spacious|breathing room|more whitespace")) {
        recipe().gap = std::min(34, recipe().gap + 8);
        tell(before, say("there is more room"), say("There is as much room as the sampler gives."));
    }
}

void SamplerChanges::typeface()
{
    const auto use = [this](const char *font, const char *what) {
        set(&Recipe::font, QLatin1String(font), say("the headings have %1").arg(say(what)),
            say("The headings have %1 already.").arg(say(what)));
    };
    static const QRegularExpression named = expression(
        "\\b(?:comic sans|helvetica|arial|roboto|inter|times new roman|georgia|garamond|courier|futura|papyrus|"
        "open sans|lato|montserrat|poppins|impact)\\b");
    if (named.match(m_lower).hasMatch()) {
        m_lower.remove(named); // Comic Sans asks for no comic
        refuse(say("The sampler has no typefaces by name: ask for plain, serif, typewriter or rounded."));
    } else if (saysAny(m_lower, "sans serif|sans-serif|sans")) {
        use("sans", "a plain typeface");
    } else if (says(m_lower, QStringLiteral("serif"))) {
        use("serif", "a serif typeface");
    } else if (saysAny(m_lower, "monospace font|mono font|typewriter")) {
        use("mono", "a typewriter typeface");
    } else if (saysAny(m_lower, "rounded font|friendlier font|round font")) {
        use("rounded", "a rounder typeface");
    }
}

void SamplerChanges::layout()
{
    QString wanted;
    if (saysAny(m_lower, "sidebar|side bar|navigation|nav") && saysAny(m_lower, "on the right|right"))
        return refuse(say("The sampler has a sidebar on the left only."));
    if (saysAny(m_lower, "sidebar|side bar|on the left|at the side"))
        wanted = QStringLiteral("side");
    else if (saysAny(m_lower, "hero|big header|large header|banner"))
        wanted = QStringLiteral("hero");
    else if (saysAny(m_lower, "centered|centred|in the middle|centre it|center it|centre the|center the|centre|center"))
        wanted = QStringLiteral("center");
    else if (says(m_lower, QStringLiteral("top bar")) ||
             (saysAny(m_lower, "on top|at the top") &&
              saysAny(m_lower, "title|name|heading|headline|header|navigation|nav|sidebar|menu|it")))
        wanted = QStringLiteral("top");
    if (wanted.isEmpty())
        return;
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (!kind || !kind->layouts.contains(wanted))
        return refuse(say("This kind of app has no such layout."));
    const bool away = saysAny(m_lower, "remove|hide|without|no");
    if (away && recipe().layout != wanted)
        return refuse(say("The layout is another one already."));
    set(&Recipe::layout, away ? QStringLiteral("top") : wanted, say("the layout is new"),
        say("The layout is that one already."));
}

void SamplerChanges::surprise()
{
    if (m_result.understood() ||
        !saysAny(m_lower,
                 "surprise|different look|another look|new look|other look|redesign|restyle|nicer|prettier|better "
                 "looking|more beautiful|try again|another version|make it pop"))
        return;
    const Recipe other = recipeFor(recipe().title + QString::number(recipe().hue) + recipe().style + recipe().layout);
    recipe().hue = other.hue;
    recipe().accent = other.accent;
    recipe().exact.clear();
    recipe().style = other.style;
    recipe().font = other.font;
    recipe().radius = other.radius;
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (kind)
        recipe().layout = kind->layouts.at((kind->layouts.indexOf(recipe().layout) + 1) % kind->layouts.size());
    done(say("it has another look"));
}

} // namespace Flotilla
