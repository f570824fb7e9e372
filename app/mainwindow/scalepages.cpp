// SPDX-License-Identifier: GPL-3.0-or-later
// The Scale screen in the window.
#include "app/mainwindow/mainwindow.h"

#include "app/mainwindow/rail.h"
#include "backends/storage/settingsservice.h"
#include "widgets/common/async.h"
#include "widgets/home/homecontroller.h"
#include "widgets/hosts/hostsession.h"
#include "widgets/loadtest/hostpicker.h"
#include "widgets/loadtest/scalepage.h"

#include <QLayout>
#include <QStackedWidget>

namespace Flotilla {

void MainWindow::setScale(ScaleFactory makeScalePage)
{
    m_makeScalePage = std::move(makeScalePage);
    m_rail->setPageVisible(Scale, bool(m_makeScalePage));
}

ScalePage *MainWindow::scalePage()
{
    if (m_scale || !m_makeScalePage)
        return m_scale;
    m_scale = m_makeScalePage();
    m_stack->addWidget(m_scale);
    const auto models = [this](const QList<ModelChoice> &choices) {
        m_scale->setModels(choices, m_services.settings->string(Setting::DefaultModel));
    };
    connect(m_controller, &HomeController::modelsChanged, m_scale, models);
    m_controller->loadModels();
    showHostChoices();
    if (m_hostSession) {
        connect(m_hostSession, &HostSession::hostChanged, m_scale, [this] { showHostChoices(); });
        connect(m_hostSession, &HostSession::hostRemoved, m_scale, [this] { showHostChoices(); });
    }
    connect(m_scale, &ScalePage::openAppRequested, this, [this](const AppId &id) {
        openApp(id);
        showStage(false);
    });
    connect(m_scale, &ScalePage::backRequested, this, [this] { showPage(Home); });
    connect(m_scale, &ScalePage::showModeChanged, this, &MainWindow::showStage);
    return m_scale;
}

/// This computer is always there and not listed.
void MainWindow::showHostChoices()
{
    if (!m_hostSession)
        return;
    whenDone(m_hostSession->hosts(), m_scale, [this](const Result<QList<HostCard>> &cards) {
        QList<HostChoice> choices;
        for (const HostCard &card : cards.ok() ? *cards : QList<HostCard>())
            if (!card.config.target.isEmpty())
                choices.append({card.config.id.value, card.config.label,
                                card.state == HostState::Ready ? QString() : card.stateText});
        m_scale->setHosts(choices);
    });
}

// Everything but the page goes, and the window fills the screen; the way it was comes back.
void MainWindow::showStage(bool stage)
{
    if (m_onStage == stage)
        return;
    m_onStage = stage;
    if (!stage && m_scale->isShow())
        m_scale->toggleShow();
    m_rail->setVisible(!stage);
    for (int i = 0; i < m_banners->count(); ++i)
        m_banners->itemAt(i)->widget()->setVisible(!stage);
    if (stage)
        m_wasFullScreen = windowState().testFlag(Qt::WindowFullScreen);
    setWindowState(stage || m_wasFullScreen ? windowState() | Qt::WindowFullScreen
                                            : windowState() & ~Qt::WindowFullScreen);
}

} // namespace Flotilla
