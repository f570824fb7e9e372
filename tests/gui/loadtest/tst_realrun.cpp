// SPDX-License-Identifier: GPL-3.0-or-later
// The Scale screen in the real window over real sandboxes: a small show from Start to the end card.
#include "app/application/application.h"
#include "app/flotilla/shell.h"
#include "backends/fleet/loadtest/loadreport.h"
#include "backends/fleet/loadtest/loadstats.h"
#include "backends/projects/projectservice.h"
#include "tests/support/systemcount.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/endcard.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/loadtest/wallview.h"

#include <QApplication>
#include <QJsonArray>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineUrlRequestInterceptor>

#include <numeric>

using namespace Flotilla;

namespace {

constexpr int apps = 20;
constexpr int longMs = 120'000;

/// What a page asks for beside itself.
class Requests : public QWebEngineUrlRequestInterceptor
{
public:
    void interceptRequest(QWebEngineUrlRequestInfo &info) override
    {
        if (info.resourceType() != QWebEngineUrlRequestInfo::ResourceTypeMainFrame)
            urls.append(info.requestUrl().toString());
        info.block(info.requestUrl().scheme().startsWith(QLatin1String("http")));
    }
    QStringList urls;
};

int inPhase(const QList<LoadRow> &rows, LoadPhase phase)
{
    return int(std::count_if(rows.begin(), rows.end(), [phase](const LoadRow &row) { return row.phase == phase; }));
}

} // namespace

class TestRealRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().install(*qApp);
        m_data = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-test-XXXXXX"));
        auto shell = Shell::start(m_data->path());
        QVERIFY2(shell.ok(), shell.ok() ? "" : qPrintable(shell.error().text));
        m_shell = std::move(*shell);
        window().resize(1440, 900);
        window().show();
        QApplication::setActiveWindow(&window());
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().load();
        window().showPage(MainWindow::Scale);
        m_page = window().scalePage();
        QVERIFY(m_page);
    }

    void cleanupTestCase()
    {
        if (m_page && m_page->board()->isRunning()) { // a failure above
            cancel();
            QTRY_VERIFY_WITH_TIMEOUT(!m_page->board()->isRunning(), longMs);
        }
        m_shell.reset();
        m_data.reset();
    }

    void startLightsUpTheWall()
    {
        LoadPlan plan = SetupPanel::preset(apps);
        plan.holdSeconds = 15; // long enough to open one
        m_page->setup()->setPlan(plan);
        start();
        QCOMPARE(m_page->run()->wall()->grid().count, apps);
        const QColor dark = cellColor(apps - 1);
        QTRY_COMPARE_WITH_TIMEOUT(board()->snapshot().live(), apps, longMs);
        QTRY_VERIFY(cellColor(apps - 1) != dark);
        QTRY_COMPARE(inPhase(board()->rows(), LoadPhase::Live), apps);
        for (const LoadRow &row : board()->rows()) // what its files say, without a look at it
            QVERIFY2(row.face.colors.size() > 1 && !row.face.kind.isEmpty(), qPrintable(row.prompt));
        QVERIFY(sumsUp());
    }

    void enterOpensAnAppThatRuns()
    {
        WallView *wall = m_page->run()->wall();
        wall->setFocus();
        QTest::keyClick(wall, Qt::Key_Home);
        QTest::keyClick(wall, Qt::Key_Right);
        const AppId app = board()->rows()[wall->current()].app;
        QTest::keyClick(wall, Qt::Key_Return);
        QTRY_COMPARE(window().page(), MainWindow::App);
        const auto summary = m_shell->services().projects->app(app);
        QTRY_VERIFY(summary.isFinished());
        QVERIFY(summary.result().ok());
        QVERIFY(summary.result()->green);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape); // back to the wall, not to Home
        QTRY_COMPARE(window().page(), MainWindow::Scale);
        QVERIFY(!m_page->isShow());
        QVERIFY(board()->isRunning());
    }

    void theShowGoesOnAfterAnAppWasOpened()
    {
        m_page->toggleShow();
        QTest::keyClick(m_page->run()->wall(), Qt::Key_Return);
        QTRY_COMPARE(window().page(), MainWindow::App);
        QVERIFY(!m_page->isShow());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_COMPARE(window().page(), MainWindow::Scale);
        QVERIFY(m_page->isShow());
        QVERIFY(m_page->run()->wall()->hasFocus());
        QTest::keyClick(m_page->run()->wall(), Qt::Key_Escape);
        QVERIFY(!m_page->isShow());
        QVERIFY(board()->isRunning());
    }

    void theEndCardTellsHowItWent()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!board()->isRunning(), longMs);
        QCOMPARE(window().page(), MainWindow::Scale); // although the app that was opened is gone
        m_page->run()->showEndCard(true);
        QVERIFY(m_page->run()->showsEndCard());
        QVERIFY(board()->snapshot().state == LoadRunState::Done);
        QVERIFY(sumsUp());
        QVERIFY(!window().grab().isNull());
        m_page->run()->showEndCard(false);
        QVERIFY2(left().isEmpty(), qPrintable(left()));
    }

    void aRunIsCancelledCleanly()
    {
        m_page->showView(ScalePage::Setup);
        m_page->setup()->setPlan(SetupPanel::preset(100));
        start();
        QTRY_VERIFY_WITH_TIMEOUT(board()->snapshot().live() > 0, longMs);
        cancel();
        QTRY_VERIFY_WITH_TIMEOUT(board()->snapshot().state == LoadRunState::Cancelled, longMs);
        QVERIFY(sumsUp());
        QVERIFY2(left().isEmpty(), qPrintable(left()));
    }

    /// As somebody opens it who was sent the file.
    void theReportRunsNothingAndLoadsNothing()
    {
        const QString hostile =
            QStringLiteral("<script>document.title='hacked'</script>\"><img src=http://127.0.0.1:9/a "
                           "onerror=\"document.title='hacked'\"></pre><link rel=stylesheet "
                           "href=http://127.0.0.1:9/b>");
        LoadRecord record;
        record.info.id = QStringLiteral("r1");
        record.info.name = hostile;
        record.plan = {{QStringLiteral("prompts"), QJsonArray{hostile}}};
        record.rows.resize(1);
        record.rows[0].host = {hostile};
        record.rows[0].phase = LoadPhase::Failed;
        record.rows[0].outcome = QStringLiteral("crashed");
        record.rows[0].error = record.rows[0].prompt = record.rows[0].title = hostile;
        record.events = {{1, QStringLiteral("mark"), hostile}};
        record.info.summary = summarise({}, record, {});
        QWebEngineProfile profile;
        Requests requests;
        profile.setUrlRequestInterceptor(&requests);
        QWebEnginePage page(&profile);
        QSignalSpy loaded(&page, &QWebEnginePage::loadFinished);
        page.setHtml(QString::fromUtf8(loadReportHtml(record)), QUrl(QStringLiteral("http://127.0.0.1:9/")));
        QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, longMs);
        QVariant found;
        page.runJavaScript(QStringLiteral("document.title + '|' + document.querySelectorAll('img,script,link').length"),
                           [&found](const QVariant &value) { found = value; });
        QTRY_VERIFY_WITH_TIMEOUT(found.isValid(), longMs);
        QCOMPARE(found.toString(), hostile.simplified() + QStringLiteral("|0"));
        QCOMPARE(requests.urls, QStringList());
    }

