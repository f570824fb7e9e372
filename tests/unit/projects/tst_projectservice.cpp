// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/appimport.h"
#include "backends/projects/applock.h"
#include "backends/projects/apptitle.h"
#include "backends/projects/messagejson.h"
#include "backends/projects/previewmonitor.h"
#include "backends/projects/turnstate.h"
#include "backends/projects/useerrors.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/unit/agent/realagent.h"
#include "tests/unit/projects/desk.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

class TestProjectService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importedFilesBecomeAnAppThatIsChecked()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const ImportedApp tides{QStringLiteral("Tides"), QStringLiteral("Tides.zip"), {{appPath, good.toUtf8()}}, 2};
        const auto app = desk.wait(desk.service->import(tides));
        QVERIFY(app.ok());
        const auto ended = desk.wait(desk.service->waitForTurn(*app));
        QVERIFY(ended && ended->green);
        QCOMPARE(ended->title, QStringLiteral("Tides"));
        QCOMPARE(ended->version, 1);
        QCOMPARE(ended->usage.total(), 0);
        QCOMPARE(desk.wait(desk.service->files(*app, 1)).value(), tides.files);
        QVERIFY(desk.model->requests.isEmpty());
        QVERIFY(!desk.wait(desk.service->thumbnail(*app))->isEmpty());
        const auto messages = desk.wait(desk.service->conversation(*app));
        QCOMPARE(messages->size(), 2);
        QVERIFY(messages->first().imported);
        QVERIFY(!messages->last().imported);
        QCOMPARE(desk.wait(desk.service->retry(*app)).error().kind, ErrorKind::Unsupported);
        QVERIFY(desk.edited(*app, good + QStringLiteral("// more\n")));
        QCOMPARE(desk.wait(desk.service->app(*app))->version, 2);
    }

    void anImportThatDoesNotBuildIsRed()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        desk.probe.reports.enqueue({true, false, {QStringLiteral("Uncaught Error: a")}, {}, {}});
        const auto app = desk.wait(
            desk.service->import({QStringLiteral("Tides"), QStringLiteral("a.zip"), {{appPath, good.toUtf8()}}, 0}));
        QVERIFY(app.ok());
        const auto ended = desk.wait(desk.service->waitForTurn(*app));
        QVERIFY(ended && !ended->green);
        QVERIFY2(ended->problem.contains(QStringLiteral("Uncaught Error: a")), qPrintable(ended->problem));
        QCOMPARE(desk.text(*app, 1), good.toUtf8()); // nothing is lost
        QVERIFY(desk.model->requests.isEmpty());     // nobody paid for a repair
    }

    void anImportThatIsStoppedKeepsItsFiles()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        desk.probe.hold = true;
        const auto app = desk.wait(
            desk.service->import({QStringLiteral("Tides"), QStringLiteral("a.zip"), {{appPath, good.toUtf8()}}, 0}));
        QVERIFY(app.ok());
        QTRY_COMPARE(desk.probe.count, 1);
        QVERIFY(desk.wait(desk.service->stop(*app)));
        QVERIFY(desk.wait(desk.service->waitForTurn(*app)));
        QCOMPARE(desk.wait(desk.service->versions(*app))->first().state, QStringLiteral("stopped"));
        QCOMPARE(desk.text(*app, 1), good.toUtf8());
    }

    void anErrorWhileUsedIsAFactOfItsVersion()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QSignalSpy apps(desk.service.get(), &ProjectService::appChanged);
        QSignalSpy versions(desk.service.get(), &ProjectService::versionAdded);
        const QString error = QStringLiteral("Uncaught TypeError: x is null (src/App.tsx:3)");
        QVERIFY(desk.wait(desk.service->noteUseError(app, 1, error + QStringLiteral("\n    at f"))));
        QCOMPARE(apps.count(), 1);
        QCOMPARE(apps[0][0].value<AppSummary>().useErrors, QStringList(error));
        QVERIFY(apps[0][0].value<AppSummary>().green); // built, served, loaded: that stays true
        QCOMPARE(versions.count(), 1);
        QVERIFY(desk.wait(desk.service->noteUseError(app, 1, error)));
        QCOMPARE(versions.count(), 1); // nothing new
        QCOMPARE(desk.wait(desk.service->noteUseError(app, 7, error)).error().kind, ErrorKind::NotFound);
        const auto copy = desk.wait(desk.service->duplicate(app));
        QCOMPARE(desk.wait(desk.service->app(*copy))->useErrors, QStringList(error)); // the same files
        QCOMPARE(*desk.wait(desk.service->thumbnail(*copy, 1)), QByteArray("png"));
    }

    void aLaterVersionIsPlainlyGreen()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QVERIFY(desk.wait(desk.service->noteUseError(app, 1, QStringLiteral("Uncaught Error: a"))));
        QVERIFY(desk.edited(app, good + QStringLiteral("// mended\n")));
        QVERIFY2(desk.model->lastText().contains(QStringLiteral("has a problem")), qPrintable(desk.model->lastText()));
        QVERIFY(desk.wait(desk.service->app(app))->useErrors.isEmpty());
        QVERIFY(desk.wait(desk.service->noteUseError(app, 1, QStringLiteral("Uncaught Error: late news"))));
        QVERIFY(desk.wait(desk.service->app(app))->useErrors.isEmpty()); // it was an old page
        QCOMPARE(desk.wait(desk.service->restore(app, 1)).ok(), true);
        QCOMPARE(desk.wait(desk.service->app(app))->useErrors.size(), 2); // those files again
    }

    void thePreviewSaysWhoseFilesItShows()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        QSignalSpy shown(desk.service.get(), &ProjectService::previewChanged);
        const auto last = [&shown] { return shown.last()[1].value<PreviewStatus>(); };
        const AppId app = desk.made();
        QCOMPARE(last().version, 1);
        desk.probe.hold = true;
        desk.model->answers.enqueue(write(appPath, good + QStringLiteral("// two\n")) + end());
        QVERIFY(desk.wait(desk.service->submit(app, {QStringLiteral("change it"), {}, {}})));
        QTRY_COMPARE(last().revision, 2);
        QCOMPARE(last().version, 0); // not recorded yet
        QVERIFY(desk.wait(desk.service->stop(app)));
        QTRY_COMPARE(last().version, 2);
        QCOMPARE(desk.wait(desk.service->openPreview(app))->version, 2);
        desk.model->answers.enqueue(say(QStringLiteral("Nothing to do.")) + drop(false));
        QVERIFY(desk.wait(desk.service->submit(app, {QStringLiteral("again"), {}, {}})));
        QVERIFY(desk.wait(desk.service->waitForTurn(app)));
        QCOMPARE(last().version, 2); // a turn without a build leaves the page as it is
    }

    void anAppWhoseFirstTurnCannotBeginIsNotKept()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        QFile inTheWay(dir.filePath(QStringLiteral("locks"))); // where the folder of the lock files is to be
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QSignalSpy removed(desk.service.get(), &ProjectService::appRemoved);
        const auto app = desk.wait(desk.service->create({QStringLiteral("a clock"), {}, {}}));
        QVERIFY(!app);
        QVERIFY2(app.error().text.contains(QStringLiteral("lock file")), qPrintable(app.error().text));
        QCOMPARE(desk.wait(desk.service->apps())->size(), 0);
        QCOMPARE(removed.count(), 1); // for who saw it come
        QVERIFY(inTheWay.remove());
        QVERIFY(!desk.made().isEmpty());
        QCOMPARE(desk.wait(desk.service->apps())->size(), 1);
    }

    void aWishThatChangesNothingMakesNoVersion()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        const auto before = *desk.wait(desk.service->app(app));
        QSignalSpy versions(desk.service.get(), &ProjectService::versionAdded);
        desk.model->answers.enqueue(say(QStringLiteral("I cannot do that.")) + end());
        QVERIFY(desk.wait(desk.service->submit(app, {QStringLiteral("purple polka"), {}, {}})));
        const auto ended = desk.wait(desk.service->waitForTurn(app));
        QVERIFY(ended.ok());
        QCOMPARE(toString(ended->turn), QStringLiteral("green"));
        QCOMPARE(ended->version, 1);
        QCOMPARE(versions.size(), 0);
        const Message answer = desk.wait(desk.service->conversation(app))->last();
        QVERIFY(answer.state == MessageState::Complete);
        QCOMPARE(answer.version, 0);
        // its cost was spent all the same
        QVERIFY(*answer.cost > 0);
        const auto spent = *desk.wait(desk.service->app(app));
        QCOMPARE(*spent.cost, *before.cost + *answer.cost);
        QCOMPARE(spent.usage.total(), before.usage.total() + answer.usage.total());
        QVERIFY(std::get<NoticeBlock>(answer.blocks.last()).text.startsWith(QLatin1String("No file was changed")));
        // written and written back is nothing, too, and leaves no working file for a later crash
        QVERIFY(desk.edited(app, good));
        QCOMPARE(desk.wait(desk.service->app(app))->version, 1);
        QVERIFY(desk.store->versions().workingFiles(app)->isEmpty());
        // what comes back from an earlier version is a change
        QVERIFY(desk.edited(app, QStringLiteral("export default function App() { return <h1>Two</h1> }\n")));
        QCOMPARE(desk.wait(desk.service->app(app))->version, 2);
    }

    void aRedAppThatIsNotTouchedStaysAsItIs()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        for (int i = 0; i < 2; ++i) {
            for (int j = 0; j < 6; ++j)
                desk.benches[app]->builds.enqueue(brokenBuild(QStringLiteral("Unexpected token")));
            const QString text = i == 0 ? QStringLiteral("x") : QString();
            desk.model->answers.clear();
            for (int j = 0; j < 6; ++j)
                desk.model->answers.enqueue(
                    (j == 0 && i == 0 ? write(appPath, good + QStringLiteral("// x\n")) : say(QStringLiteral("Hm."))) +
                    end());
            QVERIFY(desk.wait(desk.service->submit(app, {QStringLiteral("repair it"), {}, {}})));
            const auto ended = desk.wait(desk.service->waitForTurn(app));
            QCOMPARE(toString(ended->turn), QStringLiteral("red"));
            QCOMPARE(ended->version, 2);
            desk.benches[app]->builds.clear();
        }
    }

    void logsComeFromTheSandbox()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        const auto asleep = desk.wait(desk.service->logs(app));
        QVERIFY(asleep && asleep->isEmpty());
        Test::RealAgent agent;
        QVERIFY(desk.wait(agent.client().hello()).ok());
        QVERIFY(desk.wait(agent.client().apply(
                              {{QStringLiteral("app.json"), R"({"start":"echo one; echo two >&2; exit 3"})"}}, {}, true,
                              true))
                    .ok());
        desk.sandboxes.client = &agent.client();
        const auto lines = desk.wait(desk.service->logs(app));
        QVERIFY2(lines.ok(), lines ? "" : qPrintable(lines.error().text));
        const auto line = [&lines](const char *text) {
            return std::find_if(lines->begin(), lines->end(),
                                [text](const LogLine &l) { return l.text == QLatin1String(text); });
        };
        QVERIFY(line("one") != lines->end() && !line("one")->error);
        QVERIFY(line("two") != lines->end() && line("two")->error);
        QCOMPARE(line("one")->source, QStringLiteral("server"));
        QVERIFY(line("one")->time.isValid());
        agent.process().kill(); // a sandbox that died is an error, not an empty log
        QVERIFY(agent.process().waitForFinished());
        QVERIFY(!desk.wait(desk.service->logs(app)).ok());
        desk.sandboxes.client = nullptr;
    }

    void aWishForAnotherNameRenamesTheApp_data()
    {
        QTest::addColumn<QString>("wish");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *wish, const char *title) {
            QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(title);
        };
        row("call it Tide", "Tide");
        row("Please rename it to “Blue Monday”.", "Blue Monday");
        row("rename the app to Low Water!", "Low Water");
        row("change the title to Ebb & Flow", "Ebb & Flow");
        row("call it a day and add a chart, please", "Hi");
        row("rename the column A to B", "Hi");
        row("make the name bigger", "Hi");
    }
    void aWishForAnotherNameRenamesTheApp()
    {
        QFETCH(QString, wish);
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QVERIFY(desk.edited(app, good + QStringLiteral("// changed\n"), wish));
        QTEST(desk.wait(desk.service->app(app))->title, "title");
    }

    void aRestoredVersionGivesItsNameBack()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        for (const char *title : {"Ebb", "Flow"}) { // versions 2 and 3
            const QString theme = QStringLiteral("export const theme = { \"title\": \"%1\" }\n");
            desk.model->answers.enqueue(write(QStringLiteral("src/theme.ts"), theme.arg(QLatin1String(title))) + end());
            QVERIFY(desk.wait(desk.service->submit(app, {QStringLiteral("another name"), {}, {}})));
            QVERIFY(desk.wait(desk.service->waitForTurn(app)));
            QCOMPARE(desk.wait(desk.service->app(app))->title, QLatin1String(title));
        }
        QVERIFY(desk.wait(desk.service->restore(app, 2)));
        QCOMPARE(desk.wait(desk.service->app(app))->title, QStringLiteral("Ebb"));
        QVERIFY(desk.wait(desk.service->rename(app, QStringLiteral("Mine"))));
        QVERIFY(desk.wait(desk.service->restore(app, 3)));
        QCOMPARE(desk.wait(desk.service->app(app))->title, QStringLiteral("Mine")); // a person said so
    }

    void createMakesAGreenApp()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        QSignalSpy versions(desk.service.get(), &ProjectService::versionAdded);
        QSignalSpy apps(desk.service.get(), &ProjectService::appChanged);
        QSignalSpy thumbnails(desk.service.get(), &ProjectService::thumbnailChanged);
        const AppId app = desk.made();
        QCOMPARE(versions.size(), 1);
        QCOMPARE(thumbnails.size(), 1);
        QCOMPARE(*desk.wait(desk.service->thumbnail(app)), QByteArray("png"));
        QVERIFY(apps.size() >= 5);
        const auto summary = desk.wait(desk.service->app(app));
        QCOMPARE(summary->title, QStringLiteral("Hi"));
        QCOMPARE(summary->version, 1);
        QCOMPARE(summary->lastGreen, 1);
        QVERIFY(summary->green);
        QVERIFY(summary->cost.has_value());
        QCOMPARE(toString(summary->turn), QStringLiteral("idle"));
        const auto conversation = desk.wait(desk.service->conversation(app));
        QCOMPARE(conversation->size(), 2);
        QCOMPARE(conversation->last().version, 1);
        QCOMPARE(desk.wait(desk.service->apps())->size(), 1);
        QCOMPARE(desk.wait(desk.service->versions(app))->last().checks.size(), 4);
    }

    void oneTurnPerApp()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        desk.begin(app);
        QCOMPARE(desk.wait(desk.service->submit(app, {QStringLiteral("again"), {}, {}})).error().kind,
                 ErrorKind::Conflict);
        Desk other(dir.path()); // a second program
        const auto refused = other.wait(other.service->submit(app, {QStringLiteral("again"), {}, {}}));
        QCOMPARE(refused.error().kind, ErrorKind::Conflict);
        QVERIFY(refused.error().text.contains(QStringLiteral("Another program")));
        QCOMPARE(*other.wait(other.service->recover()), 0); // the turn is alive
        QVERIFY(desk.wait(desk.service->stop(app)));
        QVERIFY(other.edited(app, good + good));
        QCOMPARE(desk.wait(desk.service->versions(app))->size(), 3); // seen here too
    }

    void whatAnotherProgramDoesIsTold()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QVERIFY(desk.wait(desk.service->recover()));
        QSignalSpy apps(desk.service.get(), &ProjectService::appChanged);
        QSignalSpy versions(desk.service.get(), &ProjectService::versionAdded);
        Desk other(dir.path());
        QVERIFY(other.edited(app, good + QStringLiteral("// 2\n")));
        QVERIFY(other.edited(app, good + QStringLiteral("// 3\n")));
        QTRY_VERIFY(!apps.isEmpty() && apps.last()[0].value<AppSummary>().version == 3);
        QSet<int> told;
        for (const QList<QVariant> &version : versions)
            told.insert(version[1].value<VersionSummary>().number);
        QVERIFY(told.contains(2) && told.contains(3)); // both came between two looks, or not
        QVERIFY(apps.last()[0].value<AppSummary>().useErrors.isEmpty());
        QVERIFY(other.wait(other.service->noteUseError(app, 3, QStringLiteral("Uncaught Error: a"))));
        QTRY_VERIFY(!apps.last()[0].value<AppSummary>().useErrors.isEmpty());
        QVERIFY(!useErrorsOf(versions.last()[1].value<VersionSummary>().checks).isEmpty());
    }

    void stopKeepsWhatWasMade()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        desk.begin(app);
        auto waiting = desk.service->waitForTurn(app);
        QVERIFY(desk.wait(desk.service->stop(app)));
        const auto ended = desk.wait(waiting);
        QCOMPARE(toString(ended->turn), QStringLiteral("stopped"));
        QCOMPARE(ended->version, 2);
        QVERIFY(!ended->green);
        QCOMPARE(ended->lastGreen, 1);
        QCOMPARE(desk.wait(desk.service->versions(app))->last().state, QStringLiteral("stopped"));
        QCOMPARE(desk.wait(desk.service->files(app))->size(), 2);
        QVERIFY(desk.wait(desk.service->stop(app))); // fine when nothing runs
    }

    void aPictureIsKeptForAVersionThatHasNone()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        desk.begin(app);
        QVERIFY(desk.wait(desk.service->stop(app)));
        QVERIFY(desk.wait(desk.service->waitForTurn(app)));
        QVERIFY(desk.wait(desk.service->thumbnail(app, 2))->isEmpty()); // it was stopped before anybody looked
        QSignalSpy changed(desk.service.get(), &ProjectService::thumbnailChanged);
        QVERIFY(desk.wait(desk.service->keepThumbnail(app, 2, "seen")));
        QCOMPARE(*desk.wait(desk.service->thumbnail(app, 2)), QByteArray("seen"));
        QCOMPARE(changed.size(), 1);
        QVERIFY(desk.wait(desk.service->keepThumbnail(app, 1, "other")));
        QCOMPARE(*desk.wait(desk.service->thumbnail(app, 1)), QByteArray("png")); // that one had one
        QCOMPARE(desk.wait(desk.service->keepThumbnail(app, 9, "x")).error().kind, ErrorKind::NotFound);
    }

    void restoreIsNeverRefused()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QVERIFY(desk.edited(app, good + good));
        desk.sandboxes.running = true;
        desk.begin(app);
        QCOMPARE(*desk.wait(desk.service->restore(app, 1)), 4); // 3 is what the running turn had made
        QCOMPARE(desk.text(app), good.toUtf8());
        QCOMPARE(desk.text(app, 2), (good + good).toUtf8());
        QVERIFY(desk.wait(desk.service->files(app, 3))->contains(QStringLiteral("half.ts")));
        const auto versions = desk.wait(desk.service->versions(app));
        QCOMPARE(versions->last().message, QStringLiteral("Restored version 1"));
        QCOMPARE(versions->last().parent, 3);
        QVERIFY(desk.wait(desk.service->app(app))->green);
        QTRY_COMPARE(desk.benches.value(app)->held.value(appPath), good.toUtf8());
        QCOMPARE(*desk.wait(desk.service->thumbnail(app, 4)), QByteArray("png")); // it looks as it looked
        QCOMPARE(desk.wait(desk.service->restore(app, 99)).error().kind, ErrorKind::NotFound);
    }

    void editAndResendGoesOnFromThen()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QTest::qWait(5);
        QVERIFY(desk.edited(app, QStringLiteral("second\n")));
        const auto before = desk.wait(desk.service->conversation(app));
        QTest::qWait(5);
        desk.model->answers.enqueue(write(QStringLiteral("b.ts"), QStringLiteral("b\n")) + end());
        QVERIFY(desk.wait(desk.service->editAndResend(app, before->at(2).id, {QStringLiteral("rather this"), {}, {}})));
        QVERIFY(desk.wait(desk.service->waitForTurn(app)));
        const auto after = desk.wait(desk.service->conversation(app));
        QCOMPARE(after->size(), 4);
        QCOMPARE(std::get<TextBlock>(after->at(2).blocks.first()).markdown, QStringLiteral("rather this"));
        QCOMPARE(desk.text(app), good.toUtf8()); // not "second"
        QCOMPARE(desk.wait(desk.service->versions(app))->last().parent, 1);
        QCOMPARE(desk.wait(desk.service->editAndResend(app, 12345, {QStringLiteral("x"), {}, {}})).error().kind,
                 ErrorKind::NotFound);
    }

    void editAndResendThatCannotStartHidesNothing()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QVERIFY(desk.edited(app, QStringLiteral("second\n")));
        const auto before = desk.wait(desk.service->conversation(app));
        const auto other = AppLock::take(dir.filePath(QStringLiteral("locks")), app); // another program works on it
        QVERIFY(other.ok());
        QVERIFY(!desk.wait(desk.service->editAndResend(app, before->at(2).id, {QStringLiteral("other"), {}, {}})).ok());
        QCOMPARE(desk.wait(desk.service->conversation(app))->size(), before->size());
    }

    void whatIsReservedNoOtherProgramChanges()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        const QString locks = dir.filePath(QStringLiteral("locks"));
        {
            const auto move = desk.wait(desk.service->reserve(app));
            QVERIFY(move.ok());
            QVERIFY(desk.wait(desk.service->reserve(app)).ok()); // who comes second here waits elsewhere
            QCOMPARE(AppLock::take(locks, app).error().kind, ErrorKind::Conflict);
            QVERIFY(desk.edited(app, QStringLiteral("second\n"))); // a turn of this program goes on
            QCOMPARE(AppLock::take(locks, app).error().kind, ErrorKind::Conflict);
        }
        const auto other = AppLock::take(locks, app);
        QVERIFY(other.ok());
        QCOMPARE(desk.wait(desk.service->reserve(app)).error().kind, ErrorKind::Conflict);
    }

    void retrySendsTheWishAgain()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        desk.model->answers.enqueue(drop(false));
        const auto app = desk.wait(desk.service->create({QStringLiteral("a clock"), {}, {}}));
        QVERIFY(desk.wait(desk.service->waitForTurn(*app)));
        QCOMPARE(desk.wait(desk.service->app(*app))->version, 0);
        desk.model->answers.enqueue(write(appPath, good) + end());
        QVERIFY(desk.wait(desk.service->retry(*app)));
        QVERIFY(desk.wait(desk.service->waitForTurn(*app))->green);
        QCOMPARE(desk.wait(desk.service->conversation(*app))->size(), 2);
        QVERIFY(desk.model->lastText().endsWith(QStringLiteral("a clock\n")));
    }

    void appsAreManaged()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QVERIFY(desk.wait(desk.service->rename(app, QStringLiteral("  Tides  "))));
        QVERIFY(!desk.wait(desk.service->rename(app, QStringLiteral(" "))).ok());
        QVERIFY(desk.wait(desk.service->setStarred(app, true)));
        QCOMPARE(desk.wait(desk.service->app(app))->title, QStringLiteral("Tides"));
        const auto copy = desk.wait(desk.service->duplicate(app));
        QCOMPARE(desk.text(*copy), good.toUtf8());
        QCOMPARE(desk.wait(desk.service->app(*copy))->title, QStringLiteral("Tides copy"));
        QVERIFY(desk.wait(desk.service->app(*copy))->green);
        desk.begin(app);
        QVERIFY(desk.wait(desk.service->moveToBin(app)));
        QCOMPARE(desk.sandboxes.released, 1);
        QSignalSpy changed(desk.service.get(), &ProjectService::appChanged);
        SandboxInfo ended;
        ended.app = app;
        Q_EMIT desk.sandboxes.changed(ended);
        QCOMPARE(changed.size(), 0); // nothing in the bin is announced
        QCOMPARE(desk.wait(desk.service->apps())->size(), 1);
        QVERIFY(desk.wait(desk.service->takeFromBin(app)));
        QCOMPARE(desk.wait(desk.service->apps())->size(), 2);
        QCOMPARE(desk.wait(desk.service->files(app))->size(), 2); // with what the stopped turn had made
        QVERIFY(desk.wait(desk.service->purge(app)));
        QCOMPARE(desk.wait(desk.service->app(app)).error().kind, ErrorKind::NotFound);
        QCOMPARE(desk.text(*copy), good.toUtf8());
    }

    void interruptedTurnsAreRecovered()
    {
        QTemporaryDir dir;
        AppId app;
        {
            Desk desk(dir.path());
            app = desk.made();
            desk.begin(app);
        } // gone in the middle of a turn, before the next save
        Desk desk(dir.path());
        QCOMPARE(*desk.wait(desk.service->recover()), 1);
        QCOMPARE(desk.wait(desk.service->versions(app))->last().state, QStringLiteral("stopped"));
        QCOMPARE(desk.wait(desk.service->files(app))->size(), 2);
        const Message last = desk.wait(desk.service->conversation(app))->last();
        QCOMPARE(toString(last.state), toString(MessageState::Interrupted));
        QCOMPARE(last.version, 2);
        QCOMPARE(*desk.wait(desk.service->recover()), 0);
        QVERIFY(desk.edited(app, good + good));
    }

    void interruptedTurnIsKeptWhateverComesNext_data()
    {
        QTest::addColumn<QString>("next");
        for (const char *next : {"submit", "restore", "files", "duplicate"})
            QTest::newRow(next) << QString::fromLatin1(next);
    }
    void interruptedTurnIsKeptWhateverComesNext()
    {
        QFETCH(QString, next);
        QTemporaryDir dir;
        AppId app;
        {
            Desk desk(dir.path());
            app = desk.made();
            desk.begin(app);
            QTRY_VERIFY_WITH_TIMEOUT(!desk.store->versions().workingFiles(app)->isEmpty(), 3000);
        }
        Desk desk(dir.path()); // recover() was not called
        if (next == QLatin1String("submit"))
            QVERIFY(desk.edited(app, good + good));
        else if (next == QLatin1String("restore"))
            QCOMPARE(*desk.wait(desk.service->restore(app, 1)), 3);
        else if (next == QLatin1String("files"))
            QCOMPARE(desk.wait(desk.service->files(app))->size(), 2);
        else
            QCOMPARE(desk.wait(desk.service->files(*desk.wait(desk.service->duplicate(app))))->size(), 2);
        QCOMPARE(desk.wait(desk.service->versions(app))->at(1).state, QStringLiteral("stopped"));
        QVERIFY(desk.wait(desk.service->files(app, 2))->contains(QStringLiteral("half.ts")));
    }

    void previewStates()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QSignalSpy spy(desk.service.get(), &ProjectService::previewChanged);
        const auto opened = desk.wait(desk.service->openPreview(app));
        QCOMPARE(opened->state, PreviewState::Ready);
        QCOMPARE(opened->url, QUrl(QStringLiteral("http://%1.localhost/").arg(app.value)));
        FakeBench *bench = desk.benches.value(app);
        const auto last = [&] { return spy.last().at(1).value<PreviewStatus>(); };
        Q_EMIT bench->buildChanged(brokenBuild(QStringLiteral("Oops")));
        QCOMPARE(last().state, PreviewState::BuildError);
        QCOMPARE(last().diagnostics.first().line, 3);
        AgentServer server;
        server.state = QStringLiteral("crashed");
        server.exitCode = 3;
        Q_EMIT bench->serverChanged(server);
        QCOMPARE(last().state, PreviewState::Crashed);
        server.state = QStringLiteral("running");
        Q_EMIT bench->serverChanged(server);
        QCOMPARE(last().state, PreviewState::Ready);
        Q_EMIT bench->lost();
        QCOMPARE(last().state, PreviewState::Stopped);
        bench->acquired = Error{ErrorKind::Unavailable, QStringLiteral("No bubblewrap."), {}};
        QCOMPARE(desk.wait(desk.service->openPreview(app))->text, QStringLiteral("No bubblewrap."));
        QCOMPARE(last().state, PreviewState::Failed);
        QVERIFY(desk.wait(desk.service->sleep(app)));
        QCOMPARE(last().state, PreviewState::Stopped);
    }

    void nothingWaitsForATurnThatEnded()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        const AppId app = desk.made();
        QSignalSpy spy(desk.service.get(), &ProjectService::previewChanged);
        FakeBench *bench = desk.benches.value(app);
        Q_EMIT bench->lost();
        bench->acquired = Error{ErrorKind::Unavailable, QStringLiteral("No bubblewrap."), {}};
        QVERIFY(desk.edited(app, good + good));
        const auto last = spy.last().at(1).value<PreviewStatus>();
        QCOMPARE(last.state, PreviewState::Failed);
        QCOMPARE(last.text, QStringLiteral("No bubblewrap."));
        const auto said = [](const QList<QVariant> &one) { return one.at(1).value<PreviewStatus>().state; };
        QVERIFY(
            std::any_of(spy.begin(), spy.end(), [&](const auto &one) { return said(one) == PreviewState::Starting; }));
        QVERIFY(
            std::none_of(spy.begin(), spy.end(), [&](const auto &one) { return said(one) == PreviewState::Building; }));
    }

    void whatIsSaidWhileASandboxStarts()
    {
        FakeBench bench;
        PreviewMonitor monitor(&bench);
        monitor.show(PreviewState::Starting);
        Q_EMIT bench.ready();
        QCOMPARE(monitor.status().state, PreviewState::Building);
        monitor.endWaiting({}); // the turn was stopped
        QCOMPARE(monitor.status().state, PreviewState::Stopped);
    }

    void wishesAreChecked()
    {
        QTemporaryDir dir;
        Desk desk(dir.path());
        QCOMPARE(desk.wait(desk.service->create({QStringLiteral("  "), {}, {}})).error().kind, ErrorKind::Invalid);
        const ImageBlock large{QStringLiteral("image/png"), QByteArray(6 * 1024 * 1024, 'x')};
        QCOMPARE(desk.wait(desk.service->create({QStringLiteral("x"), {}, {large}})).error().kind, ErrorKind::Invalid);
        const auto longer = desk.wait(desk.service->create({QString(200'001, QLatin1Char('x')), {}, {}}));
        QCOMPARE(longer.error().kind, ErrorKind::Invalid);
        QVERIFY2(longer.error().text.contains(QLatin1String("200001")), qPrintable(longer.error().text));
        QVERIFY(desk.wait(desk.service->apps())->isEmpty());
    }

    void lockIsReleased()
    {
        QTemporaryDir dir;
        const AppId app{QStringLiteral("a1")};
        auto first = AppLock::take(dir.path(), app);
        QVERIFY(first);
        QCOMPARE(AppLock::take(dir.path(), app).error().kind, ErrorKind::Conflict);
        QVERIFY(AppLock::take(dir.path(), {QStringLiteral("a2")}));
        first = Error{};
        QVERIFY(AppLock::take(dir.path(), app));
    }

    void manyLocksAreOneFile()
    {
        QTemporaryDir dir;
        std::vector<std::unique_ptr<AppLock>> held;
        for (int i = 0; i < 200; ++i) { // a descriptor each
            auto lock = AppLock::take(dir.path(), {QStringLiteral("a%1").arg(i)});
            QVERIFY2(lock.ok(), qPrintable(lock.ok() ? QString() : lock.error().text));
            held.push_back(std::move(*lock));
        }
        QCOMPARE(AppLock::take(dir.path(), {QStringLiteral("a100")}).error().kind, ErrorKind::Conflict);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList(QStringLiteral("apps.lock")));
    }

    void titles_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *prompt, const char *title) {
            QTest::newRow(prompt) << QString::fromUtf8(prompt) << QString::fromUtf8(title);
        };
        row("a habit tracker with a weekly chart", "Habit tracker with a weekly chart");
        row("Please build me a simple todo app. It should be blue.", "Todo app");
        row("I want to have an app for my plants", "Plants");
        row("make a dashboard that shows the temperature of all rooms in the house and the garden",
            "Dashboard that shows the temperature");
        row("", "New app");
        row("app", "App");
        row("Ein Stundenplan für die Schule", "Ein Stundenplan für die Schule");
    }
    void titles()
    {
        QFETCH(QString, prompt);
        QTEST(titleFromPrompt(prompt), "title");
        QVERIFY(titleFromPrompt(prompt).size() <= 40);
    }

    void messagesSurviveTheStore()
    {
        Message message;
        message.id = 7;
        message.app = {QStringLiteral("x")};
        message.role = Role::Assistant;
        message.state = MessageState::Stopped;
        ToolBlock tool;
        tool.tool = QStringLiteral("write_file");
        tool.state = ToolBlock::State::Failed;
        tool.added = 3;
        message.blocks = {TextBlock{QStringLiteral("a")}, ThinkingBlock{QStringLiteral("b")},
                          ImageBlock{QStringLiteral("image/png"), QByteArray("\0\1", 2)}, tool,
                          NoticeBlock{NoticeBlock::Severity::Error, QStringLiteral("t"), QStringLiteral("d"),
                                      QStringLiteral("f"), 4}};
        message.model = QStringLiteral("sampler");
        message.usage = {1, 2, 3, 4, true};
        message.cost = 0.5;
        message.seconds = 1.5;
        message.checks = {QStringLiteral("build")};
        message.green = true;
        message.version = 2;
        QCOMPARE(messageOf(recordOf(message)), message);
        MessageRecord damaged = recordOf(message);
        damaged.content = "{\"blocks\":[{\"type\":\"new\"},{\"type\":\"tool\",\"state\":99},7]}";
        QCOMPARE(messageOf(damaged).blocks.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestProjectService)
#include "tst_projectservice.moc"
