// SPDX-License-Identifier: GPL-3.0-or-later
// Stores that older programs wrote: they open, are backed up first, and keep every row.
#include "backends/storage/repositories.h"
#include "backends/storage/schema.h"
#include "backends/storage/store.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

using namespace Flotilla;

namespace {

const QByteArray source = "export default () => <p>kept</p>\n";

/// Rows as version 1 wrote them, in every table; %1 and %2 are the hash and the packed bytes of `source`.
const char *const rowsOfStep1 = R"sql(
INSERT INTO apps(id, title, prompt, model, host, starred, sort_key, created, updated, deleted) VALUES
    ('a', 'Habits', 'a habit tracker', 'sampler', 'local', 1, 2, 1700000000000, 1700000005000, NULL),
    ('b', 'Binned', 'a timer', 'sampler', 'local', 0, 0, 1700000000000, 1700000001000, 1700000002000);
INSERT INTO blobs VALUES(1, x'%1', %3, x'%2');
INSERT INTO versions VALUES
    (1, 'a', 1, 0, 'green', 'First', '[]', '', 'sampler', 1, 2, 3, 4, 0.5, 1.5, 1700000003000);
INSERT INTO version_files VALUES(1, 'src/App.tsx', 1);
INSERT INTO working_files VALUES('a', 'src/App.tsx', %3, x'%2');
INSERT INTO messages(app, role, state, content, version, created, hidden) VALUES
    ('a', 'user', 'complete', x'5b5d', 0, 1700000000000, 0), ('a', 'assistant', 'stopped', x'5b5d', 0, 1700000000000, 0);
INSERT INTO sandboxes VALUES('s1', 'a', 'local', 'bubblewrap', 'running', '', '', 1700000004000, '1 1');
INSERT INTO sandbox_ends VALUES('b', 's0', 'local', 'bubblewrap', 'stopped', '', '', 1700000001000);
INSERT INTO settings VALUES('theme', '"dark"');
INSERT INTO thumbnails VALUES('a', 1, x'89504e47');
)sql";

const char *const rowsOfStep2 = R"sql(
UPDATE apps SET host = 'box', backend = 'podman' WHERE id = 'a';
INSERT INTO hosts VALUES('box', 'Box', 'user@box', 'podman', 1, 0, 7, 1700000000000);
INSERT INTO app_labels VALUES('a', 'demo');
INSERT INTO fleet_events(time, host, app, sandbox, kind, text) VALUES
    (1700000000000, 'box', 'a', 's1', 'created', 'Its sandbox was started.');
INSERT INTO snapshots VALUES('snap', 'a', 's1', 'box', 'podman', 'before', 1, 4096, 1700000000000);
)sql";

QByteArray rows(int version)
{
    const QByteArray hash = QCryptographicHash::hash(source, QCryptographicHash::Sha256).toHex();
    const QByteArray first = QByteArray(rowsOfStep1)
                                 .replace("%1", hash)
                                 .replace("%2", qCompress(source, 3).toHex())
                                 .replace("%3", QByteArray::number(source.size()));
    return version == 1 ? first : first + rowsOfStep2;
}

