// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include "backends/agent/frames.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTest>

using namespace Flotilla;
using Test::await;

namespace {

QByteArray frame(char type, const QByteArray &payload)
{
    std::string out;
    Agent::appendFrame(out, type, {payload.constData(), std::size_t(payload.size())});
    return QByteArray::fromStdString(out);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<missing>");
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList pathsOf(const QList<AgentEntry> &entries)
{
    QStringList paths;
    for (const AgentEntry &entry : entries)
        paths += entry.path + (entry.type == QLatin1String("dir") ? QStringLiteral("/") : QString());
    return paths;
}

} // namespace

class TestAgentFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_agent = std::make_unique<Test::RealAgent>();
        const auto hello = await(m_agent->client().hello());
        QVERIFY2(hello.ok(), hello ? "" : qPrintable(hello.error().text));
        QCOMPARE(hello->value(QLatin1String("protocol")).toInt(), 1);
    }
    void cleanup() { m_agent.reset(); }

    void filesAreWrittenListedAndRead();
    void oddNamesSurvive();
    void replaceRemovesTheRest();
    void deleteRemovesFilesAndFolders();
    void aFileBecomesAFolderAndBack();
    void hostilePathsAreRefused_data();
    void hostilePathsAreRefused();
    void linksAreNeverFollowed();
    void replaceTakesAwayLinks();
    void aBrokenTransferChangesNothing();
    void bytesBeyondTheAnnouncedAreRefused();
    void tooManyOrTooLargeIsRefused();
    void aLargeFileComesBackWhole();
    void hostileFramesAreRefused_data();
    void hostileFramesAreRefused();
    void manyIdleConnectionsDoNotStopIt();

private:
    std::unique_ptr<Test::RealAgent> m_agent;
};

void TestAgentFiles::filesAreWrittenListedAndRead()
{
    const QHash<QString, QByteArray> files{{QStringLiteral("a.txt"), "one"},
                                           {QStringLiteral("src/deep/b.txt"), "two\0three"},
                                           {QStringLiteral("empty"), ""}};
    QVERIFY(await(m_agent->client().apply(files, {}, true, false)).ok());
    QCOMPARE(contentOf(m_agent->appPath(QStringLiteral("a.txt"))), QByteArray("one"));
    const auto list = await(m_agent->client().listFiles({}));
    QVERIFY(list.ok());
    QCOMPARE(pathsOf(*list), QStringList({QStringLiteral("a.txt"), QStringLiteral("empty"), QStringLiteral("src/"),
                                          QStringLiteral("src/deep/"), QStringLiteral("src/deep/b.txt")}));
    const auto below = await(m_agent->client().listFiles(QStringLiteral("src/deep")));
    QVERIFY(below.ok());
    QCOMPARE(pathsOf(*below), QStringList(QStringLiteral("src/deep/b.txt")));
    const auto read = await(m_agent->client().readFile(QStringLiteral("src/deep/b.txt")));
    QVERIFY(read.ok());
    QCOMPARE(*read, files[QStringLiteral("src/deep/b.txt")]);
    const auto empty = await(m_agent->client().readFile(QStringLiteral("empty")));
    QVERIFY(empty.ok());
    QCOMPARE(*empty, QByteArray());
    const auto missing = await(m_agent->client().readFile(QStringLiteral("nope")));
    QVERIFY(!missing.ok());
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    const auto folder = await(m_agent->client().readFile(QStringLiteral("src")));
    QVERIFY(!folder.ok());
    QCOMPARE(folder.error().kind, ErrorKind::Invalid);
}

