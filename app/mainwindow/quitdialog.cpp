// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow/quitdialog.h"

#include "widgets/common/controls.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int quitTextWidth = 420;
}

QuitDialog::QuitDialog(int runningApps, QWidget *parent)
    : QDialog(parent)
    , m_remember(new QCheckBox(tr("Remember, and do not ask again")))
{
    setObjectName(QStringLiteral("quitDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Quit Flotilla"));
    auto *text =
        makeLabel(tr("Apps can go on without the window and are here again at the next start. Stopped ones start "
                     "again when you open them. Nothing is lost either way."),
                  TextSize::Base, Tone::Muted);
    text->setWordWrap(true);
    text->setFixedWidth(quitTextWidth);
    auto *cancel = makeButton(tr("Cancel"), QStringLiteral("quitCancelQPushButton"), ButtonKind::Quiet);
    auto *stop = makeButton(tr("Stop %n app(s)", nullptr, runningApps), QStringLiteral("quitStopQPushButton"));
    auto *keep = makeButton(tr("Keep running"), QStringLiteral("quitKeepQPushButton"), ButtonKind::Primary);
    keep->setDefault(true);
    m_remember->setObjectName(QStringLiteral("quitRememberQCheckBox"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton *button : {cancel, stop, keep})
        buttons->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::xl, Space::xl, Space::xl, Space::l);
    layout->setSpacing(Space::m);
    layout->addWidget(
        makeLabel(tr("%n app(s) are running", nullptr, runningApps), TextSize::Large, Tone::Text, QFont::Bold));
    layout->addWidget(text);
    layout->addWidget(m_remember);
    layout->addSpacing(Space::s);
    layout->addLayout(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    keep->setFocus(); // not before it is in the dialog: the box would come first
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(stop, &QPushButton::clicked, this, [this] { choose(QuitChoice::Stop); });
    connect(keep, &QPushButton::clicked, this, [this] { choose(QuitChoice::Keep); });
}

void QuitDialog::choose(QuitChoice choice)
{
    Q_EMIT chosen(choice, m_remember->isChecked());
    accept();
}

} // namespace Flotilla
