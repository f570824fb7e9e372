// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QWebEngineProfile;

namespace Flotilla {

class HeroCard;
class LoadBoard;

/// Three real previews of apps that are live, one exchanged for a newer one every few seconds. Made when it is first
/// shown; without a web view the cards show their names only.
class HeroRow : public QWidget
{
    Q_OBJECT

public:
    HeroRow(LoadBoard *board, std::function<QUrl(const AppId &)> url, QWidget *parent = nullptr);
    ~HeroRow() override;
    void setStage(double scale); ///< as stageScale(); 0: in the window
    static constexpr int cards = 3;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void turn();
    int nextApp();
    LoadBoard *m_board;
    std::function<QUrl(const AppId &)> m_url;
    std::unique_ptr<QWebEngineProfile> m_profile;
    std::vector<HeroCard *> m_cards; // their pages go before the profile
    QTimer m_timer;
    int m_turn = 0;
    int m_last = -1;
};

} // namespace Flotilla