void TestAgentFiles::oddNamesSurvive()
{
    const QStringList names{QStringLiteral("a b"),       QStringLiteral("-rf"),      QStringLiteral("Grüße/日本.txt"),
                            QStringLiteral("new\nline"), QStringLiteral("q'\"\\$x"), QStringLiteral("..."),
                            QStringLiteral(".hidden"),   QStringLiteral("*"),        QStringLiteral("a..b")};
    QHash<QString, QByteArray> files;
    for (const QString &name : names)
        files.insert(name, name.toUtf8());
    const auto applied = await(m_agent->client().apply(files, {}, true, false));
    QVERIFY2(applied.ok(), applied ? "" : qPrintable(applied.error().text));
    for (const QString &name : names) {
        const auto read = await(m_agent->client().readFile(name));
        QVERIFY2(read.ok(), qPrintable(name));
        QCOMPARE(*read, name.toUtf8());
    }
}

void TestAgentFiles::replaceRemovesTheRest()
{
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("old/x"), "1"}, {QStringLiteral("keep/y"), "1"}}, {}, true,
                                          false))
                .ok());
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("keep/y"), "2"}}, {}, true, false)).ok());
    const auto list = await(m_agent->client().listFiles({}));
    QCOMPARE(pathsOf(*list), QStringList({QStringLiteral("keep/"), QStringLiteral("keep/y")}));
}

void TestAgentFiles::deleteRemovesFilesAndFolders()
{
    QVERIFY(await(m_agent->client().apply(
                      {{QStringLiteral("a/x"), "1"}, {QStringLiteral("b"), "1"}, {QStringLiteral("c"), "1"}}, {}, true,
                      false))
                .ok());
    QVERIFY(await(m_agent->client().apply({}, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("none")}, false,
                                          false))
                .ok());
    QCOMPARE(pathsOf(*await(m_agent->client().listFiles({}))), QStringList(QStringLiteral("c")));
}

void TestAgentFiles::aFileBecomesAFolderAndBack()
{
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("x"), "file"}}, {}, true, false)).ok());
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("x/y"), "below"}}, {}, true, false)).ok());
    QCOMPARE(contentOf(m_agent->appPath(QStringLiteral("x/y"))), QByteArray("below"));
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("x"), "file"}}, {}, true, false)).ok());
    QCOMPARE(contentOf(m_agent->appPath(QStringLiteral("x"))), QByteArray("file"));
}

void TestAgentFiles::hostilePathsAreRefused_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path :
         {"../x", "a/../../x", "/etc/passwd", "/", "", ".", "..", "a//b", "a/", "./a", "a/./b", "a/..", "//x"})
        QTest::addRow("'%s'", path) << QString::fromLatin1(path);
    QTest::newRow("NUL") << QString(QStringLiteral("a") + QChar(0) + QStringLiteral("b"));
    QTest::newRow("too long") << QString(513, QLatin1Char('a'));
    QTest::newRow("part too long") << QString(256, QLatin1Char('a'));
}

void TestAgentFiles::hostilePathsAreRefused()
{
    QFETCH(QString, path);
    const auto applied = await(m_agent->client().apply({{path, "x"}}, {}, false, false));
    QVERIFY(!applied.ok());
    QCOMPARE(applied.error().kind, ErrorKind::Invalid);
    const auto deleted = await(m_agent->client().apply({}, {path}, false, false));
    QVERIFY(!deleted.ok());
    const auto read = await(m_agent->client().readFile(path));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::Invalid);
    if (!path.isEmpty())
        QVERIFY(!await(m_agent->client().listFiles(path)).ok());
    QVERIFY(!QFile::exists(m_agent->path(QStringLiteral("x"))));
}

