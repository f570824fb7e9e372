// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/homeheader.h"

#include "widgets/common/card.h"
#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/flowlayout.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"
#include "widgets/home/promptbox.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int searchWidth = 220;

struct Idea
{
    const char *title;
    const char *wish;
};
constexpr Idea ideas[] = {
    {QT_TRANSLATE_NOOP("HomeHeader", "Kanban for a bakery"),
     QT_TRANSLATE_NOOP("HomeHeader",
                       "A kanban board for a small bakery: orders move from asked to baking to ready, with "
                       "the pick-up time on each card, in warm bread colours")},
    {QT_TRANSLATE_NOOP("HomeHeader", "Quiz about moss"),
     QT_TRANSLATE_NOOP("HomeHeader",
                       "A quiz about moss with ten questions, a friendly explanation after each answer and "
                       "a score at the end, in forest greens")},
    {QT_TRANSLATE_NOOP("HomeHeader", "River dashboard"),
     QT_TRANSLATE_NOOP("HomeHeader", "A dashboard of river levels with a chart per station, a warning above the limit "
                                     "and a dark theme")},
};

QString translatedIdea(const char *text)
{
    return QCoreApplication::translate("HomeHeader", text);
}

} // namespace

HomeHeader::HomeHeader(QWidget *parent)
    : QWidget(parent)
    , m_prompt(new PromptBox)
    , m_tabs(new SegmentedControl)
    , m_search(new QLineEdit)
    , m_count(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_firstRun(firstRunCard())
    , m_bar(galleryBar())
    , m_empty(new EmptyState)
{
    auto *title = makeLabel(tr("What shall we float?"), TextSize::Hero, Tone::Text, QFont::Bold);
    title->setAlignment(Qt::AlignHCenter);
    m_prompt->setMaximumWidth(Metric::promptWidth + 2 * ShadowFrame::spread);
    m_empty->setMinimumHeight(240);
    m_empty->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::page, Space::page + Space::m, Space::page, Space::m);
    layout->setSpacing(0);
    layout->addWidget(title);
    auto *center = new QHBoxLayout;
    center->addStretch(1);
    center->addWidget(m_prompt, 100);
    center->addStretch(1);
    layout->addLayout(center);
    layout->addWidget(ideaRow());
    layout->addWidget(m_firstRun);
    layout->addSpacing(Space::xl);
    layout->addWidget(m_bar);
    layout->addWidget(m_empty);
    m_firstRun->hide();
}

QWidget *HomeHeader::ideaRow()
{
    auto *row = new QWidget;
    auto *layout = new FlowLayout(row, true);
    for (const Idea &idea : ideas) {
        auto *chip = new Chip(translatedIdea(idea.title));
        connect(chip, &Chip::clicked, this, [this, &idea] { m_prompt->setText(translatedIdea(idea.wish)); });
        layout->addWidget(chip);
    }
    auto *picture = new Chip(tr("Start from a picture…"));
    connect(picture, &Chip::clicked, m_prompt, &PromptBox::chooseImages);
    layout->addWidget(picture);
    auto *import = new Chip(tr("Import…"));
    import->setObjectName(QStringLiteral("importChip"));
    import->setToolTip(tr("A zip or tar archive, as the export makes it. You can also drop one here, or a folder."));
    connect(import, &Chip::clicked, this, &HomeHeader::importRequested);
    layout->addWidget(import);
    return row;
}

QWidget *HomeHeader::firstRunCard()
{
    auto *holder = new QWidget;
    holder->setObjectName(QStringLiteral("firstRunCard"));
    auto *card = new Card(nullptr, Card::Fill::Accent);
    card->setMaximumWidth(Metric::promptWidth);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(tr("You are using the built-in sampler, not a language model"), TextSize::Base,
                               Tone::Text, QFont::DemiBold));
    auto *text = makeLabel(tr("It puts sample apps together from parts, offline and free. Add a key or a local model "
                              "to have anything built."));
    text->setWordWrap(true);
    words->addWidget(text);
    auto *add = makeButton(tr("Add a model"), QStringLiteral("addModelQPushButton"));
    auto *close = makeIconButton(QStringLiteral("close"), tr("Dismiss"), QStringLiteral("firstRunCloseQToolButton"));
    auto *layout = new QHBoxLayout(card);
    layout->setContentsMargins(Space::l, Space::m, Space::s, Space::m);
    layout->setSpacing(Space::m);
    layout->addLayout(words, 1);
    layout->addWidget(add);
    layout->addWidget(close);
    auto *center = new QHBoxLayout(holder);
    center->setContentsMargins(ShadowFrame::spread, Space::l, ShadowFrame::spread, 0); // as wide as the field above
    center->addStretch(1);
    center->addWidget(card, 100);
    center->addStretch(1);
    connect(add, &QPushButton::clicked, this, &HomeHeader::addModelRequested);
    connect(close, &QToolButton::clicked, this, [this] {
        setFirstRun(false);
        Q_EMIT firstRunDismissed();
    });
    return holder;
}

QWidget *HomeHeader::galleryBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::m);
    layout->addWidget(makeLabel(tr("Your apps"), TextSize::Large, Tone::Text, QFont::Bold));
    m_count->setObjectName(QStringLiteral("appCountQLabel"));
    layout->addWidget(m_count);
    layout->addStretch();
    m_tabs->setObjectName(QStringLiteral("galleryTabs"));
    m_tabs->setAccessibleName(tr("Which apps"));
    for (const QString &name : {tr("All"), tr("Running"), tr("Starred")})
        m_tabs->addSegment(name);
    layout->addWidget(m_tabs);
    m_search->setObjectName(QStringLiteral("searchQLineEdit"));
    m_search->setAccessibleName(tr("Search your apps"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(searchWidth);
    layout->addWidget(m_search);
    return bar;
}

void HomeHeader::setFirstRun(bool visible)
{
    m_firstRun->setVisible(visible);
}

void HomeHeader::setCounts(int all, int running, int starred)
{
    m_count->setText(all > 0 ? formatCount(all) : QString());
    m_tabs->setCount(1, running > 0 ? running : -1);
    m_tabs->setCount(2, starred > 0 ? starred : -1);
    m_bar->setVisible(all > 0);
}

} // namespace Flotilla
