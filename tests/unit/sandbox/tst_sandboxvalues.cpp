// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/doctorreport.h"
#include "backends/sandbox/bubblewrap/launchprotocol.h"
#include "backends/sandbox/imagename.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace Flotilla {

namespace {

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

QJsonObject healthyFacts()
{
    return json(
        R"({"bwrap": {"path": "/usr/bin/bwrap", "version": "bubblewrap 0.8.0"}, "uid": 1000, "sandbox_uid": 1000,
        "max_user_namespaces": 90000, "unprivileged_userns_clone": -1, "apparmor_restrict_unprivileged_userns": -1,
        "seccomp": true, "cgroup": "/sys/fs/cgroup/user.slice", "node": "/usr/bin/node", "python": "/usr/bin/python3",
        "trial": {"ok": true, "ms": 7.5, "hello": {"esbuild": true}}})");
}

Result<CommandResult> printed(const QByteArray &out)
{
    CommandResult result;
    result.standardOutput = out;
    return result;
}

} // namespace

class TestSandboxValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imagesAreNamedAsRegistriesDo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        const QString digest = QStringLiteral("@sha256:") + QString(64, QLatin1Char('a'));
        for (const QString &name :
             {QString(), QStringLiteral("node"), QStringLiteral("node:20"),
              QStringLiteral("my_org/my-app.web__x:v1.2-rc"), QStringLiteral("localhost:5000/app"),
              QStringLiteral("Registry.Example.com:5000/team/app:1"), QStringLiteral("[::1]:5000/app"),
              QString(QStringLiteral("debian") + digest), QString(QStringLiteral("debian:12") + digest),
              QString(QStringLiteral("a:") + QString(128, QLatin1Char('b')))})
            QTest::addRow("%s", qPrintable(name.left(40))) << name << true;
        for (const QString &name : {QStringLiteral("Node"),
                                    QStringLiteral("node:"),
                                    QStringLiteral("node 20"),
                                    QStringLiteral("node:20\n"),
                                    QStringLiteral(" node"),
                                    QStringLiteral("/node"),
                                    QStringLiteral("node/"),
                                    QStringLiteral("a//b"),
                                    QStringLiteral("../etc/passwd"),
                                    QStringLiteral("-rm"),
                                    QStringLiteral("--privileged"),
                                    QStringLiteral("a..b"),
                                    QStringLiteral("a___b"),
                                    QStringLiteral("a_-b"),
                                    QStringLiteral("http://example.com/app"),
                                    QStringLiteral("app?x=1"),
                                    QStringLiteral("app&tag=x"),
                                    QStringLiteral("app%2f"),
                                    QStringLiteral("\u00e4pp"),
                                    QStringLiteral("app@sha256:abc"),
                                    QStringLiteral("app:.1"),
                                    QStringLiteral("./folder"),
                                    QString(QStringLiteral("a:") + QString(129, QLatin1Char('b'))),
                                    QString(256, QLatin1Char('a')),
                                    QString(1'000'000, QLatin1Char('a'))})
            QTest::addRow("bad %s", qPrintable(name.left(40).simplified())) << name << false;
    }
    void imagesAreNamedAsRegistriesDo()
    {
        QFETCH(QString, name);
        QFETCH(bool, good);
        const Status checked = checkImageName(name);
        QCOMPARE(checked.ok(), good);
        if (good)
            return;
        QCOMPARE(checked.error().kind, ErrorKind::Invalid);
        QVERIFY(checked.error().text.size() < 300);
        QVERIFY(!checked.error().text.contains(QLatin1Char('\n')));
    }

    void bubblewrapHasNoImages()
    {
        QVERIFY(checkImageUse({}, QStringLiteral("bubblewrap")).ok());
        QVERIFY(checkImageUse(QStringLiteral("node:20"), QStringLiteral("podman")).ok());
        QCOMPARE(checkImageUse(QStringLiteral("node:20"), QStringLiteral("bubblewrap")).error().kind,
                 ErrorKind::Unsupported);
        QCOMPARE(checkImageUse(QStringLiteral("N"), QStringLiteral("bubblewrap")).error().kind, ErrorKind::Invalid);
    }

    void namesGoThereAndBack()
    {
        for (int i = 0; i <= int(SandboxState::Lost); ++i) {
            const auto state = SandboxState(i);
            QVERIFY(!toString(state).isEmpty());
            QVERIFY(sandboxStateFromString(toString(state)) == state);
            QVERIFY(!describe(state, SandboxReason::None).isEmpty());
        }
        for (int i = 0; i <= int(SandboxReason::BackendError); ++i) {
            const auto reason = SandboxReason(i);
            QVERIFY(sandboxReasonFromString(toString(reason)) == reason);
        }
        QCOMPARE(toString(SandboxReason::OutOfMemory), QStringLiteral("out-of-memory"));
        QCOMPARE(toString(SandboxReason::None), QString());
        QVERIFY(!sandboxStateFromString(QStringLiteral("nonsense")));
        QVERIFY(!sandboxReasonFromString(QStringLiteral("nonsense")));
        QCOMPARE(describe(SandboxState::Failed, SandboxReason::OutOfMemory),
                 QStringLiteral("Needs a look: out of memory"));
    }

    void readsAnswers_data()
    {
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const char *out, bool ok, ErrorKind kind) {
            QTest::newRow(name) << QByteArray(out) << ok << int(kind);
        };
        row("fine", R"({"ok":true,"pid":3})", true, ErrorKind::Internal);
        row("nothing", "", false, ErrorKind::Protocol);
        row("no JSON", "Segmentation fault", false, ErrorKind::Protocol);
        row("a list", "[1]", false, ErrorKind::Protocol);
        row("ok is no bool", R"({"ok":"yes"})", false, ErrorKind::Internal);
        row("timeout", R"({"ok":false,"kind":"timeout","text":"t"})", false, ErrorKind::Timeout);
        row("unsupported", R"({"ok":false,"kind":"unsupported"})", false, ErrorKind::Unsupported);
        row("unavailable", R"({"ok":false,"kind":"unavailable"})", false, ErrorKind::Unavailable);
        row("invalid", R"({"ok":false,"kind":"invalid"})", false, ErrorKind::Invalid);
        row("full disk", R"({"ok":false,"kind":"disk-full"})", false, ErrorKind::DiskFull);
        row("unknown kind", R"({"ok":false,"kind":"?"})", false, ErrorKind::Internal);
    }

    void readsAnswers()
    {
        QFETCH(QByteArray, out);
        const auto answer = LaunchProtocol::parse(printed(out), QStringLiteral("gpu-box"));
        QTEST(answer.ok(), "ok");
        if (answer)
            return;
        QTEST(int(answer.error().kind), "kind");
        QVERIFY(!answer.error().text.isEmpty());
    }

    /// What the host says of a command names a program; a person has asked for a sandbox.
    void aLauncherThatNeverEndsIsASandboxThatDoesNotAnswer()
    {
        const Error slow{ErrorKind::Timeout, QStringLiteral("/x/flotilla-agent did not finish in time."), {}};
        const auto answer = LaunchProtocol::parse(slow, QStringLiteral("gpu-box"));
        QCOMPARE(answer.error().kind, ErrorKind::Timeout);
        QVERIFY(!answer.error().text.contains(QLatin1String("flotilla-agent")));
        QCOMPARE(answer.error().detail, slow.text);
    }

    void hostileListsAreReduced()
    {
        const auto list = LaunchProtocol::parseList(json(R"({"sandboxes": [1, {}, {"label": 3},
            {"label": {"id": "../../etc"}, "alive": true}, {"label": {"id": "--x"}}, {"label": {"id": ""}},
            {"label": {"id": "good", "owner": "me", "created_ms": "x"}, "alive": "yes", "oom_kills": -3}]})"));
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.constFirst().id.value, QStringLiteral("good"));
        QVERIFY(!list.constFirst().alive);
    }

    void statsAreOfTheRightSandbox()
    {
        const QJsonObject answer = json(R"({"stats": [{"id": "b", "memory_bytes": 5},
            {"id": "a", "memory_bytes": 1500000, "cpu_ms": 2500, "processes": 3}]})");
        const auto metrics = LaunchProtocol::parseStats(answer, SandboxId{QStringLiteral("a")});
        QVERIFY(metrics.ok());
        QCOMPARE(metrics->memoryBytes, 1'500'000);
        QCOMPARE(metrics->cpuSeconds, 2.5);
        QCOMPARE(metrics->processes, 3);
        QVERIFY(!LaunchProtocol::parseStats(answer, SandboxId{QStringLiteral("c")}).ok());
    }

    void aHealthyHostIsGreen()
    {
        const auto checks = DoctorReport::checks(healthyFacts(), QStringLiteral("/rt"));
        for (const PreflightCheck &check : checks) {
            QVERIFY2(check.ok, qPrintable(check.id));
            QVERIFY(check.remedy.isEmpty());
        }
    }

    void doctorNamesTheRemedy_data()
    {
        QTest::addColumn<QByteArray>("changed");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("remedy");
        QTest::addColumn<bool>("required");
        const auto row = [](const char *name, const char *changed, const char *id, const char *remedy,
                            bool required = true) {
            QTest::newRow(name) << QByteArray(changed) << QString::fromUtf8(id) << QString::fromUtf8(remedy)
                                << required;
        };
        row("no bwrap", R"({"bwrap": {"version": ""}})", "bubblewrap", "apt-get install bubblewrap");
        row("old bwrap", R"({"bwrap": {"version": "bubblewrap 0.4.1"}})", "bubblewrap", "apt-get install bubblewrap");
        row("no user namespaces", R"({"max_user_namespaces": 0})", "userns", "user.max_user_namespaces");
        row("not for users", R"({"unprivileged_userns_clone": 0})", "userns", "kernel.unprivileged_userns_clone=1");
        row("ubuntu",
            R"({"apparmor_restrict_unprivileged_userns": 1, "trial": {"ok": false, "detail": "RTM_NEWADDR"}})",
            "apparmor", "/etc/apparmor.d/bwrap");
        row("ubuntu, and something else",
            R"({"apparmor_restrict_unprivileged_userns": 1, "trial": {"ok": false, "text": "no"}})", "trial",
            "the message names");
        row("no seccomp", R"({"seccomp": false})", "seccomp", "CONFIG_SECCOMP_FILTER");
        row("in a container", R"({"trial": {"ok": false, "detail": "bwrap: No permissions to create new namespace"}})",
            "userns", "seccomp=unconfined");
        row("in a container, as root",
            R"({"trial": {"ok": false, "detail": "Could not make a mount namespace. Operation not permitted"}})",
            "userns", "seccomp=unconfined");
        row("trial failed", R"({"trial": {"ok": false, "text": "no"}})", "trial", "mounting /proc");
        row("trial failed after others", R"({"seccomp": false, "trial": {"ok": false, "text": "no"}})", "trial",
            "Fix the points above");
        row("no delegation", R"({"cgroup": "", "cgroup_why_not": "not mounted"})", "cgroup", "loginctl enable-linger",
            false);
        row("no esbuild", R"({"trial": {"ok": true, "hello": {"esbuild": false}}})", "esbuild", "packaging/start");
        row("no node", R"({"node": ""})", "node", "apt-get install nodejs", false);
        row("no python", R"({"python": ""})", "python", "apt-get install python3", false);
    }

    void doctorNamesTheRemedy()
    {
        QFETCH(QByteArray, changed);
        QFETCH(QString, id);
        QFETCH(QString, remedy);
        QJsonObject facts = healthyFacts();
        const QJsonObject changes = json(changed.constData());
        for (auto it = changes.begin(); it != changes.end(); ++it)
            facts.insert(it.key(), it.value());
        const auto checks = DoctorReport::checks(facts, QStringLiteral("/rt"));
        const auto found =
            std::find_if(checks.cbegin(), checks.cend(), [&](const auto &check) { return check.id == id; });
        QVERIFY(found != checks.cend());
        QVERIFY(!found->ok);
        QVERIFY2(found->remedy.contains(remedy), qPrintable(found->remedy));
        QVERIFY(!found->text.isEmpty());
        QTEST(found->required, "required");
    }

    void nothingIsTriedWithoutBubblewrap()
    {
        QJsonObject facts = healthyFacts();
        facts.insert(QStringLiteral("bwrap"), json(R"({"path": "/usr/bin/bwrap", "version": ""})"));
        facts.insert(QStringLiteral("trial"), json(R"({"ok": false, "text": "Could not run /usr/bin/bwrap."})"));
        QStringList wrong;
        for (const PreflightCheck &check : DoctorReport::checks(facts, QStringLiteral("/rt"))) {
            if (!check.ok)
                wrong.append(check.id);
        }
        QCOMPARE(wrong, QStringList{QStringLiteral("bubblewrap")});
    }

    void esbuildIsNotJudgedWithoutASandbox()
    {
        QJsonObject facts = healthyFacts();
        facts.insert(QStringLiteral("trial"), json(R"({"ok": false, "text": "no"})"));
        const auto checks = DoctorReport::checks(facts, QStringLiteral("/rt"));
        const auto named = [](const char *id) {
            return [id](const auto &check) { return check.id == QLatin1String(id); };
        };
        QVERIFY(std::none_of(checks.cbegin(), checks.cend(), named("esbuild")));
        QVERIFY(std::any_of(checks.cbegin(), checks.cend(), named("trial")));
    }

    void rootIsToldWhatWasDone()
    {
        QJsonObject facts = healthyFacts();
        facts.insert(QStringLiteral("uid"), 0);
        facts.insert(QStringLiteral("sandbox_uid"), 1890346663);
        const auto checks = DoctorReport::checks(facts, {});
        const auto told = [](const auto &check) { return check.text.contains(QLatin1String("1890346663")); };
        QVERIFY(std::any_of(checks.cbegin(), checks.cend(), told));
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSandboxValues)
#include "tst_sandboxvalues.moc"
