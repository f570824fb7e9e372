// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/sampler/samplerfollowup.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerparts.h"

#include <QRegularExpression>

#include <optional>

namespace Flotilla {

/// Reads a later wish, one kind of change after the other; what followUp() works with. Every change says what it did,
/// or why nothing is different: `done` never holds what did not happen.
class SamplerChanges
{
public:
    SamplerChanges(const Recipe &current, const QString &wish);
    FollowUp all();

private:
    void changes();
    void cut(const QString &text); ///< what was read: it asks for nothing else
    Recipe &recipe() { return m_result.recipe; }
    const Recipe &recipe() const { return m_result.recipe; }
    QString say(const QString &english) const { return m_words(english); }
    QString say(const char *english) const { return m_words(QString::fromUtf8(english)); }
    QStringList said(QStringList english) const;
    void done(const QString &what) { m_result.done.append(what); }
    void refuse(const QString &why) { m_result.refused.append(why); }
    /// Says `what` when the recipe differs from `before`, else `already`.
    void tell(const Recipe &before, const QString &what, const QString &already);
    void set(QString Recipe::*field, const QString &value, const QString &what, const QString &already);

    // What it is and how things are called.
    bool courtesy();
    bool question();
    void undo();
    void otherKind();
    void becomeKind(const SamplerParts::Kind &kind, const QString &target);
    bool names();
    void title();
    QString titleIn() const;
    void cutNames();
    QString knownName(const QString &text) const;
    void language();

    // How it looks.
    void look();
    void colours(const QString &text);
    void textColour();
    void groundMode(const QString &exact);
    void whiteGround(const QString &words);
    void mode(const QString &wanted);
    void textSize();
    void corners();
    void spacing();
    void typeface();
    void layout();
    void surprise();

    // What is in it.
    void addedSections();
    QString takeSectionTitle();
    bool isNoTitle(const QString &title);
    void addSection(QString title);
    void onlySections();
    void allSections();
    void sections();
    void clause(const QString &text, bool away);
    bool removedSection(const QString &text);
    void section(const QString &name, bool wanted);

    // What nothing was done about.
    void leftOver();
    bool bareParts(const QString &clause);
    bool isDone(const QString &clause);
    QString noSuchPart() const;

    Recipe m_before;
    FollowUp m_result;
    QString m_wish;         ///< as it was written, without slips in words of command
    QString m_lower;        ///< lower case, in English, without names
    QString m_rest;         ///< as it was written, without names: all that has to be answered
    bool m_ordered = false; ///< it asked for another order of parts
    QStringList m_named;    ///< parts that the wish added or removed
    SamplerWords::Voice m_words;
};

namespace SamplerWords {
bool isQuestion(const QString &lower);
QRegularExpression expression(const char *text);
/// The parts of this kind of app that a text names.
QStringList knownSections(const SamplerParts::Kind *kind, const QString &lower);
/// A part that some kind of app has.
bool namesForeignSection(const QString &text);
void cutSection(QString &lower, const QString &section);
} // namespace SamplerWords

} // namespace Flotilla
