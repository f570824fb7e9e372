// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/hosts/hostconformance.h"

#include "tests/conformance/await.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

#include <sys/stat.h>

namespace Flotilla {

namespace {

CommandSpec command(const QString &program, const QStringList &args = {})
{
    CommandSpec spec;
    spec.program = program;
    spec.args = args;
    return spec;
}

CommandSpec shell(const QString &script)
{
    return command(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

void echo(QIODevice *peer)
{
    QObject::connect(peer, &QIODevice::readyRead, peer, [peer] { peer->write(peer->readAll()); });
}

} // namespace

QString HostConformance::path(const QString &name) const
{
    return m_dir->filePath(name);
}

void HostConformance::write(const QString &name, const QByteArray &bytes) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void HostConformance::initTestCase()
{
    m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-host-XXXXXX"));
    QVERIFY(m_dir->isValid());
    m_host = makeHost(path(QStringLiteral("run")));
    QTRY_VERIFY2(m_host->state() == HostState::Ready, m_host->stateText().toUtf8().constData());
}

void HostConformance::cleanupTestCase()
{
    m_host.reset();
}

void HostConformance::isReadyWithAPrivateFolder()
{
    struct stat info
    {
    };
    QCOMPARE(stat(QFile::encodeName(m_host->runtimeDir()).constData(), &info), 0);
    QCOMPARE(info.st_mode & 07777, mode_t(0700));
    QVERIFY(m_host->runtimeDir().size() < 60);
    QVERIFY(!m_host->label().isEmpty());
    QVERIFY(!m_host->id().isEmpty());
}

void HostConformance::runs_data()
{
    QTest::addColumn<CommandSpec>("spec");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    const auto row = [](const char *name, const CommandSpec &spec, int code, const char *out, const char *err = "") {
        QTest::newRow(name) << spec << code << QByteArray(out) << QByteArray(err);
    };
    row("success", command(QStringLiteral("/bin/true")), 0, "");
    row("failure", command(QStringLiteral("/bin/false")), 1, "");
    row("from PATH", command(QStringLiteral("printf"), {QStringLiteral("%s"), QStringLiteral("found")}), 0, "found");
    row("streams apart", shell(QStringLiteral("printf a; printf b >&2; exit 7")), 7, "a", "b");
    row("signal", shell(QStringLiteral("kill -9 $$")), 128 + SIGKILL, "");
    const QString hostile = QStringLiteral("$HOME `id` ; * \"'\\ \n -x");
    row("no shell expansion", command(QStringLiteral("printf"), {QStringLiteral("%s"), hostile}), 0,
        hostile.toUtf8().constData());
    row("empty input", command(QStringLiteral("cat")), 0, "");
    CommandSpec env = shell(QStringLiteral("printf \"$ONE$PATH\" | head -c 4"));
    env.env = {{QStringLiteral("ONE"), QStringLiteral("1 2")}};
    row("environment is added", env, 0, "1 2/");
    CommandSpec cwd = command(QStringLiteral("pwd"));
    cwd.cwd = QStringLiteral("/usr/bin");
    row("folder", cwd, 0, "/usr/bin\n");
    row("default signals", shell(QStringLiteral("kill -PIPE $$; echo survived")), 128 + SIGPIPE, "");
}

void HostConformance::runs()
{
    QFETCH(CommandSpec, spec);
    const auto result = await(m_host->run(spec));
    VERIFY_OK(result);
    QTEST(result->exitCode, "exitCode");
    QTEST(result->standardOutput, "out");
    QTEST(result->standardError, "err");
}

void HostConformance::reportsAMissingProgram()
{
    const auto result = await(m_host->run(command(QStringLiteral("/usr/bin/flotilla-no-such-program"))));
    COMPARE_KIND(result, ErrorKind::Unavailable);
    QVERIFY(result.error().text.contains(QLatin1String("flotilla-no-such-program")));
}

void HostConformance::passesBinaryInput()
{
    CommandSpec spec = command(QStringLiteral("cat"));
    for (int i = 0; i < 1'000'000; ++i)
        spec.stdinData.append(char(i * 31 % 256));
    const auto result = await(m_host->run(spec));
    VERIFY_OK(result);
    QVERIFY(result->standardOutput == spec.stdinData);
}

void HostConformance::keepsManyOutputsApart()
{
    QList<Future<CommandResult>> running;
    for (int i = 0; i < 50; ++i)
        running.append(m_host->run(command(QStringLiteral("printf"), {QString::number(i)})));
    for (int i = 0; i < 50; ++i) {
        const auto result = await(running[i]);
        VERIFY_OK(result);
        QCOMPARE(result->standardOutput, QByteArray::number(i));
    }
}

void HostConformance::endsTheWholeTreeAfterTheTimeout()
{
    const QString pids = path(QStringLiteral("pids"));
    CommandSpec spec = shell(QStringLiteral("sleep 600 & echo $! > '%1'; sleep 600").arg(pids));
    spec.timeout = std::chrono::milliseconds(500);
    COMPARE_KIND(await(m_host->run(spec)), ErrorKind::Timeout);
    const pid_t grandchild = readFile(pids).trimmed().toInt();
    QVERIFY(grandchild > 1);
    const auto ended = [grandchild] {
        const QByteArray state = readFile(QStringLiteral("/proc/%1/stat").arg(grandchild));
        return state == "(missing)" || state.contains(") Z ");
    };
    QTRY_VERIFY(ended());
}

void HostConformance::boundsTheOutput()
{
    CommandSpec spec = shell(QStringLiteral("yes"));
    spec.maxOutput = 100'000;
    COMPARE_KIND(await(m_host->run(spec)), ErrorKind::Protocol);
}

void HostConformance::inheritsNoDescriptors()
{
    const auto result = await(m_host->run(command(QStringLiteral("ls"), {QStringLiteral("/proc/self/fd")})));
    VERIFY_OK(result);
    QCOMPARE(result->standardOutput, QByteArray("0\n1\n2\n3\n")); // 3 is the folder that ls reads
}

void HostConformance::connectsToASocket()
{
    QLocalServer server;
    QVERIFY(server.listen(path(QStringLiteral("echo.sock"))));
    connect(&server, &QLocalServer::newConnection, &server, [&] { echo(server.nextPendingConnection()); });
    const auto device = await(m_host->connectTo(UnixPath{server.fullServerName()}));
    VERIFY_OK(device);
    const QByteArray bytes(300'000, 'x');
    (*device)->write(bytes);
    QByteArray back;
    QTRY_VERIFY((back += (*device)->readAll()).size() >= bytes.size());
    QVERIFY(back == bytes);
}

void HostConformance::connectsToAPort()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] { echo(server.nextPendingConnection()); });
    auto device = await(m_host->connectTo(TcpPort{server.serverPort()}));
    VERIFY_OK(device);
    (*device)->write("hello");
    QByteArray back;
    QTRY_COMPARE((back += (*device)->readAll()), QByteArray("hello"));
    auto *peer = server.findChild<QTcpSocket *>();
    QVERIFY(peer);
    *device = {}; // letting go closes
    QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
}

void HostConformance::saysWhenNobodyListens()
{
    COMPARE_KIND(await(m_host->connectTo(UnixPath{path(QStringLiteral("nobody.sock"))})), ErrorKind::Unavailable);
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    COMPARE_KIND(await(m_host->connectTo(TcpPort{port})), ErrorKind::Unavailable);
}

void HostConformance::copiesATreeThereAndBack()
{
    write(QStringLiteral("tree/a.txt"), "alpha");
    write(QStringLiteral("tree/deep/er/b \n c.bin"), QByteArray(300'000, '\0'));
    write(QStringLiteral("tree/run"), "#!/bin/sh\n");
    QVERIFY(chmod(QFile::encodeName(path(QStringLiteral("tree/run"))).constData(), 04755) == 0);
    QDir().mkpath(path(QStringLiteral("tree/empty")));
    VERIFY_OK(await(m_host->put(path(QStringLiteral("tree")), path(QStringLiteral("there/new/tree")))));
    VERIFY_OK(await(m_host->get(path(QStringLiteral("there/new/tree")), path(QStringLiteral("back")))));
    QCOMPARE(readFile(path(QStringLiteral("back/a.txt"))), QByteArray("alpha"));
    QCOMPARE(readFile(path(QStringLiteral("back/deep/er/b \n c.bin"))).size(), 300'000);
    QVERIFY(QFileInfo(path(QStringLiteral("back/empty"))).isDir());
    struct stat info
    {
    };
    QCOMPARE(stat(QFile::encodeName(path(QStringLiteral("back/run"))).constData(), &info), 0);
    QCOMPARE(info.st_mode & 07777, mode_t(0755)); // executable, and not set-user-id
}

void HostConformance::replacesWhatIsThere()
{
    write(QStringLiteral("new/only-new"), "n");
    write(QStringLiteral("old/only-old"), "o");
    VERIFY_OK(await(m_host->put(path(QStringLiteral("new")), path(QStringLiteral("old")))));
    QCOMPARE(QDir(path(QStringLiteral("old"))).entryList(QDir::Files), QStringList{QStringLiteral("only-new")});
    write(QStringLiteral("file"), "1");
    VERIFY_OK(await(m_host->put(path(QStringLiteral("file")), path(QStringLiteral("old")))));
    QCOMPARE(readFile(path(QStringLiteral("old"))), QByteArray("1"));
    QCOMPARE(QDir(path({})).entryList({QStringLiteral(".flotilla*")}, QDir::AllEntries | QDir::Hidden), QStringList());
}

void HostConformance::refusesLinks_data()
{
    QTest::addColumn<QString>("make");
    QTest::newRow("link to a file") << QStringLiteral("ln -s /etc/passwd link");
    QTest::newRow("link to a folder") << QStringLiteral("ln -s /etc link");
    QTest::newRow("dangling link") << QStringLiteral("ln -s nowhere link");
    QTest::newRow("pipe") << QStringLiteral("mkfifo link");
}

void HostConformance::refusesLinks()
{
    QFETCH(QString, make);
    const QString dir = path(QStringLiteral("links"));
    QDir(dir).removeRecursively();
    QVERIFY(QDir().mkpath(dir));
    CommandSpec spec = shell(make);
    spec.cwd = dir;
    QCOMPARE(await(m_host->run(spec))->exitCode, 0);
    const QString target = path(QStringLiteral("copy-of-links"));
    COMPARE_KIND(await(m_host->put(dir, target)), ErrorKind::Invalid);
    COMPARE_KIND(await(m_host->get(dir, target)), ErrorKind::Invalid);
    COMPARE_KIND(await(m_host->get(dir + QLatin1String("/link"), target)), ErrorKind::Invalid);
    QVERIFY(!QFileInfo::exists(target));
}

void HostConformance::neverWritesThroughALink()
{
    write(QStringLiteral("victim/kept"), "kept");
    write(QStringLiteral("source"), "attack");
    QVERIFY(QFile::link(path(QStringLiteral("victim/kept")), path(QStringLiteral("trap"))));
    VERIFY_OK(await(m_host->put(path(QStringLiteral("source")), path(QStringLiteral("trap")))));
    QCOMPARE(readFile(path(QStringLiteral("victim/kept"))), QByteArray("kept"));
    QVERIFY(!QFileInfo(path(QStringLiteral("trap"))).isSymLink());
}

void HostConformance::saysWhatIsMissing()
{
    const auto result = await(m_host->get(path(QStringLiteral("not-there")), path(QStringLiteral("x"))));
    COMPARE_KIND(result, ErrorKind::NotFound);
    QVERIFY(result.error().text.contains(QLatin1String("not-there")));
}

void HostConformance::providesFilesAndFolders()
{
    write(QStringLiteral("ours/tool"), "#!/bin/sh\necho works\n");
    write(QStringLiteral("ours/lib/deep/data.txt"), "data");
    QVERIFY(QFile::setPermissions(path(QStringLiteral("ours/tool")),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const auto tool = await(m_host->provide(path(QStringLiteral("ours/tool"))));
    VERIFY_OK(tool);
    const auto ran = await(m_host->run(command(*tool)));
    VERIFY_OK(ran);
    QCOMPARE(ran->standardOutput, QByteArray("works\n"));
    const auto folder = await(m_host->provide(path(QStringLiteral("ours"))));
    VERIFY_OK(folder);
    const auto read =
        await(m_host->run(command(QStringLiteral("cat"), {*folder + QLatin1String("/lib/deep/data.txt")})));
    VERIFY_OK(read);
    QCOMPARE(read->standardOutput, QByteArray("data"));
    QCOMPARE(*await(m_host->provide(path(QStringLiteral("ours")))), *folder);
    QVERIFY(!await(m_host->provide(path(QStringLiteral("not-there/at-all")))) ||
            m_host->id().value == QLatin1String("local"));
}

void HostConformance::leadsALocalSocketThere()
{
    QLocalServer server;
    QVERIFY(server.listen(path(QStringLiteral("far.sock"))));
    connect(&server, &QLocalServer::newConnection, &server, [&] { echo(server.nextPendingConnection()); });
    const auto local = await(m_host->localSocket(server.fullServerName()));
    VERIFY_OK(local);
    QVERIFY(local->size() < 100);
    QLocalSocket socket;
    socket.connectToServer(*local);
    const QByteArray bytes(2'000'000, 'y');
    socket.write(bytes);
    QByteArray back;
    QTRY_VERIFY((back += socket.readAll()).size() >= bytes.size());
    QVERIFY(back == bytes);
    server.close();
    qDeleteAll(server.findChildren<QLocalSocket *>());
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
}

void HostConformance::keepsManyStreamsApart()
{
    QLocalServer server;
    server.setListenBacklogSize(200);
    server.setMaxPendingConnections(500);
    QVERIFY(server.listen(path(QStringLiteral("many.sock"))));
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        while (auto *peer = server.nextPendingConnection())
            echo(peer);
    });
    QList<Future<std::shared_ptr<QIODevice>>> opening;
    for (int i = 0; i < 100; ++i)
        opening.append(m_host->connectTo(UnixPath{server.fullServerName()}));
    QList<std::shared_ptr<QIODevice>> devices;
    for (int i = 0; i < 100; ++i) {
        const auto device = await(opening.at(i));
        VERIFY_OK(device);
        (*device)->write("stream " + QByteArray::number(i) + '\n');
        devices.append(*device);
    }
    for (int i = 0; i < 100; ++i) {
        QByteArray back;
        QTRY_VERIFY((back += devices.at(i)->readAll()).endsWith('\n'));
        QCOMPARE(back, "stream " + QByteArray::number(i) + '\n');
    }
}

void HostConformance::holdsBackWhoSendsTooMuch()
{
    QLocalServer server;
    QVERIFY(server.listen(path(QStringLiteral("flood.sock"))));
    qint64 sent = 0;
    QLocalSocket *peer = nullptr;
    const auto flood = [&] {
        while (peer && peer->bytesToWrite() < 256 * 1024 && sent < 20'000'000)
            sent += peer->write(QByteArray(64 * 1024, 'z'));
    };
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        peer = server.nextPendingConnection();
        connect(peer, &QIODevice::bytesWritten, peer, flood);
        flood();
    });
    const auto device = await(m_host->connectTo(UnixPath{server.fullServerName()}));
    VERIFY_OK(device);
    auto *local = qobject_cast<QLocalSocket *>(device->get());
    if (local)
        local->setReadBufferSize(1024 * 1024);
    qint64 before = -1;
    QTRY_VERIFY(sent > 0);
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, sent) == sent || QTest::qWaitFor([] { return false; }, 300), 10'000);
    QVERIFY2(sent < 10'000'000, QByteArray::number(sent).constData()); // nobody has read yet
    qint64 got = 0;
    QTRY_VERIFY_WITH_TIMEOUT((got += (*device)->readAll().size()) >= 19'990'000, 20'000);
}

} // namespace Flotilla
