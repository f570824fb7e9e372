// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshots/scene.h"
#include "tests/support/samplefleet.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/filterbox.h"
#include "widgets/fleet/fleetactions.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/fleet/fleetview.h"
#include "widgets/hosts/hostspage.h"
#include "widgets/terminal/terminalpane.h"
#include "widgets/terminal/terminalview.h"

#include <QLineEdit>
#include <QPushButton>

namespace Flotilla {

namespace {

/// The window with a made-up fleet.
struct FleetScene
{
    FleetScene(Scene &shown, int apps, int hostCount)
        : scene(shown)
        , fleet(apps)
        , hosts(hostCount)
    {
        started = scene.start();
        if (!started)
            return;
        settle(hostCount);
        scene.window().setFleet(&fleet, &hosts);
        for (int i = 0; i < 24; ++i) { // so that the lines have a past
            fleet.tick(qMin(apps, 400));
            hosts.tick();
        }
    }
    /// Apps are only on hosts that there are, and the cards count them.
    void settle(int hostCount)
    {
        QHash<QString, int> counts;
        for (int i = 0; i < fleet.count(); ++i) {
            if (hostCount == 1)
                fleet.change(i, [](FleetRow &row) {
                    row.host = HostId{QStringLiteral("local")};
                    row.hostLabel = QStringLiteral("This computer");
                });
            counts[fleet.row(i).hostLabel] += !fleet.row(i).sandbox.isEmpty();
        }
        for (const char *label : {"This computer", "gpu-box", "studio-nas"}) {
            HostCard card = hosts.card(QString::fromLatin1(label));
            card.sandboxes = counts.value(card.config.label);
            if (!card.config.label.isEmpty())
                hosts.set(card);
        }
    }
    void show()
    {
        scene.window().showPage(MainWindow::Fleet);
        for (int i = 0; i < 24; ++i) {
            fleet.tick(qMin(fleet.count(), 10000));
            hosts.tick();
            page().model()->flush();
            Scene::wait(10);
        }
        Scene::wait(500);
    }
    FleetPage &page() const { return *scene.window().fleetPage(); }
    ~FleetScene()
    {
        if (started)
            scene.end(); // the window goes before what it shows
    }

