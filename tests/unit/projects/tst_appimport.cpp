// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/appimport.h"
#include "backends/projects/exporter.h"
#include "backends/projects/workspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

#include <sys/stat.h>

using namespace Flotilla;

namespace {

struct Entry
{
    QByteArray name;
    QByteArray content = "x";
    int type = AE_IFREG;
    QByteArray link = {};
    bool hard = false;
};
using Entries = QList<Entry>;

/// An archive as others make it, hostile ones included.
QByteArray archiveOf(const Entries &entries, bool zip = false, bool packed = false)
{
    QByteArray bytes(64 * 1024 * 1024, Qt::Uninitialized);
    size_t used = 0;
    archive *out = archive_write_new();
    zip ? archive_write_set_format_zip(out) : archive_write_set_format_pax_restricted(out);
    if (packed)
        archive_write_add_filter_gzip(out);
    archive_write_open_memory(out, bytes.data(), size_t(bytes.size()), &used);
    for (const Entry &entry : entries) {
        archive_entry *made = archive_entry_new();
        archive_entry_set_pathname(made, entry.name.constData());
        archive_entry_set_perm(made, 0644);
        if (!entry.hard)
            archive_entry_set_filetype(made, entry.type);
        if (entry.hard)
            archive_entry_set_hardlink(made, entry.link.constData());
        else if (!entry.link.isEmpty())
            archive_entry_set_symlink(made, entry.link.constData());
        const bool file = entry.type == AE_IFREG && !entry.hard;
        archive_entry_set_size(made, file ? entry.content.size() : 0);
        archive_write_header(out, made);
        if (file)
            archive_write_data(out, entry.content.constData(), size_t(entry.content.size()));
        archive_entry_free(made);
    }
    archive_write_close(out);
    archive_write_free(out);
    bytes.resize(qsizetype(used));
    return bytes;
}

const Entry page{"index.html", "<h1>Tides</h1>"};

} // namespace

class TestAppImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasExportedComesBack_data()
    {
        QTest::addColumn<bool>("zip");
        QTest::newRow("zip") << true;
        QTest::newRow("folder") << false;
    }
    void whatWasExportedComesBack()
    {
        QFETCH(bool, zip);
        const QTemporaryDir dir;
        const FileMap files{{QStringLiteral("src/App.tsx"), "export default () => <p>ü</p>\n"},
                            {QStringLiteral("src/ü/täg.css"), QByteArray("\0\xff", 2)},
                            {QStringLiteral("empty.txt"), QByteArray("")}};
        const auto written = zip ? Exporter::toZip(files, dir.filePath(QStringLiteral("Harbour habits.zip")))
                                 : Exporter::toFolder(files, dir.path(), QStringLiteral("Harbour habits"));
        QVERIFY(written.result().ok());
        const auto imported = AppImport::read(*written.result()).result();
        QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().text + imported.error().detail));
        QCOMPARE(imported->files, files);
        QCOMPARE(imported->title, QStringLiteral("Harbour habits"));
    }

    void everyFormatIsRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("zip");
        QTest::addColumn<bool>("packed");
        QTest::newRow("zip") << QStringLiteral("a.zip") << true << false;
        QTest::newRow("tar") << QStringLiteral("a.tar") << false << false;
        QTest::newRow("tar.gz") << QStringLiteral("a.tar.gz") << false << true;
        QTest::newRow("wrong suffix") << QStringLiteral("a.zip") << false << true;
    }
    void everyFormatIsRead()
    {
        QFETCH(QString, name);
        QFETCH(bool, zip);
        QFETCH(bool, packed);
        const auto imported = readBytes(archiveOf({page, {"img/a.png", "png"}}, zip, packed), name);
        QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().text + imported.error().detail));
        QCOMPARE(imported->files.value(QStringLiteral("img/a.png")), QByteArray("png"));
        QCOMPARE(imported->title, QStringLiteral("a"));
        QVERIFY(AppImport::canRead(name));
        QVERIFY(!AppImport::canRead(QStringLiteral("a.png")));
    }

    void theFolderAroundAnAppIsDropped()
    {
        const auto imported = readBytes(
            archiveOf({{"habits-main/", {}, AE_IFDIR}, {"habits-main/app/src/App.tsx"}, {"habits-main/app/a.css"}}));
        QVERIFY(imported.ok());
        QCOMPARE(Workspace(imported->files).paths(),
                 (QStringList{QStringLiteral("a.css"), QStringLiteral("src/App.tsx")}));
    }

    void whatBelongsToToolsIsLeftOut()
    {
        const auto imported = readBytes(archiveOf({page,
                                                   {".git/config"},
                                                   {"docs/.GIT/config"},
                                                   {"GIT~1/config"},
                                                   {"node_modules/react/index.js"},
                                                   {"node_modules/.bin/x", {}, AE_IFLNK, "../x"},
                                                   {"__MACOSX/._index.html"},
                                                   {"img/.DS_Store"}}));
        QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().text));
        QCOMPARE(imported->files.keys(), QStringList(QStringLiteral("index.html")));
        QCOMPARE(imported->leftOut, 7);
    }

    void hostileArchivesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const Entries &entries, bool zip = false) {
            QTest::newRow(name) << archiveOf(Entries{page} + entries, zip);
        };
        for (const bool zip : {false, true}) {
            const auto both = [&](const char *name, const Entries &entries) {
                row(qPrintable(QLatin1String(name) + QLatin1String(zip ? " (zip)" : " (tar)")), entries, zip);
            };
            both("up", {{"../evil"}});
            both("up later", {{"a/../../evil"}});
            both("absolute", {{"/etc/evil"}});
            both("back-slash", {{"a\\..\\evil"}});
            both("drive", {{"c:/evil"}});
            both("home", {{"~/evil"}});
            both("control character", {{"a\nb"}});
            both("turned around", {{"a\xe2\x80\xae"
                                    "b"}});
            both("not UTF-8", {{"a\xff\xfe"}});
            both("empty part", {{"a//b"}});
            both("long name", {{QByteArray(300, 'a')}});
            both("long path", {{QByteArray("a/").repeated(300) + "b"}});
            both("twice", {{"index.html", "other"}});
            both("file and folder", {{"a"}, {"a/b"}});
            both("symbolic link", {{"link", {}, AE_IFLNK, "/etc/passwd"}});
            both("up in what tools have", {{".git/../../evil"}});
        }
        row("hard link", {{"link", {}, AE_IFREG, "index.html", true}});
        row("hard link to outside", {{"link", {}, AE_IFREG, "/etc/passwd", true}});
        row("pipe", {{"pipe", {}, AE_IFIFO}});
        row("device", {{"device", {}, AE_IFCHR}});
        row("large file", {{"large", QByteArray(9 * 1024 * 1024, 'x')}});
        QTest::newRow("no archive") << QByteArray("GIF89a");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no app") << archiveOf({{"photo.jpg"}, {"text.txt"}});
        QTest::newRow("no files") << archiveOf({{"folder/", {}, AE_IFDIR}});
    }
    void hostileArchivesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto imported = readBytes(bytes);
        QVERIFY(!imported.ok());
        QCOMPARE(imported.error().kind, ErrorKind::Invalid);
        QVERIFY2(imported.error().text.startsWith(QStringLiteral("“a.zip” was not imported: ")),
                 qPrintable(imported.error().text));
        QVERIFY(!imported.error().text.contains(QLatin1Char('\n')));
        QVERIFY(imported.error().text.size() < 300);
        QCOMPARE(QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(),
                 1); // nothing was written
    }

    void aBombIsNotUnpacked_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("in the app") << QByteArray("zeros");
        QTest::newRow("in what is left out") << QByteArray("node_modules/zeros");
    }
    void aBombIsNotUnpacked()
    {
        QFETCH(QByteArray, name);
        const QByteArray bomb = archiveOf({page, {name, QByteArray(40'000'000, 0)}}, false, true);
        QVERIFY(bomb.size() < 200'000);
        ImportLimits limits;
        limits.unpackedBytes = 20'000'000;
        ImportProgress progress;
        const auto imported = readBytes(bomb, QStringLiteral("a.zip"), limits, &progress);
        QVERIFY(!imported.ok());
        QVERIFY2(progress.bytes <= 21'000'000, qPrintable(QString::number(progress.bytes)));
    }

    void tooManyFilesAreRefused()
    {
        Entries entries{page};
        for (int i = 0; i < 2100; ++i)
            entries.append({"f" + QByteArray::number(i)});
        QVERIFY(!readBytes(archiveOf(entries)).ok());
        Entries folders{page};
        for (int i = 0; i < 60; ++i)
            folders.append({"d" + QByteArray::number(i) + "/", {}, AE_IFDIR});
        ImportLimits limits;
        limits.entries = 50;
        QVERIFY(!readBytes(archiveOf(folders), QStringLiteral("a.zip"), limits).ok());
        limits.entries = 20'000;
        limits.archiveBytes = 100;
        QVERIFY(!readBytes(archiveOf({page}), QStringLiteral("a.zip"), limits).ok());
    }

    void everyCutArchiveIsAnError()
    {
        for (const bool zip : {false, true}) {
            const QByteArray whole = archiveOf({page, {"src/App.tsx", QByteArray(3000, 'x')}}, zip, !zip);
            for (qsizetype size = 0; size < whole.size() - 1; size += 1 + size / 16) {
                const auto imported = readBytes(whole.left(size));
                if (imported.ok()) // what is missing then is the directory or the padding at the end
                    QCOMPARE(imported->files.value(QStringLiteral("src/App.tsx")), QByteArray(3000, 'x'));
            }
        }
    }

    void changedBytesNeverLeadElsewhere()
    {
        const QByteArray whole = archiveOf({page, {"src/App.tsx", "abc"}}, true);
        for (qsizetype at = 0; at < whole.size(); ++at)
            for (const char mask : {'\x01', '\x40', '\xff'}) {
                QByteArray changed = whole;
                changed[at] = char(changed[at] ^ mask);
                const auto imported = readBytes(changed);
                if (!imported.ok())
                    continue;
                for (auto path = imported->files.keyBegin(); path != imported->files.keyEnd(); ++path)
                    QVERIFY(!pathProblem(*path));
            }
    }

    void foldersAreReadWithoutFollowingLinks()
    {
        const QTemporaryDir dir;
        QDir(dir.path()).mkpath(QStringLiteral("app/src"));
        QDir(dir.path()).mkpath(QStringLiteral("app/.git/objects"));
        write(dir.filePath(QStringLiteral("app/index.html")));
        write(dir.filePath(QStringLiteral("app/src/.hidden")));
        const auto imported = AppImport::read(dir.filePath(QStringLiteral("app/"))).result();
        QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().text));
        QCOMPARE(imported->files.size(), 2);
        QCOMPARE(imported->leftOut, 1);
        QCOMPARE(imported->title, QStringLiteral("app"));
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), dir.filePath(QStringLiteral("app/src/link"))));
        QVERIFY(!AppImport::read(dir.filePath(QStringLiteral("app"))).result().ok());
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral("app/src/link"))));
        QVERIFY(QFile::link(QStringLiteral("/etc"), dir.filePath(QStringLiteral("app/etc"))));
        QVERIFY(!AppImport::read(dir.filePath(QStringLiteral("app"))).result().ok());
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral("app/etc"))));
        QCOMPARE(::mkfifo(QFile::encodeName(dir.filePath(QStringLiteral("app/pipe"))).constData(), 0600), 0);
        QVERIFY(!AppImport::read(dir.filePath(QStringLiteral("app"))).result().ok()); // and does not wait for a writer
        QVERIFY(!AppImport::read(dir.filePath(QStringLiteral("app/pipe"))).result().ok());
    }

    void whatIsNotThereIsSaid()
    {
        const auto imported = AppImport::read(QStringLiteral("/nowhere/a.zip")).result();
        QCOMPARE(imported.error().kind, ErrorKind::NotFound);
        QVERIFY(imported.error().text.contains(QStringLiteral("/nowhere/a.zip")));
    }

    void aReadCanBeCancelled()
    {
        ImportProgress progress;
        progress.cancelled = true;
        QCOMPARE(readBytes(archiveOf({page}), QStringLiteral("a.zip"), {}, &progress).error().kind,
                 ErrorKind::Cancelled);
    }

private:
    static void write(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
    }
    Result<ImportedApp> readBytes(const QByteArray &bytes, const QString &name = QStringLiteral("a.zip"),
                                  const ImportLimits &limits = {}, ImportProgress *progress = nullptr)
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return Error{ErrorKind::Storage, file.errorString(), {}};
        file.close();
        ImportProgress own;
        auto imported = AppImport::readNow(file.fileName(), progress ? *progress : own, limits);
        if (name != QLatin1String("a.zip"))
            file.remove();
        return imported;
    }

    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(TestAppImport)
#include "tst_appimport.moc"
