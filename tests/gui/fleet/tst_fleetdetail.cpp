// SPDX-License-Identifier: GPL-3.0-or-later
// The detail pane of the Fleet screen over what a sandbox may say and hold: logs and files of a stranger.
#include "tests/support/samplefleet.h"
#include "widgets/chat/logspage.h"
#include "widgets/code/codeedit.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/fleet/logtab.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeView>

using namespace Flotilla;

namespace {

AgentLogLine line(qint64 sequence, const QString &text)
{
    return {sequence, 1'700'000'000'000 + sequence, QStringLiteral("server"), false, text};
}

} // namespace

class TestFleetDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
    }
    void cleanup() { m_page.reset(); }

    void aHundredThousandLinesShowTheirEnd()
    {
        QList<AgentLogLine> lines;
        for (int i = 1; i <= 100'000; ++i)
            lines.append(line(i, QStringLiteral("line %1").arg(i)));
        openLogs(lines);
        QTRY_VERIFY(log()->toPlainText().endsWith(QStringLiteral("line 100000")));
        QVERIFY(log()->blockCount() <= LogsPage::MaxLines);
        QTRY_VERIFY(follows());
        add({line(100'001, QStringLiteral("one more"))});
        QTRY_VERIFY(log()->toPlainText().endsWith(QStringLiteral("one more")));
        QVERIFY(follows());
    }

    void anAppThatIsAsleepCanBeWoken()
    {
        open();
        QTRY_VERIFY(!find<QPushButton>("overviewWakeQPushButton")->isVisible());
        m_fleet->change(0, [](FleetRow &row) { row.state = SandboxState::Stopped; });
        m_page->showApp(m_fleet->row(0).app);
        QTRY_VERIFY(find<QPushButton>("overviewWakeQPushButton")->isVisible());
        QSignalSpy woken(m_page->detail(), &DetailPane::wakeRequested);
        QTest::mouseClick(find<QPushButton>("overviewWakeQPushButton"), Qt::LeftButton);
        QCOMPARE(woken.size(), 1);
    }

    void whoReadsUpwardsIsNotMoved()
    {
        QList<AgentLogLine> lines;
        for (int i = 1; i <= 6000; ++i)
            lines.append(line(i, QStringLiteral("line %1").arg(i)));
        openLogs(lines);
        QTRY_VERIFY(log()->toPlainText().endsWith(QStringLiteral("line 6000")));
        log()->verticalScrollBar()->setValue(2000);
        const QString top = firstVisible();
        QVERIFY(!follows());
        QList<AgentLogLine> fresh;
        for (int i = 6001; i <= 6200; ++i)
            fresh.append(line(i, QStringLiteral("line %1").arg(i)));
        add(fresh);
        QTRY_VERIFY(log()->toPlainText().endsWith(QStringLiteral("line 6200")));
        QCOMPARE(firstVisible(), top);
        QTest::mouseClick(find<QPushButton>("followButton"), Qt::LeftButton);
        QTRY_VERIFY(follows());
    }

    void endlessLinesAndControlCharactersAreTamed()
    {
        const QString endless(1024 * 1024, QLatin1Char('x'));
        openLogs({line(1, endless), line(2, QStringLiteral("\x1b[31mred\x1b[0m\x07 a\rb\u2029c")),
                  line(3, QStringLiteral("<b>bold</b>"))});
        QTRY_COMPARE(log()->blockCount(), 3);
        QVERIFY(log()->document()->firstBlock().length() < 5000);
        QVERIFY(log()->toPlainText().contains(QStringLiteral("red\u2407 a\u240db\ufffdc")));
        QVERIFY(log()->toPlainText().contains(QStringLiteral("<b>bold</b>")));
        m_page->showDetail(DetailPane::Overview); // the last lines are there as well
        QTest::qWait(30);
        QVERIFY(!m_page->grab().isNull());
    }

    void errorsHaveTheirColourInEveryTheme()
    {
        AgentLogLine error = line(2, QStringLiteral("station 44 is silent"));
        error.error = true;
        openLogs({line(1, QStringLiteral("! of the app's own")), error});
        QTRY_COMPARE(log()->blockCount(), 2);
        const auto colorOf = [this](int block) {
            return log()->document()->findBlockByNumber(block).begin().fragment().charFormat().foreground();
        };
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
            Theme::instance().setMode(mode);
            QCOMPARE(colorOf(0), QBrush());
            QCOMPARE(colorOf(1), QBrush(colors().failed));
        }
        Theme::instance().setMode(ThemeMode::Dark);
        error.sequence = 3;
        add({error});
        QTRY_COMPARE(log()->blockCount(), 3);
        QCOMPARE(colorOf(2), QBrush(colors().failed));
        Theme::instance().setMode(ThemeMode::System);
    }

    /// An empty block has no fragment to look at: asking for one never comes back.
    void emptyLogsAndLinesFollowTheTheme()
    {
        openLogs({});
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light})
            Theme::instance().setMode(mode);
        add({line(1, {}), line(2, {}), line(3, QStringLiteral("after two empty ones")), line(4, {})});
        QTRY_COMPARE(log()->blockCount(), 4);
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::System})
            Theme::instance().setMode(mode);
        QVERIFY(log()->toPlainText().contains(QStringLiteral("after two empty ones")));
    }

    void theSearchTellsUpperFromLowerCase()
    {
        openLogs({line(1, QStringLiteral("Reef and reef"))});
        QTRY_VERIFY(log()->toPlainText().endsWith(QStringLiteral("reef")));
        m_page->findChild<LogsPage *>(QStringLiteral("logsPage"))->openSearch();
        find<QLineEdit>("findField")->setText(QStringLiteral("reef"));
        QCOMPARE(log()->textCursor().selectedText(), QStringLiteral("Reef"));
        QTest::mouseClick(find<QToolButton>("findCaseQToolButton"), Qt::LeftButton);
        QCOMPARE(log()->textCursor().selectedText(), QStringLiteral("reef"));
        QTest::mouseClick(find<QToolButton>("findUpQToolButton"), Qt::LeftButton);
        QCOMPARE(log()->textCursor().selectedText(), QStringLiteral("reef"));
        QTest::mouseClick(find<QToolButton>("findCaseQToolButton"), Qt::LeftButton);
        QTest::mouseClick(find<QToolButton>("findUpQToolButton"), Qt::LeftButton);
        QTest::mouseClick(find<QToolButton>("findDownQToolButton"), Qt::LeftButton);
        QCOMPARE(log()->textCursor().selectedText().toLower(), QStringLiteral("reef"));
        QTest::mouseClick(find<QToolButton>("findCloseQToolButton"), Qt::LeftButton);
        QVERIFY(!find<QWidget>("findBar")->isVisible());
    }

    void pauseHoldsBackAndLosesNothing()
    {
        openLogs({line(1, QStringLiteral("first"))});
        QTRY_VERIFY(log()->toPlainText().contains(QStringLiteral("first")));
        auto *pause = find<QPushButton>("logPauseQPushButton");
        QTest::mouseClick(pause, Qt::LeftButton);
        add({line(2, QStringLiteral("second")), line(3, QStringLiteral("third"))});
        auto *tab = m_page->findChild<LogTab *>(QStringLiteral("logTab"));
        const auto says = [tab](const char *text) {
            const auto labels = tab->findChildren<QLabel *>();
            return std::any_of(labels.cbegin(), labels.cend(),
                               [text](const QLabel *label) { return label->text().contains(QLatin1String(text)); });
        };
        QTRY_VERIFY(says("2 line"));
        QVERIFY(!log()->toPlainText().contains(QStringLiteral("second")));
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_VERIFY(log()->toPlainText().endsWith(QStringLiteral("third")));
        QTest::keyClicks(find<QLineEdit>("logOnlyQLineEdit"), QStringLiteral("SECOND"));
        QTRY_COMPARE(log()->blockCount(), 1);
        QVERIFY(log()->toPlainText().endsWith(QStringLiteral("second")));
    }

    void aSnapshotWithoutANameIsCalledByItsDateOnce()
    {
        open();
        SnapshotInfo unnamed;
        unnamed.id = SnapshotId{QStringLiteral("s")};
        unnamed.backend = QStringLiteral("podman");
        unnamed.created = QDateTime::currentDateTimeUtc();
        m_fleet->snapshotList = {unnamed};
        m_page->showDetail(DetailPane::Snapshots);
        QTRY_VERIFY(find<QPushButton>("snapshotRestoreQPushButton"));
        const QString date = formatMoment(unnamed.created);
        int said = 0;
        for (const QLabel *label : m_page->detail()->findChildren<QLabel *>())
            said += label->text().contains(date);
        QCOMPARE(said, 1);
    }

    void aSnapshotThatSomebodyElseRemovedGoes()
    {
        open();
        SnapshotInfo gone;
        gone.id = SnapshotId{QStringLiteral("s")};
        gone.created = QDateTime::currentDateTimeUtc();
        m_fleet->snapshotList = {gone};
        m_page->showDetail(DetailPane::Snapshots);
        QTRY_VERIFY(find<QPushButton>("snapshotRestoreQPushButton"));
        m_fleet->snapshotList.clear();
        m_fleet->restoreError = Error{ErrorKind::NotFound, QStringLiteral("It is not there any more."), {}};
        find<QPushButton>("snapshotRestoreQPushButton")->click();
        QTRY_VERIFY(find<QPushButton>("confirmQPushButton"));
        find<QPushButton>("confirmQPushButton")->click();
        QTRY_VERIFY(!find<QPushButton>("snapshotRestoreQPushButton"));
        const auto labels = m_page->window()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.cbegin(), labels.cend(),
                            [](QLabel *label) { return label->text().contains(QStringLiteral("any more")); }));
    }

    void hostileNamesAreShownAndOpened_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QString &path, const QString &shown) {
            QTest::newRow(name) << path << shown;
        };
        row("line break", QStringLiteral("a\nb.txt"), QStringLiteral("a\u240ab.txt"));
        row("markup", QStringLiteral("<img src=x>.txt"), QStringLiteral("<img src=x>.txt"));
        row("turned round", QStringLiteral("\u202etxt.sh"), QStringLiteral("\ufffdtxt.sh"));
        row("colour", QStringLiteral("\x1b[31mred"), QStringLiteral("red"));
        row("long", QString(255, QLatin1Char('w')), QString(255, QLatin1Char('w')));
        row("deep", QStringLiteral("d/").repeated(100) + QStringLiteral("end"), QStringLiteral("end"));
        row("option", QStringLiteral("-rf"), QStringLiteral("-rf"));
        row("ampersand", QStringLiteral("a&b"), QStringLiteral("a&b"));
    }
    void hostileNamesAreShownAndOpened()
    {
        QFETCH(QString, path);
        QFETCH(QString, shown);
        open();
        m_fleet->files = {{path, "what it holds\n"}};
        m_page->showDetail(DetailPane::Files);
        auto *text = m_page->findChild<CodeEdit *>(QStringLiteral("sandboxFileText"));
        QTRY_COMPARE(text->toPlainText(), QStringLiteral("what it holds\n"));
        const auto *tree = find<QTreeView>("sandboxFilesQTreeView");
        QCOMPARE(tree->currentIndex().data().toString(), shown);
        QVERIFY(!m_page->grab().isNull());
    }

