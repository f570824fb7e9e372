// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/app/localserver.h"
#include "widgets/preview/pagescripts.h"
#include "widgets/preview/previewpage.h"
#include "widgets/preview/webprobe.h"

#include <QElapsedTimer>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QWebEngineProfile>
#include <QWebEngineView>

#include <optional>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_WebProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodPage();
    void blankPage();
    void drawnPageIsNotBlank();
    void whatIsDrawnIsKnownFromThePage_data();
    void whatIsDrawnIsKnownFromThePage();
    void waitsForWhatComesIn();
    void reportsErrors_data();
    void reportsErrors();
    void blocksOtherPorts();
    void manyAtOnceFromAnotherThread();
    void oneAfterTheOther();
    void nothingListens();

private:
    ProbeReport look(const QUrl &url);
    LocalServer m_server;
    WebProbe m_probe;
};

ProbeReport tst_WebProbe::look(const QUrl &url)
{
    QElapsedTimer timer;
    timer.start();
    const auto answer = m_probe.probe(url);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 15000); }();
    qInfo("probe took %lld ms", timer.elapsed());
    return answer.isFinished() && answer.result() ? *answer.result() : ProbeReport{};
}

void tst_WebProbe::goodPage()
{
    m_server.setPage("<h1 style='background:#c8553d'>Hello</h1>");
    const ProbeReport report = look(m_server.url());
    QVERIFY(report.loaded);
    QVERIFY(!report.blank);
    QCOMPARE(report.errors, QStringList());
    QCOMPARE(report.title, QStringLiteral("Test page"));
    const QImage image = QImage::fromData(report.thumbnail);
    QCOMPARE(image.size(), QSize(640, 400));
    QCOMPARE(image.pixelColor(500, 25).name(), QStringLiteral("#c8553d"));
}

void tst_WebProbe::blankPage()
{
    m_server.setPage("<div id='root'></div>");
    const ProbeReport report = look(m_server.url());
    QVERIFY(report.loaded);
    QVERIFY(report.blank);
}

void tst_WebProbe::drawnPageIsNotBlank()
{
    m_server.setPage("<div style='width:200px;height:200px;background:teal'></div>");
    QVERIFY(!look(m_server.url()).blank);
}

void tst_WebProbe::whatIsDrawnIsKnownFromThePage_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<bool>("drawn");
    const QString box = QStringLiteral("<div style='width:200px;height:200px;%1'></div>");
    const QString page = QStringLiteral("<div style='position:fixed;inset:0;%1'>%2</div>");
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("no colour") << box.arg(QString()) << false;
    QTest::newRow("colour") << box.arg(QStringLiteral("background:teal")) << true;
    QTest::newRow("black") << box.arg(QStringLiteral("background:#000")) << true;
    QTest::newRow("white on white") << box.arg(QStringLiteral("background:#fff")) << false;
    QTest::newRow("see-through") << box.arg(QStringLiteral("background:rgba(9,9,9,0)")) << false;
    QTest::newRow("border") << box.arg(QStringLiteral("border:1px solid #ccc")) << true;
    QTest::newRow("gradient") << box.arg(QStringLiteral("background:linear-gradient(red,blue)")) << true;
    QTest::newRow("hidden") << box.arg(QStringLiteral("background:teal;visibility:hidden")) << false;
    QTest::newRow("out of sight") << box.arg(QStringLiteral("background:teal;position:fixed;top:-900px")) << false;
    QTest::newRow("whole page") << page.arg(QStringLiteral("background:teal"), QString()) << false;
    QTest::newRow("on a page") << page.arg(QStringLiteral("background:teal"),
                                           box.arg(QStringLiteral("background:#fff")))
                               << true;
    QTest::newRow("like its page") << page.arg(QStringLiteral("background:teal"),
                                               box.arg(QStringLiteral("background:teal")))
                                   << false;
    QTest::newRow("control") << QStringLiteral("<input>") << true;
}

/// The picture of a page may come late on a busy machine: a page with something on it is not called blank for that.
void tst_WebProbe::whatIsDrawnIsKnownFromThePage()
{
    QFETCH(const QString, body);
    QWebEngineProfile profile;
    PreviewPage page(&profile);
    QWebEngineView view;
    view.setPage(&page);
    view.resize(640, 480);
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.show();
    QSignalSpy loaded(&page, &QWebEnginePage::loadFinished);
    m_server.setPage(body.toUtf8());
    page.open(m_server.url());
    QVERIFY(loaded.wait(20000));
    std::optional<PageReport> report;
    page.evaluate(PageScripts::watcherReport(), [&report](const QVariant &v) { report = PageReport::fromVariant(v); });
    QTRY_VERIFY_WITH_TIMEOUT(report, 20000);
    QVERIFY(!report->hasText);
    QTEST(report->hasBoxes, "drawn");
}

