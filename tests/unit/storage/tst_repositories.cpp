// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

QDateTime at(int seconds)
{
    return QDateTime::fromMSecsSinceEpoch(1'700'000'000'123 + seconds * 1000ll, Qt::UTC);
}

AppRecord makeApp(const QString &id, int seconds = 0)
{
    return {.id = {id},
            .title = QStringLiteral("Habit tracker"),
            .prompt = QStringLiteral("a habit tracker with a weekly chart"),
            .model = QStringLiteral("sampler"),
            .host = QStringLiteral("local"),
            .starred = true,
            .sortKey = 3,
            .created = at(seconds),
            .updated = at(seconds),
            .deleted = {}};
}

VersionRecord makeVersion(const QString &app, const QString &state = QStringLiteral("green"))
{
    VersionRecord version;
    version.app = {app};
    version.state = state;
    version.message = QStringLiteral("make it blue");
    version.checks = QStringLiteral("{\"built\":true}");
    version.model = QStringLiteral("sampler");
    version.inputTokens = 5'000'000'000;
    version.outputTokens = 7;
    version.cost = 0.125;
    version.seconds = 1.5;
    version.created = at(60);
    return version;
}

MessageRecord makeMessage(const QString &app, const QString &state = QStringLiteral("complete"))
{
    return {.id = 0,
            .app = {app},
            .role = QStringLiteral("assistant"),
            .state = state,
            .content = "[{\"text\":\"hi\"}]",
            .version = 0,
            .created = at(1)};
}

} // namespace

