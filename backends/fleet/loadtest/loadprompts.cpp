// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadprompts.h"

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

} // namespace Flotilla
