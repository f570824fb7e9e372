// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/keysheet.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace Flotilla {

namespace {

constexpr int sheetWidth = 520;

QList<std::pair<QString, QString>> keys()
{
    return {
        {KeySheet::tr("F11"), KeySheet::tr("the whole screen, for an audience, and back")},
        {KeySheet::tr("Esc"), KeySheet::tr("one step back; it never ends the run")},
        {KeySheet::tr("Space"), KeySheet::tr("freeze the view; the run goes on")},
        {QStringLiteral("1  2  3"), KeySheet::tr("colours, pictures, pictures with a few real apps")},
        {QStringLiteral("+  −"), KeySheet::tr("larger and smaller cells")},
        {KeySheet::tr("Arrows, Enter"), KeySheet::tr("choose an app, open it")},
        {QStringLiteral("M"), KeySheet::tr("mark this moment in the charts and the report")},
        {QStringLiteral("C"), KeySheet::tr("the next chart")},
        {QStringLiteral("E"), KeySheet::tr("the end card")},
        {QStringLiteral("X"), KeySheet::tr("end the run; it asks first")},
        {QStringLiteral("H"), KeySheet::tr("hide the buttons and the hint at the keys")},
        {QStringLiteral("?"), KeySheet::tr("these keys")},
    };
}

} // namespace

KeySheet::KeySheet(QWidget *over)
    : Sheet(over, tr("Keys"), sheetWidth)
{
    setObjectName(QStringLiteral("keySheet"));
    cancelButton()->setText(tr("Close"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(Space::xl);
    grid->setVerticalSpacing(Space::s);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[key, text] : keys()) {
        grid->addWidget(makeLabel(key, TextSize::Base, Tone::Text, QFont::DemiBold), row, 0);
        QLabel *meaning = makeLabel(text, TextSize::Base, Tone::Muted);
        meaning->setWordWrap(true);
        grid->addWidget(meaning, row++, 1);
    }
    body()->addLayout(grid);
}

void KeySheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Question)
        cancelButton()->click();
    else
        Sheet::keyPressEvent(event);
}

} // namespace Flotilla