/// What a program of that schema version left behind.
void writeStore(const QString &dir, int version)
{
    QDir().mkpath(dir);
    SQLite::Database database((dir + QStringLiteral("/flotilla.db")).toStdString(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    for (int step = 0; step < version; ++step)
        database.exec(Schema::current().steps.at(step));
    database.exec(rows(version).toStdString());
    database.exec(QStringLiteral("PRAGMA application_id=%1; PRAGMA user_version=%2")
                      .arg(schemaApplicationId)
                      .arg(version)
                      .toStdString());
}

} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void releasedStepsAreNeverEdited_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QByteArray>("hash");
        QTest::newRow("1") << 0 << QByteArray("ac9eea7cae68fd34530bce82d2878bf93e292dab75be011870758a836acab72a");
        QTest::newRow("2") << 1 << QByteArray("8d63ca4eca4f5ce92d0fe6bc205de091b2fd81fdbaf240fb8f1f2475c4dbee01");
        QTest::newRow("3") << 2 << QByteArray("e63b289ea6291e3d75cb19ce37c297cd799ed6295d3faead0ae63ac02976d7a3");
        QTest::newRow("4") << 3 << QByteArray("61bd3205635fffa2156c9659fea1337129fdd940782fba84cdfe82097eb7c725");
        QTest::newRow("5") << 4 << QByteArray("e6cb1bd9d557954160df1bd4734e4199c91f819fc0e6cb0fea5e43b411ac9125");
    }
    void releasedStepsAreNeverEdited()
    {
        QFETCH(int, step);
        QFETCH(QByteArray, hash);
        const QByteArray text = Schema::current().steps.at(step);
        QCOMPARE(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex(), hash);
    }

    void anOlderStoreKeepsItsRows_data() { versions(); }
    void anOlderStoreKeepsItsRows()
    {
        QFETCH(int, version);
        const QTemporaryDir dir;
        writeStore(dir.path(), version);
        const auto opened = Store::open(dir.path());
        QVERIFY2(opened.ok(), opened ? "" : qPrintable(opened.error().detail));
        Store &store = **opened;
        QCOMPARE(store.report().migratedFrom, version);
        QVERIFY(!store.report().created);
        QVERIFY(store.report().damagedSetAside.isEmpty());
        checkFirst(store, version);
        if (version > 1)
            checkSecond(store);
        HostRecord host;
        host.id = {QStringLiteral("new")};
        host.image = QStringLiteral("node:20");
        QVERIFY(store.hosts().put(host).ok()); // what is new can be used
        const QList<HostRecord> hosts = *store.hosts().list();
        QVERIFY(std::any_of(hosts.cbegin(), hosts.cend(), [](const HostRecord &r) { return r.image == "node:20"; }));
        AppRecord app = *store.apps().get({QStringLiteral("a")});
        app.image = host.image;
        QVERIFY(store.apps().update(app).ok());
        QCOMPARE(store.apps().get(app.id)->image, host.image);
        QVERIFY(store.board().addLabel({QStringLiteral("a")}, QStringLiteral("new")).ok());
        QCOMPARE(store.conversation().withoutVersion({QStringLiteral("a")})->size(), 1);
    }

    void theBackupIsTheOldStore_data() { versions(); }
    void theBackupIsTheOldStore()
    {
        QFETCH(int, version);
        const QTemporaryDir dir;
        const QTemporaryDir again;
        writeStore(dir.path(), version);
        const auto opened = Store::open(dir.path());
        QVERIFY(opened.ok());
        const QString backup = (*opened)->report().backup;
        QVERIFY(QFileInfo::exists(backup));
        QVERIFY(QFile::copy(backup, again.filePath(QStringLiteral("flotilla.db"))));
        const auto restored = Store::open(again.path());
        QVERIFY(restored.ok());
        QCOMPARE((*restored)->report().migratedFrom, version);
        checkFirst(**restored, version);
        const auto second = Store::open(dir.path()); // done once
        QCOMPARE((*second)->report().migratedFrom, -1);
        QVERIFY((*second)->report().backup.isEmpty());
    }

private:
    static void versions()
    {
        QTest::addColumn<int>("version");
        QTest::newRow("1") << 1;
        QTest::newRow("2") << 2;
    }

    static void checkFirst(Store &store, int version)
    {
        const AppId app{QStringLiteral("a")};
        const auto kept = store.apps().get(app);
        QVERIFY(kept.ok());
        QCOMPARE(kept->title, QStringLiteral("Habits"));
        QCOMPARE(kept->prompt, QStringLiteral("a habit tracker"));
        QVERIFY(kept->starred);
        QCOMPARE(kept->updated.toMSecsSinceEpoch(), 1'700'000'005'000);
        QCOMPARE(kept->host, version == 1 ? QStringLiteral("local") : QStringLiteral("box"));
        QCOMPARE(kept->backend, version == 1 ? QString() : QStringLiteral("podman"));
        QCOMPARE(kept->image, QString());
        QVERIFY(store.apps().get({QStringLiteral("b")})->deleted.has_value());
        const auto files = store.versions().files(app, 1);
        QVERIFY(files.ok());
        QCOMPARE(files->value(QStringLiteral("src/App.tsx")), source);
        QCOMPARE(store.conversation().list(app)->size(), 2);
        QCOMPARE(store.sandboxes().list()->size(), 1);
        QCOMPARE(store.sandboxes().lastEnd({QStringLiteral("b")})->value().id.value, QStringLiteral("s0"));
    }

    static void checkSecond(Store &store)
    {
        const auto hosts = store.hosts().list();
        QVERIFY(hosts.ok());
        QCOMPARE(hosts->size(), 1);
        QCOMPARE(hosts->first().target, QStringLiteral("user@box"));
        QCOMPARE(hosts->first().capacity, 7);
        QCOMPARE(hosts->first().suffix, QString()); // its folders there keep their names
        QCOMPARE(hosts->first().image, QString());
        QCOMPARE(*store.board().labelsOf({QStringLiteral("a")}), QStringList(QStringLiteral("demo")));
        QCOMPARE(store.board().events({QStringLiteral("a")}, 10)->size(), 1);
        QCOMPARE(store.board().snapshots({QStringLiteral("a")})->size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
