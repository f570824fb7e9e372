// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace Flotilla {

class Card;
class EmptyState;
class PromptBox;
class SegmentedControl;

/// Everything above the cards: the question, the prompt, ideas, the first-run card, the tabs and the search, and what
/// stands there when no card does.
class HomeHeader : public QWidget
{
    Q_OBJECT

public:
    explicit HomeHeader(QWidget *parent = nullptr);

    PromptBox *prompt() const { return m_prompt; }
    SegmentedControl *tabs() const { return m_tabs; }
    QLineEdit *search() const { return m_search; }
    EmptyState *empty() const { return m_empty; }
    void setFirstRun(bool visible);
    void setCounts(int all, int running, int starred);

Q_SIGNALS:
    void addModelRequested();
    void importRequested();
    void firstRunDismissed();

private:
    QWidget *ideaRow();
    QWidget *firstRunCard();
    QWidget *galleryBar();

    PromptBox *m_prompt;
    SegmentedControl *m_tabs;
    QLineEdit *m_search;
    QLabel *m_count;
    QWidget *m_firstRun;
    QWidget *m_bar;
    EmptyState *m_empty;
};

} // namespace Flotilla