    Scene &scene;
    SampleFleet fleet;
    SampleHosts hosts;
    bool started = false;
};

void fleetEmpty(Scene &scene)
{
    FleetScene shown(scene, 0, 1);
    shown.show();
    scene.take();
}

void fleetThree(Scene &scene)
{
    FleetScene shown(scene, 3, 1);
    shown.show();
    scene.take();
}

QList<FleetEvent> sampleEvents(const AppId &app)
{
    const std::pair<const char *, const char *> happened[] = {
        {"created", "Started on gpu-box in a Podman container."},
        {"host-lost", "gpu-box could not be reached for 40 s; the app went on running."},
        {"host-back", "gpu-box is back."},
        {"out-of-memory", "The app used more than its 512 MB of memory and was ended."},
        {"started", "Started again after the crash, the first of at most five tries."}};
    QList<FleetEvent> events;
    qint64 number = 0;
    for (const auto &[kind, text] : happened) {
        FleetEvent event;
        event.id = ++number;
        event.time = QDateTime::currentDateTimeUtc().addSecs(-4000 + number * 700);
        event.app = app;
        event.kind = QString::fromLatin1(kind);
        event.text = QString::fromLatin1(text);
        events.append(event);
    }
    return events;
}

QList<SnapshotInfo> sampleSnapshots()
{
    QList<SnapshotInfo> snapshots;
    for (const char *label : {"before the new chart", ""}) {
        SnapshotInfo one;
        one.id = SnapshotId{newId()};
        one.label = QString::fromLatin1(label);
        one.backend = QStringLiteral("podman");
        one.bytes = 2'400'000;
        one.created = QDateTime::currentDateTimeUtc().addSecs(-3000);
        snapshots.append(one);
    }
    return snapshots;
}

void fleetTwoHundred(Scene &scene)
{
    FleetScene shown(scene, 200, 3);
    shown.show();
    FleetPage &page = shown.page();
    page.showApp(page.model()->at(5).row.app);
    shown.fleet.eventList = sampleEvents(page.model()->at(5).row.app);
    shown.fleet.snapshotList = sampleSnapshots();
    for (const int row : {2, 5, 6})
        page.model()->setChecked(page.model()->at(row).row.app, true);
    Scene::wait(500);
    scene.takeAll();
    page.model()->clearChecks();
    for (const auto &[tab, name] :
         {std::pair(DetailPane::Logs, "logs"), std::pair(DetailPane::Files, "files"),
          std::pair(DetailPane::Events, "events"), std::pair(DetailPane::Snapshots, "snapshots")}) {
        page.showDetail(tab);
        Scene::wait(900);
        scene.take(QString::fromLatin1(name));
    }
    page.showDetail(DetailPane::Overview);
    page.filter()->setFilterText(QStringLiteral("hsot:gpu-box"));
    scene.take(QStringLiteral("filter-error"));
    page.filter()->setFilterText(QStringLiteral("zebra"));
    scene.take(QStringLiteral("no-match"));
    page.filter()->setFilterText({});
    page.model()->setRangeChecked(0, 40, true);
    page.actions()->run(FleetAction::Stop, page.model()->checkedApps());
    scene.take(QStringLiteral("confirm"));
    shown.fleet.failing = {{page.model()->at(1).row.app, QStringLiteral("gpu-box did not answer within 30 s.")},
                           {page.model()->at(4).row.app, QStringLiteral("The sandbox is busy with a snapshot.")}};
    scene.window().findChild<QPushButton *>(QStringLiteral("confirmQPushButton"))->click();
    Scene::wait(600);
    scene.take(QStringLiteral("failed-items"));
}

/// A shell session as someone might have had it, in the colours that programs use.
QByteArray shellSession()
{
    const QByteArray prompt = "bash-5.2$ ";
    return prompt + "ls -la\r\ntotal 20\r\ndrwxr-xr-x 4 app app  120 Nov 29 09:12 \x1b[1;34m.\x1b[0m\r\n" +
           "-rw-r--r-- 1 app app  214 Nov 29 09:12 index.html\r\ndrwxr-xr-x 2 app app   80 Nov 29 09:12 " +
           "\x1b[1;34msrc\x1b[0m\r\n-rwxr-xr-x 1 app app 1422 Nov 29 09:12 \x1b[1;32mserver.py\x1b[0m\r\n" + prompt +
           "curl -s localhost:$PORT/api/levels | head -3\r\n[\x1b[33m2.41\x1b[0m, \x1b[33m2.38\x1b[0m, " +
           "\x1b[33m2.44\x1b[0m]\r\n" + prompt + "tail -2 server.log\r\n\x1b[36m09:14:02\x1b[0m GET /api/levels " +
           "200\r\n\x1b[36m09:14:05\x1b[0m \x1b[31mstation 44 is silent\x1b[0m\r\n" + prompt;
}

void fleetTerminal(Scene &scene)
{
    FleetScene shown(scene, 60, 3);
    shown.fleet.terminal = [] { return readyFuture<SandboxTerminalHandle>(sampleTerminal(shellSession())); };
    shown.show();
    FleetPage &page = shown.page();
    page.showApp(shown.fleet.row(3).app);
    page.showDetail(DetailPane::Terminal);
    const TerminalPane *terminal = page.detail()->terminal();
    scene.expect(Scene::waitFor([&] { return terminal->state() == TerminalPane::State::Open; }, 20000),
                 "the terminal opens");
    Scene::wait(1500);
    scene.take();
    terminal->view()->openSearch();
    auto *field = terminal->view()->findChild<QLineEdit *>(QStringLiteral("findField"));
    for (const auto &[words, name] :
         {std::pair("", "search"), std::pair("levels", "search-found"), std::pair("zebra", "search-none")}) {
        field->setText(QString::fromLatin1(words));
        Scene::wait(600);
        scene.take(QString::fromLatin1(name));
    }
    page.showApp(shown.fleet.row(4).app);
    Scene::wait(300);
    scene.take(QStringLiteral("elsewhere"));
}

void fleetTenThousand(Scene &scene)
{
    FleetScene shown(scene, 10000, 3);
    shown.show();
    shown.fleet.startTicking(2000);
    FleetPage &page = shown.page();
    page.view()->scrollTo(page.model()->index(5000, 1));
    Scene::wait(1500);
    scene.take();
}

void fleetUnreachable(Scene &scene)
{
    FleetScene shown(scene, 60, 4);
    shown.show();
    shown.fleet.setHostReachable(QStringLiteral("gpu-box"), false);
    HostCard card = shown.hosts.card(QStringLiteral("gpu-box"));
    card.state = HostState::Unreachable;
    card.stateText = QStringLiteral("gpu-box does not answer at port 22 (connection timed out). Check that it is "
                                    "switched on and that you can reach its network.");
    card.unreachableSince = QDateTime::currentDateTimeUtc().addSecs(-95);
    card.retrySeconds = 30;
    shown.hosts.set(card);
    Scene::wait(600);
    scene.take();
    shown.page().showApp(shown.fleet.row(3).app); // lives there
    shown.page().showDetail(DetailPane::Terminal);
    Scene::wait(300);
    scene.take(QStringLiteral("terminal"));
}

void hosts(Scene &scene)
{
    FleetScene shown(scene, 20, 4);
    scene.window().showPage(MainWindow::Hosts);
    Scene::wait(500);
    scene.take();
    scene.window().hostsPage()->addHost();
    Scene::wait(500);
    scene.take(QStringLiteral("add"));
}

HostCard sampleHost(const QString &name, HostState state)
{
    HostCard card;
    card.config.id = HostId{name};
    card.config.label = name;
    card.config.target = QStringLiteral("build@%1.lab.example.org").arg(name);
    card.state = state;
    return card;
}

void hostsComing(Scene &scene)
{
    FleetScene shown(scene, 20, 3);
    HostCard preparing = sampleHost(QStringLiteral("render-farm"), HostState::Connecting);
    preparing.preparing = 42;
    preparing.stateText = QStringLiteral("Copying what apps need to render-farm: 31 of 74 MB.");
    HostCard draining = shown.hosts.card(QStringLiteral("studio-nas"));
    draining.config.draining = true;
    draining.config.capacity = 400;
    shown.hosts.set(draining);
    scene.window().showPage(MainWindow::Hosts);
    for (const HostCard &card : {preparing, sampleHost(QStringLiteral("workshop-pi"), HostState::Connecting)}) {
        shown.hosts.add(card.config);
        shown.hosts.set(card);
    }
    Scene::wait(500);
    scene.take();
    shown.show();
    scene.take(QStringLiteral("fleet"));
}

void hostsMany(Scene &scene)
{
    FleetScene shown(scene, 60, 4);
    for (int i = 1; i <= 24; ++i) {
        HostCard card = shown.hosts.card(QStringLiteral("gpu-box"));
        card.config = sampleHost(QStringLiteral("rack-%1").arg(i), HostState::Ready).config;
        shown.hosts.add(card.config);
        shown.hosts.set(card);
    }
    scene.window().showPage(MainWindow::Hosts);
    Scene::wait(500);
    scene.takeAll();
    shown.show();
    scene.take(QStringLiteral("fleet"));
}

void hostsNone(Scene &scene)
{
    FleetScene shown(scene, 0, 1);
    scene.window().showPage(MainWindow::Hosts);
    Scene::wait(500);
    scene.take();
}

void hostsTestFailed(Scene &scene)
{
    FleetScene shown(scene, 20, 4);
    for (const char *step : {"engine", "connect"}) {
        shown.hosts.failAt = QString::fromLatin1(step);
        scene.window().openHosts(HostId{QStringLiteral("gpu-box")});
        Scene::wait(600);
        scene.take(shown.hosts.failAt);
    }
}

void hostQuestion(Scene &scene)
{
    FleetScene shown(scene, 20, 4);
    scene.window().showPage(MainWindow::Hosts);
    HostQuestion question;
    question.kind = HostQuestion::Kind::UnknownHostKey;
    question.host = QStringLiteral("render-farm");
    question.title = QStringLiteral("Is this render-farm?");
    question.text = QStringLiteral("You have not connected to render-farm (10.0.4.21) from this computer before. Its "
                                   "ED25519 key has this fingerprint. Ask whoever runs it, or look at the machine "
                                   "itself, before you go on.");
    question.fingerprint = QStringLiteral("SHA256:Q2s7mVt1b0xW4cZkqJrE8yLd3NfHuTgRp5oAiUvXeM0");
    Q_EMIT shown.hosts.asked(1, question);
    Scene::wait(400);
    scene.take();
}

} // namespace

QList<SceneEntry> fleetScenes()
{
    return {{"fleet-0", fleetEmpty},
            {"fleet-3", fleetThree},
            {"fleet-200", fleetTwoHundred},
            {"fleet-terminal", fleetTerminal},
            {"fleet-10000", fleetTenThousand},
            {"fleet-unreachable", fleetUnreachable},
            {"hosts", hosts},
            {"hosts-none", hostsNone},
            {"hosts-coming", hostsComing},
            {"hosts-many", hostsMany},
            {"hosts-test-failed", hostsTestFailed},
            {"host-question", hostQuestion}};
}

} // namespace Flotilla
