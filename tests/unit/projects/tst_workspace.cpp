// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/workspace.h"

#include <QTest>

using namespace Flotilla;

class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathProblems_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("fine");
        const auto fine = [](const char *path) { QTest::newRow(path) << QString::fromUtf8(path) << true; };
        const auto bad = [](const char *name, const QString &path) { QTest::newRow(name) << path << false; };
        fine("index.html");
        fine("src/App.tsx");
        fine("src/übersicht.tsx");
        fine(".env.example");
        fine("a/b/c/d/e/f.txt");
        fine("..hidden/file");
        fine("my file.txt");
        fine(".gitignore");
        fine(".github/workflows/a.yml");
        fine("src/git/HEAD.tsx");
        fine("my.git/a");
        for (const char *git : {".git/config", "a/.git/hooks/pre-commit", ".GIT/config", ".Git", "a/.git",
                                ".git /config", ".git./config", ".git. . /config", "git~1/config", "GIT~1/config",
                                "a/gIt~2/x", ".git::$INDEX_ALLOCATION/config", "git~1 /config", "HEAD", "a/HEAD"})
            bad(git, QString::fromUtf8(git));
        bad("empty", {});
        bad("parent", QStringLiteral("../evil"));
        bad("parent inside", QStringLiteral("src/../../evil"));
        bad("parent at the end", QStringLiteral("src/.."));
        bad("dot", QStringLiteral("./src/App.tsx"));
        bad("dot inside", QStringLiteral("src/./App.tsx"));
        bad("absolute", QStringLiteral("/etc/passwd"));
        bad("home", QStringLiteral("~/.bashrc"));
        bad("double slash", QStringLiteral("src//App.tsx"));
        bad("folder", QStringLiteral("src/"));
        bad("back-slash", QStringLiteral("..\\..\\evil"));
        bad("drive", QStringLiteral("C:/evil"));
        bad("drive relative", QStringLiteral("C:evil"));
        bad("nul", QStringLiteral("src/a") + QChar(0) + QStringLiteral(".txt"));
        bad("newline", QStringLiteral("src/a\n.txt"));
        bad("escape", QStringLiteral("src/\x1b[31m.txt"));
        bad("c1", QString(QChar(0x85)) + QStringLiteral("a"));
        bad("right to left", QStringLiteral("src/a") + QChar(0x202e) + QStringLiteral("txt.exe"));
        bad("line separator", QStringLiteral("src/a") + QChar(0x2028));
        bad("surrogate", QStringLiteral("src/a") + QChar(0xd800));
        bad("too long", QString(513, QLatin1Char('a')));
        bad("too long in bytes", QString(300, QChar(0xe4)));
        bad("a long name", QStringLiteral("src/") + QString(256, QLatin1Char('a')));
        bad("a long name in bytes", QStringLiteral("src/") + QString(128, QChar(0xe4)) + QStringLiteral("/a.ts"));
    }
    void pathProblems()
    {
        QFETCH(QString, path);
        QTEST(!pathProblem(path).has_value(), "fine");
        Workspace workspace;
        QTEST(workspace.write(path, "x").ok(), "fine");
        QCOMPARE(workspace.files().size(), workspace.totalBytes());
    }

    void namesOfGitAreToldApart()
    {
        QVERIFY(pathProblem(QStringLiteral(".git/config"))->contains(QStringLiteral("git would take it for its own")));
        QVERIFY(!placeProblem(QStringLiteral(".git/config")));
        QVERIFY(placeProblem(QStringLiteral(".git/../../x")));
    }

    void boundsHold()
    {
        WorkspaceLimits limits;
        limits.files = 2;
        limits.fileBytes = 10;
        limits.totalBytes = 15;
        Workspace workspace({}, limits);
        QVERIFY(workspace.write(QStringLiteral("a"), QByteArray(10, 'x')));
        QCOMPARE(workspace.write(QStringLiteral("a"), QByteArray(11, 'x')).error().kind, ErrorKind::Invalid);
        QCOMPARE(workspace.write(QStringLiteral("b"), QByteArray(6, 'x')).error().kind, ErrorKind::Invalid);
        QVERIFY(workspace.write(QStringLiteral("a"), QByteArray(2, 'x')));
        QVERIFY(workspace.write(QStringLiteral("b"), QByteArray(6, 'x')));
        QCOMPARE(workspace.write(QStringLiteral("c"), "x").error().kind, ErrorKind::Invalid);
        QCOMPARE(workspace.totalBytes(), 8);
    }

    void filesAndFoldersDoNotCollide()
    {
        Workspace workspace({{QStringLiteral("src/App.tsx"), "x"}, {QStringLiteral("lib"), "y"}});
        QCOMPARE(workspace.write(QStringLiteral("src"), "z").error().kind, ErrorKind::Conflict);
        QCOMPARE(workspace.write(QStringLiteral("lib/a.ts"), "z").error().kind, ErrorKind::Conflict);
        QCOMPARE(workspace.rename(QStringLiteral("lib"), QStringLiteral("src/App.tsx")).error().kind,
                 ErrorKind::Conflict);
        QVERIFY(workspace.rename(QStringLiteral("lib"), QStringLiteral("lib/index.ts")));
        QCOMPARE(workspace.paths(), QStringList({QStringLiteral("lib/index.ts"), QStringLiteral("src/App.tsx")}));
    }

    void failedRenameChangesNothing()
    {
        Workspace workspace({{QStringLiteral("a"), "x"}, {QStringLiteral("b"), "y"}});
        const FileMap before = workspace.files();
        QCOMPARE(workspace.rename(QStringLiteral("a"), QStringLiteral("b/../c")).error().kind, ErrorKind::Invalid);
        QCOMPARE(workspace.rename(QStringLiteral("a"), QStringLiteral("b/c")).error().kind, ErrorKind::Conflict);
        QCOMPARE(workspace.rename(QStringLiteral("gone"), QStringLiteral("c")).error().kind, ErrorKind::NotFound);
        QCOMPARE(workspace.files(), before);
    }

    void kinds_data()
    {
        QTest::addColumn<FileMap>("files");
        QTest::addColumn<int>("kind");
        const auto react = QStringLiteral("src/App.tsx");
        const auto page = QStringLiteral("index.html");
        const auto app = QStringLiteral("app.json");
        QTest::newRow("nothing") << FileMap{{QStringLiteral("README.md"), "x"}} << -1;
        QTest::newRow("react") << FileMap{{react, "x"}, {page, "x"}} << int(AppKind::React);
        QTest::newRow("static") << FileMap{{page, "x"}} << int(AppKind::Static);
        QTest::newRow("server") << FileMap{{app, "{\"start\":\"node server.js\"}"}, {page, "x"}}
                                << int(AppKind::Server);
        QTest::newRow("server as list") << FileMap{{app, "{\"start\":[\"node\",\"s.js\"]}"}} << int(AppKind::Server);
        QTest::newRow("no start") << FileMap{{app, "{\"name\":\"x\"}"}, {page, "x"}} << int(AppKind::Static);
        QTest::newRow("broken json") << FileMap{{app, "{"}} << -1;
    }
    void kinds()
    {
        QFETCH(FileMap, files);
        const auto kind = Workspace(files).kind();
        QTEST(kind ? int(*kind) : -1, "kind");
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
