// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostfigures.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/placement.h"
#include "backends/fleet/sshconfighosts.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/unit/fleet/fleettesting.h"
#include "tests/unit/fleet/worldhosts.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

HostConfig box(const QString &name = QStringLiteral("gpu-box"))
{
    HostConfig config;
    config.id = {name};
    config.label = name;
    config.target = QStringLiteral("user@") + name;
    return config;
}

HostRoom room(const QString &id, qint64 freeMb, int sandboxes = 0)
{
    HostRoom result;
    result.id = {id};
    result.label = id;
    result.ready = true;
    result.memoryFree = freeMb * 1'000'000;
    result.sandboxes = sandboxes;
    return result;
}

} // namespace

/// Hosts of the service and what the fleet does with several of them.
class TestHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_worlds.clear();
        m_machines = std::make_unique<WorldHosts>();
        for (const char *name : {"local", "gpu-box", "other"}) {
            m_worlds[QLatin1String(name)] = std::make_shared<World>();
            m_machines->worlds.insert(QLatin1String(name), m_worlds[QLatin1String(name)].get());
        }
        m_store = std::move(*Store::open(m_dir->path()));
        open();
    }
    void cleanup()
    {
        close();
        m_store.reset();
    }

    void thisComputerIsAlwaysThere()
    {
        const auto cards = *wait(m_hosts->hosts());
        QCOMPARE(cards.size(), 1);
        QCOMPARE(cards.first().config.id.value, QStringLiteral("local"));
        QVERIFY(cards.first().state == HostState::Ready);
        QCOMPARE(wait(m_hosts->remove({QStringLiteral("local")}, true)).error().kind, ErrorKind::Invalid);
    }

    void hostsAreAddedKeptChangedAndRemoved()
    {
        QSignalSpy changed(m_hosts.get(), &HostService::hostChanged);
        QSignalSpy removed(m_hosts.get(), &HostService::hostRemoved);
        QVERIFY(wait(m_hosts->add(box())).ok());
        QCOMPARE(wait(m_hosts->add(box())).error().kind, ErrorKind::Conflict);
        QVERIFY(changed.size() >= 1);
        reopen();
        QCOMPARE(m_hosts->cards().size(), 2);
        HostConfig config = m_hosts->card({QStringLiteral("gpu-box")}).config;
        HostConfig expected = box();
        expected.suffix = hostSuffix(expected.id);
        QCOMPARE(config, expected);
        config.capacity = 7;
        config.draining = true;
        QVERIFY(wait(m_hosts->update(config)).ok());
        reopen();
        QCOMPARE(m_hosts->card(config.id).config, config);
        QVERIFY(wait(m_hosts->remove(config.id, false)).ok());
        QCOMPARE(m_hosts->cards().size(), 1);
        QCOMPARE(wait(m_hosts->update(config)).error().kind, ErrorKind::NotFound);
    }

    /// What an earlier version left on a host is found by its name.
    void aHostOfBeforeKeepsItsFolders()
    {
        HostConfig old = box();
        QVERIFY(m_store->hosts().put(toRecord(old, QDateTime::currentDateTimeUtc())).ok());
        reopen();
        old.capacity = 3;
        QVERIFY(wait(m_hosts->update(old)).ok());
        reopen();
        const HostConfig config = m_hosts->card(old.id).config;
        QCOMPARE(config.capacity, 3);
        QCOMPARE(HostKit::installationOn(QStringLiteral("flotilla-1"), config), QStringLiteral("flotilla-1"));
        HostConfig fresh = config;
        fresh.suffix = hostSuffix(fresh.id);
        QVERIFY(HostKit::installationOn(QStringLiteral("flotilla-1"), fresh) != QStringLiteral("flotilla-1"));
        fresh.suffix = QStringLiteral("../x");
        QVERIFY(!checkHostConfig(fresh));
    }

    void configsAreChecked_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("good");
        QTest::newRow("alias") << "box"
                               << "gpu" << true;
        QTest::newRow("url") << "box"
                             << "ssh://user@host:22" << true;
        QTest::newRow("any") << "any"
                             << "gpu" << false;
        QTest::newRow("local with target") << "local"
                                           << "gpu" << false;
        QTest::newRow("option") << "box"
                                << "-oProxyCommand=sh" << false;
        QTest::newRow("blank") << "box"
                               << "a b" << false;
        QTest::newRow("newline") << "box"
                                 << "a\nb" << false;
        QTest::newRow("no target") << "box"
                                   << "" << false;
        QTest::newRow("upper") << "Box"
                               << "gpu" << false;
        QTest::newRow("path") << "../x"
                              << "gpu" << false;
    }
    void configsAreChecked()
    {
        QFETCH(QString, id);
        QFETCH(QString, target);
        QFETCH(bool, good);
        HostConfig config = box();
        config.id = {id};
        config.target = target;
        QCOMPARE(checkHostConfig(config).ok(), good);
    }

    void whatCannotBeATargetIsNamed_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QString &target, const QString &named) {
            QTest::newRow(name) << target << named;
        };
        row("two commands", QStringLiteral("x;y"), QStringLiteral("\"x;y\""));
        row("a shell", QStringLiteral("$(reboot)"), QStringLiteral("\"$(reboot)\""));
        row("option", QStringLiteral("-oProxyCommand=sh"), QStringLiteral("\"-oProxyCommand=sh\""));
        row("accents", QStringLiteral("m\u00fcller"), QStringLiteral("\"m\u00fcller\""));
        row("control", QStringLiteral("a\u001b[2Jb"), QStringLiteral("\"a\ufffd[2Jb\""));
        row("line end", QStringLiteral("box\n"), QStringLiteral("\"box\ufffd\""));
        row("long", QString(300, QLatin1Char('a')),
            QLatin1Char('"') + QString(60, QLatin1Char('a')) + QStringLiteral("\u2026\""));
        row("empty", QString(), QStringLiteral("Say where the host is"));
    }
    void whatCannotBeATargetIsNamed()
    {
        QFETCH(QString, target);
        QFETCH(QString, named);
        HostConfig config = box();
        config.target = target;
        const Status added = wait(m_hosts->add(config));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Invalid);
        QVERIFY2(added.error().text.startsWith(named), qPrintable(added.error().text));
        QVERIFY(added.error().text.contains(QStringLiteral("alias of your SSH config")));
        QCOMPARE(m_hosts->cards().size(), 1);
    }

    void namesBecomeIds()
    {
        QCOMPARE(hostIdFor(QStringLiteral("GPU box #2")).value, QStringLiteral("gpu-box-2"));
        QCOMPARE(hostIdFor(QStringLiteral("--ä--")).value, QString());
    }

    void figuresAreValidated()
    {
        const auto good = parseHostFigures("{\"ok\":true,\"cpus\":4,\"load1\":0.5,\"memory_total\":100,"
                                           "\"memory_available\":40,\"cpu_busy_ms\":5,\"cpu_total_ms\":10}");
        QVERIFY(good);
        QCOMPARE(good->memoryAvailable, 40);
        QVERIFY(!parseHostFigures("{\"ok\":true,\"cpus\":4}"));
        QVERIFY(!parseHostFigures("not json"));
        QVERIFY(!parseHostFigures("{\"ok\":true,\"cpus\":4,\"load1\":0.5,\"memory_total\":10,"
                                  "\"memory_available\":40,\"cpu_busy_ms\":5,\"cpu_total_ms\":10}"));
    }

    void sshConfigIsReadWithItsIncludes()
    {
        QDir dir(m_dir->path());
        dir.mkpath(QStringLiteral("conf.d"));
        const auto write = [&](const QString &name, const QByteArray &text) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(QStringLiteral("conf.d/a.conf"), "host=inside\nHost gpu-box twice\n");
        write(QStringLiteral("loop"), "Include " + dir.filePath(QStringLiteral("loop")).toUtf8() + "\nHost looped\n");
        write(QStringLiteral("config"), "# Host no\nInclude " + dir.filePath(QStringLiteral("conf.d/*.conf")).toUtf8() +
                                            "\nInclude " + dir.filePath(QStringLiteral("loop")).toUtf8() +
                                            "\n  Host gpu-box \"quoted\" *.lan !not -bad\n    HostName 10.0.0.1\n");
        QCOMPARE(readSshConfigHosts(dir.filePath(QStringLiteral("config"))),
                 (QStringList{QStringLiteral("inside"), QStringLiteral("gpu-box"), QStringLiteral("twice"),
                              QStringLiteral("looped"), QStringLiteral("quoted")}));
        QVERIFY(readSshConfigHosts(dir.filePath(QStringLiteral("none"))).isEmpty());
    }

    void theBestBackendIsTakenUnlessOneIsNamed()
    {
        m_machines->engines[QStringLiteral("gpu-box")] = {QStringLiteral("podman"), QStringLiteral("docker")};
        QVERIFY(wait(m_hosts->add(box())).ok());
        const HostId id{QStringLiteral("gpu-box")};
        QCOMPARE((*wait(m_hosts->backend(id)))->info().name, QStringLiteral("world"));
        QCOMPARE((*wait(m_hosts->backend(id, QStringLiteral("docker"))))->info().name, QStringLiteral("docker"));
        QCOMPARE(wait(m_hosts->backend(id, QStringLiteral("swarm"))).error().kind, ErrorKind::Unsupported);
        HostConfig config = box();
        config.backend = QStringLiteral("podman");
        QVERIFY(wait(m_hosts->update(config)).ok());
        QCOMPARE((*wait(m_hosts->backend(id)))->info().name, QStringLiteral("podman"));
        QCOMPARE(m_hosts->card(id).backend, QStringLiteral("podman"));
        QCOMPARE(m_hosts->openBackends().size(), 4);
    }

    void anImageIsRunByAnEngine()
    {
        m_machines->engines[QStringLiteral("gpu-box")] = {QStringLiteral("podman"), QStringLiteral("docker")};
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), QStringLiteral("gpu-box"));
        setImage(QStringLiteral("node:20"));
        QCOMPARE(startedFrom(QStringLiteral("podman")), QStringLiteral("node:20")); // not the first, which takes none
        HostConfig config = box();
        config.image = QStringLiteral("debian:12");
        QVERIFY(wait(m_hosts->update(config)).ok());
        setImage({});
        QCOMPARE(startedFrom(QStringLiteral("podman")), QStringLiteral("debian:12"));
        config.backend = QStringLiteral("docker");
        QVERIFY(wait(m_hosts->update(config)).ok());
        QCOMPARE(startedFrom(QStringLiteral("docker")), QStringLiteral("debian:12"));
        setImage(QStringLiteral("node:20"));
        QCOMPARE(startedFrom(QStringLiteral("docker")), QStringLiteral("node:20")); // its own before the host's
        config.image.clear();
        config.backend = QStringLiteral("bubblewrap");
        QVERIFY(wait(m_hosts->update(config)).ok());
        QCOMPARE(startedFrom(QStringLiteral("podman")), QStringLiteral("node:20"));
    }

    void thePoolAsksThoseWithAnEngine()
    {
        m_machines->engines[QStringLiteral("other")] = {QStringLiteral("podman")};
        QVERIFY(wait(m_hosts->add(box())).ok());
        QVERIFY(wait(m_hosts->add(box(QStringLiteral("other")))).ok());
        addApp(QStringLiteral("app"), QStringLiteral("any"));
        setImage(QStringLiteral("node:20"));
        const auto made = wait(m_fleet->acquire(app));
        QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().text));
        QCOMPARE(made->host.value, QStringLiteral("other"));
    }

    void anImageWithoutAnEngineIsRefused()
    {
        addApp(QStringLiteral("app"), QStringLiteral("local"));
        setImage(QStringLiteral("node:20"));
        const auto none = wait(m_fleet->acquire(app));
        QVERIFY(!none.ok());
        QVERIFY2(none.error().text.contains(QStringLiteral("Podman or Docker")), qPrintable(none.error().text));
        QVERIFY(m_store->apps().place(app, QStringLiteral("local"), QStringLiteral("world")).ok());
        const auto refused = wait(m_fleet->acquire(app));
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().text.contains(QStringLiteral("takes no container image")),
                 qPrintable(refused.error().text));
        QVERIFY(m_worlds[QStringLiteral("local")]->alive.isEmpty());
        QVERIFY(m_store->sandboxes().list()->isEmpty());
    }

    void aHostsImageIsChecked()
    {
        HostConfig config = box();
        config.image = QStringLiteral("no name");
        QCOMPARE(wait(m_hosts->add(config)).error().kind, ErrorKind::Invalid);
        config.image = QStringLiteral("node:20");
        config.backend = QStringLiteral("bubblewrap");
        QCOMPARE(wait(m_hosts->add(config)).error().kind, ErrorKind::Unsupported);
        config.backend.clear();
        QVERIFY(wait(m_hosts->add(config)).ok());
        reopen();
        QCOMPARE(m_hosts->card(box().id).config.image, QStringLiteral("node:20"));
    }

    void aHostWithNothingOnItSaysSo()
    {
        m_machines->withoutBubblewrap.insert(QStringLiteral("gpu-box"));
        QVERIFY(wait(m_hosts->add(box())).ok());
        const auto backend = wait(m_hosts->backend({QStringLiteral("gpu-box")}));
        QVERIFY2(backend.error().text.contains(QStringLiteral("Install bubblewrap")), qPrintable(backend.error().text));
        QVERIFY(m_hosts->card({QStringLiteral("gpu-box")}).stateText.contains(QStringLiteral("Install")));
    }

    void aHostThatIsCutOffWhileItIsLookedAtIsNotCalledEmpty()
    {
        m_machines->preflightErrors.insert(QStringLiteral("gpu-box"),
                                           Error{ErrorKind::Network, QStringLiteral("gpu-box is gone."), {}});
        QVERIFY(wait(m_hosts->add(box())).ok());
        const auto backend = wait(m_hosts->backend({QStringLiteral("gpu-box")}));
        QCOMPARE(backend.error().kind, ErrorKind::Network);
        QCOMPARE(backend.error().text, QStringLiteral("gpu-box is gone."));
    }

    void thePoolIsConnectedBeforeItIsAsked()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        QVERIFY(wait(m_hosts->add(box(QStringLiteral("other")))).ok());
        m_machines->connectErrors.insert(QStringLiteral("other"), {ErrorKind::Unavailable, {}, {}});
        reopen(); // as a fresh program, which knows of no host whether it is there
        setRoom("local", 1'000'000'000);
        setRoom("gpu-box", 9'000'000'000);
        addApp(QStringLiteral("app"), QStringLiteral("any"));
        QCOMPARE(wait(m_fleet->acquire(app))->host.value, QStringLiteral("gpu-box"));
        const QStringList leftOut = *wait(m_hosts->connectPool());
        QCOMPARE(leftOut.size(), 1);
        QVERIFY2(leftOut.first().contains(QStringLiteral("other is left out")), qPrintable(leftOut.first()));
    }

    void anEmptyPoolSaysWhoIsMissing()
    {
        HostConfig local = m_hosts->card({QStringLiteral("local")}).config;
        local.draining = true;
        QVERIFY(wait(m_hosts->update(local)).ok());
        QVERIFY(wait(m_hosts->add(box())).ok());
        m_machines->connectErrors.insert(QStringLiteral("gpu-box"), {ErrorKind::Unavailable, {}, {}});
        reopen();
        addApp(QStringLiteral("app"), QStringLiteral("any"));
        const auto refused = wait(m_fleet->acquire(app));
        QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
        QVERIFY2(refused.error().text.contains(QStringLiteral("gpu-box is left out")),
                 qPrintable(refused.error().text));
        m_machines->connectErrors.clear();
        m_hosts->reconnect({QStringLiteral("gpu-box")});
        QCOMPARE(wait(m_fleet->acquire(app))->host.value, QStringLiteral("gpu-box"));
    }

    void aHostIsReadyWhenItsProgramsAreThere()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        const HostId id{QStringLiteral("gpu-box")};
        QList<HostCard> seen;
        connect(m_hosts.get(), &HostService::hostChanged, this, [&seen](const HostCard &card) { seen.append(card); });
        const auto copying = m_machines->hosts[id.value]->holdProvide();
        const auto backend = m_hosts->backend(id);
        QVERIFY(m_hosts->card(id).state == HostState::Connecting);
        Q_EMIT m_machines->hosts[id.value]->providing(QStringLiteral("flotilla-agent"), 1, 3);
        QCOMPARE(m_hosts->card(id).preparing, 33);
        QVERIFY(m_hosts->card(id).stateText.contains(QStringLiteral("33 %")));
        copying->addResult(Result<QString>(QStringLiteral("/agent")));
        copying->finish();
        QVERIFY(wait(backend).ok());
        QVERIFY(!m_hosts->card(id).preparing);
        for (const HostCard &card : std::as_const(seen))
            QVERIFY(card.state != HostState::Ready || !card.backend.isEmpty());
    }

    void aCopyThatIsCutOffBeginsAnew()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        const HostId id{QStringLiteral("gpu-box")};
        WorldHost *host = m_machines->hosts[id.value];
        const auto copying = host->holdProvide();
        const auto backend = m_hosts->backend(id);
        host->setState(HostState::Unreachable);
        host->setState(HostState::Ready); // before the copy knows
        copying->addResult(Result<QString>(Error{ErrorKind::Network, QStringLiteral("cut off"), {}}));
        copying->finish();
        QCOMPARE(wait(backend).error().text, QStringLiteral("cut off"));
        QTRY_VERIFY(m_hosts->card(id).state == HostState::Ready);
        QCOMPARE(m_hosts->card(id).backend, QStringLiteral("world"));
    }

    void questionsGoToThePersonAndBack()
    {
        HostQuestion question;
        question.title = QStringLiteral("Unknown host");
        m_machines->toAsk = {question};
        QVERIFY(wait(m_hosts->add(box())).ok());
        QVERIFY(wait(m_hosts->backend({QStringLiteral("gpu-box")})).ok()); // nobody listens: refused
        QTRY_COMPARE(m_machines->answers.size(), 1);
        QVERIFY(!m_machines->answers.first().accepted);
        connect(m_hosts.get(), &HostService::asked, this, [this](quint64 number, const HostQuestion &asked) {
            m_hosts->answer(number, {asked.title == QLatin1String("Unknown host"), {}});
        });
        QVERIFY(wait(m_hosts->test(box(), QStringLiteral("t"))).ok());
        QTRY_COMPARE(m_machines->answers.size(), 2);
        QVERIFY(m_machines->answers.last().accepted);
    }

    void aHostThatPassedIsConnectedTo()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        QVERIFY(m_hosts->card({QStringLiteral("gpu-box")}).state != HostState::Ready);
        QVERIFY(wait(m_hosts->test(box(), QStringLiteral("t"))).ok());
        QTRY_VERIFY(m_hosts->card({QStringLiteral("gpu-box")}).state == HostState::Ready);
        QTRY_COMPARE(m_hosts->card({QStringLiteral("gpu-box")}).backend, QStringLiteral("world"));
    }

    void aTestNamesTheStepThatFails_data()
    {
        QTest::addColumn<QString>("detail");
        QTest::addColumn<int>("failed");
        QTest::newRow("resolve") << "resolve: no such host" << 0;
        QTest::newRow("connect") << "connect: refused" << 1;
        QTest::newRow("host key") << "host-key: changed" << 2;
        QTest::newRow("authenticate") << "authenticate: denied" << 3;
        QTest::newRow("nothing on it") << "" << 5;
        QTest::newRow("good") << "" << 7;
    }
    void aTestNamesTheStepThatFails()
    {
        QFETCH(QString, detail);
        QFETCH(int, failed);
        if (!detail.isEmpty())
            m_machines->connectErrors.insert(QStringLiteral("gpu-box"),
                                             {ErrorKind::Unavailable, QStringLiteral("Do this."), detail});
        if (failed == 5)
            m_machines->withoutBubblewrap.insert(QStringLiteral("gpu-box"));
        QSignalSpy progress(m_hosts.get(), &HostService::testProgress);
        const auto steps = *wait(m_hosts->test(box(), QStringLiteral("t")));
        QCOMPARE(steps.size(), 7);
        for (int i = 0; i < 7; ++i) {
            const auto wanted = i < failed    ? HostTestStep::State::Ok
                                : i == failed ? HostTestStep::State::Failed
                                              : HostTestStep::State::Skipped;
            QVERIFY2(steps.at(i).state == wanted, qPrintable(steps.at(i).id));
        }
        if (failed < 4)
            QCOMPARE(steps.at(failed).remedy, QStringLiteral("Do this."));
        if (failed == 5)
            QVERIFY(!steps.at(failed).remedy.isEmpty());
        QVERIFY(progress.size() >= 7);
        QVERIFY(m_worlds[QStringLiteral("gpu-box")]->alive.isEmpty());
    }

    void placement_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("most memory") << "memory"
                                     << "b";
        QTest::newRow("drained") << "drained"
                                 << "a";
        QTest::newRow("full") << "full"
                              << "a";
        QTest::newRow("unreachable") << "unreachable"
                                     << "a";
        QTest::newRow("not pooled") << "not pooled"
                                    << "a";
        QTest::newRow("planned") << "planned"
                                 << "a";
        QTest::newRow("equal memory") << "equal"
                                      << "a";
        QTest::newRow("none") << "none"
                              << "";
    }
    void placement()
    {
        QFETCH(QString, kind);
        QFETCH(QString, chosen);
        HostRoom a = room(QStringLiteral("a"), 1000, 2);
        HostRoom b = room(QStringLiteral("b"), 2000, 3);
        b.draining = kind == QLatin1String("drained");
        b.capacity = kind == QLatin1String("full") ? 3 : 0;
        b.ready = kind != QLatin1String("unreachable");
        b.pooled = kind != QLatin1String("not pooled");
        b.planned = kind == QLatin1String("planned") ? 20 : 0;
        if (kind == QLatin1String("equal"))
            b.memoryFree = a.memoryFree;
        if (kind == QLatin1String("none"))
            a.ready = b.ready = false;
        const auto result = chooseHost({a, b}, 400'000'000);
        if (chosen.isEmpty())
            QCOMPARE(result.error().kind, ErrorKind::Unavailable);
        else
            QCOMPARE(result->value, chosen);
    }

    void anAppRunsWhereItIsPlaced()
    {
        addApp(QStringLiteral("app"), QStringLiteral("gpu-box"));
        QCOMPARE(wait(m_fleet->acquire(app)).error().kind, ErrorKind::NotFound);
        QVERIFY(wait(m_hosts->add(box())).ok());
        const auto info = wait(m_fleet->acquire(app));
        QVERIFY2(info.ok(), info ? "" : qPrintable(info.error().text));
        QCOMPARE(info->host.value, QStringLiteral("gpu-box"));
        QCOMPARE(m_worlds[QStringLiteral("gpu-box")]->alive.size(), 1);
        QVERIFY(m_worlds[QStringLiteral("local")]->alive.isEmpty());
        QCOMPARE(m_machines->backends[QStringLiteral("gpu-box")].last()->lastSpec.dataDir,
                 QStringLiteral("/home/user/.local/share/flotilla/gpu-box/appdata/app"));
        QCOMPARE(m_machines->snapshots[QStringLiteral("gpu-box")],
                 QStringLiteral("/home/user/.local/share/flotilla/gpu-box/snapshots"));
        QCOMPARE(m_machines->snapshots[QStringLiteral("local")], m_dir->path() + QStringLiteral("/snapshots"));
        const auto conflict = wait(m_hosts->remove({QStringLiteral("gpu-box")}, false));
        QCOMPARE(conflict.error().kind, ErrorKind::Conflict);
        QVERIFY2(conflict.error().text.contains(QStringLiteral("Title of app")), qPrintable(conflict.error().text));
        QVERIFY(wait(m_hosts->remove({QStringLiteral("gpu-box")}, true)).ok());
        QVERIFY(m_worlds[QStringLiteral("gpu-box")]->alive.isEmpty());
        QCOMPARE(m_store->apps().get(app)->host, QStringLiteral("local"));
    }

    void anEngineThatComesLaterIsFound()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        const auto absent = wait(m_hosts->backend(box().id, QStringLiteral("docker")));
        QCOMPARE(absent.error().kind, ErrorKind::Unsupported);
        QVERIFY2(absent.error().text.contains(QStringLiteral("does not answer")), qPrintable(absent.error().text));
        m_machines->engines[QStringLiteral("gpu-box")] = {QStringLiteral("docker")};
        QSignalSpy opened(m_hosts.get(), &HostService::backendOpened);
        QVERIFY(wait(m_hosts->backend(box().id, QStringLiteral("docker"))).ok());
        QCOMPARE(opened.size(), 1);
        QVERIFY(wait(m_hosts->backend(box().id, QStringLiteral("docker"))).ok());
        QCOMPARE(m_machines->backends[QStringLiteral("gpu-box")].size(), 2); // bubblewrap and the one engine
    }

    void whatAppsStoredComesHomeBeforeTheirHostIsRemoved()
    {
        for (const bool asleep : {true, false}) {
            const AppId id{asleep ? QStringLiteral("asleep") : QStringLiteral("awake")};
            QVERIFY(wait(m_hosts->add(box())).ok());
            addApp(id.value, QStringLiteral("gpu-box"));
            QVERIFY(wait(m_fleet->acquire(id)).ok());
            QVERIFY(!asleep || wait(m_fleet->release(id)).ok());
            const QPointer<WorldHost> machine = m_machines->hosts[QStringLiteral("gpu-box")];
            const QString folder = QStringLiteral("/home/user/.local/share/flotilla/gpu-box/appdata/") + id.value;
            QStringList log;
            connect(m_hosts.get(), &HostService::hostRemoved, this, [&] { log = machine->log; });
            const auto stays = wait(m_hosts->remove({QStringLiteral("gpu-box")}, !asleep));
            QVERIFY2(stays.ok(), stays ? "" : qPrintable(stays.error().text));
            QCOMPARE(*stays, QString());
            QCOMPARE(log, (QStringList{QStringLiteral("get ") + folder, QStringLiteral("rm ") + folder}));
            QCOMPARE(m_machines->hosts[QStringLiteral("local")]->log.last(),
                     QStringLiteral("put %1/appdata/%2").arg(m_dir->path(), id.value));
            QCOMPARE((*m_store->sandboxes().lastEnd(id))->host, QStringLiteral("local"));
        }
    }

    void theOnlyCopyIsNotLeftBehindUnsaid()
    {
        WorldHost *machine = boxWithData();
        machine->setState(HostState::Unreachable);
        const auto refused = wait(m_hosts->remove(box().id, false));
        QCOMPARE(refused.error().kind, ErrorKind::Conflict);
        QVERIFY2(refused.error().text.contains(QStringLiteral("Title of app")), qPrintable(refused.error().text));
        QCOMPARE(m_hosts->cards().size(), 2);
        const auto stays = wait(m_hosts->remove(box().id, true));
        QVERIFY(stays.ok());
        QVERIFY2(stays->contains(QStringLiteral("/home/user/.local/share/flotilla/gpu-box")), qPrintable(*stays));
        QCOMPARE((*m_store->sandboxes().lastEnd(app))->host, QStringLiteral("gpu-box")); // found when it is added again
        QCOMPARE(m_hosts->cards().size(), 1);
    }

    void aHostWhoseDataCannotComeStays()
    {
        WorldHost *machine = boxWithData();
        machine->getError = Error{ErrorKind::DiskFull, QStringLiteral("The disk of this computer is full."), {}};
        const auto refused = wait(m_hosts->remove(box().id, true));
        QCOMPARE(refused.error().kind, ErrorKind::DiskFull);
        QVERIFY2(refused.error().text.contains(QStringLiteral("The disk of this computer is full.")),
                 qPrintable(refused.error().text));
        QCOMPARE(m_hosts->cards().size(), 2);
        QVERIFY(!machine->log.join(QLatin1Char('|')).contains(QStringLiteral("rm ")));
    }

    void anAppThatMovedOnDoesNotHoldItsOldHost()
    {
        boxWithData();
        QVERIFY(wait(m_hosts->add(box(QStringLiteral("other")))).ok());
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        QVERIFY(wait(m_fleet->move(app, {{QStringLiteral("other")}, {}})).ok());
        const auto stays = wait(m_hosts->remove(box().id, false));
        QVERIFY2(stays.ok(), stays ? "" : qPrintable(stays.error().text));
        QCOMPARE(m_fleet->current(app)->host.value, QStringLiteral("other"));
    }

    void whatElseStaysOnARemovedHostIsSaid()
    {
        boxWithData()->found = "/home/user/.local/share/flotilla/gpu-box/snapshots/one\n";
        const auto stays = wait(m_hosts->remove(box().id, false));
        QVERIFY(stays.ok());
        QVERIFY2(stays->contains(QStringLiteral("/home/user/.local/share/flotilla/gpu-box")), qPrintable(*stays));
    }

    void aMoveLeavesNoCopyOnTheOtherHost()
    {
        WorldHost *machine = boxWithData();
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        QVERIFY(wait(m_fleet->move(app, {{QStringLiteral("local")}, {}})).ok());
        QCOMPARE(machine->log.last(), QStringLiteral("rm /home/user/.local/share/flotilla/gpu-box/appdata/app"));
        QVERIFY(machine->log.contains(QStringLiteral("get /home/user/.local/share/flotilla/gpu-box/appdata/app")));
    }

    /// Where the data is stands in the store before the copy here goes, so whoever is killed between loses nothing.
    void theCopyHereGoesLast()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), QStringLiteral("local"));
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        QVERIFY(wait(m_fleet->release(app)).ok());
        WorldHost *here = m_machines->hosts[QStringLiteral("local")];
        QString noted;
        here->beforeRemoval = [&] { noted = m_store->sandboxes().lastEnd(app)->value().host; };
        QVERIFY(wait(m_hosts->backend(box().id)).ok());
        WorldHost *there = m_machines->hosts[QStringLiteral("gpu-box")];
        there->putError = Error{ErrorKind::DiskFull, {}, {}};
        QVERIFY(!wait(m_fleet->move(app, {box().id, {}})).ok());
        QCOMPARE(here->log.filter(QStringLiteral("rm ")), QStringList());
        QCOMPARE(m_store->sandboxes().lastEnd(app)->value().host, QStringLiteral("local"));
        there->putError.reset();
        QVERIFY(wait(m_fleet->move(app, {box().id, {}})).ok());
        QCOMPARE(here->log.last(), QString("rm " + m_dir->path() + QStringLiteral("/appdata/app")));
        QCOMPARE(noted, QStringLiteral("gpu-box"));
        here->removeError = Error{ErrorKind::Storage, {}, {}}; // what stays is not taken for the data
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        QCOMPARE(here->log.filter(QStringLiteral("get ")).size(), 2);
    }

    void fullAndDrainedHostsRefuse()
    {
        HostConfig config = box();
        config.capacity = 1;
        QVERIFY(wait(m_hosts->add(config)).ok());
        addApp(QStringLiteral("app"), QStringLiteral("gpu-box"));
        addApp(QStringLiteral("second"), QStringLiteral("gpu-box"));
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        QCOMPARE(wait(m_fleet->acquire({QStringLiteral("second")})).error().kind, ErrorKind::Overloaded);
        config.capacity = 0;
        config.draining = true;
        QVERIFY(wait(m_hosts->update(config)).ok());
        QCOMPARE(wait(m_fleet->acquire({QStringLiteral("second")})).error().kind, ErrorKind::Conflict);
        QVERIFY(wait(m_fleet->acquire(app)).ok()); // what is there stays
    }

    void theUnreachableIsNotStopped()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), QStringLiteral("gpu-box"));
        const SandboxInfo info = *wait(m_fleet->acquire(app));
        m_machines->hosts[QStringLiteral("gpu-box")]->setState(HostState::Unreachable);
        const HostCard card = m_hosts->card({QStringLiteral("gpu-box")});
        QVERIFY(card.state == HostState::Unreachable);
        QVERIFY(card.unreachableSince.has_value());
        QVERIFY(m_fleet->current(app)->state == SandboxState::Running);
        const auto route = wait(m_fleet->route(app));
        QVERIFY(!route->value().open);
        QVERIFY2(route->value().text.contains(QStringLiteral("gpu-box")), qPrintable(route->value().text));
        QCOMPARE(wait(m_fleet->list())->size(), 1);
        m_worlds[QStringLiteral("gpu-box")]->alive.clear(); // it was restarted meanwhile
        m_machines->hosts[QStringLiteral("gpu-box")]->setState(HostState::Ready);
        QTRY_VERIFY(!m_fleet->current(app).ok());
        QCOMPARE(m_store->sandboxes().lastEnd(app)->value().state, QStringLiteral("lost"));
        QVERIFY(wait(m_fleet->acquire(app)).ok()); // rebuilt
        Q_UNUSED(info)
    }

    void aRestartWhileAHostIsAwayForgetsNothing()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), QStringLiteral("gpu-box"));
        const SandboxInfo info = *wait(m_fleet->acquire(app));
        m_machines->connectErrors.insert(
            QStringLiteral("gpu-box"),
            {ErrorKind::Unavailable, QStringLiteral("No route."), QStringLiteral("connect: x")});
        reopen();
        QCOMPARE(*wait(m_fleet->reconcile()), 0);
        const auto rows = *wait(m_fleet->list());
        QCOMPARE(rows.size(), 1);
        QVERIFY(rows.first().info.state == SandboxState::Running);
        QCOMPARE(wait(m_fleet->acquire(app)).error().kind, ErrorKind::Unavailable);
        QCOMPARE(m_worlds[QStringLiteral("gpu-box")]->created, 1);
        m_machines->connectErrors.clear();
        m_hosts->reconnect({QStringLiteral("gpu-box")});
        QTRY_VERIFY(m_fleet->current(app).ok());
        QCOMPARE(m_fleet->current(app)->id, info.id);
        QCOMPARE(m_worlds[QStringLiteral("gpu-box")]->reaped, 0);
    }

    /// Without the spare nobody would look for the data.
    void whatADeletedAppStoredGoesBeforeItsSpare()
    {
        const QString name = QStringLiteral("gpu-box");
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), name);
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        WorldHost *machine = m_machines->hosts[name];
        WorldBackend *backend = m_machines->backends[name].first();
        const Error away{ErrorKind::Network, QStringLiteral("The connection broke."), {}};
        backend->terminateError = machine->removeError = away;
        QVERIFY(!wait(m_fleet->release(app)).ok());
        QVERIFY(m_store->apps().purge(app).ok());
        reopen(); // the next program
        machine = m_machines->hosts[name];
        machine->removeError = away;
        m_hosts->reconnect({name});
        QTRY_VERIFY(machine->log.contains(QStringLiteral("rm /home/user/.local/share/flotilla/gpu-box/appdata/app")));
        QVERIFY(m_worlds[name]->alive.isEmpty());
        QCOMPARE(m_store->sandboxes().list()->size(), 0);
        QCOMPARE(m_store->sandboxes().spares()->size(), 1);
        machine->removeError.reset();
        machine->setState(HostState::Unreachable);
        machine->setState(HostState::Ready);
        QTRY_COMPARE(m_store->sandboxes().spares()->size(), 0);
        QCOMPARE(machine->log.size(), 2);
    }

    void aMoveTakesTheDataAlong()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), QStringLiteral("local"));
        const SandboxInfo before = *wait(m_fleet->acquire(app));
        QSignalSpy happened(m_fleet.get(), &Fleet::happened);
        const Status moved = wait(m_fleet->move(app, {{QStringLiteral("gpu-box")}, {}}));
        QVERIFY2(moved.ok(), moved ? "" : qPrintable(moved.error().text));
        QCOMPARE(m_fleet->current(app)->host.value, QStringLiteral("gpu-box"));
        QVERIFY(m_fleet->current(app)->id != before.id);
        QVERIFY(m_worlds[QStringLiteral("local")]->alive.isEmpty());
        QCOMPARE(m_worlds[QStringLiteral("gpu-box")]->alive.size(), 1);
        QCOMPARE(m_store->sandboxes().list()->size(), 1);
        QCOMPARE(m_store->apps().get(app)->host, QStringLiteral("gpu-box"));
        QCOMPARE(m_machines->hosts[QStringLiteral("gpu-box")]->log,
                 QStringList{QStringLiteral("put /home/user/.local/share/flotilla/gpu-box/appdata/app")});
        const QString here = m_dir->path() + QStringLiteral("/appdata/app");
        QCOMPARE(m_machines->hosts[QStringLiteral("local")]->log, QStringList({"get " + here, "rm " + here}));
        QCOMPARE(happened.last().first().value<FleetEvent>().kind, QStringLiteral("moved"));
        QVERIFY(wait(m_fleet->move(app, {{QStringLiteral("gpu-box")}, {}})).ok()); // it is there
    }

    void aMoveThatFailsChangesNothing_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"unreachable", "create", "draining", "unknown", "dies"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void aMoveThatFailsChangesNothing()
    {
        QFETCH(QString, kind);
        HostConfig config = box();
        config.draining = kind == QLatin1String("draining");
        if (kind != QLatin1String("unknown"))
            QVERIFY(wait(m_hosts->add(config)).ok());
        addApp(QStringLiteral("app"), QStringLiteral("local"));
        const SandboxInfo before = *wait(m_fleet->acquire(app));
        if (kind == QLatin1String("unreachable"))
            m_machines->connectErrors.insert(QStringLiteral("gpu-box"), {ErrorKind::Unavailable, {}, {}});
        else if (kind != QLatin1String("unknown"))
            QVERIFY(wait(m_hosts->backend({QStringLiteral("gpu-box")})).ok());
        if (kind == QLatin1String("create"))
            m_machines->backends[QStringLiteral("gpu-box")].last()->createError = Error{ErrorKind::DiskFull, {}, {}};
        if (kind == QLatin1String("dies"))
            m_machines->backends[QStringLiteral("gpu-box")].last()->dieDuringCreate = true;
        QVERIFY(!wait(m_fleet->move(app, {{QStringLiteral("gpu-box")}, {}})).ok());
        QCOMPARE(*m_fleet->current(app), before);
        QCOMPARE(m_machines->hosts[QStringLiteral("local")]->log.filter(QStringLiteral("rm ")), QStringList());
        QCOMPARE(m_store->sandboxes().list()->size(), 1);
        QCOMPARE(m_store->apps().get(app)->host, QStringLiteral("local"));
        QCOMPARE(m_worlds[QStringLiteral("local")]->alive.size(), 1);
        QTRY_VERIFY(m_worlds[QStringLiteral("gpu-box")]->alive.isEmpty());
        QVERIFY(wait(m_fleet->route(app))->value().open);
    }

    void aMoverThatDiedLeavesNothing()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        addApp(QStringLiteral("app"), QStringLiteral("local"));
        const SandboxInfo before = *wait(m_fleet->acquire(app));
        SandboxRecord half;
        half.id = {QStringLiteral("half")};
        half.app = app;
        half.host = QStringLiteral("gpu-box");
        half.backend = QStringLiteral("world");
        half.state = QLatin1String(spareState);
        half.creator = QStringLiteral("1 1");
        half.created = QDateTime::currentDateTimeUtc();
        QVERIFY(m_store->sandboxes().put(half).ok());
        SandboxInfo there;
        there.id = half.id;
        there.state = SandboxState::Running;
        m_worlds[QStringLiteral("gpu-box")]->alive.insert(half.id.value, there);
        reopen();
        m_hosts->connectAll();
        QTRY_VERIFY(m_worlds[QStringLiteral("gpu-box")]->alive.isEmpty());
        QVERIFY(wait(m_fleet->reconcile()).ok());
        QCOMPARE(m_fleet->current(app)->id, before.id);
        QCOMPARE(m_store->sandboxes().list()->size(), 1);
        QTRY_COMPARE(m_store->sandboxes().spares()->size(), 0);
    }

    void thePoolTakesWhatIsPlacedAnywhere()
    {
        QVERIFY(wait(m_hosts->add(box())).ok());
        QVERIFY(wait(m_hosts->add(box(QStringLiteral("other")))).ok());
        for (const char *name : {"local", "gpu-box", "other"}) {
            QVERIFY(wait(m_hosts->backend({QLatin1String(name)})).ok());
            const qint64 bytes = QLatin1String(name) == QLatin1String("gpu-box") ? 9'000'000'000 : 1'000'000'000;
            m_machines->hosts[QLatin1String(name)]->figures =
                QStringLiteral("{\"ok\":true,\"cpus\":4,\"load1\":0.5,\"memory_total\":%1,"
                               "\"memory_available\":%1,\"cpu_busy_ms\":5,\"cpu_total_ms\":10}")
                    .arg(bytes)
                    .toUtf8();
        }
        m_hosts->setWatched(true);
        QTRY_COMPARE(m_hosts->card({QStringLiteral("gpu-box")}).memoryTotal, 9'000'000'000);
        addApp(QStringLiteral("app"), QStringLiteral("any"));
        QCOMPARE(wait(m_fleet->acquire(app))->host.value, QStringLiteral("gpu-box"));
        QVERIFY(wait(m_fleet->release(app)).ok());
        HostConfig config = m_hosts->card({QStringLiteral("gpu-box")}).config;
        config.draining = true;
        QVERIFY(wait(m_hosts->update(config)).ok());
        const auto elsewhere = wait(m_fleet->acquire(app));
        QVERIFY(elsewhere->host.value != QLatin1String("gpu-box"));
        const QString folder = QStringLiteral("/home/user/.local/share/flotilla/gpu-box/appdata/app");
        QCOMPARE(m_machines->hosts[QStringLiteral("gpu-box")]->log, // its data was fetched
                 (QStringList{QStringLiteral("get ") + folder, QStringLiteral("rm ") + folder}));
    }

    void theIdleSleepAndWakeOnView()
    {
        addApp(QStringLiteral("app"), QStringLiteral("local"));
        m_idle = std::chrono::seconds(60);
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        m_clock.advance(std::chrono::seconds(50));
        m_fleet->stopIdle();
        QVERIFY(m_fleet->current(app).ok());
        QVERIFY(wait(m_fleet->route(app))->value().open); // a view counts
        m_clock.advance(std::chrono::seconds(50));
        m_fleet->stopIdle();
        QVERIFY(m_fleet->current(app).ok());
        QVERIFY(wait(m_fleet->metrics(app)).ok()); // and its screen
        m_clock.advance(std::chrono::seconds(50));
        m_fleet->stopIdle();
        QVERIFY(m_fleet->current(app).ok());
        m_clock.advance(std::chrono::seconds(11));
        m_fleet->stopIdle();
        QTRY_VERIFY(!m_fleet->current(app).ok());
        QCOMPARE(m_store->sandboxes().lastEnd(app)->value().reason, QStringLiteral("idle-timeout"));
        QCOMPARE(m_woken.size(), 0);
        QCOMPARE(wait(m_fleet->route(app))->value().title, QStringLiteral("Waking"));
        QCOMPARE(m_woken, QList<AppId>{app});
        QVERIFY(wait(m_fleet->acquire(app)).ok());
        QVERIFY(wait(m_fleet->release(app)).ok());
        QCOMPARE(wait(m_fleet->route(app))->value().title, QStringLiteral("This app is asleep")); // a person stopped it
        QCOMPARE(m_woken.size(), 1);
    }

private:
    /// Connected; an app that sleeps stored something there.
    WorldHost *boxWithData()
    {
        if (!wait(m_hosts->add(box())))
            return nullptr;
        addApp(app.value, QStringLiteral("gpu-box"));
        if (!wait(m_fleet->acquire(app)) || !wait(m_fleet->release(app)))
            return nullptr;
        return m_machines->hosts[QStringLiteral("gpu-box")];
    }
    void addApp(const QString &id, const QString &host)
    {
        AppRecord record;
        record.id = {id};
        record.title = QStringLiteral("Title of ") + id;
        record.host = host;
        record.created = record.updated = m_clock.now();
        QVERIFY(m_store->apps().insert(record).ok());
    }
    void open()
    {
        HostService::Parts hosts;
        hosts.store = m_store.get();
        hosts.kit = m_machines->kit();
        hosts.agent = QStringLiteral("/agent");
        hosts.dataDir = m_dir->path() + QStringLiteral("/appdata");
        hosts.snapshotDir = m_dir->path() + QStringLiteral("/snapshots");
        hosts.stopApp = [this](const AppId &id) { return m_fleet->release(id); };
        hosts.bringHome = [this](const HostId &id) { return m_fleet->bringHome(id); };
        m_hosts = std::make_unique<HostService>(std::move(hosts));
        Fleet::Parts parts;
        parts.store = m_store.get();
        parts.clock = &m_clock;
        parts.hosts = m_hosts.get();
        parts.idleAfter = [this] { return m_idle; };
        parts.wake = [this](const AppId &id) { m_woken.append(id); };
        m_fleet = std::make_unique<Fleet>(std::move(parts));
    }
    void setImage(const QString &image)
    {
        AppRecord record = *m_store->apps().get(app);
        record.image = image;
        QVERIFY(m_store->apps().update(record).ok());
    }
    /// What the app's sandbox on gpu-box was made from, when `backend` made it.
    QString startedFrom(const QString &backend)
    {
        const auto made = wait(m_fleet->acquire(app));
        if (!made || made->backend != backend)
            return made ? made->backend : made.error().text;
        const SandboxBackend *maker = *wait(m_hosts->backend(box().id, backend));
        const QString image = static_cast<const WorldBackend *>(maker)->lastSpec.image;
        return wait(m_fleet->release(app)) ? image : QStringLiteral("not ended");
    }
    void setRoom(const char *host, qint64 free)
    {
        m_machines->hosts[QLatin1String(host)]->figures =
            QStringLiteral("{\"ok\":true,\"cpus\":4,\"load1\":0.5,\"memory_total\":10000000000,"
                           "\"memory_available\":%1,\"cpu_busy_ms\":5,\"cpu_total_ms\":10}")
                .arg(free)
                .toUtf8();
    }
    void close()
    {
        m_fleet.reset();
        m_hosts.reset();
        m_idle = std::chrono::seconds(0);
        m_woken.clear();
    }
    void reopen()
    {
        close();
        open();
    }

    const AppId app{QStringLiteral("app")};
    ManualClock m_clock;
    std::chrono::seconds m_idle{0};
    QList<AppId> m_woken;
    QHash<QString, std::shared_ptr<World>> m_worlds;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<WorldHosts> m_machines;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<HostService> m_hosts;
    std::unique_ptr<Fleet> m_fleet;
};

QTEST_GUILESS_MAIN(TestHosts)
#include "tst_hosts.moc"