class TestRepositories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        auto store = Store::open(m_dir->path());
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text + store.error().detail));
        m_store = std::move(*store);
        QVERIFY(m_store->apps().insert(makeApp(a)).ok());
    }
    void cleanup() { m_store.reset(); }

    void appsRoundTrip()
    {
        AppRecord app = makeApp(QStringLiteral("b"), 5);
        QVERIFY(m_store->apps().insert(app).ok());
        QCOMPARE(m_store->apps().insert(app).error().kind, ErrorKind::Conflict);
        QCOMPARE(*m_store->apps().get(app.id), app);
        app.title = QStringLiteral("Renamed");
        app.updated = at(9);
        QVERIFY(m_store->apps().update(app).ok());
        QCOMPARE((*m_store->apps().list()).first(), app);
        QCOMPARE(m_store->apps().update(makeApp(QStringLiteral("nobody"))).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_store->apps().get({QStringLiteral("nobody")}).error().kind, ErrorKind::NotFound);
    }

    void theBinHoldsAndGivesBack()
    {
        const AppId id{a};
        QVERIFY(m_store->apps().markDeleted(id, at(2)).ok());
        QVERIFY(m_store->apps().list()->isEmpty());
        QCOMPARE(m_store->apps().list(true)->first().deleted, std::optional(at(2)));
        QVERIFY(m_store->apps().markDeleted(id, {}).ok());
        QCOMPARE(m_store->apps().list()->first(), makeApp(a));
        QCOMPARE(m_store->apps().markDeleted({QStringLiteral("nobody")}, at(2)).error().kind, ErrorKind::NotFound);
    }

    void commitIsOneStep()
    {
        const AppId id{a};
        const MessageRecord streaming = makeMessage(a, QStringLiteral("streaming"));
        MessageRecord message = streaming;
        message.id = *m_store->conversation().append(streaming);
        QCOMPARE(m_store->conversation().streaming()->size(), 1);
        const WorkingFiles halves{{QStringLiteral("src/App.tsx"), QByteArray("half")},
                                  {QStringLiteral("old.txt"), std::nullopt}};
        QVERIFY(m_store->versions().keepProgress(message, halves).ok());
        const auto working = *m_store->versions().workingFiles(id);
        QCOMPARE(working.size(), 2);
        QCOMPARE(working.value(QStringLiteral("src/App.tsx")), std::optional(QByteArray("half")));
        QVERIFY(!working.value(QStringLiteral("old.txt")).has_value());

        message.state = QStringLiteral("complete");
        const FileMap files{{QStringLiteral("src/App.tsx"), "whole"}, {QStringLiteral("empty"), QByteArray("")}};
        QCOMPARE(*m_store->versions().commit(makeVersion(a), files, message), 1);
        QCOMPARE(*m_store->versions().files(id, 1), files);
        QCOMPARE(m_store->conversation().list(id)->first().state, QStringLiteral("complete"));
        QCOMPARE(m_store->conversation().list(id)->first().version, 1);
        QVERIFY(m_store->conversation().streaming()->isEmpty());
        QVERIFY(m_store->versions().workingFiles(id)->isEmpty());
        QCOMPARE(m_store->apps().get(id)->updated, at(60));
    }

    void progressOfAMessageThatIsGoneIsRefused()
    {
        MessageRecord message = makeMessage(a, QStringLiteral("streaming"));
        message.id = 4711;
        const WorkingFiles files{{QStringLiteral("x"), QByteArray("y")}};
        QCOMPARE(m_store->versions().keepProgress(message, files, false).error().kind, ErrorKind::NotFound);
        QVERIFY(m_store->versions().workingFiles({a})->isEmpty());
    }

    void messagesAreAppendedTogetherOrNotAtAll()
    {
        const auto before = m_store->conversation().list({a})->size();
        const MessageRecord fine = makeMessage(a, QStringLiteral("complete"));
        const auto ids = m_store->conversation().append(QList<MessageRecord>{fine, fine});
        QVERIFY(ids.ok());
        QVERIFY(ids->at(0) < ids->at(1));
        const MessageRecord orphan = makeMessage(QStringLiteral("nobody"), QStringLiteral("complete"));
        QCOMPARE(m_store->conversation().append(QList<MessageRecord>{fine, orphan}).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_store->conversation().list({a})->size(), before + 2);
    }

    void failedCommitChangesNothing()
    {
        MessageRecord gone = makeMessage(a);
        gone.id = 4711;
        const FileMap files{{QStringLiteral("x"), "1"}};
        QCOMPARE(m_store->versions().commit(makeVersion(a), files, gone).error().kind, ErrorKind::NotFound);
        QVERIFY(m_store->versions().list({a})->isEmpty());
        QCOMPARE(m_store->versions().commit(makeVersion(QStringLiteral("nobody")), files, {}).error().kind,
                 ErrorKind::NotFound);
    }

    void versionsCountPerApp()
    {
        QVERIFY(m_store->apps().insert(makeApp(QStringLiteral("b"))).ok());
        QVERIFY(m_store->versions().files({a}, 0)->isEmpty());
        QCOMPARE(m_store->versions().get({a}, 0).error().kind, ErrorKind::NotFound);
        QCOMPARE(*m_store->versions().lastGreen({a}), 0);
        for (const char *state : {"green", "red", "green", "stopped"})
            QVERIFY(m_store->versions().commit(makeVersion(a, QLatin1String(state)), {}, {}).ok());
        QCOMPARE(*m_store->versions().commit(makeVersion(QStringLiteral("b")), {}, {}), 1);
        QCOMPARE(*m_store->versions().lastGreen({a}), 3);
        QCOMPARE(m_store->versions().list({a})->size(), 4);
        QCOMPARE(m_store->versions().get({a}, 0)->number, 4);
        VersionRecord expected = makeVersion(a, QStringLiteral("red"));
        expected.number = 2;
        QCOMPARE(*m_store->versions().get({a}, 2), expected);
        QCOMPARE(m_store->versions().files({a}, 9).error().kind, ErrorKind::NotFound);
        QVERIFY(m_store->versions().files({a}, 1).ok());
    }

    void checksAreReplacedOnlyWhenTheyAreKnown()
    {
        QVERIFY(m_store->versions().commit(makeVersion(a), {}, {}).ok());
        QVERIFY(m_store->versions().commit(makeVersion(a), {}, {}).ok());
        const VersionRecord before = *m_store->versions().get({a}, 1);
        const QString checks = QStringLiteral("[{\"name\":\"used\"}]");
        QCOMPARE(*m_store->versions().replaceChecks({a}, 1, QStringLiteral("others"), checks), false);
        QCOMPARE(*m_store->versions().get({a}, 1), before);
        QCOMPARE(*m_store->versions().replaceChecks({a}, 1, before.checks, checks), true);
        QCOMPARE(m_store->versions().get({a}, 1)->checks, checks);
        QCOMPARE(m_store->versions().get({a}, 2)->checks, before.checks);
        QCOMPARE(*m_store->versions().replaceChecks({a}, 9, before.checks, checks), false);
    }

    void editAndResendHidesTheRest()
    {
        const qint64 first = *m_store->conversation().append(makeMessage(a));
        const qint64 second = *m_store->conversation().append(makeMessage(a));
        QVERIFY(*m_store->conversation().append(makeMessage(a)) > second);
        const QList<MessageRecord> wrong{makeMessage(a), makeMessage(QStringLiteral("nobody"))};
        QVERIFY(!m_store->conversation().append(wrong, second).ok());
        QCOMPARE(m_store->conversation().list({a})->size(), 3); // nothing is hidden when the new ones cannot be stored
        const auto placed = m_store->conversation().append({makeMessage(a)}, second);
        QVERIFY(placed.ok());
        QCOMPARE(m_store->conversation().list({a})->size(), 2);
        QCOMPARE(m_store->conversation().list({a})->first().id, first);
        QCOMPARE(m_store->conversation().list({a})->last().id, placed->first());
        MessageRecord gone = makeMessage(a);
        gone.id = 99;
        QCOMPARE(m_store->conversation().update(gone).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_store->conversation().append(makeMessage(QStringLiteral("nobody"))).error().kind,
                 ErrorKind::NotFound);
    }

private:
    const QString a = QStringLiteral("a");
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(TestRepositories)
#include "tst_repositories.moc"
