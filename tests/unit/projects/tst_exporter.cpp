// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/exporter.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Flotilla;

class tst_Exporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folderHoldsTheFiles();
    void refusesToLeaveTheFolder_data();
    void refusesToLeaveTheFolder();
    void whatGitWouldReadIsLeftOut();
    void zipIsReadable();
    void aPipeIsWrittenInto();
    void titlesBecomeNames();
};

void tst_Exporter::folderHoldsTheFiles()
{
    QTemporaryDir dir;
    const FileMap files{{QStringLiteral("src/App.tsx"), "x"}, {QStringLiteral("index.html"), "y"}};
    const auto first = Exporter::toFolder(files, dir.path(), QStringLiteral("app"));
    const auto second = [&] {
        (void)first.result();
        return Exporter::toFolder(files, dir.path(), QStringLiteral("app"));
    }();
    QCOMPARE(first.result().value(), dir.path() + QStringLiteral("/app"));
    QCOMPARE(second.result().value(), dir.path() + QStringLiteral("/app (2)"));
    QFile file(dir.path() + QStringLiteral("/app/src/App.tsx"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "x");
}

void tst_Exporter::refusesToLeaveTheFolder_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"../x", "/etc/x", "a/../../x", "a\\..\\x", ""})
        QTest::addRow("%s", path) << QString::fromLatin1(path);
}

void tst_Exporter::refusesToLeaveTheFolder()
{
    QFETCH(QString, path);
    QTemporaryDir dir;
    const auto done =
        Exporter::toFolder({{path, "x"}, {QStringLiteral("ok.txt"), "y"}}, dir.path(), QStringLiteral("app"));
    QVERIFY(!done.result().ok());
    QVERIFY(!QFile::exists(dir.path() + QStringLiteral("/app")));
}

void tst_Exporter::aPipeIsWrittenInto()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    const int reader = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK);
    const FileMap files{{QStringLiteral("a.txt"), "x"}};
    const auto done = Exporter::toZip(files, path);
    QVERIFY(done.result().ok());
    QByteArray read(1000, Qt::Uninitialized);
    read.resize(::read(reader, read.data(), 1000));
    ::close(reader);
    QCOMPARE(read, Exporter::zip(files));
    struct stat kept = {};
    QVERIFY(::stat(QFile::encodeName(path).constData(), &kept) == 0 && S_ISFIFO(kept.st_mode));
}

void tst_Exporter::whatGitWouldReadIsLeftOut()
{
    QTemporaryDir dir;
    const FileMap files{{QStringLiteral("index.html"), "y"},
                        {QStringLiteral(".gitignore"), "z"},
                        {QStringLiteral(".git/config"), "[core] fsmonitor = evil"},
                        {QStringLiteral("HEAD"), "ref: refs/heads/main"}};
    const QString folder = Exporter::toFolder(files, dir.path(), QStringLiteral("app")).result().value();
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name),
             (QStringList{QStringLiteral(".gitignore"), QStringLiteral("index.html")}));
    QFile zip(Exporter::toZip(files, dir.filePath(QStringLiteral("app.zip"))).result().value());
    QVERIFY(zip.open(QIODevice::ReadOnly));
    QVERIFY(!zip.readAll().contains("fsmonitor"));
}

void tst_Exporter::zipIsReadable()
{
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (python.isEmpty()) {
        QVERIFY2(qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0, "python3 is missing");
        QSKIP("python3 reads the archive back");
    }
    QTemporaryDir dir;
    const QString file = dir.path() + QStringLiteral("/app.zip");
    const FileMap files{{QStringLiteral("src/App.tsx"), "hello zip"}, {QStringLiteral("ü.txt"), QByteArray(5000, 'a')}};
    QVERIFY(Exporter::toZip(files, file).result().ok());
    QProcess process;
    process.start(
        python,
        {QStringLiteral("-c"),
         QStringLiteral("import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is "
                        "None\nsys.stdout.write(z.read('src/App.tsx').decode()+str(len(z.read('\\u00fc.txt'))))"),
         file});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardOutput(), "hello zip5000");
}

void tst_Exporter::titlesBecomeNames()
{
    QCOMPARE(Exporter::fileName(QStringLiteral("a/b: c?")), QStringLiteral("a b c"));
    QCOMPARE(Exporter::fileName(QStringLiteral("../..")), QStringLiteral("app"));
    QCOMPARE(Exporter::fileName(QStringLiteral("-rf .x")), QStringLiteral("rf .x"));
}

QTEST_GUILESS_MAIN(tst_Exporter)
#include "tst_exporter.moc"
