// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadprompts.h"

#include "backends/fleet/loadtest/loadwords.h"

#include <QFile>
#include <QStringDecoder>

#include <array>
#include <numeric>

namespace Flotilla {

namespace {

constexpr std::array kinds{
    "a habit tracker",     "a kanban board",     "a to-do list",        "a pomodoro timer",
    "a recipe collection", "an expense tracker", "a reading list",      "a quiz",
    "a flashcard trainer", "a landing page",     "a packing list",      "a meal planner",
    "a workout log",       "a water reminder",   "a mood journal",      "a unit converter",
    "a tip calculator",    "a countdown",        "a stopwatch",         "a poll",
    "a feedback form",     "a price list",       "a small shop",        "a photo gallery",
    "a portfolio",         "an event schedule",  "a seating plan",      "a guest list",
    "a scoreboard",        "a memory game",      "a tic-tac-toe game",  "a snake game",
    "a drawing board",     "a colour picker",    "a weather dashboard", "a sales dashboard",
    "a chat window",       "a ticket list",      "an inventory",        "a calendar",
    "a sleep diary",       "a plant diary",      "a savings goal",      "a split-the-bill calculator",
    "a word counter",      "a note board",       "a bookmark list",     "a music quiz",
    "a travel journal",    "a language trainer",
};
constexpr std::array audiences{
    "a bakery",        "a school class",    "a rowing club",      "beekeepers",      "a small hotel",
    "night nurses",    "a book club",       "a climbing gym",     "a food truck",    "new parents",
    "a chess team",    "a flower shop",     "a theatre group",    "a bike workshop", "a vet",
    "a choir",         "a lighthouse",      "a co-working space", "a dance studio",  "a pottery class",
    "a football team", "a museum",          "a tea house",        "an orchard",      "a ski school",
    "a library",       "an astronomy club", "a dog trainer",      "a wedding",       "a street market",
    "a sailing crew",  "a yoga teacher",    "a record shop",      "a ferry",         "a kindergarten",
    "a fire brigade",  "an ice cream bar",  "a surf camp",        "a barber",        "a community garden",
};
constexpr std::array looks{
    "",
    " in teal",
    " in dark colours",
    " with a warm look",
    " in forest green",
    " with big buttons",
    " in purple and yellow",
    " with a calm, light look",
    " in coral",
    " with rounded corners",
    " in navy blue",
    " in black and white",
};

constexpr int promptCount = int(kinds.size() * audiences.size() * looks.size());

/// A step that visits every index once: coprime to the count.
int stride(quint64 seed)
{
    int step = int(7919 + seed % 1009 * 2);
    while (std::gcd(step, promptCount) != 1)
        ++step;
    return step;
}

constexpr qint64 largestFile = 2'000'000;

} // namespace

int loadPromptCount()
{
    return promptCount;
}

QString loadPrompt(int index, quint64 seed)
{
    const qint64 at = (qint64(index) * stride(seed) + qint64(seed % quint64(promptCount))) % promptCount;
    const size_t kind = size_t(at) % kinds.size();
    const size_t audience = size_t(at) / kinds.size() % audiences.size();
    const size_t look = size_t(at) / kinds.size() / audiences.size();
    return QString::fromUtf8(kinds[kind]) + QLatin1String(" for ") + QString::fromUtf8(audiences[audience]) +
           QString::fromUtf8(looks[look]);
}

Result<QStringList> loadPromptsFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, LoadWords::tr("The prompts %1 cannot be read.").arg(path),
                     file.errorString()};
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return Error{ErrorKind::Invalid, LoadWords::tr("The prompts %1 are larger than 2 MB.").arg(path), {}};
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    if (decoder.hasError() || bytes.contains('\0'))
        return Error{ErrorKind::Invalid, LoadWords::tr("%1 is not a text file in UTF-8.").arg(path), {}};
    QStringList prompts;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString &line : lines)
        if (const QString prompt = line.trimmed(); !prompt.isEmpty())
            prompts.append(prompt);
    if (prompts.isEmpty())
        return Error{ErrorKind::Invalid, LoadWords::tr("%1 has no prompts. Write one a line.").arg(path), {}};
    return prompts;
}

} // namespace Flotilla