/// What comes in with a movement is in the picture; what moves for ever holds nobody up.
void tst_WebProbe::waitsForWhatComesIn()
{
    m_server.setPage("<style>@keyframes rise { from { height: 0 } } @keyframes turn { to { rotate: 360deg } }</style>"
                     "<body style='margin:0'><div style='height:100vh;background:#c8553d;animation:rise .7s'></div>"
                     "<i style='position:fixed;top:0;left:0;animation:turn 1s infinite'>x</i>");
    const ProbeReport report = look(m_server.url());
    const QImage image = QImage::fromData(report.thumbnail);
    QCOMPARE(image.pixelColor(500, 390).name(), QStringLiteral("#c8553d"));
}

void tst_WebProbe::reportsErrors_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QString>("expected");
    QTest::newRow("uncaught") << QByteArray("<p>x</p><script>\nundefined.map();\n</script>") << "TypeError";
    QTest::newRow("rejection") << QByteArray("<p>x</p><script>Promise.reject(new Error('lost'))</script>") << "lost";
    QTest::newRow("later") << QByteArray("<p>x</p><script>setTimeout(() => { throw new Error('late') }, 60)</script>")
                           << "late";
    QTest::newRow("missing module") << QByteArray("<p>x</p><script type='module' src='/gone.js'></script>")
                                    << "gone.js";
    QTest::newRow("leaves") << QByteArray("<p>x</p><script>location.href = 'http://127.0.0.1:1/away'</script>")
                            << "tried to leave for http://127.0.0.1:1/away";
    QTest::newRow("console") << QByteArray("<p>x</p><script>console.error('said so')</script>") << "said so";
}

void tst_WebProbe::reportsErrors()
{
    QFETCH(QByteArray, page);
    QFETCH(QString, expected);
    m_server.setPage(page);
    const ProbeReport report = look(m_server.url());
    QVERIFY(report.loaded);
    QVERIFY2(report.errors.join(QLatin1Char('\n')).contains(expected),
             qPrintable(report.errors.join(QLatin1Char('\n'))));
}

void tst_WebProbe::blocksOtherPorts()
{
    LocalServer other;
    other.pages[QStringLiteral("/secret.js")] = "document.title = 'stolen'";
    m_server.setPage("<p>x</p><script src='" +
                     other.url(QStringLiteral("other")).resolved(QUrl(QStringLiteral("secret.js"))).toEncoded() +
                     "'></script><script>fetch('http://127.0.0.1:" + QByteArray::number(other.serverPort()) +
                     "/secret.js').catch(() => {}); new WebSocket('ws://127.0.0.1:" +
                     QByteArray::number(other.serverPort()) + "/live');</script>");
    const ProbeReport report = look(m_server.url());
    QVERIFY(report.loaded);
    QCOMPARE(report.title, QStringLiteral("Test page"));
    QCOMPARE(other.asked, QStringList());
}

void tst_WebProbe::manyAtOnceFromAnotherThread()
{
    m_server.setPage("<p>x</p>");
    QList<Future<ProbeReport>> answers;
    auto *thread = QThread::create([&] {
        for (int i = 0; i < 5; ++i)
            answers.append(m_probe.probe(m_server.url(QStringLiteral("app%1").arg(i))));
    });
    thread->start();
    QVERIFY(thread->wait(5000));
    delete thread;
    for (const auto &answer : answers) {
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 20000);
        QVERIFY(answer.result().ok() && answer.result()->loaded && !answer.result()->blank);
    }
}

/// The engine loses a load that begins while it leaves the page before.
void tst_WebProbe::oneAfterTheOther()
{
    for (int i = 0; i < 12; ++i) {
        m_server.setPage("<h1>" + QByteArray::number(i) + "</h1>");
        const ProbeReport report = look(m_server.url());
        QVERIFY2(report.loaded && report.errors.isEmpty(), qPrintable(report.errors.join(QLatin1Char('\n'))));
    }
}

void tst_WebProbe::nothingListens()
{
    const ProbeReport report = look(QUrl(QStringLiteral("http://app.localhost:1/")));
    QVERIFY(!report.loaded);
    QVERIFY(!report.errors.isEmpty());
}

QTEST_MAIN(tst_WebProbe)
#include "tst_webprobe.moc"
