// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QWidget>

#include <functional>

class QPushButton;
class QStackedWidget;
class QHBoxLayout;
class QVBoxLayout;

namespace Flotilla {

class Card;
class ChartDeck;
class Chip;
class CounterStrip;
class EmptyState;
class EndCard;
class HeroRow;
class HonestyStrip;
class LoadBoard;
class WallLegend;
class WallPictures;
class WallView;

/// A run while it happens and after it: counter, wall, charts, honesty strip, end card. Presenter's keys: F11 show,
/// Space freeze, 1 2 3 zoom, + - size of the cells, M mark, H buttons, C next chart, E end card, X end the run (asks
/// first), ? all of them, Esc one step back. No key ends the run at once.
class RunView : public QWidget
{
    Q_OBJECT

public:
    /// Makes the row of real previews for zoom 3; none: that zoom shows pictures.
    using HeroFactory = std::function<HeroRow *(LoadBoard *)>;
    RunView(LoadBoard *board, WallPictures *pictures, HeroFactory makeHeroes, QWidget *parent = nullptr);

    void setShow(bool show);
    bool isShow() const { return m_show; }
    void setZoom(int zoom);
    void showEndCard(bool shown);
    bool showsEndCard() const;
    void takeFocus(); ///< to what the presenter's keys go to
    WallView *wall() const { return m_wall; }
    ChartDeck *deck() const { return m_deck; }
    HonestyStrip *honesty() const { return m_honesty; }
    EndCard *endCard() const { return m_endCard; }

Q_SIGNALS:
    void cancelRequested();
    void showRequested(bool show);
    void markRequested();
    void openRequested(const Flotilla::AppId &app);
    void reportRequested();
    void exportRequested(const QString &format); ///< "csv", "json"
    void newRunRequested();
    void backRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupBody();
    QWidget *makeTop();
    QWidget *makeActions();
    void connectBoard();
    void refresh();
    void updateChips();
    void fitStage();
    bool handleKey(int key);
    void showKeys();
    void goBack();
    void ensureHeroes();

    LoadBoard *m_board;
    HeroFactory m_makeHeroes;
    QStackedWidget *m_stack;
    CounterStrip *m_counter;
    Chip *m_state;
    Chip *m_frozen;
    QWidget *m_actions;
    QPushButton *m_cancel;
    QPushButton *m_report;
    QPushButton *m_export;
    QPushButton *m_endButton;
    Card *m_wallCard;
    HeroRow *m_heroes = nullptr;
    QVBoxLayout *m_wallColumn;
    WallView *m_wall;
    WallLegend *m_legend;
    ChartDeck *m_deck;
    HonestyStrip *m_honesty;
    EndCard *m_endCard;
    EmptyState *m_none;
    QVBoxLayout *m_body;
    bool m_show = false;
    bool m_bare = false;
};

} // namespace Flotilla
