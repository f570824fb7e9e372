// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"

#include <QAbstractButton>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;

namespace Flotilla {

/// Puts `content`, no wider than reads well, into a scroll area of `page`, and below it `footer`, which is always seen.
void setupPage(QWidget *page, QWidget *content, QWidget *footer);

/// A large number to choose, with a few words below.
class PresetTile : public QAbstractButton
{
    Q_OBJECT

public:
    PresetTile(const QString &number, const QString &caption);
    QSize sizeHint() const override { return {180, 84}; }
    QSize minimumSizeHint() const override { return {120, 84}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_caption;
};

/// A card with a word at the left of each row and a control at its right.
class SetupForm : public Card
{
    Q_OBJECT

public:
    explicit SetupForm(QWidget *parent = nullptr);
    void addRow(const QString &word, QWidget *control, QWidget *more = nullptr);
    QSpinBox *addCount(const QString &word, int least, int most);
    QDoubleSpinBox *addSeconds(const QString &word, double least, double most);
    QLineEdit *addText(const QString &word, const QString &placeholder, const QString &objectName);
    /// With `most` above 0 a number of seconds beside the choice.
    QComboBox *addChoice(const QString &word, const QStringList &choices, QDoubleSpinBox **seconds, double least,
                         double most);

private:
    QGridLayout *m_grid;
    int m_rows = 0;
};

/// One finding about this machine.
class CheckLine : public QWidget
{
    Q_OBJECT

public:
    CheckLine(bool fine, const QString &text);
};

/// What a run is measured against.
class ReferenceCard : public Card
{
    Q_OBJECT

public:
    explicit ReferenceCard(QWidget *parent = nullptr);
};

} // namespace Flotilla
