// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla::SamplerWords {

/// True when a lower-case text is German, as far as the sampler knows that language.
bool isGerman(const QString &lower);
/// How the sampler answers: a German wish in German. Its sentences, in English, are the keys of
/// resources/sampler/answers.json; one that is not there stays English.
struct Voice
{
    bool german = false;
    QString operator()(const QString &english) const;
};
/// The words by which something is asked for, in English (resources/sampler/german.json); all others stay. A text that
/// is not German comes back as it is.
QString inEnglish(const QString &lower);
/// Slips in lower-case words of command are corrected ("make the ttile"); names and other words keep their letters.
QString withoutSlips(const QString &text);
/// Without what is not wanted: "less blue and more green" asks for green, "not dark" for light, "red, no, blue" for
/// blue.
QString wanted(const QString &lower);

} // namespace Flotilla::SamplerWords
