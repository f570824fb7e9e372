// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"

class QVBoxLayout;

namespace Flotilla {

/// A card of settings: a title and a sentence on the left, the control on the right, thin lines between the rows.
class FormCard : public Card
{
    Q_OBJECT

public:
    explicit FormCard(QWidget *parent = nullptr);
    void addRow(const QString &title, const QString &text, QWidget *control);
    void addWide(QWidget *widget);

private:
    void addSeparator();
    QVBoxLayout *m_layout;
};

/// A page of settings: a heading, then cards, 680 px wide, scrolled when it must be.
class SettingsSection : public QWidget
{
    Q_OBJECT

public:
    SettingsSection(const QString &title, const QString &text, QWidget *parent = nullptr);

protected:
    QVBoxLayout *content() const { return m_content; }
    void addHeading(const QString &text);

private:
    QVBoxLayout *m_content;
};

} // namespace Flotilla