void TestAgentFiles::linksAreNeverFollowed()
{
    write(m_agent->path(QStringLiteral("secret")), "secret");
    QVERIFY(QFile::link(m_agent->path({}), m_agent->appPath(QStringLiteral("out"))));
    QVERIFY(QFile::link(m_agent->path(QStringLiteral("secret")), m_agent->appPath(QStringLiteral("link"))));
    QVERIFY(!await(m_agent->client().readFile(QStringLiteral("out/secret"))).ok());
    QVERIFY(!await(m_agent->client().readFile(QStringLiteral("link"))).ok());
    QVERIFY(!await(m_agent->client().listFiles(QStringLiteral("out"))).ok());
    const auto through = await(m_agent->client().apply({{QStringLiteral("out/secret"), "x"}}, {}, false, false));
    QVERIFY(!through.ok());
    QCOMPARE(through.error().kind, ErrorKind::Invalid);
    QVERIFY(await(m_agent->client().apply({}, {QStringLiteral("out/secret")}, false, false)).ok());
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("link"), "mine"}}, {}, false, false)).ok());
    QCOMPARE(contentOf(m_agent->path(QStringLiteral("secret"))), QByteArray("secret"));
    QCOMPARE(contentOf(m_agent->appPath(QStringLiteral("link"))), QByteArray("mine"));
    const auto list = await(m_agent->client().listFiles({}));
    QCOMPARE(pathsOf(*list), QStringList({QStringLiteral("link"), QStringLiteral("out")}));
    QCOMPARE(list->last().type, QStringLiteral("other"));
}

void TestAgentFiles::replaceTakesAwayLinks()
{
    write(m_agent->path(QStringLiteral("secret")), "secret");
    QVERIFY(QFile::link(m_agent->path({}), m_agent->appPath(QStringLiteral("src"))));
    QVERIFY(QFile::link(m_agent->path({}), m_agent->appPath(QStringLiteral("other"))));
    const auto applied = await(m_agent->client().apply({{QStringLiteral("src/secret"), "new"}}, {}, true, false));
    QVERIFY(applied.ok());
    QCOMPARE(contentOf(m_agent->path(QStringLiteral("secret"))), QByteArray("secret"));
    QCOMPARE(pathsOf(*await(m_agent->client().listFiles({}))),
             QStringList({QStringLiteral("src/"), QStringLiteral("src/secret")}));
}

void TestAgentFiles::aBrokenTransferChangesNothing()
{
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("a"), "old"}}, {}, true, false)).ok());
    QLocalSocket *socket = nullptr;
    const auto stream = await(Test::localOpener(m_agent->path(QStringLiteral("run/control.sock")))());
    QVERIFY(stream.ok());
    socket = qobject_cast<QLocalSocket *>(stream->get());
    QVERIFY(socket);
    socket->write(frame(
        'J', R"({"op":"apply","replace":true,"build":false,"files":[{"path":"a","size":3},{"path":"b","size":3}]})"));
    socket->write(frame('B', "newn"));
    QTRY_COMPARE(socket->bytesToWrite(), 0);
    QTRY_VERIFY(QFile::exists(m_agent->appPath(QStringLiteral(".flotilla-apply-2/1"))));
    socket->abort();
    QTRY_VERIFY(!QFile::exists(m_agent->appPath(QStringLiteral(".flotilla-apply-2"))));
    QCOMPARE(contentOf(m_agent->appPath(QStringLiteral("a"))), QByteArray("old"));
    QCOMPARE(pathsOf(*await(m_agent->client().listFiles({}))), QStringList(QStringLiteral("a")));
}

void TestAgentFiles::bytesBeyondTheAnnouncedAreRefused()
{
    const QByteArray answer = m_agent->controlRaw(
        frame('J', R"({"op":"apply","replace":true,"build":false,"files":[{"path":"a","size":3}]})") +
        frame('B', "1234"));
    QVERIFY2(answer.contains("\"invalid\""), answer.constData());
    QVERIFY(!QFile::exists(m_agent->appPath(QStringLiteral("a"))));
}