private:
    void start()
    {
        QPushButton *begin = button("startRunQPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(begin->isVisible() && begin->isEnabled(), longMs);
        QTest::mouseClick(begin, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(board()->isRunning(), longMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->view(), int(ScalePage::Run), longMs);
    }
    void cancel()
    {
        QTest::mouseClick(button("cancelRunQPushButton"), Qt::LeftButton);
        QTest::mouseClick(button("confirmCancelQPushButton"), Qt::LeftButton);
    }
    QPushButton *button(const char *name) { return m_page->findChild<QPushButton *>(QString::fromLatin1(name)); }
    /// Every app is in exactly one phase, and the snapshot counts the same as the rows.
    bool sumsUp()
    {
        return QTest::qWaitFor([this] {
            const LoadSnapshot now = board()->snapshot();
            bool same = true;
            for (size_t phase = 0; phase < loadPhases; ++phase)
                same = same && now.counts[phase] == inPhase(board()->rows(), LoadPhase(phase));
            return same && std::accumulate(now.counts.begin(), now.counts.end(), 0) == board()->rows().size();
        });
    }
    QColor cellColor(int cell)
    {
        WallView *wall = m_page->run()->wall();
        const QRect place = wall->cellRect(cell);
        return wall->viewport()->grab().toImage().pixelColor(place.center());
    }
    /// What a run could leave of sandboxes and apps.
    QString left()
    {
        const auto count = Test::SystemCount::of(m_data->path(), ApplicationPaths::resolve(m_data->path()).runtime);
        const auto stored = m_shell->services().projects->apps();
        if (!QTest::qWaitFor([&] { return stored.isFinished(); }, 20'000))
            return QStringLiteral("the store does not answer");
        const auto remaining = stored.result()->size();
        if (remaining > 0)
            return QStringLiteral("%1 apps").arg(remaining);
        return count.isClean() ? QString() : count.text();
    }
    MainWindow &window() { return m_shell->window(); }
    LoadBoard *board() { return m_page->board(); }

    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<Shell> m_shell;
    ScalePage *m_page = nullptr;
};

int main(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    TestRealRun test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_realrun.moc"
