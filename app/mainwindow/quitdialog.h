// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;

namespace Flotilla {

enum class QuitChoice { Keep, Stop };

/// Asks once whether running apps go on or stop. Cancel and Esc stay.
class QuitDialog : public QDialog
{
    Q_OBJECT

public:
    QuitDialog(int runningApps, QWidget *parent);

Q_SIGNALS:
    void chosen(Flotilla::QuitChoice choice, bool remember);

private:
    void choose(QuitChoice choice);
    QCheckBox *m_remember;
};

} // namespace Flotilla