void TestAgentFiles::tooManyOrTooLargeIsRefused()
{
    QHash<QString, QByteArray> many;
    for (int i = 0; i <= 2000; ++i)
        many.insert(QString::number(i), {});
    QVERIFY(!await(m_agent->client().apply(many, {}, false, false)).ok());
    QVERIFY(
        !await(m_agent->client().apply({{QStringLiteral("a"), QByteArray(8 * 1024 * 1024 + 1, 'x')}}, {}, false, false))
             .ok());
    const QByteArray answer =
        m_agent->controlRaw(frame('J', R"({"op":"apply","files":[{"path":"a","size":8388609}]})"));
    QVERIFY2(answer.contains("\"limit\""), answer.constData());
    write(m_agent->appPath(QStringLiteral("big")), QByteArray(8 * 1024 * 1024 + 1, 'x'));
    const auto read = await(m_agent->client().readFile(QStringLiteral("big")));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::Quota);
}

void TestAgentFiles::aLargeFileComesBackWhole()
{
    QByteArray bytes(8 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 31 + i / 4096);
    QVERIFY(await(m_agent->client().apply({{QStringLiteral("big"), bytes}}, {}, true, false)).ok());
    const auto read = await(m_agent->client().readFile(QStringLiteral("big")));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text));
    QVERIFY(*read == bytes);
}

void TestAgentFiles::hostileFramesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("huge length") << QByteArray("\xff\xff\xff\xffJ", 5);
    QTest::newRow("just too long") << QByteArray("\x01\x00\x10\x00J", 5);
    QTest::newRow("unknown type") << QByteArray("\x02\x00\x00\x00Z{}", 7);
    QTest::newRow("no JSON") << frame('J', "nonsense");
    QTest::newRow("no object") << frame('J', "[1]");
    QTest::newRow("bytes first") << frame('B', "abc");
    QTest::newRow("deep") << frame('J', QByteArray("{\"op\":") + QByteArray(100'000, '['));
    QTest::newRow("no op") << frame('J', "{}");
    QTest::newRow("unknown op") << frame('J', R"({"op":"format"})");
    QTest::newRow("op of another type") << frame('J', R"({"op":{"a":1}})");
    QTest::newRow("files of another type") << frame('J', R"({"op":"apply","files":{"a":1}})");
    QTest::newRow("size of another type") << frame('J', R"({"op":"apply","files":[{"path":"a","size":"x"}]})");
    QTest::newRow("negative size") << frame('J', R"({"op":"apply","files":[{"path":"a","size":-1}]})");
    QTest::newRow("huge size") << frame('J', R"({"op":"apply","files":[{"path":"a","size":1e300}]})");
    QTest::newRow("argv of another type") << frame('J', R"({"op":"exec","argv":"ls"})");
    QTest::newRow("empty argv") << frame('J', R"({"op":"exec","argv":[]})");
    QTest::newRow("word of another type") << frame('J', R"({"op":"exec","argv":["ls",1]})");
    QTest::newRow("NUL in argv") << frame('J', R"({"op":"exec","argv":["ls\u0000x"]})");
    QTest::newRow("env of another type") << frame('J', R"({"op":"exec","argv":["ls"],"env":{"A":1}})");
    QTest::newRow("name with =") << frame('J', R"({"op":"exec","argv":["ls"],"env":{"A=B":"1"}})");
    QTest::newRow("invalid UTF-8") << frame('J', "{\"op\":\"\xff\xfe\"}");
}

void TestAgentFiles::hostileFramesAreRefused()
{
    QFETCH(QByteArray, bytes);
    const QByteArray answer = m_agent->controlRaw(bytes);
    QVERIFY2(answer.contains("\"ok\":false"), answer.constData());
    QVERIFY(await(m_agent->client().hello()).ok());
}

void TestAgentFiles::manyIdleConnectionsDoNotStopIt()
{
    std::vector<std::shared_ptr<QIODevice>> idle;
    for (int i = 0; i < 60; ++i) {
        auto stream = await(Test::localOpener(m_agent->path(QStringLiteral("run/control.sock")))());
        QVERIFY(stream.ok());
        idle.push_back(*stream);
    }
    QVERIFY(await(m_agent->client().hello()).ok());
}

QTEST_GUILESS_MAIN(TestAgentFiles)
#include "tst_agentfiles.moc"
