// SPDX-License-Identifier: GPL-3.0-or-later
// What goes to an engine to build an image, and what it says meanwhile.
#include "backends/sandbox/container/buildcontext.h"
#include "backends/sandbox/container/buildoutput.h"
#include "backends/sandbox/container/ignorerules.h"
#include "backends/sandbox/imagebuild.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace Flotilla {

namespace {

const std::atomic<bool> never{false};

QJsonObject streamed(const char *text)
{
    return {{QStringLiteral("stream"), QString::fromUtf8(text)}};
}

/// A folder of a test's own.
struct Folder
{
    QTemporaryDir dir;

    void put(const QString &name, const QByteArray &text = "x") const
    {
        QFile file(dir.filePath(name));
        QDir().mkpath(QFileInfo(file).path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] Result<BuildContext> look(const QString &file = {}) const
    {
        return BuildContext::look(dir.path(), file, never);
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        const Result<BuildContext> context = look();
        for (const auto &entry : context ? context->entries : QList<TarWriter::Entry>())
            names.append(QFile::decodeName(entry.name));
        return context ? names : QStringList(context.error().text);
    }
};

/// What tar makes of it, in a folder of its own.
Status unpack(const BuildContext &context, const QString &to)
{
    QFile tar(to + QStringLiteral("/t.tar"));
    if (!tar.open(QIODevice::WriteOnly))
        return Error{};
    const Status sent = context.send([&tar](const char *bytes, qint64 size) { return tar.write(bytes, size) == size; });
    tar.close();
    if (sent &&
        QProcess::execute(QStringLiteral("tar"), {QStringLiteral("-xf"), tar.fileName(), QStringLiteral("-C"), to}))
        return Error{ErrorKind::Invalid, QStringLiteral("tar"), {}};
    return sent;
}

} // namespace

class TestImageBuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patternsFitAsInDocker_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("out");
        const auto row = [](const char *rules, const char *path, bool out) {
            QTest::newRow(
                qPrintable(QString::fromLatin1(rules).simplified() + QLatin1String(": ") + QLatin1String(path)))
                << QByteArray(rules) << QString::fromLatin1(path) << out;
        };
        row("node_modules", "node_modules", true);
        row("node_modules", "node_modules/a/b.js", true);
        row("node_modules", "sub/node_modules", false); // from the top of the folder, unlike git
        row("**/node_modules", "sub/deep/node_modules/a", true);
        row("**/node_modules", "node_modules", true);
        row("/dist/", "dist/a", true);
        row("*.log", "a.log", true);
        row("*.log", "sub/a.log", false);
        row("*/*.log", "sub/a.log", true);
        row("**/*.log", "sub/deep/a.log", true);
        row("a?c", "abc", true);
        row("a?c", "a/c", false);
        row("[a-c].txt", "b.txt", true);
        row("[^a-c].txt", "b.txt", false);
        row("a.txt", "abtxt", false); // a dot is a dot
        row("a+(b)", "a+(b)", true);
        row("\\*", "*", true);
        row("\\*", "a", false);
        row("# a\n\n  b  \r\n", "b", true);
        row("#a", "#a", false);
        row("*.md\n!README.md", "README.md", false);
        row("*.md\n!README.md", "OTHER.md", true);
        row("!README.md\n*.md", "README.md", true); // the last one decides
        row("docs\n!docs/keep", "docs/keep/a", false);
        row("docs\n!docs/keep", "docs/other", true);
        row("**", "a/b", true);
        row("./a/../b", "b", true);
        row("", "a", false);
    }
    void patternsFitAsInDocker()
    {
        QFETCH(QByteArray, rules);
        QFETCH(QString, path);
        QFETCH(bool, out);
        const auto parsed = IgnoreRules::parse(rules, QStringLiteral(".dockerignore"));
        QVERIFY(parsed);
        QCOMPARE(parsed->leaveOut(path), out);
    }

    void aBadPatternIsNamed()
    {
        const auto open = IgnoreRules::parse("a\n[b", QStringLiteral(".dockerignore"));
        QVERIFY(!open);
        QVERIFY2(open.error().text.startsWith(QStringLiteral("Line 2 of .dockerignore")),
                 qPrintable(open.error().text));
        QVERIFY(!IgnoreRules::parse(QByteArray(2000, 'a'), QStringLiteral("x")));
        QVERIFY(!IgnoreRules::parse(QByteArray("a\n").repeated(2000), QStringLiteral("x")));
    }

    void theFolderGoesAsItIs()
    {
        const Folder folder;
        folder.put(QStringLiteral("Containerfile"), "FROM scratch\n");
        folder.put(QStringLiteral("sub/run.sh"), "echo\n");
        QFile::setPermissions(folder.dir.filePath(QStringLiteral("sub/run.sh")),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        folder.put(QString(90, QLatin1Char('d')) + QLatin1Char('/') + QString(150, QLatin1Char('n')));
        const QTemporaryDir to;
        const auto context = folder.look();
        QVERIFY(context);
        QCOMPARE(context->file, QStringLiteral("Containerfile"));
        QCOMPARE(context->bytes, 13 + 5 + 1);
        QVERIFY(unpack(*context, to.path()));
        QVERIFY(QFileInfo(to.filePath(QStringLiteral("sub/run.sh"))).isExecutable());
        QFile file(to.filePath(QStringLiteral("Containerfile")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("FROM scratch\n"));
        QVERIFY(QFile::exists(
            to.filePath(QString(90, QLatin1Char('d')) + QLatin1Char('/') + QString(150, QLatin1Char('n')))));
    }

    void whatIsIgnoredStays()
    {
        const Folder folder;
        folder.put(QStringLiteral("Dockerfile"));
        folder.put(QStringLiteral("secret.env"));
        folder.put(QStringLiteral("docs/a.md"));
        folder.put(QStringLiteral("docs/keep/b.md"));
        folder.put(QStringLiteral(".dockerignore"), "*\n!docs/keep\n");
        // what the engine has to read goes all the same
        QCOMPARE(folder.names(), (QStringList{QStringLiteral(".dockerignore"), QStringLiteral("Dockerfile"),
                                              QStringLiteral("docs/keep/"), QStringLiteral("docs/keep/b.md")}));
        folder.put(QStringLiteral(".containerignore"), "docs\n");
        QCOMPARE(folder.names(), (QStringList{QStringLiteral(".containerignore"), QStringLiteral(".dockerignore"),
                                              QStringLiteral("Dockerfile"), QStringLiteral("secret.env")}));
    }

    void linksAreNotFollowed()
    {
        const QTemporaryDir outside;
        QFile secret(outside.filePath(QStringLiteral("secret")));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("secret") == 6);
        secret.close();
        const Folder folder;
        folder.put(QStringLiteral("Containerfile"));
        folder.put(QStringLiteral("plain/secret"), "public");
        QVERIFY(QFile::link(outside.path(), folder.dir.filePath(QStringLiteral("link"))));
        QVERIFY(QFile::link(secret.fileName(), folder.dir.filePath(QStringLiteral("file"))));
        const auto context = folder.look();
        QVERIFY(context);
        QCOMPARE(context->bytes, 7);
        QCOMPARE(folder.names(),
                 (QStringList{QStringLiteral("Containerfile"), QStringLiteral("file"), QStringLiteral("link"),
                              QStringLiteral("plain/"), QStringLiteral("plain/secret")}));
        QDir(folder.dir.filePath(QStringLiteral("plain"))).removeRecursively(); // and a folder becomes a link meanwhile
        QVERIFY(QFile::link(outside.path(), folder.dir.filePath(QStringLiteral("plain"))));
        const QTemporaryDir to;
        const Status sent = unpack(*context, to.path());
        QVERIFY(!sent);
        QVERIFY2(sent.error().text.contains(QStringLiteral("plain/secret changed")), qPrintable(sent.error().text));
        QVERIFY(!folder.look(QStringLiteral("link/secret")));
        QVERIFY(!folder.look(QStringLiteral("file")));
    }

    void whatIsNoFileIsLeftOut()
    {
        const Folder folder;
        folder.put(QStringLiteral("Containerfile"));
        QLocalServer server;
        QVERIFY(server.listen(folder.dir.filePath(QStringLiteral("a.sock"))));
        QVERIFY(QProcess::execute(QStringLiteral("mkfifo"), {folder.dir.filePath(QStringLiteral("pipe"))}) == 0);
        const auto context = folder.look();
        QVERIFY(context);
        QCOMPARE(context->skipped, 2);
        QCOMPARE(context->entries.size(), 1);
    }

    void whatCannotBeSentIsSaid()
    {
        const Folder folder;
        QVERIFY2(!folder.look() &&
                     folder.look().error().text.contains(QStringLiteral("no Containerfile and no Dockerfile")),
                 qPrintable(folder.look().error().text));
        QVERIFY(!BuildContext::look(folder.dir.filePath(QStringLiteral("none")), {}, never));
        folder.put(QStringLiteral("Containerfile"));
        QVERIFY(folder.look());
        QVERIFY(folder.look(folder.dir.filePath(QStringLiteral("Containerfile"))));
        QVERIFY(!folder.look(QStringLiteral("Other")));
        const auto elsewhere = folder.look(QStringLiteral("../Containerfile"));
        QVERIFY2(!elsewhere && elsewhere.error().text.contains(QStringLiteral("is not in the folder")),
                 qPrintable(elsewhere.error().text));
        QFile large(folder.dir.filePath(QStringLiteral("large")));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(BuildContext::mostBytes + 1));
        const auto tooMuch = folder.look();
        QVERIFY2(!tooMuch && tooMuch.error().text.contains(QStringLiteral("1000 MB")),
                 qPrintable(tooMuch.error().text));
        QVERIFY(large.resize(100));
        const auto context = folder.look();
        QVERIFY(context);
        QVERIFY(large.resize(10));
        const QTemporaryDir to;
        const Status shrunk = unpack(*context, to.path());
        QVERIFY2(!shrunk && shrunk.error().text.contains(QStringLiteral("changed")), qPrintable(shrunk.error().text));
        const std::atomic<bool> stop{true};
        QCOMPARE(BuildContext::look(folder.dir.path(), {}, stop).error().kind, ErrorKind::Cancelled);
    }

    void stepsAreToldAlike_data()
    {
        QTest::addColumn<QList<QByteArray>>("said");
        QTest::newRow("docker") << QList<QByteArray>{"Step 2/3 : RUN npm ci", "\n", " ---> Running in e7df6e67cd2b\n",
                                                     "one\n", "\x1b[91mtwo\n\x1b[0m"};
        QTest::newRow("podman") << QList<QByteArray>{"STEP 2/3: RUN npm ci\n", "one\ntw", "o\n"};
        QTest::newRow("podman, stages") << QList<QByteArray>{"[1/2] STEP 2/3: RUN npm ci\none\ntwo\n"};
    }
    void stepsAreToldAlike()
    {
        QFETCH(QList<QByteArray>, said);
        BuildOutput output;
        for (const QByteArray &text : std::as_const(said))
            output.take(streamed(text.constData()));
        BuildProgress progress = output.takeProgress();
        QCOMPARE(progress.text, QStringLiteral("Step 2/3: RUN npm ci"));
        progress.lines.removeAll(QStringLiteral(" ---> Running in e7df6e67cd2b"));
        QCOMPARE(progress.lines,
                 (QStringList{QStringLiteral("Step 2/3: RUN npm ci"), QStringLiteral("one"), QStringLiteral("two")}));
        QVERIFY(output.takeProgress().lines.isEmpty());
    }

    void faultsNameTheStep_data()
    {
        QTest::addColumn<QByteArray>("step");
        QTest::addColumn<QString>("said");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &step, const char *said, ErrorKind kind,
                            const char *words) {
            QTest::newRow(name) << step << QString::fromLatin1(said) << kind << QString::fromLatin1(words);
        };
        row("docker, code", "Step 3/3 : RUN exit 3\n", "The command '/bin/sh -c exit 3' returned a non-zero code: 3",
            ErrorKind::Invalid, "step 3/3, RUN exit 3, ended with exit code 3.");
        row("podman, code", "STEP 3/3: RUN exit 3\n",
            "building at STEP \"RUN exit 3\": while running runtime: exit status 3", ErrorKind::Invalid,
            "step 3/3, RUN exit 3, ended with exit code 3.");
        row("podman, copy", "STEP 2/2: COPY a /\n",
            "building at STEP \"COPY a /\": checking on sources under \"/var/tmp/libpod_builder19/build\": copier: "
            "stat: "
            "\"/a\": no such file or directory",
            ErrorKind::Invalid, "step 2/2, COPY a /, failed: checking on sources under \"\": copier");
        row("docker, parse", "", "dockerfile parse error line 2: unknown instruction: FOO", ErrorKind::Invalid,
            "was not built: dockerfile parse error line 2");
        row("docker, base", "Step 1/2 : FROM r.example/a:1\n", "dial tcp: lookup r.example: no such host",
            ErrorKind::Network, "The registry of the image r.example/a:1 cannot be reached");
        row("podman, base", "STEP 1/2: FROM --platform=x a:1 AS b\n", "manifest unknown", ErrorKind::NotFound,
            "There is no image a:1.");
        row("scratch", "STEP 1/2: FROM scratch\n", "odd", ErrorKind::Invalid, "step 1/2, FROM scratch, failed: odd");
        row("disk", "STEP 2/2: RUN a\n", "write /a: no space left on device", ErrorKind::DiskFull,
            "no room left on box");
    }
    void faultsNameTheStep()
    {
        QFETCH(QByteArray, step);
        QFETCH(QString, said);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        BuildOutput output;
        output.take(streamed((step + "last words\n").constData()));
        const Error fault = output.fault(QStringLiteral("localhost/t:1"), QStringLiteral("box"), said);
        QCOMPARE(fault.kind, kind);
        QVERIFY2(fault.text.contains(words), qPrintable(fault.text));
        QVERIFY2(fault.detail.contains(QStringLiteral("last words")) && fault.detail.contains(said),
                 qPrintable(fault.detail));
    }

    void whatAnEngineSaysIsBounded()
    {
        BuildOutput output;
        output.take(streamed("STEP 1/1: RUN yes\n"));
        for (int i = 0; i < 20'000; ++i)
            output.take(streamed("y\n"));
        const BuildProgress many = output.takeProgress();
        QVERIFY(many.lines.size() < 400);
        QVERIFY2(many.lines.first().contains(QStringLiteral("lines are not shown")), qPrintable(many.lines.first()));
        for (int i = 0; i < 2'000; ++i)
            output.take(streamed(QByteArray(10'000, 'z').constData())); // without an end
        output.take(streamed("\n"));
        QVERIFY(output.takeProgress().lines.last().size() <= 500);
        output.take(streamed(("STEP 1/1: RUN " + QByteArray(5'000, 'r') + "\n").constData()));
        QVERIFY(output.takeProgress().text.size() <= 120);
        const Error fault = output.fault(QStringLiteral("t"), QStringLiteral("box"), QString(500, QLatin1Char('e')));
        QVERIFY(fault.text.size() < 600 && fault.detail.size() < 20'000);
    }

    void aFolderGivesAName()
    {
        QCOMPARE(imageTagFor(QStringLiteral("/home/a/My Tools (2)/")), QStringLiteral("localhost/my-tools-2:latest"));
        QCOMPARE(imageTagFor(QStringLiteral("/")), QStringLiteral("localhost/image:latest"));
        for (const char *folder : {"/a/--x--", "/a/äöü", "/a/UPPER", "/a/.hidden"})
            QVERIFY2(checkImageTag(imageTagFor(QString::fromUtf8(folder))), folder);
        QVERIFY(checkImageTag(imageTagFor(QString(400, QLatin1Char('x')))));
        QVERIFY(!checkImageTag({}));
        QVERIFY(!checkImageTag(QStringLiteral("a@sha256:") + QString(64, QLatin1Char('a'))));
        QVERIFY(!checkImageTag(QStringLiteral("No Name")));
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestImageBuild)
#include "tst_imagebuild.moc"