private:
    void open(const QList<AgentLogLine> &lines = {})
    {
        m_page.reset();
        m_fleet = std::make_unique<SampleFleet>(5);
        m_fleet->logLines = lines;
        m_hosts = std::make_unique<SampleHosts>();
        m_page = std::make_unique<FleetPage>(m_fleet.get(), m_hosts.get());
        m_page->resize(1384, 900);
        m_page->show();
        QApplication::setActiveWindow(m_page.get());
        QTRY_COMPARE(m_page->model()->total(), 5);
        QTRY_VERIFY(!m_page->detail()->app().isEmpty());
        for (int i = 0; i < m_fleet->count(); ++i) {
            if (m_fleet->row(i).state == SandboxState::Running)
                return m_page->showApp(m_fleet->row(i).app);
        }
    }
    void openLogs(const QList<AgentLogLine> &lines)
    {
        open(lines);
        m_page->showDetail(DetailPane::Logs);
    }
    void add(const QList<AgentLogLine> &lines) { m_fleet->logLines += lines; }
    QPlainTextEdit *log() const { return m_page->findChild<QPlainTextEdit *>(QStringLiteral("logText")); }
    bool follows() const { return m_page->findChild<LogsPage *>(QStringLiteral("logsPage"))->isFollowing(); }
    QString firstVisible() const { return log()->cursorForPosition(QPoint(4, 4)).block().text(); }
    template <typename T>
    T *find(const char *name)
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<SampleFleet> m_fleet;
    std::unique_ptr<SampleHosts> m_hosts;
    std::unique_ptr<FleetPage> m_page;
};

QTEST_MAIN(TestFleetDetail)
#include "tst_fleetdetail.moc"
