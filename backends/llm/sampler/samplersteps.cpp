// SPDX-License-Identifier: GPL-3.0-or-later
// "Make it red, then green": one thing after the other, so that the last word counts.
#include "backends/llm/sampler/samplerchanges.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerleft.h"
#include "backends/llm/sampler/samplerwords.h"

#include <algorithm>
#include <array>

namespace Flotilla {

using namespace SamplerWords;

namespace {

constexpr qsizetype mostPieces = 12; // each is tried against each

/// Pieces of a wish and the step that each belongs to. What is quoted stays whole.
struct Piece
{
    int step = 0;
    QString text;
    bool kept = true;
};

FollowUp alone(const Recipe &recipe, const QString &wish)
{
    return SamplerChanges(recipe, wish).all();
}

QStringList splitOutsideQuotes(const QString &text, const QRegularExpression &border)
{
    static const QRegularExpression quoted = expression("[\"“„«][^\"”“»]*[\"”“»]");
    QString masked = text;
    for (auto names = quoted.globalMatch(text); names.hasNext();) {
        const auto name = names.next();
        masked.replace(name.capturedStart(), name.capturedLength(), QString(name.capturedLength(), QLatin1Char('x')));
    }
    QStringList parts;
    qsizetype from = 0;
    for (auto borders = border.globalMatch(masked); borders.hasNext();) {
        const auto match = borders.next();
        parts.append(text.mid(from, match.capturedStart() - from).trimmed());
        from = match.capturedEnd();
    }
    return parts << text.mid(from).trimmed();
}

QStringList stepsOf(const QString &wish)
{
    static const QRegularExpression then(
        QStringLiteral(
            "(?:[.;,!]\\s*|\\s)(?:(?:and|und|but|aber)\\s+)?(?:then|dann|danach|anschließend|afterwards|after "
            "that)\\b,?\\s*|[.;!]\\s*(?:Then|Dann|Danach|Afterwards)\\b,?\\s*|"
            "[,;]\\s*(?:and |und )?(?:later|finally|später|schließlich)\\b\\s*"),
        QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression first =
        expression("^((?:make|mach) (?:it|es) )?(?:at first|first|erst|zuerst)\\s+");
    QStringList steps = splitOutsideQuotes(wish, then);
    steps[0].replace(first, QStringLiteral("\\1"));
    return steps;
}

/// "make the buttons red, then green" is about the buttons; "call it Tide, then Ebb" about the name.
QString completed(const QString &piece, const QString &before)
{
    static const QRegularExpression thing =
        expression("\\b(?:background|accent|buttons?|hintergrund|akzent\\p{L}*|knöpfe?n?|knopf|schaltflächen?)\\b");
    static const QRegularExpression target = expression("^(?:back\\s+)?(?:in)?to\\b");
    static const QRegularExpression turned = expression("^(.*?)\\b(?:in)?to\\b");
    static const QRegularExpression named =
        expression("^.*?\\b(?:(?:call|name)\\s+(?:it|this|the app)|nenne?\\s+(?:es|sie|das|die app))(?=\\s)");
    if (const auto start = turned.match(before); start.hasMatch() && target.match(piece).hasMatch())
        return start.captured(1) + piece;
    if (const auto about = thing.match(before); about.hasMatch() && !thing.match(piece).hasMatch() &&
                                                lookIn(inEnglish(piece.toLower())).hue &&
                                                piece.count(QLatin1Char(' ')) < 2)
        return about.captured() + QLatin1Char(' ') + piece;
    if (const auto verb = named.match(before); verb.hasMatch() && !named.match(piece).hasMatch() &&
                                               lookIn(inEnglish(piece.toLower())) == Look() && hasOwnWords(piece) &&
                                               piece.count(QLatin1Char(' ')) < 3)
        return verb.captured() + QLatin1Char(' ') + piece;
    return piece;
}

QList<Piece> piecesOf(const QStringList &steps)
{
    static const QRegularExpression border = expression("[.;,!]\\s+|\\s(?:and|und|but|aber)\\s");
    QList<Piece> pieces;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const qsizetype before = pieces.size() - 1;
        for (const QString &text : splitOutsideQuotes(steps[i], border))
            if (!text.isEmpty())
                pieces.append({int(i), before < 0 ? text : completed(text, pieces[before].text)});
    }
    return pieces;
}

/// What differs, as a set of names; the order of parts and sections says nothing.
QStringList differences(const Recipe &a, const Recipe &b)
{
    const auto sorted = [](QStringList list) {
        list.sort();
        return list;
    };
    const std::pair<const char *, bool> fields[]{{"kind", a.kind == b.kind},
                                                 {"domain", a.domain == b.domain},
                                                 {"language", a.language == b.language},
                                                 {"title", a.title == b.title},
                                                 {"mode", a.mode == b.mode},
                                                 {"hue", a.hue == b.hue},
                                                 {"accent", a.accent == b.accent && a.exact == b.exact},
                                                 {"tinted", a.tinted == b.tinted},
                                                 {"chroma", qFuzzyCompare(1 + a.chroma, 1 + b.chroma)},
                                                 {"style", a.style == b.style},
                                                 {"layout", a.layout == b.layout},
                                                 {"font", a.font == b.font},
                                                 {"radius", a.radius == b.radius},
                                                 {"gap", a.gap == b.gap},
                                                 {"scale", qFuzzyCompare(a.scale, b.scale)},
                                                 {"sections", sorted(a.sections) == sorted(b.sections)},
                                                 {"renames", a.renames == b.renames},
                                                 {"extras", sorted(a.extras) == sorted(b.extras)}};
    QStringList list;
    for (const auto &[name, same] : fields)
        if (!same)
            list.append(QLatin1String(name));
    return list;
}

/// Nothing is left of the first when the second follows.
bool isOvertaken(const Recipe &recipe, const QString &first, const QString &second)
{
    const Recipe one = alone(recipe, first).recipe;
    const Recipe other = alone(recipe, second).recipe;
    const Recipe both = alone(one, second).recipe;
    if (differences(both, alone(other, first).recipe).isEmpty())
        return false; // in any order the same
    const QStringList overwritten = differences(one, both);
    const QStringList changed = differences(recipe, one);
    return differences(both, other).isEmpty() ||
           std::all_of(changed.begin(), changed.end(),
                       [&overwritten](const QString &field) { return overwritten.contains(field); });
}

/// The wish without what its own later steps overtake.
QString lastWords(const Recipe &recipe, const QString &wish, const QStringList &steps)
{
    QList<Piece> pieces = piecesOf(steps);
    if (pieces.size() > mostPieces)
        return wish;
    bool all = true;
    for (Piece &piece : pieces) {
        piece.kept = std::none_of(pieces.begin(), pieces.end(), [&](const Piece &later) {
            return later.step > piece.step && isOvertaken(recipe, piece.text, later.text);
        });
        all = all && piece.kept;
    }
    if (all)
        return wish;
    QStringList kept;
    for (const Piece &piece : std::as_const(pieces))
        if (piece.kept)
            kept.append(piece.text);
    return kept.join(QLatin1String(", "));
}

/// -1, 0 or 1 for each thing that has a size.
std::array<int, 3> growth(const Recipe &from, const Recipe &to)
{
    const auto sign = [](double before, double after) {
        return qFuzzyCompare(before, after) ? 0 : after > before ? 1 : -1;
    };
    return {sign(from.scale, to.scale), sign(1 + from.radius, 1 + to.radius), sign(from.gap, to.gap)};
}

/// "Bigger text, then smaller": sizes are counted from where the step before left them; what is said is what is left.
void countSizes(const Recipe &current, const QStringList &steps, const Voice &say, FollowUp &whole)
{
    QList<FollowUp> all{{current, {}, {}}};
    for (const QString &step : steps) {
        all.append(alone(all.last().recipe, step));
        if (all.last().done.isEmpty() || !all.last().refused.isEmpty())
            return;
    }
    const Recipe &last = all.last().recipe;
    QStringList other = differences(last, whole.recipe);
    const bool same = other.isEmpty();
    other.removeIf([](const QString &field) { return QStringLiteral("scale radius gap").contains(field); });
    if (same || !other.isEmpty())
        return;
    const std::array<int, 3> net = growth(current, last);
    whole = {last, {}, {}};
    for (qsizetype i = 1; i < all.size(); ++i) {
        const std::array<int, 3> step = growth(all[i - 1].recipe, all[i].recipe);
        if (std::equal(step.begin(), step.end(), net.begin(), [](int a, int b) { return a == 0 || a == b; }))
            whole.done += all[i].done;
    }
    whole.done.removeDuplicates();
    if (differences(current, last).isEmpty())
        whole.refused = {say(QStringLiteral("One step takes back the other, so nothing is different."))};
}

/// A step such as "then add it again" has no words of its own and did nothing.
void tellEmptySteps(const Recipe &current, const QStringList &steps, const Voice &say, FollowUp &whole)
{
    for (const QString &step : steps.mid(1))
        if (saysAny(inEnglish(step.toLower()), "add|remove|delete|hide|show|bring|again") && !hasOwnWords(step) &&
            whole.understood() && alone(current, step).done.isEmpty())
            whole.refused.append(say(QStringLiteral("I did not understand: %1.")).arg(quotedList({step}, say.german)));
}

} // namespace

FollowUp followUp(const Recipe &current, const QString &wish)
{
    const QString text = plain(wish);
    const QStringList steps = stepsOf(text);
    if (steps.size() < 2)
        return alone(current, wish);
    const Voice say{isGerman(text.toLower())};
    const QString last = lastWords(current, text, steps);
    FollowUp whole = alone(current, last);
    if (last == text) {
        countSizes(current, steps, say, whole);
        tellEmptySteps(current, steps, say, whole);
    }
    return whole;
}

} // namespace Flotilla
