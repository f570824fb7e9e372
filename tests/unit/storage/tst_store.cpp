// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/repositories.h"
#include "backends/storage/schema.h"
#include "backends/storage/store.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <thread>

using namespace Flotilla;

namespace {

constexpr char extraStep[] = "ALTER TABLE apps ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'";
constexpr char brokenStep[] =
    "ALTER TABLE apps ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'; SELECT nonsense FROM nowhere";

AppRecord makeApp(const QString &id)
{
    AppRecord app;
    app.id = {id};
    app.title = QStringLiteral("Title of ") + id;
    app.created = app.updated = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    return app;
}

SandboxRecord sandboxOf(const QString &app)
{
    SandboxRecord record;
    record.id = {QStringLiteral("sandbox-of-") + app};
    record.app = {app};
    record.state = QStringLiteral("stopped");
    return record;
}

Result<int> commit(Store &store, const QString &app, const FileMap &files)
{
    VersionRecord version;
    version.app = {app};
    version.state = QStringLiteral("green");
    version.created = QDateTime::fromMSecsSinceEpoch(1'700'000'001'000, Qt::UTC);
    return store.versions().commit(version, files, {});
}

/// Bytes that do not compress, so that the database has many pages.
QByteArray noise(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator generator(7);
    for (char &byte : bytes)
        byte = static_cast<char>(generator.generate());
    return bytes;
}

} // namespace

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("data"));
    }

    void createsPrivateFiles()
    {
        const auto store = open();
        QVERIFY(store->report().created);
        QVERIFY(store->report().damagedSetAside.isEmpty());
        const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther |
                            QFile::ExeGroup | QFile::ExeOther;
        QCOMPARE(QFileInfo(m_path).permissions() & others, QFile::Permissions());
        for (const QFileInfo &file : QDir(m_path).entryInfoList(QDir::Files | QDir::Hidden))
            QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
        QCOMPARE(store->dir(), m_path);
    }

    void reopensWithoutNews()
    {
        fill();
        const auto store = open();
        QVERIFY(!store->report().created);
        QCOMPARE(store->report().migratedFrom, -1);
        QCOMPARE(store->apps().list()->size(), 1);
        QCOMPARE(store->versions().files({QStringLiteral("a")}, 0)->value(QStringLiteral("f")), noise(400'000));
    }

    void damage_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"header", "middle", "truncated", "emptied", "text", "zeros", "log"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    /// Set aside with every byte, reported, and a new store works.
    void damage()
    {
        QFETCH(QString, kind);
        fill();
        damageFile(kind);
        QFile file(databaseFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray damaged = file.readAll();
        file.close();

        auto store = open();
        const QString aside = store->report().damagedSetAside;
        QVERIFY(QFileInfo(aside).fileName().startsWith(QLatin1String("damaged-")));
        QFile kept(aside + QStringLiteral("/flotilla.db"));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll().size(), damaged.size());
        QVERIFY(store->apps().list()->isEmpty());
        QVERIFY(store->apps().insert(makeApp(QStringLiteral("b"))).ok());
        store.reset();
        QVERIFY(open()->report().damagedSetAside.isEmpty());
    }

    void damagedContentIsNoticedWhenRead()
    {
        fill();
        QFile file(databaseFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        const QByteArray inside = noise(400'000).mid(200'000, 64);
        const qsizetype at = bytes.indexOf(inside.left(16)); // stored as it is: noise does not compress
        if (at < 0)
            QSKIP("the content is not found in plain sight");
        file.seek(at);
        file.write("damaged!");
        file.close();
        const auto store = open();
        QVERIFY(store->report().damagedSetAside.isEmpty()); // the pages are well formed
        QCOMPARE(store->versions().files({QStringLiteral("a")}, 1).error().kind, ErrorKind::Storage);
    }

    void aFileOfAnotherProgramIsRefused()
    {
        fill();
        QFile file(databaseFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(68); // application_id, see sqlite.org/fileformat2.html
        file.write("nope");
        file.close();
        QCOMPARE(Store::open(m_path).error().kind, ErrorKind::Unsupported);
        QVERIFY(QDir(m_path).entryList({QStringLiteral("damaged-*")}).isEmpty());
    }

    void newerSchemaIsRefusedAndLeftAlone()
    {
        {
            const auto store = Store::open(m_path, newer(extraStep));
        }
        const auto result = Store::open(m_path);
        QCOMPARE(result.error().kind, ErrorKind::Unsupported);
        QVERIFY(Store::open(m_path, newer(extraStep)).ok());
    }

    void migratesWithABackup()
    {
        fill();
        const auto migrated = Store::open(m_path, newer(extraStep));
        QVERIFY(migrated.ok());
        const OpenReport report = (*migrated)->report();
        QCOMPARE(report.migratedFrom, Schema::current().version());
        QVERIFY(!report.created);
        QCOMPARE((*migrated)->apps().list()->size(), 1);
        QVERIFY(QFileInfo(report.backup).size() > 400'000);
        QTemporaryDir restored;
        QVERIFY(QFile::copy(report.backup, restored.filePath(QStringLiteral("flotilla.db"))));
        const auto old = Store::open(restored.path());
        QVERIFY(old.ok());
        QCOMPARE((*old)->versions().files({QStringLiteral("a")}, 1)->size(), 1);
    }

    void aFailedMigrationChangesNothing()
    {
        fill();
        QVERIFY(!Store::open(m_path, newer(brokenStep)).ok());
        const auto store = open();
        QCOMPARE(store->apps().list()->size(), 1);
        QVERIFY(store->report().damagedSetAside.isEmpty());
    }

    void aPlaceThatCannotBeWrittenIsAnError()
    {
        QFile file(m_path); // a file where the folder should be: refused for root too
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(Store::open(m_path).error().kind, ErrorKind::Storage);
        QCOMPARE(Store::open(QStringLiteral("/proc/flotilla")).error().kind, ErrorKind::Storage);
    }

    void manyOpenAtOnceAndCreateOne()
    {
        std::vector<std::thread> threads;
        std::array<bool, 8> good{};
        std::array<bool, 8> created{};
        for (size_t i = 0; i < good.size(); ++i) {
            threads.emplace_back([&, i] {
                const auto store = Store::open(m_path);
                good[i] = store.ok() && (*store)->apps().insert(makeApp(QString::number(i))).ok();
                created[i] = store.ok() && (*store)->report().created;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(std::count(good.begin(), good.end(), true), 8);
        QCOMPARE(std::count(created.begin(), created.end(), true), 1);
        QCOMPARE(open()->apps().list()->size(), 8);
    }

    void twoWritersLoseNothing()
    {
        const auto first = open();
        QVERIFY(first->apps().insert(makeApp(QStringLiteral("a"))).ok());
        int failures = 0;
        std::thread other([&] {
            const auto second = Store::open(m_path);
            for (int i = 0; i < 40; ++i)
                failures += !commit(**second, QStringLiteral("a"), {{QStringLiteral("x"), QByteArray::number(i)}}).ok();
        });
        int own = 0;
        for (int i = 0; i < 40; ++i)
            own += !commit(*first, QStringLiteral("a"), {{QStringLiteral("y"), QByteArray::number(i)}}).ok();
        other.join();
        QCOMPARE(failures + own, 0);
        const auto versions = *first->versions().list({QStringLiteral("a")});
        QCOMPARE(versions.size(), 80);
        QCOMPARE(versions.last().number, 80);
    }

    void changesByOthersAreNoticed()
    {
        const auto first = open();
        const auto second = open();
        const qint64 before = *first->changesByOthers();
        QVERIFY(first->apps().insert(makeApp(QStringLiteral("a"))).ok());
        QCOMPARE(*first->changesByOthers(), before);
        QVERIFY(second->apps().insert(makeApp(QStringLiteral("b"))).ok());
        QVERIFY(*first->changesByOthers() != before);
    }

    void hostileValuesComeBackAsTheyWere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << QStringLiteral("'; DROP TABLE apps; --");
        QTest::newRow("NUL") << QStringLiteral("a") + QChar(0) + QStringLiteral("b");
        QTest::newRow("emoji") << QString::fromUtf8("\xf0\x9f\x9a\xa2 flotilla \xe2\x80\xae");
        QTest::newRow("huge") << QString(5'000'000, QLatin1Char('x'));
        QTest::newRow("empty") << QString();
    }
    void hostileValuesComeBackAsTheyWere()
    {
        QFETCH(QString, text);
        const auto store = open();
        AppRecord app = makeApp(QStringLiteral("a"));
        app.title = text;
        QVERIFY(store->apps().insert(app).ok());
        QCOMPARE(store->apps().get(app.id)->title, text);
        QVERIFY(store->settings().set(text, text).ok());
        QCOMPARE(*store->settings().get(text), text);
        const FileMap files{{text + QLatin1Char('f'), QByteArray("\xff\xfe\0\x80", 4)},
                            {QStringLiteral("empty"), QByteArray("")}};
        QVERIFY(commit(*store, QStringLiteral("a"), files).ok());
        QCOMPARE(*store->versions().files(app.id, 1), files);
    }

    void tooLargeIsRefused()
    {
        const auto store = open();
        QVERIFY(store->apps().insert(makeApp(QStringLiteral("a"))).ok());
        const QByteArray large(65 * 1024 * 1024, 'x');
        QCOMPARE(commit(*store, QStringLiteral("a"), {{QStringLiteral("f"), large}}).error().kind, ErrorKind::Invalid);
        QVERIFY(store->versions().list({QStringLiteral("a")})->isEmpty());
    }

    void contentIsSharedAndPurgeFreesOnlyWhatNobodyUses()
    {
        const auto store = open();
        for (const char *id : {"a", "b"})
            QVERIFY(store->apps().insert(makeApp(QLatin1String(id))).ok());
        const QByteArray shared = noise(300'000);
        const qint64 before = sizeNow();
        for (int i = 0; i < 20; ++i)
            QVERIFY(commit(*store, QStringLiteral("a"),
                           {{QStringLiteral("f"), shared}, {QStringLiteral("i"), QByteArray::number(i)}})
                        .ok());
        QVERIFY(commit(*store, QStringLiteral("b"), {{QStringLiteral("f"), shared}}).ok());
        QVERIFY2(sizeNow() - before < 3'000'000,
                 qPrintable(QString::number(sizeNow() - before))); // 21 copies would be 6.3 MB
        QVERIFY(store->apps().purge({QStringLiteral("a")}).ok());
        QCOMPARE(store->versions().files({QStringLiteral("b")}, 1)->value(QStringLiteral("f")), shared);
        QCOMPARE(store->apps().purge({QStringLiteral("a")}).error().kind, ErrorKind::NotFound);
        QCOMPARE(store->apps().list()->size(), 1);
    }

    void nothingIsKeptOfASandboxThatOutlivesItsApp()
    {
        const auto store = open();
        for (const char *id : {"a", "b", "c"}) {
            QVERIFY(store->apps().insert(makeApp(QLatin1String(id))).ok());
            QVERIFY(store->sandboxes().put(sandboxOf(QLatin1String(id))).ok());
        }
        QVERIFY(store->apps().purge({QStringLiteral("a")}).ok());
        QVERIFY(*store->sandboxes().end(sandboxOf(QStringLiteral("a")))); // reaped afterwards
        QVERIFY(store->sandboxes().list()->size() == 2);
        QVERIFY(store->sandboxes().lastEnds()->isEmpty());
        QVERIFY(*store->sandboxes().end(sandboxOf(QStringLiteral("b"))));
        QCOMPARE(store->sandboxes().lastEnds()->size(), 1);
        QVERIFY(store->apps().purge({QStringLiteral("b")}).ok()); // the other way round
        QVERIFY(store->sandboxes().lastEnds()->isEmpty());
    }

    void endsThatAnOlderProgramLeftGoWithTheNextApp()
    {
        const auto store = open();
        for (const char *id : {"a", "b"})
            QVERIFY(store->apps().insert(makeApp(QLatin1String(id))).ok());
        SQLite::Database database((m_path + QStringLiteral("/flotilla.db")).toStdString(), SQLite::OPEN_READWRITE);
        for (const char *id : {"a", "gone"})
            database.exec(std::string("INSERT INTO sandbox_ends VALUES('") + id +
                          "', 's', 'local', 'bubblewrap', 'stopped', '', '', 1)");
        QVERIFY(store->apps().purgeAll({{QStringLiteral("b")}}).ok());
        const auto ends = store->sandboxes().lastEnds();
        QCOMPARE(ends->size(), 1);
        QCOMPARE(ends->first().app.value, QStringLiteral("a"));
    }

    void sandboxesAreClaimedOnce()
    {
        const auto first = open();
        const auto second = open();
        QVERIFY(first->apps().insert(makeApp(QStringLiteral("a"))).ok());
        SandboxRecord record;
        record.id = {QStringLiteral("s1")};
        record.app = {QStringLiteral("a")};
        record.state = QStringLiteral("creating");
        record.created = QDateTime::fromMSecsSinceEpoch(5, Qt::UTC);
        record.creator = QStringLiteral("1 2");
        QCOMPARE(*first->sandboxes().claim(record), record);
        SandboxRecord rival = record;
        rival.id = {QStringLiteral("s2")};
        QCOMPARE(*second->sandboxes().claim(rival), record);
        record.state = QStringLiteral("failed");
        record.reason = QStringLiteral("out-of-memory");
        record.creator.clear();
        QVERIFY(second->sandboxes().end(record).ok());
        QVERIFY(first->sandboxes().list()->isEmpty());
        QCOMPARE(first->sandboxes().lastEnd(record.app)->value(), record);
    }

    void thumbnailsOfTheNewest()
    {
        const auto store = open();
        QVERIFY(store->apps().insert(makeApp(QStringLiteral("a"))).ok());
        QVERIFY(store->thumbnails().get({QStringLiteral("a")}, 0)->isEmpty());
        QVERIFY(store->thumbnails().put({QStringLiteral("a")}, 1, "one").ok());
        QVERIFY(store->thumbnails().put({QStringLiteral("a")}, 2, "two").ok());
        QCOMPARE(*store->thumbnails().get({QStringLiteral("a")}, 0), QByteArray("two"));
        QCOMPARE(*store->thumbnails().get({QStringLiteral("a")}, 1), QByteArray("one"));
    }

    void commitTime()
    {
        const auto store = open();
        QVERIFY(store->apps().insert(makeApp(QStringLiteral("a"))).ok());
        std::vector<double> times;
        for (int i = 0; i < 60; ++i) {
            FileMap files;
            for (int file = 0; file < 10; ++file) // one of ten changes, as in an edit
                files.insert(QString::number(file),
                             noise(4000 + file) + (file == 0 ? QByteArray::number(i) : QByteArray()));
            QElapsedTimer timer;
            timer.start();
            QVERIFY(commit(*store, QStringLiteral("a"), files).ok());
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        qInfo("commit of a version with 10 files: p50 %.2f ms, p95 %.2f ms", times[30], times[57]);
        QVERIFY(times[30] < 250); // a slow disk, but not a sync per file
    }

    void opensFastWithAThousandApps()
    {
        {
            const auto store = open();
            for (int i = 0; i < 1000; ++i) {
                QVERIFY(store->apps().insert(makeApp(QStringLiteral("app%1").arg(i))).ok());
                QVERIFY(commit(*store, QStringLiteral("app%1").arg(i), {{QStringLiteral("f"), noise(4000 + i)}}).ok());
            }
        }
        qint64 best = 1'000'000'000;
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            timer.start();
            const auto store = open();
            best = qMin(best, timer.nsecsElapsed());
            QCOMPARE(store->apps().list()->size(), 1000);
        }
        qInfo("open with 1000 apps: %.2f ms", double(best) / 1e6);
        QVERIFY(best < 15'000'000);
    }

private:
    std::unique_ptr<Store> open()
    {
        auto store = Store::open(m_path);
        if (!store)
            qFatal("%s %s", qPrintable(store.error().text), qPrintable(store.error().detail));
        return std::move(*store);
    }
    void fill()
    {
        const auto store = open();
        QVERIFY(store->apps().insert(makeApp(QStringLiteral("a"))).ok());
        QVERIFY(commit(*store, QStringLiteral("a"), {{QStringLiteral("f"), noise(400'000)}}).ok());
    }
    static Schema newer(const char *step)
    {
        Schema schema = Schema::current();
        schema.steps.append(step);
        return schema;
    }
    QString databaseFile() const { return m_path + QStringLiteral("/flotilla.db"); }
    qint64 sizeNow() const
    {
        return QFileInfo(databaseFile()).size() + QFileInfo(databaseFile() + QStringLiteral("-wal")).size();
    }
    void damageFile(const QString &kind)
    {
        QFile file(databaseFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (kind == QLatin1String("header")) {
            file.write("not a database at all");
        } else if (kind == QLatin1String("middle")) {
            file.seek(4096);
            file.write(QByteArray(8 * 4096, '\xa5')); // pages of tables and indexes
        } else if (kind == QLatin1String("truncated")) {
            QVERIFY(file.resize(file.size() / 2));
        } else if (kind == QLatin1String("emptied")) {
            QVERIFY(file.resize(0));
            QFile log(databaseFile() + QStringLiteral("-wal"));
            QVERIFY(log.open(QIODevice::WriteOnly));
            log.write("left over");
        } else if (kind == QLatin1String("log")) {
            QFile log(databaseFile() + QStringLiteral("-wal"));
            QVERIFY(log.open(QIODevice::WriteOnly));
            log.write(QByteArray(4096, '\xa5'));
        } else if (kind == QLatin1String("text")) {
            QVERIFY(file.resize(0));
            file.write("hello\n");
        } else {
            file.write(QByteArray(static_cast<int>(file.size()), '\0'));
        }
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
