// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/host.h"
#include "tests/conformance/await.h"
#include "tests/conformance/sandbox/sandboxconformance.h"
#include "tests/conformance/sandbox/subjects.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

quint64 inodeOf(const QString &path)
{
    struct stat info = {};
    return stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_ino : 0;
}

/// The file that process 1 of the sandbox runs.
quint64 programOf(const QDir &root, const SandboxId &id)
{
    QFile label(root.filePath(QLatin1String("sb/") + id.value + QLatin1String("/label.json")));
    if (!label.open(QIODevice::ReadOnly))
        return 0;
    const qint64 pid = QJsonDocument::fromJson(label.readAll()).object()[QLatin1String("pid")].toInteger();
    return inodeOf(QStringLiteral("/proc/%1/exe").arg(pid));
}

} // namespace

class TestBubblewrap : public SandboxConformance
{
    Q_OBJECT

protected:
    std::unique_ptr<SandboxBackend> makeBackend(Host *host, HttpClient *) override { return bubblewrapOn(host); }

private Q_SLOTS:
    void anImageIsRefused()
    {
        const QTemporaryDir dir(QStringLiteral("/tmp/flotilla-sb-XXXXXX"));
        const auto host = makeHost(dir.path());
        const auto backend = bubblewrapOn(host.get());
        SandboxSpec spec;
        spec.id = {QStringLiteral("imaged")};
        spec.image = QStringLiteral("node:20");
        const auto refused = await(backend->create(spec));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
        QVERIFY2(refused.error().text.contains(QStringLiteral("Podman or Docker")), problem(refused));
    }

    /// Root starts a bubblewrap outside /usr, or any beside thousands of processes, from the whole root of the host.
    void aSandboxIsTheSameFromTheWholeRoot()
    {
        if (geteuid() != 0)
            return; // always starts from it

        const QTemporaryDir dir(QStringLiteral("/tmp/flotilla-sb-XXXXXX"));
        const QTemporaryDir elsewhere(QStringLiteral("/var/tmp/flotilla-bwrap-XXXXXX")); // the launcher covers /tmp
        const QString bwrap = elsewhere.filePath(QStringLiteral("bwrap"));
        QVERIFY(QFile::copy(QStandardPaths::findExecutable(QStringLiteral("bwrap")), bwrap));
        QVERIFY(QFile::setPermissions(elsewhere.path(), QFile::Permissions(0x7055)));
        const auto host = makeHost(dir.path());
        const auto look = QStringLiteral("find / -maxdepth 3 -not -path '/proc/*' -not -path '/usr/*' "
                                         "-printf '%M %U %p %l\\n' | sort; cut -d' ' -f2-4 /proc/mounts");
        QList<QByteArray> seen;
        for (const QString &program : {QString(), bwrap}) {
            const auto backend = bubblewrapOn(host.get(), program);
            SandboxSpec spec;
            spec.id = {QStringLiteral("seen%1").arg(seen.size())};
            spec.app = {QStringLiteral("seen")}; // both have its user
            VERIFY_OK(await(backend->create(spec)));
            seen += shell(*backend->agent(spec.id), look);
            VERIFY_OK(await(backend->terminate(spec.id)));
        }
        QVERIFY2(seen.first().contains("/opt/flotilla/agent"), seen.first().constData());
        QCOMPARE(seen.last(), seen.first());
    }

    /// They start at the same time, and the first that needs the copy makes it.
    void manySandboxesShareTheAgentByHundreds()
    {
        const QTemporaryDir dir(QStringLiteral("/tmp/flotilla-sb-XXXXXX"));
        const auto host = makeHost(dir.path());
        const auto backend = bubblewrapOn(host.get());
        const QDir root(host->runtimeDir());
        for (int i = 0; i < 500; ++i)
            QVERIFY(root.mkpath(QStringLiteral("sb/there%1").arg(i)));
        QList<SandboxId> ids;
        QList<Future<SandboxInfo>> starts;
        for (int i = 0; i < 12; ++i) {
            SandboxSpec spec;
            ids.append({QStringLiteral("late%1").arg(i)});
            spec.id = ids.constLast();
            spec.app = {QStringLiteral("app%1").arg(i)};
            starts.append(backend->create(spec));
        }
        for (const auto &start : std::as_const(starts))
            VERIFY_OK(await(start, 60'000));
        const QStringList copies = root.entryList({QStringLiteral("agent-*")}, QDir::Files);
        QCOMPARE(copies.size(), 1);
        for (const SandboxId &id : std::as_const(ids))
            QCOMPARE(programOf(root, id), inodeOf(root.filePath(copies.first())));
        for (const SandboxId &id : std::as_const(ids))
            VERIFY_OK(await(backend->terminate(id)));
    }
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Flotilla::TestBubblewrap test;
    return Flotilla::conformanceMain(test, argc, argv);
}

#include "tst_bubblewrap.moc"
